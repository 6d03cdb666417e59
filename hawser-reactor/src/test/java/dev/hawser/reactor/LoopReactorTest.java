package dev.hawser.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.Reactor.Phase;
import dev.hawser.reactor.Reactor.SystemEvent;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reactor does without connections. */
@ParameterizedClass
@EnumSource(BackendKind.class)
class LoopReactorTest {

    @Parameter
    BackendKind kind = BackendKind.EPOLL;

    private final List<String> made = new ArrayList<>();

    private Runnable note(String what) {
        return () -> made.add(what);
    }

    @Test
    void aReactorRunsUntilItIsStopped() throws IOException {
        try (Reactor reactor = Reactor.open(kind)) {
            reactor.callWhenRunning(() -> made.add("running " + reactor.isRunning()));
            reactor.callLater(Duration.ofMillis(1), reactor::stop);
            reactor.run();
            assertThat(made).containsExactly("running true");
            assertThat(reactor.isRunning()).isFalse();
        }
    }

    @Test
    void aReactorRunsAgainAfterItWasStopped() throws IOException {
        try (Reactor reactor = Reactor.open(kind)) {
            for (int i = 0; i < 3; i++) {
                reactor.callWhenRunning(note("run"));
                reactor.callFromThread(reactor::stop);
                reactor.run();
            }
            assertThat(made).hasSize(3);
        }
    }

    @Test
    void aCallFromAThreadWakesTheLoop() throws Exception {
        try (RunningReactor running = RunningReactor.open(kind)) {
            assertThat(running.call(Thread::currentThread)).isEqualTo(running.thread());
        }
    }

    @Test
    void aReaderIsCalledWhenThereIsSomethingToRead() throws Exception {
        try (SocketPair pair = Sockets.socketPair();
                RunningReactor running = RunningReactor.open(kind)) {
            CompletableFuture<byte[]> got = new CompletableFuture<>();
            running.run(() -> running.reactor().addReader(pair.first(), () -> {
                try {
                    got.complete(pair.first().recv(10));
                } catch (IOException e) {
                    got.completeExceptionally(e);
                }
            }));
            pair.second().send(new byte[] {7});
            assertThat(RunningReactor.await(got, "the read")).containsExactly(7);
            running.run(() -> running.reactor().removeReader(pair.first()));
        }
    }

    @Test
    void whatACallThrowsIsReportedAndTheOthersGoOn() throws Exception {
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor");
                RunningReactor running = RunningReactor.open(kind)) {
            running.reactor().callFromThread(() -> {
                throw new IllegalStateException("of the test");
            });
            running.awaitTurns(1);
            assertThat(log.records())
                    .hasSize(1)
                    .allSatisfy(record -> assertThat(record.getThrown()).hasMessage("of the test"));
        }
    }

    @Test
    void triggersAreCalledInTheOrderOfTheirPhases() throws IOException {
        try (Reactor reactor = Reactor.open(kind)) {
            for (SystemEvent event : SystemEvent.values()) {
                for (Phase phase : new Phase[] {Phase.AFTER, Phase.DURING, Phase.BEFORE}) {
                    reactor.addSystemEventTrigger(phase, event, () -> made.add(phase + " " + event));
                }
            }
            reactor.callFromThread(reactor::stop);
            reactor.run();
            assertThat(made)
                    .containsExactly(
                            "BEFORE STARTUP",
                            "DURING STARTUP",
                            "AFTER STARTUP",
                            "BEFORE SHUTDOWN",
                            "DURING SHUTDOWN",
                            "AFTER SHUTDOWN");
        }
    }

    @Test
    void aSecondRunIsRefusedWhileOneGoesOn() throws Exception {
        try (RunningReactor running = RunningReactor.open(kind)) {
            assertThatThrownBy(running.reactor()::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(running.thread().getName());
        }
    }

    @Test
    void aReactorThatIsClosedBeforeItRunsReturnsAtOnce() throws Exception {
        Reactor reactor = Reactor.open(kind);
        reactor.close();
        reactor.run();
        assertThat(reactor.isRunning()).isFalse();
    }
}
