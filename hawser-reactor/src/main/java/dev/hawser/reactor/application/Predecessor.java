package dev.hawser.reactor.application;

import dev.hawser.reactor.PortPassing.Passed;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Errno;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The process whose place this one takes. All of this waits, on a virtual thread. */
final class Predecessor implements Closeable {

    private final Socket link;
    private final Handover.Offer offer;

    private Predecessor(Socket link, Handover.Offer offer) {
        this.link = link;
        this.offer = offer;
    }

    /**
     * What the process at the control socket passes; null where there is none.
     *
     * @param trusted a user besides this process's own, and root: the one that processes become
     */
    static @Nullable Predecessor find(SockaddrUn control, int trusted) throws IOException {
        Socket link = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM);
        try {
            link.setTimeout(Handover.PATIENCE);
            link.connect(control);
            Handover.requireTrusted(link, trusted);
            return new Predecessor(link, Handover.receive(link));
        } catch (IOException | RuntimeException e) {
            link.close();
            if (e instanceof SocketError error
                    && (error.errno() == Errno.ECONNREFUSED || error.errno() == Errno.ENOENT)) {
                return null;
            }
            throw e;
        }
    }

    List<Passed> ports() {
        return offer.ports();
    }

    Socket control() {
        return offer.control();
    }

    /** This process serves: returns when the other one accepts no more, and throws where it serves on. */
    void relieve(Duration patience) throws IOException {
        link.sendAll(new byte[] {Handover.READY});
        link.setTimeout(patience);
        byte[] answer = answer();
        if (answer.length == 1 && answer[0] != Handover.DONE) {
            throw new IOException("the process before does not leave: it says " + (char) answer[0]);
        }
    }

    private byte[] answer() throws IOException {
        try {
            return link.recv(1);
        } catch (SocketTimeoutException e) {
            link.shutdown(Constants.SHUT_RDWR);
            byte[] last = link.recv(1);
            if (last.length == 0) {
                throw e;
            }
            return last;
        }
    }

    /** Ends the talk. What was passed is the caller's. */
    @Override
    public void close() throws IOException {
        link.close();
    }
}
