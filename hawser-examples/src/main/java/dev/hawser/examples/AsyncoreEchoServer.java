package dev.hawser.examples;

import static dev.hawser.socket.Constants.SOCK_STREAM;

import dev.hawser.asyncore.AsyncLoop;
import dev.hawser.asyncore.Dispatcher;
import dev.hawser.asyncore.DispatcherWithSend;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ClosedSelectorException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends back what it receives, to as many clients as come, in one thread: the echo server of Python's asyncore, with what a
 * real one needs besides.
 *
 * <p>{@link EchoServer} does the same with a thread for each client, and is the shorter one.
 */
public final class AsyncoreEchoServer implements Server {

    private static final int BACKLOG = 128;
    private static final int RECV_BYTES = 8192;

    /** A client that sends, and does not read, is not read from either. */
    private static final int MAX_PENDING_BYTES = 64 * 1024;

    private final PrintStream log;
    private final AsyncLoop loop = new AsyncLoop();
    private final Listener listener;
    private final AtomicLong clients = new AtomicLong();

    /** Listens from now on. */
    public AsyncoreEchoServer(Sockaddr address, PrintStream log) throws IOException {
        this.log = log;
        this.listener = new Listener();
        try {
            listener.open(address);
        } catch (IOException e) {
            loop.close();
            throw e;
        }
    }

    /** Serves on {@code HOST:PORT}, the first argument, or on port 7007 of this machine. */
    public static void main(String[] args) throws IOException {
        HostPort where = HostPort.parse(args.length > 0 ? args[0] : "127.0.0.1:7007");
        PrintStream log = System.out;
        try (AsyncoreEchoServer server = new AsyncoreEchoServer(where.toSockaddr(), log)) {
            log.println("echo on " + server.address());
            server.serve();
        }
    }

    @Override
    public Sockaddr address() {
        return listener.local();
    }

    @Override
    public void serve() throws IOException {
        try {
            loop.loop();
        } catch (ClosedSelectorException e) {
            // Somebody called close() before it began.
        }
    }

    @Override
    public String served() {
        return Server.count(clients.get(), "client");
    }

    /** Ends {@link #serve}: the clients are disconnected. */
    @Override
    public void close() throws IOException {
        loop.close();
    }

    /** Makes an {@link Echo} of each connection. */
    private final class Listener extends Dispatcher {

        private Listener() {
            super(loop);
        }

        private void open(Sockaddr address) throws IOException {
            createSocket(address.family(), SOCK_STREAM);
            setReuseAddr();
            bind(address);
            listen(BACKLOG);
        }

        private Sockaddr local() {
            return Objects.requireNonNull(address(), "it was bound");
        }

        @Override
        protected void handleAccepted(Socket socket, Sockaddr peer) throws IOException {
            clients.incrementAndGet();
            log.println("Incoming connection from " + peer);
            new Echo(socket);
        }
    }

    /** One client. */
    private final class Echo extends DispatcherWithSend {

        private boolean ending;

        private Echo(Socket socket) throws IOException {
            super(loop, socket);
        }

        @Override
        protected boolean readable() {
            return !ending && pending() < MAX_PENDING_BYTES;
        }

        @Override
        protected void handleRead() throws IOException {
            send(recv(RECV_BYTES));
        }

        /** The client may have shut down its side alone: what it has not read yet is its still. */
        @Override
        protected void handleClose() throws IOException {
            if (ending || pending() == 0) {
                close();
            }
            ending = true;
        }

        @Override
        protected void handleWrite() throws IOException {
            super.handleWrite();
            if (ending && pending() == 0) {
                close();
            }
        }
    }
}
