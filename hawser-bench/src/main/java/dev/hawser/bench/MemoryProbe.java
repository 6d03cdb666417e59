package dev.hawser.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;

/**
 * Asks a server how much memory it holds. A Java server collects its garbage first and tells what is left; the kernel tells what the
 * process has in memory that no file is behind ({@code RssAnon}). As the heap is touched as a whole when such a server starts, the rest
 * is what is outside of the heap: buffers, the native parts, the JVM's own.
 */
final class MemoryProbe {
    /** Every page of the heap is in memory from the beginning on. */
    static final String FLAG = "-XX:+AlwaysPreTouch";

    private static final String QUESTION = "heap";
    private static final String ANSWER = "heap ";
    private static final String RSS = "RssAnon:";
    private static final int BYTES_PER_KIB = 1024;
    private static final int COLLECTIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private MemoryProbe() {}

    /** Seen from the bench. */
    static IdleMemory ask(ServerProgram program, ChildProcess server, int connections)
            throws BenchException, IOException, InterruptedException {
        if (!(program instanceof JavaServer)) {
            return new IdleMemory(connections, 0, anonymousBytes(server.pid()));
        }
        server.say(QUESTION);
        String[] heap = server.hear(PATIENCE).substring(ANSWER.length()).split(" ", -1);
        long size = Long.parseLong(heap[1]);
        return new IdleMemory(connections, Long.parseLong(heap[0]), anonymousBytes(server.pid()) - size);
    }

    private static long anonymousBytes(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(RSS))
                    .mapToLong(line -> Long.parseLong(
                            line.substring(RSS.length()).replace("kB", "").strip()))
                    .map(kib -> kib * BYTES_PER_KIB)
                    .findFirst()
                    .orElseThrow(() -> new IOException("the kernel does not tell " + RSS));
        }
    }

    /** In the server: answers whenever the bench asks, in a thread of its own. */
    static void answer(BlockingQueue<String> questions) {
        Thread.ofPlatform().daemon().name("memory-probe").start(() -> {
            try {
                while (questions.take().equals(QUESTION)) {
                    ParentLink.say(ANSWER + usedAfterCollection());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** What a collection has found out to be lost, the next one frees. */
    private static String usedAfterCollection() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
        }
        var heap = memory.getHeapMemoryUsage();
        return heap.getUsed() + " " + heap.getCommitted();
    }
}
