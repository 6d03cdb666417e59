package dev.hawser.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.posix.Errno;
import dev.hawser.reactor.Reactor.Phase;
import dev.hawser.reactor.Reactor.SystemEvent;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.SocketError;
import dev.hawser.testkit.CapturedLog;
import dev.hawser.testkit.Faults;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How a reactor begins, stops, begins again and is closed; its triggers; what a wait that fails does. */
@ParameterizedClass
@EnumSource(BackendKind.class)
class LifeOfAReactorTest {

    @Parameter
    BackendKind kind = BackendKind.EPOLL;

    private final List<String> made = Collections.synchronizedList(new ArrayList<>());

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
    void anotherThreadMayRunItAgain() throws Exception {
        try (Reactor reactor = Reactor.open(kind)) {
            reactor.callFromThread(reactor::stop);
            reactor.run();
            reactor.callFromThread(reactor::stop);
            Thread other = Thread.ofPlatform().start(() -> {
                try {
                    reactor.run();
                    made.add("ran");
                } catch (IOException e) {
                    made.add(e.toString());
                }
            });
            other.join();
            assertThat(made).containsExactly("ran");
        }
    }

    @Test
    void stopFromAnotherThreadEndsTheWait() throws Exception {
        try (RunningReactor running = RunningReactor.open(kind)) {
            running.awaitTurns(2);
            running.reactor().stop();
            running.awaitEnd();
        }
    }

    @Test
    void stoppingTwiceOrWithoutARunDoesNothing() throws IOException {
        try (Reactor reactor = Reactor.open(kind)) {
            reactor.stop();
            reactor.addSystemEventTrigger(Phase.DURING, SystemEvent.SHUTDOWN, () -> made.add("shutdown"));
            reactor.callFromThread(() -> {
                made.add("runs");
                reactor.stop();
                reactor.stop();
            });
            reactor.run();
            reactor.stop();
            assertThat(made).containsExactly("runs", "shutdown");
        }
    }

    @Test
    void whatIsCalledAfterTheStopWaitsForTheNextRun() throws IOException {
        try (Reactor reactor = Reactor.open(kind)) {
            reactor.callFromThread(reactor::stop);
            reactor.run();
            reactor.callFromThread(note("late"));
            assertThat(made).isEmpty();
            reactor.callFromThread(reactor::stop);
            reactor.run();
            assertThat(made).containsExactly("late");
        }
    }

