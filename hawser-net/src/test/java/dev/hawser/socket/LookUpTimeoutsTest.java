package dev.hawser.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.posix.AddrInfoEntry;
import dev.hawser.posix.Answer;
import dev.hawser.posix.Hostent;
import dev.hawser.posix.NodeAndService;
import dev.hawser.posix.Protoent;
import dev.hawser.posix.Servent;
import dev.hawser.posix.SystemCalls;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every look-up while libc hangs, and where it fails: what ends the wait, and who is held up meanwhile. */
@Timeout(60)
class LookUpTimeoutsTest {

    private static final SockaddrIn LOCAL = SockaddrIn.of("127.0.0.1", 80);

    private final Libc libc = new Libc();
    private SystemCalls before;

    /** Each with a timeout. */
    private static Map<String, Function<Duration, Callable<?>>> lookUps() {
        Map<String, Function<Duration, Callable<?>>> all = new LinkedHashMap<>();
        all.put("getAddrInfo", time -> () -> NameService.getAddrInfo("a.example", "http", AddrInfoHints.ANY, time));
        all.put("getNameInfo", time -> () -> NameService.getNameInfo(LOCAL, 0, time));
        all.put("getHostByName", time -> () -> NameService.getHostByName("a.example", time));
        all.put("getHostByNameEx", time -> () -> NameService.getHostByNameEx("a.example", time));
        all.put("getHostByAddr", time -> () -> NameService.getHostByAddr("127.0.0.1", time));
        all.put("getServByName", time -> () -> Services.getServByName("http", "tcp", time));
        all.put("getServByPort", time -> () -> Services.getServByPort(80, null, time));
        all.put("getProtoByName", time -> () -> Services.getProtoByName("tcp", time));
        return all;
    }

    @BeforeEach
    void install() {
        before = SystemCalls.install(libc);
    }

    @AfterEach
    void putBack() {
        libc.open.countDown();
        SystemCalls.install(before);
    }

    @Test
    void everyLookUpEndsAtItsTimeout() {
        lookUps().forEach((name, lookUp) -> {
            TimedOutException late = assertThrowsExactly(
                    TimedOutException.class,
                    () -> lookUp.apply(Duration.ofMillis(10)).call());
            assertThat(late.operation()).isEqualTo(name);
            assertThat(late).hasMessageEndingWith(": timed out after 10 ms");
        });
    }

    @Test
    void aTimeoutThatLeavesNoTimeIsRefused() {
        for (Duration timeout : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
            lookUps()
                    .values()
                    .forEach(lookUp -> assertThatIllegalArgumentException()
                            .isThrownBy(() -> lookUp.apply(timeout).call()));
        }
    }

    @Test
    void anInterruptEndsTheWait() {
        lookUps().forEach((name, lookUp) -> {
            Thread.currentThread().interrupt();
            assertThrowsExactly(
                    SocketInterruptedException.class, () -> lookUp.apply(null).call());
            assertThat(Thread.interrupted()).as(name).isTrue();
        });
    }

