package dev.hawser.select;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Timeouts;
import dev.hawser.posix.Abi;
import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.HasFileno;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The oldest form of readiness, select(2): all descriptors are handed over with each call, in three lists, and what is ready of
 * each comes back. For a few descriptors; {@link Poll} keeps the list, and {@link Epoll} has the kernel keep it.
 *
 * <p>C's select knows the numbers up to 1023, as many as its {@code fd_set} has bits. The kernel knows no such limit: it takes
 * sets of any length, and gets them here as long as the highest number needs. It passes over numbers that lie beyond
 * the process's table of descriptors; so that such a one fails with EBADF, as every other number does that is not open, the highest
 * is looked at with fcntl(2) first.
 *
 * <h2>Threading</h2>
 * Safe from any thread. The collections are copied before anything else; the descriptors must stay open during the call, as a
 * number that is closed and given to another file meanwhile is told as what it was.
 *
 * <h2>Blocking and timeouts</h2>
 * A timeout is null for none; zero does not wait; a negative one is refused. It is exact to what the kernel's timers are,
 * and never ends early; a signal does not end it. A virtual thread gives up its carrier while it waits, for which all descriptors
 * are put into an epoll set of its own: {@link Epoll} spares that. An interrupt ends the wait of a virtual thread with a {@link
 * dev.hawser.socket.SocketInterruptedException}, its status still set; a platform thread waits in the kernel, which an interrupt
 * does not reach, and sees it before it begins to wait.
 *
 * <p>A TLS connection may hold decrypted bytes that its descriptor does not show: ask
 * {@link dev.hawser.tls.TlsSocket#pending} first.
 *
 * <h2>Errors</h2>
 * A {@link dev.hawser.socket.SocketFailedException} with EBADF where a number is not open. An object that is closed, so that it
 * has no number, is an {@link IllegalArgumentException}.
 *
 * {@snippet file="dev/hawser/select/SelectSnippetsTest.java" region="select"}
 *
 * <p>Source: select(2), Python's {@code select.select}.
 */
public final class Select {

    private static final int F_GETFD = Abi.value("F_GETFD");
    private static final int[] KINDS = {Selector.EVENT_READ, Selector.EVENT_WRITE, Selector.EVENT_PRIORITY};
    private static final String[] NAMES = {"readers", "writers", "exceptional"};

    private Select() {}

    /**
     * What is ready, each list in the order of the collection that it is from, and with the very objects.
     *
     * @param readers a read, or an accept, would not wait
     * @param writers a write would not wait, or a connect has ended
     * @param exceptional there is urgent data, or another exceptional condition of poll(2)
     * @param <T> what was given
     */
    public record Ready<T>(List<T> readers, List<T> writers, List<T> exceptional) {

        /**
         * Whether the time was up.
         *
         * @return true where nothing is ready
         */
        public boolean isEmpty() {
            return readers.isEmpty() && writers.isEmpty() && exceptional.isEmpty();
        }
    }

    /**
     * Waits until a descriptor is ready, or the time is up.
     *
     * @param readers to be waited for until they can be read
     * @param writers to be waited for until they can be written
     * @param exceptional to be waited for until there is urgent data
     * @param timeout how long to wait; zero not at all, null without end
     * @param <T> what is given: sockets, numbers as {@link Fd}, or both
     * @return what is ready, in three lists of the caller's own; what was given twice is told twice
     * @throws IllegalArgumentException if one is null or closed, or the timeout is negative
     * @throws IOException if a number is not open, EBADF, or the wait fails
     */
    public static <T extends HasFileno> Ready<T> select(
            Collection<? extends T> readers,
            Collection<? extends T> writers,
            Collection<? extends T> exceptional,
            @Nullable Duration timeout)
            throws IOException {
        long deadline = Deadline.after(Timeouts.nanos(timeout));
        List<List<T>> given = List.of(new ArrayList<>(readers), new ArrayList<>(writers), new ArrayList<>(exceptional));
        int[][] numbers = new int[KINDS.length][];
        for (int i = 0; i < KINDS.length; i++) {
            numbers[i] = numbers(NAMES[i], given.get(i));
        }
        SystemCalls calls = SystemCalls.installed();
        FdSets sets = new FdSets(calls);
        int n = fill(sets, numbers);
        n = n < 0 ? n : sets.await(deadline);
        if (n < 0) {
            throw SelectErrors.of("select", about(numbers, calls), "select", n);
        }
        return new Ready<>(
                ready(given.get(0), numbers[0], sets, KINDS[0]),
                ready(given.get(1), numbers[1], sets, KINDS[1]),
                ready(given.get(2), numbers[2], sets, KINDS[2]));
    }

    private static int[] numbers(String name, List<? extends HasFileno> files) {
        int[] numbers = new int[files.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Filenos.of(files.get(i), name + "[" + i + "]", "take it out");
        }
        return numbers;
    }

    /** 0, or {@code -EBADF}. */
    private static int fill(FdSets sets, int[][] numbers) {
        int highest = all(numbers).max().orElse(-1);
        int covered = highest < 0 ? 0 : sets.cover(highest);
        for (int i = 0; i < KINDS.length && covered == 0; i++) {
            for (int fd : numbers[i]) {
                sets.set(fd, sets.wanted(fd) | KINDS[i]);
            }
        }
        return covered;
    }

    private static <T> List<T> ready(List<T> files, int[] numbers, FdSets sets, int kind) {
        List<T> ready = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            if ((sets.ready(numbers[i]) & kind) != 0) {
                ready.add(files.get(i));
            }
        }
        return ready;
    }

    /** The one that is not open, where there is one: select(2) says only that there is. */
    private static String about(int[][] numbers, SystemCalls calls) {
        return all(numbers)
                .filter(fd -> calls.fcntl(fd, F_GETFD, 0) < 0)
                .mapToObj(fd -> "descriptor " + fd)
                .findFirst()
                .orElseGet(() -> all(numbers).distinct().count() + " descriptors");
    }

    private static IntStream all(int[][] numbers) {
        return Arrays.stream(numbers).flatMapToInt(Arrays::stream);
    }
}
