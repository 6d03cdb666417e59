package dev.hawser.socketserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's cache of classes (JEP 514) for workers of one command: with it a worker starts in about half the time. It is made by a process
 * that rehearses a worker's life, once for each set of JDK, options and jars, and kept for later runs of this program. Without it
 * workers start slower, and that is all, so whatever is wrong with it is passed over.
 *
 * <p>A cache is code: it is used only from a directory of this user's own, which nobody else can write.
 */
final class AotCache implements Closeable {

    private static final String SUFFIX = ".aot";

    /** What nobody has used for so long goes. */
    private static final Duration KEPT = Duration.ofDays(30);

    /** It is noted on what day one was used last, and a failure to make one counts for a day. */
    private static final Duration DAY = Duration.ofDays(1);

    /** A file that is being made, or was when its maker was killed. */
    private static final String UNFINISHED = "unfinished-";

    /** No rehearsal takes so long. */
    private static final Duration UNFINISHED_KEPT = Duration.ofHours(1);

    private static final Path SELF = Path.of("/proc/self");
    private static final Integer ROOT = 0;

    /** In a directory with this bit, files are renamed by their owners alone. */
    private static final int STICKY = 0x200;

    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    /** A server that ends before has no use of a cache, and should not pay for one. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final @Nullable Path directory;
    private final String name;
    private @Nullable Thread later;
    private @Nullable Process trainer;
    private @Nullable Thread keeper;
    private boolean tried;
    private boolean closed;

    private AotCache(@Nullable Path directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    /** The cache of workers with such a command, in the directory that {@code hawser.aotCache} names; none where it says off. */
    static AotCache of(WorkerCommand command) {
        Path directory = directory(
                System.getProperty("hawser.aotCache", ""),
                System.getenv().getOrDefault("XDG_CACHE_HOME", ""),
                System.getProperty("user.home", ""));
        return directory == null ? new AotCache(null, "") : in(directory, command);
    }

    /** Null for none. Texts that are empty say nothing. */
    static @Nullable Path directory(String wanted, String cacheHome, String home) {
        if (!wanted.isEmpty()) {
            return wanted.equals("off") ? null : Path.of(wanted);
        }
        Path base = cacheHome.startsWith("/") ? Path.of(cacheHome) : Path.of(home, ".cache");
        // A user without a home has a relative one.
        return base.isAbsolute() ? base.resolve("hawser") : null;
    }

