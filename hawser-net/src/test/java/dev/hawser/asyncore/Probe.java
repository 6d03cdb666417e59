package dev.hawser.asyncore;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A dispatcher whose handlers are given by the test, and that notes which were called. */
class Probe extends Dispatcher {

    /** A handler. */
    enum Event {
        READABLE,
        WRITABLE,
        READ,
        WRITE,
        EXPT,
        CONNECT,
        CLOSE,
        ACCEPT,
        ACCEPTED
    }

    /** What a handler does. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }

    final List<Event> events = new ArrayList<>();
    final List<Throwable> errors = new ArrayList<>();
    final List<Socket> accepted = new ArrayList<>();
    final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final Map<Event, Action> actions = new EnumMap<>(Event.class);
    boolean readable = true;
    boolean writable = true;
    boolean keepsOnError;

    Probe(AsyncLoop loop) {
        super(loop);
    }

    Probe(AsyncLoop loop, Socket socket) throws IOException {
        super(loop, socket);
    }

    /** Gives a handler; without one, the inherited handler runs. */
    Probe on(Event event, Action action) {
        actions.put(event, action);
        return this;
    }

    boolean saw(Event event) {
        return events.contains(event);
    }

    void readAll() throws IOException {
        received.write(recv(8192));
    }

    private boolean handled(Event event) throws IOException {
        events.add(event);
        Action action = actions.get(event);
        if (action != null) {
            action.run();
        }
        return action != null;
    }

    private void asked(Event event) {
        Action action = actions.get(event);
        if (action != null) {
            try {
                action.run();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    protected boolean readable() {
        asked(Event.READABLE);
        return readable;
    }

    @Override
    protected boolean writable() {
        asked(Event.WRITABLE);
        return writable;
    }

    @Override
    protected void handleRead() throws IOException {
        if (!handled(Event.READ)) {
            super.handleRead();
        }
    }

    @Override
    protected void handleWrite() throws IOException {
        if (!handled(Event.WRITE)) {
            super.handleWrite();
        }
    }

    @Override
    protected void handleExpt() throws IOException {
        if (!handled(Event.EXPT)) {
            super.handleExpt();
        }
    }

    @Override
    protected void handleConnect() throws IOException {
        if (!handled(Event.CONNECT)) {
            super.handleConnect();
        }
    }

    @Override
    protected void handleClose() throws IOException {
        if (!handled(Event.CLOSE)) {
            super.handleClose();
        }
    }

    @Override
    protected void handleAccept() throws IOException {
        if (!handled(Event.ACCEPT)) {
            super.handleAccept();
        }
    }

    @Override
    protected void handleAccepted(Socket socket, Sockaddr peer) throws IOException {
        accepted.add(socket);
        if (!handled(Event.ACCEPTED)) {
            super.handleAccepted(socket, peer);
        }
    }

    @Override
    protected void handleError(Throwable error) throws IOException {
        errors.add(error);
        if (!keepsOnError) {
            super.handleError(error);
        }
    }
}
