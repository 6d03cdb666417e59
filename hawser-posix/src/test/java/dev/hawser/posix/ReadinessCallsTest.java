package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** poll, select and eventfd, with memory of both kinds, waiting and not. */
class ReadinessCallsTest {

    private static final short IN = (short) Abi.value("POLLIN");
    private static final short INVALID = (short) Abi.value("POLLNVAL");
    private static final int SIZE = Abi.value("sizeof(struct pollfd)");
    private static final long SHORT_WAIT_NANOS = 2_000_000;
    private static final int BEYOND_CRITICAL = 10_000;

    private final SystemCalls calls = SystemCalls.installed();
    private final Arena arena = Arena.ofConfined();
    private final int counter = calls.eventFd(0, Abi.value("EFD_CLOEXEC") | Abi.value("EFD_NONBLOCK"));

    @AfterEach
    void close() {
        assertThat(calls.close(counter)).isZero();
        arena.close();
    }

    @Test
    void aCounterIsReadAsItWasWritten() {
        MemorySegment value = MemorySegment.ofArray(new long[] {0});
        assertThat(calls.read(counter, value)).isEqualTo(-Errno.EAGAIN);

        assertThat(add(3)).isEqualTo(8);
        assertThat(add(4)).isEqualTo(8);

        assertThat(calls.read(counter, value)).isEqualTo(8);
        assertThat(value.get(JAVA_LONG, 0)).isEqualTo(7);
    }

    @Test
    void aCounterThatTheKernelDoesNotKnowIsRefused() {
        assertThat(calls.eventFd(0, -1)).isEqualTo(-Errno.EINVAL);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, SHORT_WAIT_NANOS})
    void pollTellsWhatIsReadyInMemoryOfBothKinds(long timeoutNanos) {
        for (MemorySegment array : new MemorySegment[] {heap(SIZE), arena.allocate(SIZE, 8)}) {
            want(array, 0, counter);
            assertThat(calls.poll(array, 1, timeoutNanos)).isZero();
            assertThat(told(array, 0)).isZero();
        }
        add(1);
        for (MemorySegment array : new MemorySegment[] {heap(SIZE), arena.allocate(SIZE, 8)}) {
            want(array, 0, counter);
            assertThat(calls.poll(array, 1, timeoutNanos)).isEqualTo(1);
            assertThat(told(array, 0)).isEqualTo(IN);
        }
    }

    @Test
    void pollWaitsWithoutEndForWhatIsThere() {
        add(1);
        MemorySegment array = heap(SIZE);
        want(array, 0, counter);
        assertThat(calls.poll(array, 1, -1)).isEqualTo(1);
    }

    @Test
    void pollTakesMoreThanACriticalCallMay() {
        MemorySegment array = heap(SIZE * BEYOND_CRITICAL);
        for (int i = 0; i < BEYOND_CRITICAL - 1; i++) {
            want(array, i, -1);
        }
        want(array, BEYOND_CRITICAL - 1, Integer.MAX_VALUE);

        int n = calls.poll(array, BEYOND_CRITICAL, 0);

        // More than the limit on open descriptors is refused, which is what this process may have.
        if (n != -Errno.EINVAL) {
            assertThat(n).isEqualTo(1);
            assertThat(told(array, BEYOND_CRITICAL - 1)).isEqualTo(INVALID);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, SHORT_WAIT_NANOS})
    void selectTellsWhatIsReadyInMemoryOfBothKinds(long timeoutNanos) {
        int bytes = (counter / Long.SIZE + 1) * Long.BYTES;
        for (MemorySegment set : new MemorySegment[] {heap(bytes), arena.allocate(bytes, 8)}) {
            setBit(set);
            assertThat(calls.select(counter + 1, set, MemorySegment.NULL, MemorySegment.NULL, timeoutNanos))
                    .isZero();
            assertThat(hasBit(set)).isFalse();
        }
        add(1);
        for (MemorySegment set : new MemorySegment[] {heap(bytes), arena.allocate(bytes, 8)}) {
            setBit(set);
            assertThat(calls.select(counter + 1, set, MemorySegment.NULL, MemorySegment.NULL, timeoutNanos))
                    .isEqualTo(1);
            assertThat(hasBit(set)).isTrue();
        }
    }

    @Test
    void selectSaysWhichSetAsWell() {
        int bytes = (counter / Long.SIZE + 1) * Long.BYTES;
        MemorySegment readable = heap(bytes);
        MemorySegment writable = heap(bytes);
        MemorySegment exceptional = heap(bytes);
        setBit(readable);
        setBit(writable);
        setBit(exceptional);

        assertThat(calls.select(counter + 1, readable, writable, exceptional, -1))
                .isEqualTo(1);

        assertThat(hasBit(readable)).isFalse();
        assertThat(hasBit(writable)).isTrue();
        assertThat(hasBit(exceptional)).isFalse();
    }

    @Test
    void selectRefusesANumberThatIsNotOpen() {
        int closed = calls.eventFd(0, 0);
        calls.close(closed);
        MemorySegment set = heap((closed / Long.SIZE + 1) * Long.BYTES);
        set.setAtIndex(JAVA_LONG, closed / Long.SIZE, 1L << closed);
        assertThat(calls.select(closed + 1, set, MemorySegment.NULL, MemorySegment.NULL, 0))
                .isEqualTo(-Errno.EBADF);
    }

    private long add(long value) {
        return calls.write(counter, MemorySegment.ofArray(new long[] {value}));
    }

    private static MemorySegment heap(int bytes) {
        return MemorySegment.ofArray(new long[bytes / Long.BYTES]);
    }

    private static void want(MemorySegment array, int index, int fd) {
        array.set(JAVA_INT, (long) index * SIZE + Abi.value("offsetof(struct pollfd,fd)"), fd);
        array.set(JAVA_SHORT, (long) index * SIZE + Abi.value("offsetof(struct pollfd,events)"), IN);
    }

    private static short told(MemorySegment array, int index) {
        return array.get(JAVA_SHORT, (long) index * SIZE + Abi.value("offsetof(struct pollfd,revents)"));
    }

    private void setBit(MemorySegment set) {
        set.setAtIndex(JAVA_LONG, counter / Long.SIZE, 1L << counter);
    }

    private boolean hasBit(MemorySegment set) {
        return set.getAtIndex(JAVA_LONG, counter / Long.SIZE) == 1L << counter;
    }
}
