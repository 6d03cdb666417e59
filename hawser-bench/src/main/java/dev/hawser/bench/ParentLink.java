package dev.hawser.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A child process's line to the bench that started it: standard input and output.
 *
 * <p>However the bench ends, even by a kill that leaves it no time to clean up, its end of the pipe closes; a child that
 * sees its standard input end goes too. So no server outlives the run.
 */
final class ParentLink {
    private ParentLink() {}

    /** The lines the parent sends, as they come. When there are no more, the process ends at once. */
    static BlockingQueue<String> endWithParent() {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread.ofPlatform().daemon().name("parent-link").start(() -> {
            readInto(lines);
            Runtime.getRuntime().halt(0);
        });
        return lines;
    }

    private static void readInto(BlockingQueue<String> lines) {
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String line;
            while ((line = in.readLine()) != null) {
                lines.add(line);
            }
        } catch (IOException e) {
            System.err.println("lost the parent: " + e);
        }
    }

    static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
