package dev.hawser.reactor;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Linger;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketOptions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The socket of a connection, with its addresses, which the kernel tells only while it is open. */
final class StreamSocket {

    private final Socket socket;
    private final @Nullable Sockaddr peer;
    private final boolean unix;
    private @Nullable Sockaddr host;

    StreamSocket(Socket socket, @Nullable Sockaddr peer) {
        this.socket = socket;
        this.peer = peer;
        this.unix = socket.family() == Constants.AF_UNIX;
    }

    /** Whether descriptors pass through it. */
    boolean isUnix() {
        return unix;
    }

    void requireUnix() {
        if (!unix) {
            throw new UnsupportedOperationException(
                    "descriptors pass through Unix sockets alone, not through the connection with " + peer);
        }
    }

    Socket socket() {
        return socket;
    }

    @Nullable
    Sockaddr peer() {
        return peer;
    }

    Sockaddr host() {
        Sockaddr known = host;
        if (known == null) {
            try {
                known = socket.getSockName();
            } catch (IOException e) {
                throw new IllegalStateException("the address could not be asked for while the socket was open", e);
            }
            host = known;
        }
        return known;
    }

    void shutDownWriting() throws IOException {
        socket.shutdown(Constants.SHUT_WR);
    }

    /** Closes it; with a reset, where the connection was aborted. */
    void close(boolean aborted, LoopReactor loop) {
        try {
            host(); // while it can be asked for
            if (aborted) {
                socket.setSockOpt(SocketOptions.SO_LINGER, Linger.RESET);
            }
        } catch (IOException | IllegalStateException e) {
            // It is broken already: there is nobody to be told of a reset.
        }
        try {
            socket.close();
        } catch (IOException e) {
            loop.report("a connection with " + peer + " cannot be closed", e);
        }
    }
}
