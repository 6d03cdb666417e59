package dev.hawser.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run needs and leaves nothing of: a directory for programs and logs, and the child processes.
 *
 * <p>Closing ends them all. So does the end of this JVM, Ctrl-C included.
 */
final class Workshop implements AutoCloseable {
    private final Path directory;
    private final List<ChildProcess> children = new ArrayList<>();
    private final Thread atExit = new Thread(this::clearAway, "bench-cleanup");
    private boolean closed;

    Workshop() throws IOException {
        directory = Files.createTempDirectory("hawser-bench-");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    Path directory() {
        return directory;
    }

    /** A resource of this package as a file, for programs that are no Java. */
    Path file(String resource) throws IOException {
        Path file = directory.resolve(resource);
        try (InputStream content = Workshop.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new IOException("resource " + resource + " is missing");
            }
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    /** Starts {@code command} on one core, where {@link Pinning} is possible. */
    synchronized ChildProcess start(String name, int core, List<String> command) throws IOException {
        if (closed) {
            throw new IOException("the run is over");
        }
        ChildProcess child = ChildProcess.start(name, Pinning.onCore(core, command), directory.resolve(name + ".log"));
        children.add(child);
        return child;
    }

    @Override
    public void close() {
        clearAway();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook runs anyway and finds nothing left to do.
            return;
        }
    }

    private synchronized void clearAway() {
        if (closed) {
            return;
        }
        closed = true;
        children.forEach(ChildProcess::hangUp);
        children.forEach(ChildProcess::close);
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException e) {
            // A compiler that was interrupted may still remove files of its own; the rest lies in the temporary
            // directory.
            return;
        }
    }
}
