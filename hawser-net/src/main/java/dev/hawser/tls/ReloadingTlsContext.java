package dev.hawser.tls;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A context that is made anew when its files have changed: certificates are renewed every few weeks, and a server goes on. Who asks for the context
 * for each connection, as a reactor's {@code listenTls} does, has the new one for the next; connections that stand keep theirs. Where the new
 * files cannot be used, the context stays as it is, and the log says why: once for each change.
 *
 * {@snippet file="dev/hawser/tls/TlsSnippetsTest.java" region="reloading"}
 *
 * <h2>Threading</h2>
 * Safe from any thread.
 *
 * <h2>Blocking and timeouts</h2>
 * {@link #get} looks at the files' times at most once in a while, and reads them when they have changed; one thread does, and the others have the
 * context as it was.
 *
 * <h2>Errors</h2>
 * The first load, and {@link #reload}, throw what is wrong; {@link #get} logs it.
 *
 * <p>Source: nginx's and HAProxy's reloads; there is none in CPython.
 */
public final class ReloadingTlsContext implements Supplier<TlsContext> {

    private static final System.Logger LOG = System.getLogger("dev.hawser.tls");
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Makes a context of what the files have now. */
    @FunctionalInterface
    public interface Loader {
        /**
         * Reads the files.
         *
         * @return the context
         * @throws IOException if they cannot be read
         */
        TlsContext load() throws IOException;
    }

    /** What tells that a file has changed: a renamed one has another key, a rewritten one another time. */
    private record Version(@Nullable Object key, long modifiedMillis, long bytes) {
        static final Version NONE = new Version(null, 0, -1);
    }

    private final Loader loader;
    private final List<Path> files;
    private final long lookEveryNanos;
    private final Object loading = new Object();
    private volatile TlsContext context;
    private volatile List<Version> versions;
    private volatile long lookedNanos;

    private ReloadingTlsContext(Loader loader, List<Path> files, Duration lookEvery) throws IOException {
        this.loader = loader;
        this.files = List.copyOf(files);
        this.lookEveryNanos = lookEvery.toNanos();
        this.lookedNanos = System.nanoTime();
        this.versions = look();
        this.context = loader.load();
    }

    /**
     * Loads a context, and loads it again when one of the files changes, which is seen within a second.
     *
     * @param loader makes the context
     * @param files the files that it reads
     * @return the context of the moment
     * @throws IOException if the first load fails
     */
    public static ReloadingTlsContext of(Loader loader, Path... files) throws IOException {
        return of(LOOK_EVERY, loader, files);
    }

    /**
     * As {@link #of(Loader, Path...)}.
     *
     * @param lookEvery how often the files are looked at; zero: at each connection
     * @param loader makes the context
     * @param files the files that it reads
     * @return the context of the moment
     * @throws IOException if the first load fails
     */
    public static ReloadingTlsContext of(Duration lookEvery, Loader loader, Path... files) throws IOException {
        if (lookEvery.isNegative()) {
            throw new IllegalArgumentException("the files are looked at every so often, not every " + lookEvery);
        }
        return new ReloadingTlsContext(loader, List.of(files), lookEvery);
    }

    /**
     * A server's context, of a certificate and its key.
     *
     * @param certificateChain as {@link TlsContext#forServer}
     * @param privateKey as {@link TlsContext#forServer}
     * @return the context of the moment
     * @throws IOException if the first load fails
     */
    public static ReloadingTlsContext forServer(Path certificateChain, Path privateKey) throws IOException {
        return of(() -> TlsContext.forServer(certificateChain, privateKey), certificateChain, privateKey);
    }

    /** The context of what the files have, as far as it could be used. */
    @Override
    public TlsContext get() {
        long now = System.nanoTime();
        if (now - lookedNanos >= lookEveryNanos) {
            lookedNanos = now;
            loadIfChanged();
        }
        return context;
    }

    private void loadIfChanged() {
        synchronized (loading) {
            List<Version> found = look();
            if (!found.equals(versions)) {
                versions = found; // a broken one is read once
                try {
                    context = loader.load();
                    LOG.log(Level.INFO, "read again: {0}", files);
                } catch (IOException | RuntimeException e) {
                    LOG.log(Level.ERROR, "what has changed cannot be used, and what was before stays: " + files, e);
                }
            }
        }
    }

    /**
     * Reads the files now, changed or not: what a server does that is sent SIGHUP.
     *
     * @throws IOException if they cannot be used: then all stays as it was
     */
    public void reload() throws IOException {
        synchronized (loading) {
            versions = look();
            context = Objects.requireNonNull(loader.load());
        }
    }

    private List<Version> look() {
        List<Version> found = new ArrayList<>();
        for (Path file : files) {
            found.add(version(file));
        }
        return found;
    }

    private static Version version(Path file) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(is.fileKey(), is.lastModifiedTime().toMillis(), is.size());
        } catch (IOException e) {
            return Version.NONE; // the loader will say why
        }
    }
}
