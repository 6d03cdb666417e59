package dev.hawser.reactor;

import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.CapturedLog;
import dev.hawser.testkit.Faults;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Delayed calls, calls from other threads, and calls in other threads. */
@ParameterizedClass
@EnumSource(BackendKind.class)
class CallsOfTheLoopTest {

    private static final int MANY_TIMERS = 100_000;

    @Parameter
    BackendKind kind = BackendKind.EPOLL;

    private final List<String> made = Collections.synchronizedList(new ArrayList<>());

    private Runnable note(String what) {
        return () -> made.add(what);
    }

    @Test
    void aDelayedCallIsNotMadeBeforeItsTime() throws IOException {
        try (Reactor reactor = Reactor.open(kind)) {
            long begin = System.nanoTime();
            DelayedCall call = reactor.callLater(Duration.ofNanos(3_300_000), () -> {
                assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(3_300_000);
                made.add("made");
                reactor.stop();
            });
            assertThat(call.timeNanos() - begin).isGreaterThanOrEqualTo(3_300_000);
            reactor.run();
            assertThat(made).containsExactly("made");
            assertThat(call.isActive()).isFalse();
        }
    }

    @Test
    void aCallMayCancelAnotherThatIsDueInTheSameTurn() throws Exception {
        try (Reactor reactor = Reactor.open(kind)) {
            List<DelayedCall> calls = new ArrayList<>();
            reactor.callLater(Duration.ZERO, () -> calls.getFirst().cancel());
            calls.add(reactor.callLater(Duration.ZERO, note("cancelled")));
            reactor.callLater(Duration.ZERO, note("made"));
            reactor.iterate(Duration.ZERO);
            assertThat(made).containsExactly("made");
        }
    }

