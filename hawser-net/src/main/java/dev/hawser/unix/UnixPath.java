package dev.hawser.unix;

import static dev.hawser.socket.Errno.EADDRINUSE;
import static dev.hawser.socket.Errno.ECONNREFUSED;
import static dev.hawser.socket.Errno.ENOENT;
import static dev.hawser.socket.Errno.EPROTOTYPE;

import dev.hawser.socket.BindFailedException;
import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The path in the file system that a Unix socket was bound to: taken over from a server that has ended, and removed at the end.
 *
 * <p>Whether a path is in use is asked with a datagram socket, so that no server notices: connect(2) finds a socket that is bound there
 * by its file, whatever its type, and says EPROTOTYPE of one that takes connections. ECONNREFUSED says that there is none, not even one
 * that does not listen yet.
 *
 * <p>Two servers that start at a time take a path over one after another: who does so holds an abstract name that is made of the
 * file's device and inode, which vanishes with its process. Neither another program that removes sockets without asking, nor a server
 * in another network namespace, sees that name: between the last look at the file and its removal, a few microseconds, such a one may
 * have put its own socket there.
 */
public final class UnixPath {

    private final Path path;

    /** Of the file that bind(2) has made. */
    private final Identity identity;

    private UnixPath(Path path, Identity identity) {
        this.path = path;
        this.identity = identity;
    }

    /** What a file is, as far as that can change without its name. */
    private record Identity(long device, long inode, int type) {

        private static final int FILE_TYPE = 0xf000;
        private static final int SOCKET = 0xc000;

        static Identity of(Path path) throws IOException {
            Map<String, Object> all = Files.readAttributes(path, "unix:dev,ino,mode", LinkOption.NOFOLLOW_LINKS);
            return new Identity(number(all, "dev"), number(all, "ino"), (int) number(all, "mode") & FILE_TYPE);
        }

        private static long number(Map<String, Object> all, String name) {
            return ((Number) Objects.requireNonNull(all.get(name))).longValue();
        }

        boolean isSocket() {
            return type == SOCKET;
        }
    }

    /**
     * Binds a socket, and takes the path over where nobody is there any more.
     *
     * @param socket to be bound
     * @param address where
     * @return what was bound; null where the address is no path, or one that Java has no name for
     * @throws IOException if the kernel refuses, or somebody is there
     */
    public static @Nullable UnixPath bind(Socket socket, SockaddrUn address) throws IOException {
        Path path = pathOf(address);
        try {
            socket.bind(address);
        } catch (BindFailedException e) {
            if (path == null || e.errno() != EADDRINUSE) {
                throw e;
            }
            takeOver(path, socket, address, e);
        }
        return path == null ? null : new UnixPath(path, Identity.of(path));
    }

    /**
     * The path of a socket that another process has bound, and passed to this one.
     *
     * @param address where
     * @return what was bound; null where the address is no path, or one that Java has no name for
     * @throws IOException if there is no socket any more
     */
    public static @Nullable UnixPath of(SockaddrUn address) throws IOException {
        Path path = pathOf(address);
        if (path == null) {
            return null;
        }
        Identity identity = Identity.of(path);
        if (!identity.isSocket()) {
            throw new IOException("no socket is at " + path + " any more: whoever had it before has removed it");
        }
        return new UnixPath(path, identity);
    }

    private static @Nullable Path pathOf(SockaddrUn address) {
        if (address.isAbstract() || address.isUnnamed()) {
            return null;
        }
        try {
            Path path = Path.of(address.path());
            // Bytes that are no text, or no text of this locale, would lead to another file.
            return SockaddrUn.of(path).equals(address) ? path.toAbsolutePath() : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static void takeOver(Path path, Socket socket, SockaddrUn address, BindFailedException inUse)
            throws IOException {
        Identity found = identityOrNull(path);
        if (found == null) {
            socket.bind(address);
            return;
        }
        if (!found.isSocket()) {
            throw taken(inUse, "the file there is no socket: remove it, or choose another path");
        }
        try (Socket starting = new Socket(Constants.AF_UNIX, Constants.SOCK_DGRAM)) {
            hold(starting, found, inUse);
            requireStale(address, inUse);
            if (found.equals(identityOrNull(path))) {
                Files.deleteIfExists(path);
            }
            socket.bind(address);
        }
    }

    private static void hold(Socket starting, Identity found, BindFailedException inUse) throws IOException {
        try {
            starting.bind(SockaddrUn.ofAbstract("hawser-starts-on-" + found.device() + "-" + found.inode()));
        } catch (BindFailedException e) {
            throw taken(inUse, "another server is just starting there");
        }
    }

    private static void requireStale(SockaddrUn address, BindFailedException inUse) throws IOException {
        try (Socket probe = new Socket(Constants.AF_UNIX, Constants.SOCK_DGRAM)) {
            switch (probe.connectEx(address)) {
                case ECONNREFUSED, ENOENT -> {}
                case EPROTOTYPE -> throw taken(inUse, "a server of connections is there");
                case 0 -> throw taken(inUse, "a server of datagrams is there");
                default -> throw taken(inUse, "it cannot be told whether a server is there");
            }
        }
    }

    /** Null where it has gone. */
    private static @Nullable Identity identityOrNull(Path path) throws IOException {
        try {
            return Identity.of(path);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static BindException taken(BindFailedException inUse, String what) {
        BindException taken = new BindException(inUse.getMessage() + ": " + what);
        taken.initCause(inUse);
        return taken;
    }

    /**
     * Where it is.
     *
     * @return the path, absolute
     */
    public Path path() {
        return path;
    }

    /**
     * Removes the file, unless it is another's by now.
     *
     * @throws IOException if it cannot be removed
     */
    public void remove() throws IOException {
        if (identity.equals(identityOrNull(path))) {
            Files.deleteIfExists(path);
        }
    }
}
