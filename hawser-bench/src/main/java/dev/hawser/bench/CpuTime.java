package dev.hawser.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How much CPU time a process and all that descend from it have used so far, as {@code /proc} tells it at one moment.
 *
 * <p>Two sources, because neither will do alone. {@code /proc/PID/task/TID/schedstat} counts nanoseconds, but only of
 * threads that still live, and some kernels do not have it. {@code /proc/PID/stat} counts every thread that ever lived, and
 * every child that was waited for, but in ticks of 10 ms (proc(5)).
 *
 * @param nanosByThread the run time of each living thread
 * @param ticks user and system time of all the processes, and of those that ended
 */
record CpuTime(Map<String, Long> nanosByThread, long ticks) {
    /** USER_HZ: 100 on x86-64 and aarch64, whatever the kernel's own tick is. */
    private static final long NANOS_PER_TICK = 10_000_000;

    /** utime and stime are each cut to a tick, so that a difference may be wrong by two, and the threads' by a timer tick. */
    private static final long TOLERANCE_NANOS = 3 * NANOS_PER_TICK;

    private static final Path THIS_THREAD = Path.of("/proc/thread-self/schedstat");

    private static final int UTIME = 14;
    private static final int CSTIME = 17;

    static CpuTime of(long pid) throws IOException {
        Map<String, Long> nanos = new HashMap<>();
        long ticks = add(pid, nanos);
        for (ProcessHandle process : descendants(pid)) {
            ticks += addIfThere(process.pid(), nanos);
        }
        return new CpuTime(nanos, ticks);
    }

    private static List<ProcessHandle> descendants(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .toList();
    }

    /** A process that has ended since it was found is in the time of its parent. */
    private static long addIfThere(long pid, Map<String, Long> nanos) {
        try {
            return add(pid, nanos);
        } catch (IOException e) {
            return 0;
        }
    }

    private static long add(long pid, Map<String, Long> nanos) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        addThreads(process.resolve("task"), nanos);
        return ticks(Files.readString(process.resolve("stat")));
    }

    /** The run time of the calling thread in nanoseconds, 0 where the kernel does not tell. */
    static long ofThisThread() {
        try {
            return runNanos(Files.readString(THIS_THREAD));
        } catch (IOException e) {
            return 0;
        }
    }

    /** What the process used between {@code earlier} and this moment. */
    long nanosSince(CpuTime earlier) {
        long ofThreads = nanosByThread.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - earlier.nanosByThread.getOrDefault(thread.getKey(), 0L))
                .sum();
        long ofProcess = (ticks - earlier.ticks) * NANOS_PER_TICK;
        boolean threadsMissing = Math.abs(ofProcess - ofThreads) > TOLERANCE_NANOS;
        return threadsMissing ? ofProcess : ofThreads;
    }

    /** utime + stime + cutime + cstime of a line of {@code /proc/PID/stat}, whose second field is a name that may hold spaces and brackets. */
    static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        int firstField = 3;
        return IntStream.rangeClosed(UTIME, CSTIME)
                .mapToLong(field -> Long.parseLong(fields[field - firstField]))
                .sum();
    }

    /** The run time, first figure of a line of {@code schedstat}. */
    static long runNanos(String schedstat) {
        return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
    }

    private static void addThreads(Path tasks, Map<String, Long> nanos) throws IOException {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                addThread(thread, nanos);
            }
        }
    }

    private static void addThread(Path thread, Map<String, Long> nanos) {
        String schedstat;
        try {
            schedstat = Files.readString(thread.resolve("schedstat"));
        } catch (IOException e) {
            // The thread ended since the directory was read (ENOENT or ESRCH), or the kernel does not have this file.
            return;
        }
        nanos.put(thread.getFileName().toString(), runNanos(schedstat));
    }
}
