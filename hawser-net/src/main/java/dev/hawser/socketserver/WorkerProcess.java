package dev.hawser.socketserver;

import dev.hawser.netpoll.Timeouts;
import dev.hawser.socket.ConnectionBrokenException;
import dev.hawser.socket.Constants;
import dev.hawser.socket.ControlMessage;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A worker JVM, from its start until it has been reaped. A thread of its own hears what it says, and tells its events. */
final class WorkerProcess<R> implements Worker<R> {

    /** What worker processes come from. */
    interface Owner<R> {

        /** The first message to a worker. */
        WorkerMessage.Welcome welcome();

        /** What goes with it: the server's socket where requests are datagrams. */
        @Nullable
        Socket shared();

        /** A worker is ready. */
        void started();

        /** A process is no more; its number may be another one's from now on. */
        void reaped(WorkerProcess<R> worker);
    }

    private final Process process;
    private final Owner<R> owner;
    private final WorkerEvents<R> events;
    private final CompletableFuture<@Nullable Socket> connecting = new CompletableFuture<>();
    private volatile @Nullable Socket connection;
    private volatile boolean leaves;
    private volatile boolean retired;
    /** It has a request: without one there is nothing that it could have done. */
    private final AtomicBoolean asked = new AtomicBoolean();

    WorkerProcess(Process process, Owner<R> owner, WorkerEvents<R> events) {
        this.process = process;
        this.owner = owner;
        this.events = events;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    /** Takes the connection of the process, unless there is one or it has ended. */
    boolean connected(Socket socket) {
        return connecting.complete(socket);
    }

    /** Lives the life of the process: returns when it has been reaped, and its last event told. */
    void live() {
        try {
            attend();
        } catch (ConnectionBrokenException | SocketClosedException e) {
            // It has gone, with messages that it has not read.
        } catch (Throwable e) {
            ServerLog.workerFails(this, e);
        } finally {
            end();
        }
    }

    private void attend() throws IOException {
        Socket socket = awaitConnection();
        if (socket == null) {
            return;
        }
        send(socket, owner.welcome(), owner.shared());
        connection = socket;
        if (retired) {
            send(socket, new WorkerMessage.Retire(), null);
        }
        byte[] room = new byte[WorkerMessage.MAX_ANSWER_BYTES];
        WorkerMessage first = receive(socket, room);
        if (first instanceof WorkerMessage.Ready) {
            events.ready(this);
            owner.started();
            hear(socket, room);
        } else if (first instanceof WorkerMessage.Unfit(String message, String stackTrace)) {
            events.leaving(this, new WorkerException(pid(), message, stackTrace));
            hear(socket, room);
        } else if (first != null) {
            throw new ProtocolException("unexpected: " + first);
        }
    }

    /** Null where the process has ended. How long it may take is the pool's business. */
    private @Nullable Socket awaitConnection() {
        CompletableFuture.anyOf(connecting, process.onExit()).join();
        return connecting.getNow(null);
    }

    private void hear(Socket socket, byte[] room) throws IOException {
        WorkerMessage message;
        while ((message = receive(socket, room)) != null) {
            switch (message) {
                case WorkerMessage.Done(boolean last) -> {
                    answered(message);
                    leaves(last);
                    events.done(this, null);
                }
                case WorkerMessage.Failed(boolean last, String text, String stackTrace) -> {
                    answered(message);
                    leaves(last);
                    events.done(this, new WorkerException(pid(), text, stackTrace));
                }
                default -> throw new ProtocolException("unexpected: " + message);
            }
        }
    }

    private void answered(WorkerMessage answer) throws ProtocolException {
        if (!asked.getAndSet(false)) {
            throw new ProtocolException("the answer to no request: " + answer);
        }
    }

    private void leaves(boolean last) {
        if (last) {
            leaves = true;
            events.leaving(this, null);
        }
    }

    /** The next message, or null where the process has ended. */
    private static @Nullable WorkerMessage receive(Socket socket, byte[] room) throws IOException {
        int length;
        try {
            length = socket.recvInto(room, 0, room.length, Constants.MSG_TRUNC);
        } catch (ConnectionBrokenException e) {
            // It has gone without reading all: the kernel says so once, before it gives what the worker has said.
            length = socket.recvInto(room, 0, room.length, Constants.MSG_TRUNC);
        }
        if (length > room.length) {
            throw new ProtocolException("a packet of " + length + " bytes");
        }
        return length == 0 ? null : WorkerMessage.decode(room, length);
    }

    /** The process is about to end, or must: when it has closed its connection it is of no use. */
    private void end() {
        kill();
        int status = process.onExit().join().exitValue();
        owner.reaped(this);
        connecting.complete(null);
        Socket socket = connecting.join();
        if (socket != null) {
            ServerLog.close(socket);
        }
        events.ended(this, status);
    }

    @Override
    public boolean give(R request, Sockaddr clientAddress) throws IOException {
        Socket socket = connection;
        if (socket == null || leaves || retired) {
            return false;
        }
        asked.set(true);
        boolean sent = false;
        try {
            if (request instanceof Socket client) {
                long timeout = Timeouts.nanos(client.getTimeout());
                send(socket, new WorkerMessage.Request(clientAddress, timeout, new byte[0]), client);
            } else if (request instanceof DatagramRequest datagram) {
                send(socket, new WorkerMessage.Request(clientAddress, Timeouts.NONE, datagram.data()), null);
            } else {
                throw new IllegalArgumentException("neither a connection nor a datagram: " + request);
            }
            sent = true;
        } catch (ConnectionBrokenException | SocketClosedException e) {
            return false;
        } finally {
            if (!sent) {
                asked.set(false);
            }
        }
        return true;
    }

    private static void send(Socket socket, WorkerMessage message, @Nullable Socket passed) throws IOException {
        List<ControlMessage> control = passed == null ? List.of() : List.of(ControlMessage.Rights.of(passed.fileno()));
        socket.sendMsg(message.encode(), control, Constants.MSG_DONTWAIT, null);
    }

    @Override
    public void retire() {
        retired = true;
        Socket socket = connection;
        if (socket != null) {
            try {
                send(socket, new WorkerMessage.Retire(), null);
            } catch (IOException e) {
                // It has gone already, or it hears nothing, and so is no use.
                kill();
            }
        }
    }

    @Override
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return "worker " + pid();
    }
}
