package dev.hawser.reactor;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Accepted;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.unix.UnixPath;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A stream socket that listens, in a loop. */
final class StreamPort implements ListeningPort, Backend.AcceptSink, Closeable {

    private static final Logger LOG = System.getLogger("dev.hawser.reactor");
    private static final Duration REST = Duration.ofMillis(100);

    private final LoopReactor loop;
    private final Socket socket;
    private final Factory factory;
    private final Sockaddr host;
    private final @Nullable Sockaddr requested;
    private @Nullable UnixPath path;
    private final AcceptRest rest;
    private Backend.@Nullable Operation operation;
    private boolean paused;
    private boolean resting;
    private boolean stopped;

    private StreamPort(
            LoopReactor loop,
            Socket socket,
            Factory factory,
            int backlog,
            @Nullable Sockaddr requested,
            @Nullable UnixPath path)
            throws IOException {
        this.loop = loop;
        this.requested = requested;
        this.socket = socket;
        this.factory = factory;
        this.path = path;
        this.host = socket.getSockName();
        this.rest = new AcceptRest(socket, backlog);
    }

    /**
     * Begins to accept.
     *
     * @param socket listens; closed where this throws, and so is the path removed
     * @param requested where it was asked to listen; null where it was given
     * @param path what the socket is bound to, if that is to be removed in the end
     */
    static StreamPort open(
            LoopReactor loop,
            Socket socket,
            Factory factory,
            int backlog,
            @Nullable Sockaddr requested,
            @Nullable UnixPath path)
            throws IOException {
        StreamPort port;
        try {
            if (loop.isClosed()) {
                throw new IllegalStateException("the reactor is closed, it listens no more");
            }
            FactoryUses.begin(factory);
            port = made(loop, socket, factory, backlog, requested, path);
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            removePath(loop, path);
            throw e;
        }
        try {
            loop.own(port);
            port.acceptOrNot();
        } catch (IOException | RuntimeException | Error e) {
            port.close();
            throw e;
        }
        return port;
    }

    private static StreamPort made(
            LoopReactor loop,
            Socket socket,
            Factory factory,
            int backlog,
            @Nullable Sockaddr requested,
            @Nullable UnixPath path)
            throws IOException {
        try {
            return new StreamPort(loop, socket, factory, backlog, requested, path);
        } catch (IOException | RuntimeException | Error e) {
            FactoryUses.end(factory, loop);
            throw e;
        }
    }

    @Override
    public void accepted(Accepted connection) {
        rest.forget();
        loop.counts().add(LoopCounts.CONNECTIONS_ACCEPTED, 1);
        Socket accepted = connection.socket();
        Sockaddr peer = connection.address();
        try {
            Protocol protocol = factory.buildProtocol(peer);
            if (protocol == null) {
                accepted.close();
            } else {
                StreamConnection.open(loop, accepted, peer, protocol, null);
            }
        } catch (Throwable e) {
            loop.report("the connection of " + peer + " to " + host + " is closed: there is no protocol for it", e);
            closeQuietly(accepted);
        }
    }

    @Override
    public void failed(IOException error) {
        loop.counts().add(LoopCounts.ACCEPT_ERRORS, 1);
        AcceptErrorEvent.tell(host, error);
        if (rest.isNews(error)) {
            LOG.log(Level.WARNING, "cannot accept for now, at " + host, error);
        }
        if (rest.needsRest(error)) {
            resting = true;
            tryAcceptOrNot();
            loop.callLater(REST, this::endRest);
        }
    }

    private void endRest() {
        resting = false;
        tryAcceptOrNot();
    }

    private void tryAcceptOrNot() {
        try {
            acceptOrNot();
        } catch (IOException e) {
            loop.report("cannot accept any more, at " + host, e);
        }
    }

    private void acceptOrNot() throws IOException {
        boolean wanted = !paused && !resting && !stopped;
        Backend.Operation going = operation;
        if (wanted && going == null) {
            operation = loop.backend().accept(socket, this);
        } else if (!wanted && going != null) {
            operation = null;
            going.close();
        }
    }

    @Override
    public Sockaddr getHost() {
        return host;
    }

    @Override
    public void pauseAccepting() {
        loop.requireThread();
        paused = true;
        tryAcceptOrNot();
    }

    @Override
    public void resumeAccepting() {
        loop.requireThread();
        paused = false;
        tryAcceptOrNot();
    }

    @Override
    public Deferred<@Nullable Void> stopListening() {
        loop.requireThread();
        close();
        return Deferred.succeed(null);
    }

    @Override
    public void close() {
        if (stopped) {
            return;
        }
        stopped = true;
        tryAcceptOrNot();
        loop.disown(this);
        closeQuietly(rest);
        closeQuietly(socket);
        removePath(loop, path);
        FactoryUses.end(factory, loop);
    }

    /** Where it was asked to listen; null where the socket was given. */
    @Nullable
    Sockaddr requested() {
        return requested;
    }

    /** Its socket once more, which listens on when this is closed. */
    Socket share() throws IOException {
        return socket.share();
    }

    /** Closes it, and leaves the path: it is another process's. */
    void release() {
        path = null;
        close();
    }

    /** Removes the path of an inherited socket in the end. */
    void ownPath() throws IOException {
        if (path == null && requested instanceof SockaddrUn address) {
            path = UnixPath.of(address);
        }
    }

    private static void removePath(LoopReactor loop, @Nullable UnixPath path) {
        if (path != null) {
            try {
                path.remove();
            } catch (IOException e) {
                loop.report("the path of a port cannot be removed: " + path.path(), e);
            }
        }
    }

    private void closeQuietly(Closeable closed) {
        try {
            closed.close();
        } catch (IOException e) {
            loop.report("cannot be closed: " + closed, e);
        }
    }

    @Override
    public String toString() {
        return "port " + host;
    }
}
