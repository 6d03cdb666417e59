package dev.hawser.asyncore;

import static dev.hawser.socket.Errno.EALREADY;
import static dev.hawser.socket.Errno.EINPROGRESS;
import static dev.hawser.socket.Errno.EINVAL;
import static dev.hawser.socket.Errno.EISCONN;
import static dev.hawser.socket.Errno.ENOTCONN;

import dev.hawser.asyncore.Dispatcher.State;
import dev.hawser.socket.Accepted;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrOther;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.SocketOptions;
import dev.hawser.socket.WouldBlockException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A socket that does not wait. */
record SocketChannel(Socket socket) implements Channel {

    SocketChannel {
        socket.setBlocking(false);
    }

    /** What a dispatcher is doing that is given this socket. */
    static State stateOf(Socket socket) throws IOException {
        try {
            socket.getPeerName();
            return State.CONNECTED;
        } catch (IOException e) {
            if (e instanceof SocketError error && (error.errno() == ENOTCONN || error.errno() == EINVAL)) {
                return socket.getSockOpt(SocketOptions.SO_ACCEPTCONN) ? State.LISTENING : State.OPEN;
            }
            throw e;
        }
    }

    /** Begins to connect. True where there is a connection at once; else {@link Socket#finishConnect} tells later. */
    static boolean beginConnect(Socket socket, Sockaddr peer) throws IOException {
        try {
            socket.connect(peer);
            return true;
        } catch (IOException e) {
            int errno = e instanceof SocketError error ? error.errno() : 0;
            // EAGAIN is none of them: nothing has begun, as a Unix listener's backlog is full, or no port is free.
            if (errno != EINPROGRESS && errno != EALREADY && errno != EISCONN) {
                throw e;
            }
            return errno == EISCONN;
        }
    }

    @Override
    public int receive(ByteBuffer buffer) throws IOException {
        boolean wanted = buffer.hasRemaining();
        try {
            int count = socket.recvInto(buffer, 0);
            return count == 0 && wanted && isConnectionOriented() ? END : count;
        } catch (WouldBlockException e) {
            return NOTHING;
        }
    }

    @Override
    public int send(ByteBuffer data) throws IOException {
        try {
            return socket.send(data, 0);
        } catch (WouldBlockException e) {
            return NOTHING;
        }
    }

    @Override
    public int takeError() throws IOException {
        return socket.getSockOpt(Constants.SOL_SOCKET, Constants.SO_ERROR);
    }

    /** Who was accepted; of a family without addresses, one that says no more than the family. */
    static Sockaddr peer(Accepted accepted) {
        Sockaddr address = accepted.address();
        return address != null ? address : new SockaddrOther(accepted.socket().family(), new byte[0]);
    }

    /** Whether nothing received means the end; an empty datagram does not. */
    boolean isConnectionOriented() {
        return socket.type() == Constants.SOCK_STREAM || socket.type() == Constants.SOCK_SEQPACKET;
    }

    @Override
    public int fileno() {
        return socket.fileno();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