    @Test
    void theQualifiedNameIsTheHostItselfWhereNoneComesInTime() {
        assertThat(NameService.getFqdn("a.example", Duration.ofMillis(10))).isEqualTo("a.example");
        Thread.currentThread().interrupt();
        assertThat(NameService.getFqdn("b.example")).isEqualTo("b.example");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void virtualThreadsRunWhileLookUpsHang() throws Exception {
        int more = Runtime.getRuntime().availableProcessors() + 4;
        List<FutureTask<?>> hanging = new ArrayList<>();
        for (int i = 0; i < more; i++) {
            FutureTask<?> task = new FutureTask<>(() -> NameService.getHostByAddr("127.0.0.1"));
            Thread.startVirtualThread(task);
            hanging.add(task);
        }
        FutureTask<String> another =
                new FutureTask<>(() -> NameService.getNameInfo(LOCAL, 3).host());
        Thread.startVirtualThread(another);
        assertThat(another.get(30, TimeUnit.SECONDS)).isEqualTo("127.0.0.1");
        assertThat(hanging).noneMatch(FutureTask::isDone);
        libc.open.countDown();
        for (FutureTask<?> task : hanging) {
            task.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aFailureTellsItsCodeAndText() {
        libc.failure = Answer.failed(Constants.TRY_AGAIN, 0);
        libc.open.countDown();
        HostException again = assertThrowsExactly(HostException.class, () -> NameService.getHostByNameEx("a.example"));
        assertThat(again.code()).isEqualTo(Constants.TRY_AGAIN);
        assertThat(again.codeName()).isEqualTo("TRY_AGAIN");
        assertThat(again)
                .hasMessage("getHostByNameEx a.example: TRY_AGAIN (Host name lookup failure)")
                .isInstanceOf(java.net.UnknownHostException.class);
        libc.failure = Answer.failed(Constants.NETDB_INTERNAL, Errno.EMFILE);
        HostException internal = assertThrowsExactly(HostException.class, () -> NameService.getHostByAddr("127.0.0.1"));
        assertThat(internal.errno()).isEqualTo(Errno.EMFILE);
        libc.failure = Answer.failed(Errno.EMFILE, 0);
        SocketFailedException refused =
                assertThrowsExactly(SocketFailedException.class, () -> Services.getServByName("http", "tcp"));
        assertThat(refused.errno()).isEqualTo(Errno.EMFILE);
        libc.failure = Answer.nothing();
        NoSuchEntryException missing =
                assertThrowsExactly(NoSuchEntryException.class, () -> Services.getServByName("http", "tcp"));
        assertThat(missing).hasMessage("getServByName http/tcp: service/proto not found");
    }

    @Test
    void whatIsNoNameIsRefusedBeforeAnyCall() {
        for (String bad : List.of("a\0b", "a".repeat(64), "a.".repeat(127) + "a", "b\u00fc..x", "\ud800")) {
            assertThatIllegalArgumentException().isThrownBy(() -> NameService.getAddrInfo(bad, 80));
            assertThatIllegalArgumentException().isThrownBy(() -> NameService.getHostByName(bad));
            assertThatIllegalArgumentException().isThrownBy(() -> NameService.getHostByNameEx(bad));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Services.getServByName("http\0", "tcp"));
        assertThatIllegalArgumentException().isThrownBy(() -> Services.getServByPort(65536));
        assertThatIllegalArgumentException().isThrownBy(() -> NameService.setHostName("h".repeat(65)));
    }

    /** It hangs until it is open, and then fails if it is told to. */
    private static final class Libc implements SystemCalls {

        final CountDownLatch open = new CountDownLatch(1);
        volatile Answer<?> failure;

        @SuppressWarnings("unchecked") // a failure has no value, of whatever type
        private <T> Answer<T> answer(Supplier<Answer<T>> real) {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            Answer<?> failed = failure;
            return failed != null ? (Answer<T>) failed : real.get();
        }

        @Override
        public Answer<List<AddrInfoEntry>> getAddrInfo(String node, String service, AddrInfoEntry hints) {
            return (hints.flags() & Constants.AI_NUMERICHOST) != 0
                    ? LIBC.getAddrInfo(node, service, hints)
                    : answer(() -> LIBC.getAddrInfo(node, service, hints));
        }

        @Override
        public Answer<NodeAndService> getNameInfo(MemorySegment address, int flags) {
            return flags != 0 ? LIBC.getNameInfo(address, flags) : answer(() -> LIBC.getNameInfo(address, flags));
        }

        @Override
        public Answer<Hostent> getHostByName(String name) {
            return answer(() -> LIBC.getHostByName(name));
        }

        @Override
        public Answer<Hostent> getHostByAddr(MemorySegment address, int family) {
            return answer(() -> LIBC.getHostByAddr(address, family));
        }

        @Override
        public Answer<Servent> getServByName(String name, String protocol) {
            return answer(() -> LIBC.getServByName(name, protocol));
        }

        @Override
        public Answer<Servent> getServByPort(int port, String protocol) {
            return answer(() -> LIBC.getServByPort(port, protocol));
        }

        @Override
        public Answer<Protoent> getProtoByName(String name) {
            return answer(() -> LIBC.getProtoByName(name));
        }
    }
}
