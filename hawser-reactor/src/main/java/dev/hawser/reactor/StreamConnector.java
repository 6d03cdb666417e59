package dev.hawser.reactor;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Connects for a factory, one attempt after the other, as it is told. */
final class StreamConnector implements Connector {

    /** Where to: a host and a port, or an address. */
    record Destination(String host, int port, @Nullable Sockaddr address) {
        @Override
        public String toString() {
            return address != null ? host : host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
        }
    }

    private enum State {
        DISCONNECTED,
        CONNECTING,
        CONNECTED
    }

    private final LoopReactor loop;
    private final Destination destination;
    private final ClientFactory factory;
    private final ConnectOptions options;
    private State state = State.DISCONNECTED;

    /** The factory was told that it is used. */
    private boolean started;

    private @Nullable ConnectAttempt attempt;
    private @Nullable StreamConnection connection;

    /** The connection is to be closed when there is one. */
    private boolean leaving;

    StreamConnector(LoopReactor loop, Destination destination, ClientFactory factory, ConnectOptions options) {
        this.loop = loop;
        this.destination = destination;
        this.factory = Objects.requireNonNull(factory);
        this.options = Objects.requireNonNull(options);
    }

    @Override
    public void connect() {
        loop.requireThread();
        if (state != State.DISCONNECTED) {
            throw new IllegalStateException("the connector of " + destination + " is " + state + " already");
        }
        if (!started) {
            FactoryUses.begin(factory);
            started = true;
        }
        state = State.CONNECTING;
        leaving = false;
        ConnectAttempt begun = new ConnectAttempt(loop, destination, options, this::connected, this::failed);
        attempt = begun;
        tell("startedConnecting", () -> factory.startedConnecting(this));
        if (attempt == begun) {
            begun.begin();
        }
    }

    @Override
    public void disconnect() {
        loop.requireThread();
        StreamConnection open = connection;
        if (state == State.CONNECTING) {
            stopConnecting();
        } else if (open == null) {
            leaving = true; // its protocol is just being made
        } else {
            leave(open);
        }
    }

    /** Closes it in the loop that it belongs to now. */
    private void leave(StreamConnection open) {
        LoopReactor there = open.loop();
        if (there == loop) {
            open.loseConnection();
            return;
        }
        try {
            there.callFromThread(() -> leave(open, there));
        } catch (IllegalStateException closed) {
            // Then it has ended with that one.
        }
    }

    private void leave(StreamConnection open, LoopReactor there) {
        if (open.loop() == there) {
            open.loseConnection();
        } else {
            loop.callFromThread(() -> leave(open)); // it has moved on
        }
    }

    @Override
    public void stopConnecting() {
        loop.requireThread();
        ConnectAttempt going = attempt;
        if (state != State.CONNECTING || going == null) {
            throw new IllegalStateException("nothing connects to " + destination + " now");
        }
        going.stop();
        failed(new ConnectionLost(
                ConnectionLost.Reason.ABORTED, "connect " + destination + ": stopConnecting() was called", null));
    }

    private void failed(IOException reason) {
        attempt = null;
        state = State.DISCONNECTED;
        tell("clientConnectionFailed", () -> factory.clientConnectionFailed(this, reason));
        stopIfDisconnected();
    }

    private void connected(Socket socket, @Nullable Sockaddr peer) {
        attempt = null;
        state = State.CONNECTED;
        try {
            Protocol protocol = factory.buildProtocol(peer);
            if (protocol == null) {
                socket.close();
                lost(new ConnectionLost(ConnectionLost.Reason.DONE, "the factory has refused the connection", null));
                return;
            }
            StreamConnection made = StreamConnection.open(loop, socket, peer, protocol, this::lostSomewhere);
            connection = made;
            if (leaving) {
                made.loseConnection();
            }
        } catch (Throwable e) {
            loop.report("the connection to " + destination + " is closed: there is no protocol for it", e);
            closeQuietly(socket);
            lost(new ConnectionLost(ConnectionLost.Reason.LOST, "no protocol was made: " + e, e));
        }
    }

    /** Where the connection has moved, its end is told in another thread; the factory, and the next attempt, belong to this loop. */
    private void lostSomewhere(ConnectionLost reason, LoopReactor where) {
        if (where == loop) {
            lost(reason);
            return;
        }
        try {
            loop.callFromThread(() -> lost(reason));
        } catch (IllegalStateException closed) {
            where.report("the end of the connection to " + destination + " is not told: its reactor is closed", closed);
        }
    }

    private void lost(ConnectionLost reason) {
        connection = null;
        state = State.DISCONNECTED;
        tell("clientConnectionLost", () -> factory.clientConnectionLost(this, reason));
        stopIfDisconnected();
    }

    private void stopIfDisconnected() {
        if (state == State.DISCONNECTED && started) {
            started = false;
            FactoryUses.end(factory, loop);
        }
    }

    private void tell(String method, Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            loop.report(factory.getClass().getName() + "." + method + " has thrown", e);
        }
    }

    private void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            loop.report("cannot be closed: " + socket, e);
        }
    }

    @Override
    public String getDestination() {
        return destination.toString();
    }

    @Override
    public String toString() {
        return "connector of " + destination + ", " + state;
    }
}
