package dev.hawser.examples;

import dev.hawser.socket.Accepted;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.Sockets;
import dev.hawser.tls.TlsContext;
import dev.hawser.tls.TlsSocket;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time server over TLS, a virtual thread for each client. It accepts as {@link TcpTimeServer} does; the handshake comes
 * with the first recv, in the client's own thread, so that a slow one delays nobody else.
 */
public final class TlsTimeServer implements TimeServer {

    private static final int MAX_CLIENTS = 1000;

    /** How long a client may keep silent. */
    private static final Duration IDLE = Duration.ofMinutes(5);

    private final TlsContext context;
    private final Clock clock;
    private final PrintStream log;
    private final Socket listener;
    private final Sockaddr address;
    private final Set<TlsSocket> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore room = new Semaphore(MAX_CLIENTS);
    private final AtomicLong clients = new AtomicLong();

    /** Listens from now on: a client that connects before {@link #serve} waits. */
    public TlsTimeServer(Sockaddr address, TlsContext context, Clock clock, PrintStream log) throws IOException {
        this.context = context;
        this.clock = clock;
        this.log = log;
        this.listener = Sockets.createServer(address);
        this.address = listener.getSockName();
    }

    /** Serves on {@code HOST:PORT}; the other two arguments are its certificate and its private key, as PEM. */
    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            throw new IllegalArgumentException("usage: TlsTimeServer HOST:PORT CERTIFICATE.pem KEY.pem");
        }
        TlsContext context = TlsContext.forServer(Path.of(args[1]), Path.of(args[2]));
        Clock clock = Clock.system(ZoneId.systemDefault());
        new TlsTimeServer(HostPort.parse(args[0]).toSockaddr(), context, clock, System.out).serve();
    }

    @Override
    public Sockaddr address() {
        return address;
    }

    @Override
    public void serve() throws IOException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) { // its close waits for them all
            acceptInto(threads);
        } catch (SocketClosedException e) {
            // Somebody called close(): that is how a server ends.
        }
    }

    private void acceptInto(Executor threads) throws IOException {
        try {
            while (true) {
                room.acquireUninterruptibly();
                log.println("waiting for connection...");
                Accepted accepted = listener.accept();
                log.println("...connected from: " + accepted.address());
                accepted.socket().setTimeout(IDLE);
                TlsSocket socket = context.wrapServer(accepted.socket()); // says nothing yet
                clients.incrementAndGet();
                connections.add(socket);
                threads.execute(() -> talk(socket, String.valueOf(accepted.address())));
            }
        } finally {
            close();
        }
    }

    private void talk(TlsSocket client, Object name) {
        try (client) {
            // close() may have passed by before this connection was among those that it closes.
            while (!listener.isClosed()) {
                byte[] message = client.recv(BUFSIZ);
                if (message.length == 0) {
                    break; // the client said close_notify; if it just goes, there is an exception
                }
                client.sendAll(Ctime.stamp(clock, message));
            }
        } catch (SocketClosedException e) {
            // By close(), as above.
        } catch (IOException e) {
            log.println("...lost: " + name + ": " + e.getMessage());
        } finally {
            connections.remove(client);
            room.release();
        }
    }

    @Override
    public String served() {
        return Server.count(clients.get(), "client");
    }

    /** Ends {@link #serve}: the clients are disconnected. */
    @Override
    public void close() throws IOException {
        listener.close();
        for (TlsSocket connection : connections) {
            connection.close();
        }
    }
}
