package dev.hawser.select;

import dev.hawser.netpoll.AnyOf;
import dev.hawser.netpoll.Outcome;
import dev.hawser.posix.Abi;
import dev.hawser.posix.SystemCalls;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The three sets of select(2), for reading, for writing and for exceptional conditions, as long as the highest number needs,
 * and select of them. For one thread at a time. The events are those of {@link Selector}.
 */
final class FdSets implements Inquiry {

    /** Takes one number that is ready. */
    @FunctionalInterface
    interface Taker {
        void ready(int fd, int events);
    }

    private static final int F_GETFD = Abi.value("F_GETFD");

    /** What the kernel takes for readable, writable and exceptional in select(2). */
    private static final int[] EDGES = {
        SelectConstants.EPOLLIN | SelectConstants.EPOLLRDNORM | SelectConstants.EPOLLRDBAND,
        SelectConstants.EPOLLOUT | SelectConstants.EPOLLWRNORM | SelectConstants.EPOLLWRBAND,
        SelectConstants.EPOLLPRI
    };

    private final SystemCalls calls;
    private final long[][] wanted = {new long[1], new long[1], new long[1]};
    private final long[][] told = {new long[1], new long[1], new long[1]};
    private final MemorySegment[] segments = new MemorySegment[told.length];

    /** The highest number in any set, plus 1. */
    private int numbers;

    /** The kernel's table of descriptors is this long at least; it never becomes shorter. */
    private int knownTable;

    FdSets(SystemCalls calls) {
        this.calls = calls;
        wrap();
    }

    /**
     * Makes sure that the kernel looks at a number, and at all below it: those beyond its table it would pass over in
     * silence.
     *
     * @return 0, or {@code -EBADF} where the number is beyond the table, and so not open
     */
    int cover(int fd) {
        if (fd >= knownTable) {
            int flags = calls.fcntl(fd, F_GETFD, 0);
            if (flags < 0) {
                return flags;
            }
            knownTable = fd + 1;
        }
        return 0;
    }

    /**
     * Sets what is waited for.
     *
     * @param fd a number that is covered
     * @param events {@link Selector#EVENT_READ} and the like; 0 ends it
     */
    void set(int fd, int events) {
        if (events != 0 || fd < numbers) {
            put(fd, events);
        }
    }

    /** What is waited for. */
    int wanted(int fd) {
        return fd < numbers ? events(wanted, fd) : 0;
    }

    /** What a descriptor is ready for, since the last wait. */
    int ready(int fd) {
        return fd < numbers ? events(told, fd) : 0;
    }

    /** Hands over each that is ready since the last wait, in the order of the numbers. */
    void forEachReady(Taker taker) {
        forEach(told, taker);
    }

    /** How many bits are set, 0 when the time is up, {@code -errno}, or an {@link Outcome}. */
    int await(long deadline) {
        int n = await(calls, deadline);
        if (n <= 0) {
            for (long[] set : told) {
                Arrays.fill(set, 0);
            }
        }
        return n;
    }

    @Override
    public int ask(long timeoutNanos) {
        for (int i = 0; i < told.length; i++) {
            System.arraycopy(wanted[i], 0, told[i], 0, wanted[i].length);
        }
        return calls.select(numbers, segments[0], segments[1], segments[2], timeoutNanos);
    }

    @Override
    public int addTo(AnyOf set) {
        int[] added = {0};
        forEach(wanted, (fd, events) -> {
            if (added[0] == 0) {
                added[0] = set.add(fd, edges(events));
            }
        });
        return added[0];
    }

    private static int edges(int events) {
        int edges = 0;
        for (int i = 0; i < EDGES.length; i++) {
            edges |= (events >>> i & 1) != 0 ? EDGES[i] : 0;
        }
        return edges;
    }

    private void put(int fd, int events) {
        int word = fd / Long.SIZE;
        if (word >= wanted[0].length) {
            grow(Math.max(word + 1, 2 * wanted[0].length));
        }
        for (int i = 0; i < wanted.length; i++) {
            long bit = 1L << fd;
            wanted[i][word] = (events >>> i & 1) != 0 ? wanted[i][word] | bit : wanted[i][word] & ~bit;
            told[i][word] &= ~bit;
        }
        numbers = events != 0 ? Math.max(numbers, fd + 1) : fd + 1 == numbers ? length() : numbers;
    }

    private int length() {
        for (int word = (numbers - 1) / Long.SIZE; word >= 0; word--) {
            long any = wanted[0][word] | wanted[1][word] | wanted[2][word];
            if (any != 0) {
                return (word + 1) * Long.SIZE - Long.numberOfLeadingZeros(any);
            }
        }
        return 0;
    }

    private void grow(int words) {
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = Arrays.copyOf(wanted[i], words);
            told[i] = Arrays.copyOf(told[i], words);
        }
        wrap();
    }

    private void wrap() {
        for (int i = 0; i < told.length; i++) {
            segments[i] = MemorySegment.ofArray(told[i]);
        }
    }

    private static int events(long[][] sets, int fd) {
        int word = fd / Long.SIZE;
        return bit(sets[0][word], fd) | bit(sets[1][word], fd) << 1 | bit(sets[2][word], fd) << 2;
    }

    private static int bit(long word, int fd) {
        return (int) (word >>> fd) & 1;
    }

    private void forEach(long[][] sets, Taker taker) {
        int words = (numbers + Long.SIZE - 1) / Long.SIZE;
        for (int word = 0; word < words; word++) {
            long any = sets[0][word] | sets[1][word] | sets[2][word];
            for (; any != 0; any &= any - 1) {
                int fd = word * Long.SIZE + Long.numberOfTrailingZeros(any);
                taker.ready(fd, events(sets, fd));
            }
        }
    }
}
