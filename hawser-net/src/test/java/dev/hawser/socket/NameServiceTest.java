package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_INET6;
import static dev.hawser.socket.Constants.AF_UNSPEC;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.posix.AddrInfoEntry;
import dev.hawser.posix.Answer;
import dev.hawser.posix.SystemCalls;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Look-ups: where they run, how many at a time, and how they fail. */
@Timeout(30)
class NameServiceTest {

    private final Service service = new Service();
    private SystemCalls before;

    @BeforeEach
    void install() {
        before = SystemCalls.install(service);
    }

    @AfterEach
    void putBack() {
        service.open.countDown();
        SystemCalls.install(before);
        Sockets.setDefaultTimeout(null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "::ffff:1.2.3.4", "fe80::1%1", "fe80::1%lo"})
    void anAddressIsReadOnTheCallersThread(String host) throws IOException {
        service.open.countDown();
        List<AddrInfo> answers = NameService.getAddrInfo(host, 80, AddrInfoHints.of(AF_UNSPEC, SOCK_STREAM));

        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().address())
                .isEqualTo(host.contains(":") ? SockaddrIn6.of(host, 80) : SockaddrIn.of(host, 80));
        assertThat(service.threads).containsExactly(Thread.currentThread());
        assertThat(service.flags).containsExactly(Constants.AI_NUMERICHOST | Constants.AI_NUMERICSERV);
    }

    @Test
    void theErrorsOfHostsAreCalledAsInC() {
        assertThat(HostException.nameOf(Constants.HOST_NOT_FOUND)).isEqualTo("HOST_NOT_FOUND");
        assertThat(HostException.nameOf(Constants.TRY_AGAIN)).isEqualTo("TRY_AGAIN");
        assertThat(HostException.nameOf(Constants.NO_RECOVERY)).isEqualTo("NO_RECOVERY");
        assertThat(HostException.nameOf(Constants.NO_DATA)).isEqualTo("NO_DATA");
        assertThat(HostException.nameOf(Constants.NETDB_INTERNAL)).isEqualTo("NETDB_INTERNAL");
        assertThat(HostException.nameOf(77)).isEqualTo("h_errno 77");
    }

    @Test
    void aHostIsResolvedInOneFamily() throws IOException {
        service.open.countDown();

        assertThat(NameService.resolve(AF_INET, "", 80)).isEqualTo(new SockaddrIn(0, 80));
        assertThat(NameService.resolve(AF_INET, "<broadcast>", 80)).isEqualTo(SockaddrIn.of("255.255.255.255", 80));
        assertThat(NameService.resolve(AF_INET, "localhost", 80)).isEqualTo(SockaddrIn.of("127.0.0.1", 80));
        assertThat(NameService.resolve(AF_INET6, "", 80)).isEqualTo(SockaddrIn6.of("::", 80));
        assertThat(NameService.resolve(AF_INET6, "::1%1", 80)).isEqualTo(SockaddrIn6.of("::1%1", 80));
        assertThrowsExactly(GaiException.class, () -> NameService.resolve(AF_INET, "::1", 80));
        assertThrowsExactly(GaiException.class, () -> NameService.resolve(AF_INET6, "<broadcast>", 80));
        assertThatIllegalArgumentException().isThrownBy(() -> NameService.resolve(AF_INET, "", 65536));
        assertThatIllegalArgumentException().isThrownBy(() -> NameService.resolve(AF_INET, "localhost", 65536));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.1", "1.2.3.4.5", "", "::x", "<broadcast>"})
    void aNameIsLookedUpOnAnotherThread(String host) {
        service.open.countDown();
        try {
            NameService.getAddrInfo(host, 80, AddrInfoHints.of(AF_UNSPEC, SOCK_STREAM));
        } catch (IOException notFound) {
            assertThat(notFound).isInstanceOf(GaiException.class);
        }
        assertThat(service.threads).hasSize(1).doesNotContain(Thread.currentThread());
        assertThat(service.flags).containsExactly(0);
    }

    @Test
    void anAddressOfAnotherFamilyIsRefused() {
        service.open.countDown();
        GaiException refused = assertThrowsExactly(
                GaiException.class, () -> NameService.getAddrInfo("::1", 80, AddrInfoHints.of(AF_INET, SOCK_STREAM)));
        assertThat(refused.codeName()).startsWith("EAI_");
        assertThrowsExactly(
                GaiException.class,
                () -> NameService.getAddrInfo("1.2.3.4", 80, AddrInfoHints.of(AF_INET6, SOCK_STREAM)));
    }

    @Test
    void aZeroByteInAHostIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        NameService.getAddrInfo("localhost\0.example", 80, AddrInfoHints.of(AF_INET, SOCK_STREAM)))
                .withMessage("a host with a zero byte in it: \"localhost\\x00.example\"");
        assertThatIllegalArgumentException().isThrownBy(() -> Sockets.createConnection("127.0.0.1\0", 80));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NameService.getAddrInfo("localhost", "80\0"))
                .withMessageContaining("service");
        assertThat(service.threads).isEmpty();
    }

    @Test
    void aSystemErrorIsTold() {
        service.open.countDown();
        service.failure = Answer.failed(Constants.EAI_SYSTEM, Errno.EMFILE);
        GaiException failed = assertThrowsExactly(
                GaiException.class, () -> NameService.getAddrInfo("a.example", 80, AddrInfoHints.of(AF_INET, 0)));
        assertThat(failed)
                .hasMessageEndingWith(": EMFILE (Too many open files)")
                .hasMessageContaining("a.example");
        assertThat(failed.errno()).isEqualTo(Errno.EMFILE);
        assertThat(failed.code()).isEqualTo(Constants.EAI_SYSTEM);
        assertThat(failed.codeName()).isEqualTo("EAI_SYSTEM");
        service.failure = Answer.failed(-77, 0);
        assertThat(assertThrowsExactly(
                                GaiException.class,
                                () -> NameService.getAddrInfo("a.example", 80, AddrInfoHints.of(AF_INET, 0)))
                        .codeName())
                .isEqualTo("EAI code -77");
    }

    @Test
    void lookUpsAreBoundedAndOneThatWasGivenUpCounts() throws Exception {
        Sockets.setDefaultTimeout(Duration.ofMillis(50));
        List<Tasks<List<AddrInfo>>> tasks = new ArrayList<>();
        for (int i = 0; i < LookUp.MAX_LOOK_UPS + 6; i++) {
            tasks.add(Tasks.start(
                    () -> NameService.getAddrInfo("a.example", 80, AddrInfoHints.of(AF_INET, SOCK_STREAM))));
        }
        for (Tasks<List<AddrInfo>> task : tasks) {
            assertThrowsExactly(TimedOutException.class, task::result);
        }
        eventually().until(() -> service.inside.get() == LookUp.MAX_LOOK_UPS);
        assertThat(service.threads).hasSize(LookUp.MAX_LOOK_UPS);

        Sockets.setDefaultTimeout(null);
        AtomicInteger interrupted = new AtomicInteger();
        Thread waiting = Thread.startVirtualThread(() -> {
            SocketInterruptedException ended = assertThrowsExactly(
                    SocketInterruptedException.class,
                    () -> NameService.getAddrInfo("a.example", 80, AddrInfoHints.of(AF_INET, 0)));
            assertThat(ended.operation()).isEqualTo("getAddrInfo");
            interrupted.incrementAndGet();
        });
        eventually().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        waiting.interrupt();
        waiting.join();
        assertThat(interrupted).hasValue(1);

        Tasks<List<AddrInfo>> inTurn = Tasks.start(
                () -> NameService.getAddrInfo("127.0.0.1.example", 80, AddrInfoHints.of(AF_INET, SOCK_STREAM)));
        service.failure = Answer.failed(Constants.EAI_NONAME, 0);
        service.open.countDown();
        assertThrowsExactly(GaiException.class, inTurn::result);
        eventually().until(() -> service.inside.get() == 0);
    }

    /** A name service that answers only once it is open. */
    private static final class Service implements SystemCalls {

        final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<Integer> flags = new ConcurrentLinkedQueue<>();
        final CountDownLatch open = new CountDownLatch(1);
        final AtomicInteger inside = new AtomicInteger();
        volatile Answer<List<AddrInfoEntry>> failure;

        @Override
        public Answer<List<AddrInfoEntry>> getAddrInfo(String node, String service, AddrInfoEntry hints) {
            threads.add(Thread.currentThread());
            flags.add(hints.flags());
            inside.incrementAndGet();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                inside.decrementAndGet();
            }
            Answer<List<AddrInfoEntry>> answer = failure;
            return answer != null ? answer : SystemCalls.LIBC.getAddrInfo(node, service, hints);
        }
    }
}