    @Test
    void aSecondRunIsRefusedWhileOneGoesOn() throws Exception {
        try (RunningReactor running = RunningReactor.open(kind)) {
            Reactor reactor = running.reactor();
            assertThatThrownBy(reactor::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(running.thread().getName());
            assertThatThrownBy(() -> reactor.iterate(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> running.run(reactor::run)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anIterationIsOneTurn() throws IOException {
        try (Reactor reactor = Reactor.open(kind)) {
            reactor.callFromThread(() -> reactor.callFromThread(note("second")));
            reactor.iterate(null);
            assertThat(made).isEmpty();
            reactor.iterate(null);
            assertThat(made).containsExactly("second");
            long begin = System.nanoTime();
            reactor.iterate(Duration.ofMillis(5)); // the wake-ups may end it
            reactor.iterate(Duration.ofMillis(5));
            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(5_000_000);
            assertThatThrownBy(() -> reactor.iterate(Duration.ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(reactor.isRunning()).isFalse();
        }
    }

    @Test
    void closeFromAnotherThreadEndsTheRunAndClosesWhatBelongsToIt() throws Exception {
        CompletableFuture<Thread> closedBy = new CompletableFuture<>();
        RunningReactor running = RunningReactor.open(kind);
        LoopReactor reactor = (LoopReactor) running.reactor();
        running.run(() -> reactor.own(() -> closedBy.complete(Thread.currentThread())));
        running.close();
        assertThat(closedBy).isCompletedWithValue(running.thread());
        assertThatCode(reactor::close).doesNotThrowAnyException();
        assertThatThrownBy(() -> reactor.callLater(Duration.ZERO, () -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reactor.own(() -> {})).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aReactorThatIsClosedBeforeItRunsReturnsAtOnce() throws IOException {
        Reactor reactor = Reactor.open(kind);
        reactor.close();
        reactor.run();
        assertThat(reactor.isRunning()).isFalse();
        assertThatThrownBy(() -> reactor.iterate(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aHandlerMayCloseTheReactor() throws Exception {
        Reactor reactor = Reactor.open(kind);
        reactor.addSystemEventTrigger(Phase.BEFORE, SystemEvent.SHUTDOWN, () -> {
            made.add("shutdown");
            return new Deferred<String>(); // which would hold up a stop
        });
        reactor.callFromThread(reactor::close);
        reactor.run();
        assertThat(made).containsExactly("shutdown");
    }

    @Test
    void whatCannotBeClosedIsReportedAndTheRestIsClosed() throws Exception {
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor")) {
            LoopReactor reactor = (LoopReactor) Reactor.open(kind);
            Closeable broken = () -> {
                throw new IOException("of the test");
            };
            reactor.own(broken);
            reactor.own(() -> made.add("closed"));
            Closeable gone = () -> made.add("disowned");
            reactor.own(gone);
            reactor.disown(gone);
            reactor.close();
            assertThat(made).containsExactly("closed");
            assertThat(log.at(Level.SEVERE)).hasSize(1);
        }
    }

    @Test
    void callsThatWereTakenAreMadeByCloseAndLaterOnesAreRefused() throws IOException {
        Reactor reactor = Reactor.open(kind);
        reactor.callFromThread(note("taken"));
        reactor.close();
        assertThat(made).containsExactly("taken");
        assertThatThrownBy(() -> reactor.callFromThread(note("refused")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void triggersAreCalledOnceInTheOrderOfTheirPhases() throws IOException {
        try (Reactor reactor = Reactor.open(kind)) {
            for (SystemEvent event : SystemEvent.values()) {
                for (Phase phase : new Phase[] {Phase.AFTER, Phase.DURING, Phase.BEFORE}) {
                    reactor.addSystemEventTrigger(phase, event, () -> made.add(phase + " " + event));
                }
            }
            for (int i = 0; i < 2; i++) {
                reactor.callFromThread(reactor::stop);
                reactor.run();
            }
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
    void whatATriggerBeforeReturnsIsWaitedForWhileTheLoopGoesOn() throws IOException {
        try (Reactor reactor = Reactor.open(kind)) {
            Deferred<String> first = new Deferred<>();
            Deferred<String> second = new Deferred<>();
            reactor.addSystemEventTrigger(Phase.DURING, SystemEvent.SHUTDOWN, () -> made.add("during"));
            reactor.addSystemEventTrigger(Phase.BEFORE, SystemEvent.SHUTDOWN, () -> first);
            reactor.addSystemEventTrigger(Phase.BEFORE, SystemEvent.SHUTDOWN, () -> second);
            reactor.callFromThread(() -> {
                reactor.stop();
                reactor.callLater(Duration.ofMillis(1), () -> {
                    made.add("first");
                    first.callback("done");
                });
                reactor.callLater(Duration.ofMillis(2), () -> {
                    made.add("second");
                    second.callback("done");
                });
            });
            reactor.run();
            assertThat(made).containsExactly("first", "second", "during");
        }
    }

    @Test
    void aTriggerThatThrowsOrFailsIsReportedAndTheOthersGoOn() throws IOException {
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor");
                Reactor reactor = Reactor.open(kind)) {
            reactor.addSystemEventTrigger(Phase.BEFORE, SystemEvent.SHUTDOWN, () -> {
                throw new IOException("thrown");
            });
            reactor.addSystemEventTrigger(
                    Phase.BEFORE, SystemEvent.SHUTDOWN, () -> Deferred.fail(new IOException("failed")));
            reactor.addSystemEventTrigger(Phase.BEFORE, SystemEvent.SHUTDOWN, () -> made.add("before"));
            reactor.addSystemEventTrigger(Phase.AFTER, SystemEvent.SHUTDOWN, () -> made.add("after"));
            reactor.callFromThread(reactor::stop);
            reactor.run();
            assertThat(made).containsExactly("before", "after");
            assertThat(log.at(Level.SEVERE))
                    .extracting(record -> record.getThrown().getMessage())
                    .containsExactly("thrown", "failed");
        }
    }

    @Test
    void aTriggerThatWasTakenBackIsNotCalled() throws IOException {
        try (Reactor reactor = Reactor.open(kind)) {
            Reactor.Trigger trigger =
                    reactor.addSystemEventTrigger(Phase.DURING, SystemEvent.STARTUP, () -> made.add("removed"));
            trigger.remove();
            trigger.remove();
            reactor.callFromThread(reactor::stop);
            reactor.run();
            assertThat(made).isEmpty();
        }
    }

    @Test
    void callWhenRunningCallsAtOnceInARun() throws IOException {
        try (Reactor reactor = Reactor.open(kind)) {
            reactor.callFromThread(() -> {
                reactor.callWhenRunning(note("at once"));
                made.add("then");
                reactor.stop();
            });
            reactor.run();
            assertThat(made).containsExactly("at once", "then");
        }
    }

    @Test
    void aWaitThatFailsEndsTheRunWhichMayBeMadeAgain() throws IOException {
        String call = switch (kind) {
            case EPOLL -> "epollWait";
            case POLL -> "poll";
            case SELECT -> "select";
        };
        try (Faults faults = Faults.install();
                Reactor reactor = Reactor.open(kind)) {
            faults.on(call).times(1).fail(Errno.ENOMEM);
            assertThatThrownBy(reactor::run)
                    .isInstanceOfSatisfying(
                            SocketError.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOMEM));
            assertThat(reactor.isRunning()).isFalse();
            faults.clear();
            faults.on(call).times(3).fail(Errno.EINTR);
            reactor.callLater(Duration.ofMillis(2), reactor::stop);
            reactor.run();
            assertThat(faults.count(call)).isGreaterThan(1);
        }
    }

    @Test
    void anInterruptEndsTheRunOfItsThread() throws IOException {
        try (Reactor reactor = Reactor.open(kind)) {
            reactor.callFromThread(() -> Thread.currentThread().interrupt());
            assertThatThrownBy(reactor::run).isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void whatARunThatBrokeOffWasWaitingForDoesNotEndTheNext() throws Exception {
        try (Reactor reactor = Reactor.open(kind)) {
            Deferred<String> late = new Deferred<>();
            reactor.addSystemEventTrigger(Phase.BEFORE, SystemEvent.SHUTDOWN, () -> late);
            reactor.callFromThread(() -> {
                reactor.stop();
                reactor.callLater(Duration.ZERO, () -> Thread.currentThread().interrupt());
            });
            assertThatThrownBy(reactor::run).isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();

            reactor.callFromThread(() -> {
                late.callback("done");
                reactor.callLater(Duration.ofMillis(1), () -> {
                    made.add("the next run goes on");
                    reactor.stop();
                });
            });
            reactor.run();
            assertThat(made).containsExactly("the next run goes on");
        }
    }
}
