package dev.hawser.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After a read that took all there was, the next call waits before it asks the kernel: a guess, and no more. */
class DrainedWaitTest {

    private final int[] pair = pair();
    private final Handle handle = Handle.open(SystemCalls.LIBC, pair[0]);
    private final Readiness reading = handle.descriptor().reading();
    private int calls;

    @AfterEach
    void close() {
        handle.close(false);
        SystemCalls.LIBC.close(pair[1]);
    }

    private static int[] pair() {
        int[] pair = new int[2];
        int type = Abi.value("SOCK_STREAM") | Abi.value("SOCK_NONBLOCK") | Abi.value("SOCK_CLOEXEC");
        assertThat(SystemCalls.LIBC.socketPair(Abi.value("AF_UNIX"), type, 0, MemorySegment.ofArray(pair)))
                .isZero();
        return pair;
    }

    @Test
    void aWaitThatTimesOutAsksTheKernelBeforeItSaysSo() {
        consumeFirstEdge();
        reading.markDrained();
        assertThat(handle.perform(reading, Deadline.after(1), () -> answer(5))).isEqualTo(5);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void aWaitThatIsInterruptedAsksTheKernelBeforeItSaysSo() {
        consumeFirstEdge();
        reading.markDrained();
        Thread.currentThread().interrupt();
        assertThat(handle.perform(reading, Deadline.NEVER, () -> answer(5))).isEqualTo(5);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whereTheKernelHasNothingTheWaitEndsAsItEnded() {
        consumeFirstEdge();
        reading.markDrained();
        assertThat(handle.perform(reading, Deadline.after(1), () -> answer(-Errno.EAGAIN)))
                .isEqualTo(Outcome.TIMED_OUT);
        assertThat(calls).isEqualTo(1);
        assertThat(handle.perform(reading, Deadline.after(1), () -> answer(-Errno.EAGAIN)))
                .isEqualTo(Outcome.TIMED_OUT);
        assertThat(calls).as("without the mark: once before the wait").isEqualTo(2);
    }

    @Test
    void aClosedHandleIsNotAsked() {
        reading.markDrained();
        handle.close(false);
        assertThat(handle.perform(reading, Deadline.NEVER, () -> answer(5))).isEqualTo(Outcome.CLOSED);
        assertThat(calls).isZero();
    }

    @Test
    void whoMustNotWaitAsksAtOnce() {
        reading.markDrained();
        assertThat(handle.perform(reading, Deadline.NOW, () -> answer(-Errno.EAGAIN)))
                .isEqualTo(-Errno.EAGAIN);
        assertThat(calls).isEqualTo(1);
    }

    /** The first registration may report the direction as ready, or not: from here on nothing is. */
    private void consumeFirstEdge() {
        handle.perform(reading, Deadline.after(1_000_000), () -> -Errno.EAGAIN);
    }

    private long answer(long result) {
        calls++;
        return result;
    }
}
