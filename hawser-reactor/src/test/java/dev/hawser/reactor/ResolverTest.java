package dev.hawser.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.posix.AddrInfoEntry;
import dev.hawser.posix.Answer;
import dev.hawser.posix.SystemCalls;
import dev.hawser.reactor.defer.CancelledException;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Constants;
import dev.hawser.socket.GaiException;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.testkit.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Look-ups of hosts. */
@Timeout(60)
class ResolverTest {

    /** A C library whose servers do not answer until they are let. */
    private static final class SlowNames implements SystemCalls, AutoCloseable {

        private final CountDownLatch answered = new CountDownLatch(1);
        private final SystemCalls before = SystemCalls.install(this);

        @Override
        public Answer<List<AddrInfoEntry>> getAddrInfo(
                @Nullable String node, @Nullable String service, AddrInfoEntry hints) {
            try {
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return before.getAddrInfo("127.0.0.1", service, hints);
        }

        @Override
        public void close() {
            answered.countDown();
            SystemCalls.install(before);
        }
    }

    private static List<Sockaddr> await(Deferred<List<Sockaddr>> lookUp) throws Exception {
        return RunningReactor.await(lookUp.toCompletableFuture(), "the look-up");
    }

    @Test
    void anAddressIsAnsweredAtOnce() throws Exception {
        try (Reactor reactor = Reactor.open()) {
            assertThat(reactor.resolve("192.0.2.1").isCalled()).isTrue();
            assertThat(await(reactor.resolve("192.0.2.1"))).containsExactly(SockaddrIn.of("192.0.2.1", 0));
            assertThat(await(reactor.resolve("2001:db8::1"))).containsExactly(SockaddrIn6.of("2001:db8::1", 0));
        }
    }

    @Test
    void aNameHasEachAddressOnce() throws Exception {
        try (RunningReactor running = RunningReactor.open()) {
            List<Sockaddr> addresses =
                    await(running.call(() -> running.reactor().resolve("localhost")));
            assertThat(addresses).contains(SockaddrIn.of("127.0.0.1", 0)).doesNotHaveDuplicates();
        }
    }

    @Test
    void aNameThatNobodyKnowsFails() throws Exception {
        try (Faults faults = Faults.install();
                RunningReactor running = RunningReactor.open()) {
            faults.on("getAddrInfo").fail(Constants.EAI_NONAME);
            Deferred<List<Sockaddr>> lookUp =
                    running.call(() -> running.reactor().resolve("nowhere.invalid"));
            assertThatThrownBy(() -> await(lookUp))
                    .isInstanceOfSatisfying(
                            GaiException.class, e -> assertThat(e.code()).isEqualTo(Constants.EAI_NONAME));
        }
    }

    /** A small pool of threads for look-ups stands still when servers do not answer, and so does what waits for a thread. */
    @Test
    void slowLookUpsHoldUpNeitherTheLoopNorEachOther() throws Exception {
        try (SlowNames names = new SlowNames();
                RunningReactor running = RunningReactor.open()) {
            List<CompletableFuture<List<Sockaddr>>> lookUps = new ArrayList<>();
            running.run(() -> {
                for (int i = 0; i < 200; i++) {
                    lookUps.add(running.reactor().resolve("host" + i + ".test").toCompletableFuture());
                }
            });
            CompletableFuture<Boolean> timer = new CompletableFuture<>();
            running.run(() -> running.reactor().callLater(Duration.ofMillis(1), () -> timer.complete(true)));
            assertThat(RunningReactor.await(timer, "the timer")).isTrue();
            assertThat(lookUps).noneMatch(CompletableFuture::isDone);
            names.answered.countDown();
            for (CompletableFuture<List<Sockaddr>> lookUp : lookUps) {
                assertThat(RunningReactor.await(lookUp, "a look-up")).containsExactly(SockaddrIn.of("127.0.0.1", 0));
            }
        }
    }

    @Test
    void aLookUpIsCancelled() throws Exception {
        try (SlowNames names = new SlowNames();
                RunningReactor running = RunningReactor.open()) {
            Deferred<List<Sockaddr>> lookUp =
                    running.call(() -> running.reactor().resolve("host.test"));
            CompletableFuture<List<Sockaddr>> future = running.call(lookUp::toCompletableFuture);
            running.run(lookUp::cancel);
            assertThatThrownBy(() -> RunningReactor.await(future, "the look-up"))
                    .isInstanceOfAny(CancelledException.class, CancellationException.class);
            assertThat(names.answered.getCount()).isOne();
        }
    }

    @Test
    void aReactorThatIsClosedFailsItsLookUps() throws Exception {
        try (SlowNames names = new SlowNames()) {
            RunningReactor running = RunningReactor.open();
            CompletableFuture<List<Sockaddr>> lookUp =
                    running.call(() -> running.reactor().resolve("host.test").toCompletableFuture());
            running.close();
            assertThatThrownBy(() -> RunningReactor.await(lookUp, "the look-up"))
                    .isInstanceOf(ConnectionLost.class);
            assertThat(names.answered.getCount()).isOne();
        }
    }
}
