package dev.hawser.reactor.task;

import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.RunningReactor;
import dev.hawser.reactor.defer.CancelledException;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.defer.ManualClock;
import dev.hawser.reactor.defer.Outcomes;
import dev.hawser.testkit.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TaskTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock();
    private final RuntimeException broken = new RuntimeException("broken");
    private final List<Object> made = new ArrayList<>();

    @Test
    void deferLaterFiresWithWhatTheCallReturns() {
        List<Object> seen = Outcomes.of(Task.deferLater(clock, SECOND, () -> "done"));
        assertThat(seen).isEmpty();
        clock.advance(SECOND);
        assertThat(seen).containsExactly("done");
    }

    @Test
    void deferLaterFailsWithWhatTheCallThrows() {
        List<Object> seen = Outcomes.of(Task.deferLater(clock, SECOND, () -> {
            throw broken;
        }));
        clock.advance(SECOND);
        assertThat(seen).containsExactly(broken);
    }

    @Test
    void cancellingDeferLaterTakesTheCallBack() {
        Deferred<Boolean> later = Task.deferLater(clock, SECOND, () -> made.add("called"));
        later.cancel();
        assertThat(clock.pending()).isZero();
        assertThat(Outcomes.now(later)).isInstanceOf(CancelledException.class);
        assertThat(made).isEmpty();
    }

    @Test
    void deferToThreadBlocksInAVirtualThreadAndFiresInTheReactors() throws Exception {
        try (RunningReactor running = RunningReactor.open()) {
            List<Object> seen = new ArrayList<>();
            running.run(() -> Task.deferToThread(
                            running.reactor(), () -> Thread.currentThread().isVirtual())
                    .finish(
                            virtual -> seen.addAll(List.of(virtual, Thread.currentThread())),
                            failure -> seen.add(failure)));
            eventually().until(() -> running.call(() -> seen.size() == 2));
            assertThat(seen).containsExactly(true, running.thread());
        }
    }

    @Test
    void cancellingDeferToThreadInterruptsTheCall() throws Exception {
        try (RunningReactor running = RunningReactor.open()) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            Deferred<Object> call = running.call(() -> Task.deferToThread(running.reactor(), () -> {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                }
                return 1;
            }));
            begun.await();
            running.run(call::cancel);
            interrupted.await();
            assertThat(running.call(() -> Outcomes.now(call))).isInstanceOf(CancelledException.class);
        }
    }

    @Test
    void blockingCallFromThreadReturnsWhatTheReactorsThreadCameTo() throws Exception {
        try (RunningReactor running = RunningReactor.open()) {
            Reactor reactor = running.reactor();
            Thread thread = Task.blockingCallFromThread(
                    reactor, () -> Task.deferLater(reactor, Duration.ZERO, Thread::currentThread));
            assertThat(thread).isSameAs(running.thread());
            assertThatThrownBy(() -> Task.blockingCallFromThread(reactor, () -> {
                        throw broken;
                    }))
                    .isSameAs(broken);
        }
    }

    @Test
    void blockingCallFromTheReactorsOwnThreadIsRefused() throws Exception {
        try (RunningReactor running = RunningReactor.open()) {
            assertThatThrownBy(() -> running.call(
                            () -> Task.blockingCallFromThread(running.reactor(), () -> Deferred.succeed(1))))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private int run(Task.Main main, String... arguments) throws IOException {
        try (Reactor reactor = Reactor.open()) {
            return Task.run(reactor, main, arguments);
        }
    }

    @Test
    void aProgramEndsWhenItsDeferredFires() throws IOException {
        int status = run(
                (reactor, arguments) ->
                        Task.deferLater(reactor, Duration.ofMillis(1), () -> made.addAll(List.of(arguments))),
                "a",
                "b");
        assertThat(status).isZero();
        assertThat(made).containsExactly("a", "b");
    }

    @Test
    void aProgramWhoseDeferredHasFiredEndsAtOnce() throws IOException {
        assertThat(run((reactor, arguments) -> Deferred.succeed(1))).isZero();
    }

    @Test
    void aProgramThatFailsIsReportedAndEndsWithOne() throws IOException {
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor")) {
            assertThat(run((reactor, arguments) -> Deferred.fail(broken))).isEqualTo(1);
            assertThat(run((reactor, arguments) -> {
                        throw broken;
                    }))
                    .isEqualTo(1);
            assertThat(run((reactor, arguments) -> Task.deferLater(reactor, Duration.ofMillis(1), () -> {
                        throw broken;
                    })))
                    .isEqualTo(1);
            assertThat(log.messages()).hasSize(3).allMatch("the program failed"::equals);
        }
    }

    @Test
    void anExitExceptionTellsTheStatus() throws IOException {
        assertThat(run((reactor, arguments) -> Deferred.fail(new ExitException(23))))
                .isEqualTo(23);
    }

    @Test
    void aProgramWhoseReactorIsStoppedEnds() throws IOException {
        assertThat(run((reactor, arguments) -> {
                    reactor.callLater(Duration.ofMillis(1), reactor::stop);
                    return new Deferred<>();
                }))
                .isZero();
    }
}
