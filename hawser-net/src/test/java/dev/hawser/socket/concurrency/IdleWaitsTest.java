package dev.hawser.socket.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.concurrency.WaitingCall.Waiting;
import dev.hawser.testkit.Faults;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A thread that waits does nothing: what it waits for wakes it, and it does not ask again and again. */
class IdleWaitsTest {

    private static final String[] CALLS = {"recv", "recvFrom", "send", "sendTo", "accept4", "connect"};
    private static final Duration LOOK = Duration.ofMillis(100);

    /** A call that nothing wakes asks again after a pause; one that is woken may be told so falsely at first. */
    private static final int FEW = 25;

    @AutoClose
    private final Faults systemCalls = Faults.install();

    @AutoClose
    private final Opened opened = new Opened();

    @ParameterizedTest
    @MethodSource("dev.hawser.socket.concurrency.WaitingCall#onEachKindOfThread")
    void makesNoSystemCallsWhileItWaits(WaitingCall kind, ThreadKind waiter) throws Exception {
        Waiting waiting = kind.prepare(opened);
        InThread<Object> call = InThread.start(waiter, waiting.call()).awaitParked();
        long before = callsMade();
        Awaitility.await()
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(10))
                .during(LOOK)
                .atMost(LOOK.multipliedBy(20))
                .untilAsserted(() -> assertThat(callsMade() - before).isLessThan(FEW));
        waiting.owner().close();
        assertThat(call.failure()).isNotNull();
    }

    private long callsMade() {
        return Stream.of(CALLS).mapToLong(systemCalls::seen).sum();
    }
}