    @Test
    void whatADelayedCallThrowsIsReportedAndHarmsNothing() throws IOException {
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor");
                Reactor reactor = Reactor.open(kind)) {
            reactor.callLater(Duration.ZERO, () -> {
                throw new AssertionError("of the test");
            });
            reactor.callLater(Duration.ZERO, reactor::stop);
            reactor.run();
            assertThat(log.at(Level.SEVERE)).hasSize(1);
            assertThat(log.at(Level.SEVERE).getFirst().getThrown()).hasMessage("of the test");
        }
    }

    @Test
    void aHundredThousandPendingTimersCostAnIterationNothing() throws IOException {
        try (Reactor idle = Reactor.open(kind);
                Reactor full = Reactor.open(kind)) {
            for (int i = 0; i < MANY_TIMERS; i++) {
                full.callLater(Duration.ofHours(1).plusNanos(MANY_TIMERS - i), () -> {});
            }
            assertThat(full.metrics().timersPending()).isZero(); // told once a turn
            long without = nanosOfTurns(idle);
            long with = nanosOfTurns(full);
            assertThat(full.metrics().timersPending()).isEqualTo(MANY_TIMERS);
            // To look at each would be thousands of times as much; what a busy machine does is forgiven.
            assertThat(with).isLessThan(10 * without + 1_000_000);
        }
    }

    /** Of 200 turns, the best of several tries. */
    private static long nanosOfTurns(Reactor reactor) throws IOException {
        long best = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 10; attempt++) {
            long begin = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                reactor.iterate(Duration.ZERO);
            }
            best = Math.min(best, System.nanoTime() - begin);
        }
        return best;
    }

    @Test
    void aHundredThousandTimersAreMadeInTheirOrder() throws IOException {
        try (CapturedLog _ = new CapturedLog("dev.hawser.reactor"); // it is a stall
                Reactor reactor = Reactor.open(kind)) {
            List<Integer> order = new ArrayList<>();
            List<DelayedCall> calls = new ArrayList<>();
            for (int i = 0; i < MANY_TIMERS; i++) {
                int time = (int) ((i * 7_919L) % MANY_TIMERS);
                calls.add(reactor.callLater(Duration.ZERO, () -> order.add(time)));
            }
            long base = calls.getFirst().timeNanos();
            for (int i = 0; i < MANY_TIMERS; i++) {
                int time = (int) ((i * 7_919L) % MANY_TIMERS);
                calls.get(i).delay(Duration.ofNanos(base + time - calls.get(i).timeNanos()));
            }
            reactor.callLater(Duration.ofMillis(5), reactor::stop);
            reactor.run();
            assertThat(order).hasSize(MANY_TIMERS).isSorted();
            assertThat(reactor.metrics().timersFired()).isEqualTo(MANY_TIMERS + 1);
        }
    }

    @Test
    void anotherThreadIsToldToUseCallFromThread() throws Exception {
        try (SocketPair pair = Sockets.socketPair();
                RunningReactor running = RunningReactor.open(kind)) {
            Reactor reactor = running.reactor();
            DelayedCall call = running.call(() -> reactor.callLater(Duration.ofHours(1), () -> {}));
            List<Runnable> wrong = List.of(
                    () -> reactor.callLater(Duration.ZERO, () -> {}),
                    call::cancel,
                    () -> call.reset(Duration.ZERO),
                    () -> reactor.removeReader(pair.first()),
                    () -> reactor.callWhenRunning(() -> {}));
            assertThat(wrong)
                    .allSatisfy(each -> assertThatThrownBy(each::run)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("callFromThread"));
            assertThat(reactor.isInReactorThread()).isFalse();
            assertThat(running.call(reactor::isInReactorThread)).isTrue();
        }
    }

    @Test
    void callsOfOneThreadAreMadeInTheirOrderAndWakeTheLoopOnce() throws Exception {
        try (Faults faults = Faults.install();
                RunningReactor running = RunningReactor.open(kind)) {
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch holds = new CountDownLatch(1);
            running.reactor().callFromThread(() -> {
                holds.countDown();
                awaitQuietly(held);
            });
            holds.await();
            long before = faults.seen("write");
            List<String> all =
                    IntStream.range(0, 1000).mapToObj(i -> "call " + i).toList();
            all.forEach(each -> running.reactor().callFromThread(note(each)));
            long wakeUps = faults.seen("write") - before;
            held.countDown();
            assertThat(wakeUps).isLessThanOrEqualTo(1); // none where one before has not been seen
            running.awaitTurns(1);
            assertThat(made).isEqualTo(all);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void callsThatGoOnForEverDoNotKeepDescriptorsWaiting() throws Exception {
        try (SocketPair pair = Sockets.socketPair();
                RunningReactor running = RunningReactor.open(kind)) {
            AtomicBoolean goOn = new AtomicBoolean(true);
            Runnable again = new Runnable() {
                @Override
                public void run() {
                    if (goOn.get()) {
                        running.reactor().callFromThread(this);
                    }
                }
            };
            running.reactor().callFromThread(again);
            CompletableFuture<Void> read = new CompletableFuture<>();
            running.run(() -> running.reactor().addReader(pair.first(), () -> read.complete(null)));
            pair.second().send(new byte[1]);
            RunningReactor.await(read, "the read");
            CompletableFuture<Void> timer = new CompletableFuture<>();
            running.run(() -> running.reactor().callLater(Duration.ofMillis(1), () -> timer.complete(null)));
            RunningReactor.await(timer, "the delayed call");
            goOn.set(false);
            running.run(() -> running.reactor().removeReader(pair.first()));
        }
    }

    /** Nothing is lost, whoever runs the loop meanwhile. */
    @Test
    void callsOfManyThreadsAreAllMadeWhileTheLoopStopsAndStarts() throws Exception {
        int threads = 4;
        int each = 5_000;
        AtomicInteger count = new AtomicInteger();
        try (Reactor reactor = Reactor.open(kind)) {
            List<Thread> callers = IntStream.range(0, threads)
                    .mapToObj(i -> Thread.ofPlatform().start(() -> {
                        for (int call = 0; call < each; call++) {
                            reactor.callFromThread(count::incrementAndGet);
                            if (call % 500 == 0) {
                                reactor.callFromThread(reactor::stop);
                            }
                        }
                    }))
                    .toList();
            while (callers.stream().anyMatch(Thread::isAlive)) {
                reactor.callLater(Duration.ofMillis(20), reactor::stop);
                reactor.run();
            }
            reactor.callFromThread(reactor::stop);
            reactor.run();
            assertThat(count).hasValue(threads * each);
        }
    }

    @Test
    void eachSingleCallWakesALoopThatWaits() throws Exception {
        try (RunningReactor running = RunningReactor.open(kind)) {
            for (int i = 0; i < 2_000; i++) {
                int number = i;
                assertThat(running.call(() -> number)).isEqualTo(i);
            }
        }
    }

    @Test
    void callInThreadCallsInAVirtualThreadAndReportsWhatItThrows() throws Exception {
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor");
                Reactor reactor = Reactor.open(kind)) {
            CompletableFuture<Boolean> virtual = new CompletableFuture<>();
            reactor.callInThread(() -> virtual.complete(Thread.currentThread().isVirtual()));
            assertThat(RunningReactor.await(virtual, "the call")).isTrue();
            reactor.callInThread(() -> {
                throw new IllegalStateException("of the test");
            });
            eventually().until(() -> log.at(Level.SEVERE).size() == 1);
        }
    }

    @Test
    void metricsCountAndTellHowLateTheLoopIs() throws Exception {
        try (RunningReactor running = RunningReactor.open(kind)) {
            long late = 20_000_000;
            running.run(() -> {
                running.reactor().callLater(Duration.ZERO, note("timer"));
                running.reactor().callFromThread(note("call"));
                long begin = System.nanoTime();
                while (System.nanoTime() - begin < late) {
                    Thread.onSpinWait();
                }
            });
            running.awaitTurns(3);
            ReactorMetrics metrics = running.reactor().metrics();
            assertThat(metrics.turns()).isGreaterThan(2);
            assertThat(metrics.calls()).isGreaterThan(4);
            assertThat(metrics.timersFired()).isEqualTo(1);
            assertThat(metrics.maxLagNanos()).isGreaterThan(late);
            assertThat(metrics.lagNanos()).isLessThanOrEqualTo(metrics.maxLagNanos());
        }
    }
}
