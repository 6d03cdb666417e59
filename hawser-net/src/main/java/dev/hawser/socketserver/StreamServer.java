package dev.hawser.socketserver;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the servers of connections share: a request is a connection. A server of another family, or type, is made of it in a few
 * lines.
 *
 * <h2>Threading</h2>
 * As {@link BaseServer} says.
 *
 * {@snippet file="dev/hawser/outside/OwnServersTest.java" region="ownServer"}
 */
public interface StreamServer extends BaseServer<Socket> {

    /**
     * How long a handler waits for its client, in one call: the timeout of each new connection, a guard against clients that are slow
     * or gone. A handler that waits longer fails with a {@link dev.hawser.socket.TimedOutException}.
     *
     * @return null for no limit
     */
    default @Nullable Duration idleTimeout() {
        return null;
    }

    @Override
    default void serverActivate() throws IOException {
        socket().listen(requestQueueSize());
    }

    /** Accepts a connection, if one waits; it never waits for one, whatever the timeout of the socket is. */
    @Override
    default @Nullable ReceivedRequest<Socket> getRequest() throws IOException {
        return StreamRequests.accept(this);
    }

    /**
     * Shuts the connection down for writing, so that the client gets all that was written and then the end, and closes it. Where the client
     * has sent more than the handler has read, the kernel resets the connection (RFC 2525, 2.17), and a client that is slow to read
     * may lose the end of its answer: a handler had better read all that comes, to the end where the client sends one.
     */
    @Override
    default void shutdownRequest(Socket request) {
        try {
            request.shutdown(Constants.SHUT_WR);
        } catch (IOException e) {
            // The client has gone already.
        }
        closeRequest(request);
    }

    @Override
    default void closeRequest(Socket request) {
        ServerLog.close(request);
    }

    /** Closes the connection with all streams that were made from it. */
    @Override
    default void abortRequest(Socket request) {
        StreamRequests.abort(request);
    }
}