    static AotCache in(Path directory, WorkerCommand command) {
        try {
            if (command.canBeCached()) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                Path real = directory.toRealPath();
                if (isOurs(real) && isReachedSafely(real)) {
                    return new AotCache(real, "worker-" + key(command) + SUFFIX);
                }
            }
        } catch (IOException | UncheckedIOException | UnsupportedOperationException e) {
            ServerLog.noCache(directory, e);
        }
        return new AotCache(null, "");
    }

    private static boolean isOurs(Path path) throws IOException {
        return owner(path).equals(owner(SELF)) && isWritableByUsAlone(path);
    }

    /** Whoever can rename a directory on the way can put another one in its place. */
    private static boolean isReachedSafely(Path path) throws IOException {
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            boolean sticky = ((int) Files.getAttribute(above, "unix:mode") & STICKY) != 0;
            boolean trusted = owner(above).equals(owner(SELF)) || owner(above).equals(ROOT);
            if (!trusted || !(sticky || isWritableByUsAlone(above))) {
                return false;
            }
        }
        return true;
    }

    private static Object owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid");
    }

    private static boolean isWritableByUsAlone(Path path) throws IOException {
        return Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).stream()
                .noneMatch(WRITABLE_BY_OTHERS::contains);
    }

    /** The JVM refuses a cache that does not fit; but it would be refused at each start. */
    private static String key(WorkerCommand command) throws IOException {
        List<String> parts = new ArrayList<>(command.options());
        parts.add(System.getProperty("java.home"));
        parts.add(System.getProperty("java.vm.version"));
        parts.add(Path.of("").toAbsolutePath().toString());
        for (Path path : command.paths()) {
            parts.add(state(path));
            if (Files.isDirectory(path)) {
                try (Stream<Path> inside = Files.list(path)) {
                    for (Path one : inside.sorted().toList()) {
                        parts.add(state(one));
                    }
                }
            }
        }
        return HexFormat.of().formatHex(digest(String.join("\0", parts)), 0, 16);
    }

    private static String state(Path path) throws IOException {
        return path + " " + (Files.exists(path) ? Files.size(path) + " " + Files.getLastModifiedTime(path) : "absent");
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Of its file. */
    String name() {
        return name;
    }

    /** What a worker's JVM is started with, besides the rest of its command. */
    List<String> options() {
        if (directory == null) {
            return List.of();
        }
        Path file = directory.resolve(name);
        try {
            if (Files.exists(file) && Files.size(file) > 0) {
                if (isOlder(file, DAY)) {
                    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                }
                return List.of("-XX:AOTCache=" + file, "-Xlog:aot=off,cds=off");
            }
        } catch (IOException e) {
            ServerLog.noCache(file, e);
        }
        return List.of();
    }

    /** Trains after a while, unless it is closed before; what comes after the first call is nothing new. */
    synchronized void trainLater(WorkerCommand command, Duration delay) {
        if (later == null && !closed && directory != null) {
            later = Thread.ofVirtual().name("hawser-aot-cache-later").start(() -> {
                try {
                    Thread.sleep(delay);
                    train(command);
                } catch (InterruptedException e) {
                    // Closed.
                }
            });
        }
    }

    /** Has the cache made in the background, where there is none and nobody has failed to make it. */
    synchronized void train(WorkerCommand command) {
        if (tried || closed || directory == null) {
            return;
        }
        tried = true;
        try {
            Path finished = directory.resolve(name);
            if (Files.exists(finished) && (Files.size(finished) > 0 || !isOlder(finished, DAY))) {
                return;
            }
            removeOlder(directory, UNFINISHED + "*", UNFINISHED_KEPT);
            rehearse(command, Files.createTempFile(directory, UNFINISHED, SUFFIX), finished);
        } catch (IOException | DirectoryIteratorException e) {
            ServerLog.noCache(directory, e);
        }
    }

    private void rehearse(WorkerCommand command, Path unfinished, Path finished) throws IOException {
        try {
            Process process = command.rehearse("-XX:AOTCacheOutput=" + unfinished);
            trainer = process;
            keeper = Thread.ofVirtual().name("hawser-aot-cache").start(() -> keep(process, unfinished, finished));
        } finally {
            if (keeper == null) {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    private void keep(Process process, Path unfinished, Path finished) {
        try {
            int status = process.onExit().join().exitValue();
            if (!isClosed()) {
                publish(unfinished, finished, status == 0);
                removeOlder(finished.resolveSibling(""), "*" + SUFFIX, KEPT);
            }
            Files.deleteIfExists(unfinished);
            // The JVM's own, where it was ended half-way.
            Files.deleteIfExists(Path.of(unfinished + ".config"));
        } catch (IOException | DirectoryIteratorException e) {
            ServerLog.noCache(finished, e);
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Where it failed, an empty file says that there can be no cache: else every run would try to make it. */
    private static void publish(Path unfinished, Path finished, boolean made) throws IOException {
        if (!made) {
            Files.write(unfinished, new byte[0]);
        }
        Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void removeOlder(Path directory, String names, Duration age) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, names)) {
            for (Path old : files) {
                if (isOlder(old, age)) {
                    Files.deleteIfExists(old);
                }
            }
        }
    }

    private static boolean isOlder(Path file, Duration age) throws IOException {
        return Files.getLastModifiedTime(file)
                .toInstant()
                .isBefore(Instant.now().minus(age));
    }

    /** Ends the rehearsal, and what it has started, and waits for that: their files go with them. */
    @Override
    public void close() {
        Thread last = end();
        if (last != null) {
            try {
                last.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized @Nullable Thread end() {
        closed = true;
        if (later != null) {
            later.interrupt();
        }
        Process process = trainer;
        if (process != null) {
            // The JVM that puts the cache together is its child, and writes to the same files.
            process.descendants().forEach(child -> {
                child.destroyForcibly();
                child.onExit().join();
            });
            process.destroyForcibly();
        }
        return keeper;
    }
}
