package dev.hawser.reactor.application;

import dev.hawser.socket.Constants;
import dev.hawser.socket.PeerCredentials;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.unix.UnixPath;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the process that will take this one's place, at the control socket. One at a time: whoever comes meanwhile waits in the socket's queue, for this process or for its
 * successor, which inherits the control socket, too.
 */
final class Succession implements Closeable {

    private static final System.Logger LOG = System.getLogger("dev.hawser.reactor");
    private static final int NOBODY = -1;
    private static final Duration REST = Duration.ofMillis(500);

    private final Socket control;
    private final Sides sides;

    /** The file of the control socket; null where it is none, or a successor's. */
    private volatile @Nullable UnixPath path;

    /** Who is being talked to. */
    private volatile @Nullable Socket talking;

    /** Binds this process to leave. */
    @FunctionalInterface
    interface Promise {
        void give() throws IOException;
    }

    /** What the application does for a succession: called on a virtual thread, and may wait. */
    interface Sides {

        /** What is passed on; null if this process is ending anyway. */
        Handover.@Nullable Offer offer(Socket control) throws IOException;

        /**
         * The successor serves: accept no more. True when that is done, false if this process is ending anyway.
         *
         * @param promise tells the successor so, in the reactor's thread: where that fails, this process goes on
         */
        boolean leaveTo(PeerCredentials successor, Promise promise) throws IOException;

        /** The successor knows: this process may end. */
        void end();
    }

    private Succession(Socket control, @Nullable UnixPath path, Sides sides) {
        this.control = control;
        this.path = path;
        this.sides = sides;
    }

    /** Opens the control socket. */
    static Succession open(SockaddrUn address, Sides sides) throws IOException {
        Socket control = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM);
        UnixPath path = null;
        try {
            path = UnixPath.bind(control, address);
            if (path != null) {
                Files.setAttribute(path.path(), "unix:mode", 0600);
            }
            control.listen(16);
        } catch (IOException | RuntimeException e) {
            control.close();
            if (path != null) {
                path.remove();
            }
            throw e;
        }
        return new Succession(control, path, sides);
    }

    /** With the control socket of the process before. */
    static Succession inherit(Socket control, SockaddrUn address, Sides sides) throws IOException {
        return new Succession(control, UnixPath.of(address), sides);
    }

    /** Waits for successors, on a virtual thread, until this is closed or one has taken over. */
    void watch() {
        boolean replaced = false;
        while (!replaced) {
            try {
                replaced = handOverToNext();
            } catch (SocketClosedException e) {
                if (control.isClosed()) {
                    return;
                }
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.WARNING, "no successor has taken over: this process goes on", e);
            }
        }
        sides.end();
    }

    private boolean handOverToNext() throws IOException {
        try (Socket successor = accept()) {
            talking = successor;
            successor.setTimeout(Handover.PATIENCE);
            return handOver(successor);
        }
    }

    /** What keeps it from accepting, too many open files say, does so again at once. */
    private Socket accept() throws IOException {
        while (true) {
            try {
                return control.accept().socket();
            } catch (SocketClosedException e) {
                throw e;
            } catch (IOException e) {
                LOG.log(Level.WARNING, "no successor can be let in for now", e);
                LockSupport.parkNanos(REST.toNanos());
            }
        }
    }

    private boolean handOver(Socket successor) throws IOException {
        PeerCredentials credentials = Handover.requireTrusted(successor, NOBODY);
        Handover.Offer offer = sides.offer(control.share());
        if (offer == null) {
            return false;
        }
        try {
            Handover.send(successor, offer);
        } finally {
            offer.close();
        }
        successor.setTimeout(Handover.START);
        byte[] answer = successor.recv(1);
        if (answer.length == 0 || answer[0] != Handover.READY) {
            throw new IOException("process " + credentials.pid() + " has given up");
        }
        try {
            return sides.leaveTo(credentials, () -> promise(successor));
        } catch (IOException | RuntimeException e) {
            sendRefused(successor, e);
            throw e;
        }
    }

    /** Does not wait: there is room for a byte. */
    private void promise(Socket successor) throws IOException {
        successor.sendAll(new byte[] {Handover.DONE});
        path = null;
    }

    private static void sendRefused(Socket successor, Exception reason) {
        try {
            successor.sendAll(new byte[] {Handover.REFUSED});
        } catch (IOException e) {
            reason.addSuppressed(e); // it has gone already
        }
    }

    @Override
    public void close() throws IOException {
        control.close();
        Socket successor = talking;
        if (successor != null) {
            successor.close();
        }
        UnixPath own = path;
        if (own != null) {
            own.remove();
        }
    }
}
