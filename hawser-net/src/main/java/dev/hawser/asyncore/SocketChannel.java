package dev.hawser.asyncore;

import static dev.hawser.socket.Errno.EAGAIN;
import static dev.hawser.socket.Errno.EALREADY;
import static dev.hawser.socket.Errno.EINPROGRESS;
import static dev.hawser.socket.Errno.EINVAL;
import static dev.hawser.socket.Errno.EISCONN;
import static dev.hawser.socket.Errno.ENOTCONN;
import static dev.hawser.socket.Errno.EOPNOTSUPP;

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
import org.jspecify.annotations.Nullable;

/** A socket that does not wait. */
record SocketChannel(Socket socket) implements Channel {

    SocketChannel {
        socket.setBlocking(false);
    }

    /** With whom a socket is connected; null where it is with nobody. */
    static @Nullable Sockaddr peerOf(Socket socket) throws IOException {
        try {
            return socket.getPeerName();
        } catch (IOException e) {
            if (e instanceof SocketError error && (error.errno() == ENOTCONN || error.errno() == EINVAL)) {
                return null;
            }
            throw e;
        }
    }

    /** What a dispatcher is doing that is given a socket without a connection. */
    static State stateWithoutPeer(Socket socket) throws IOException {
        return socket.getSockOpt(SocketOptions.SO_ACCEPTCONN) ? State.LISTENING : State.OPEN;
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
    public void dropUrgent() throws IOException {
        try {
            socket.recv(1, Constants.MSG_OOB);
        } catch (IOException e) {
            int errno = e instanceof SocketError error ? error.errno() : 0;
            if (errno != EINVAL && errno != EAGAIN && errno != EOPNOTSUPP) {
                throw e;
            }
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
