package dev.hawser.examples;

import dev.hawser.socket.Accepted;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.Sockets;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The TCP time server. Each client has a virtual thread of its own, so that none waits for another.
 *
 * <p>TCP carries a stream of bytes, not messages: a message here is whatever one recv returns, up to 1024 bytes.
 */
public final class TcpTimeServer implements TimeServer {

    /** Beyond these, clients wait in the backlog: every connection takes a file descriptor, and there are only so many. */
    private static final int MAX_CLIENTS = 1000;

    private final Clock clock;
    private final PrintStream log;
    private final Socket listener;
    private final Sockaddr address;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore room = new Semaphore(MAX_CLIENTS);
    private final AtomicLong clients = new AtomicLong();

    /** Listens from now on: a client that connects before {@link #serve} waits. */
    public TcpTimeServer(Sockaddr address, Clock clock, PrintStream log) throws IOException {
        this.clock = clock;
        this.log = log;
        this.listener = Sockets.createServer(address); // socket, bind and listen
        this.address = listener.getSockName();
    }

    /** Serves on {@code HOST:PORT}, the first argument, or on port 21567 of every address of this machine. */
    public static void main(String[] args) throws IOException {
        HostPort where = HostPort.parse(args.length > 0 ? args[0] : ":" + PORT);
        new TcpTimeServer(where.toSockaddr(), Clock.system(ZoneId.systemDefault()), System.out).serve();
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
                clients.incrementAndGet();
                connections.add(accepted.socket());
                threads.execute(() -> talk(accepted));
            }
        } finally {
            close(); // whatever ended the loop, the clients must not wait for a server that is gone
        }
    }

    /** One client, until it leaves. */
    private void talk(Accepted client) {
        try (Socket socket = client.socket()) {
            // close() may have passed by before this connection was among those that it closes.
            while (!listener.isClosed()) {
                byte[] message = socket.recv(BUFSIZ);
                if (message.length == 0) {
                    break; // the client closed its side
                }
                socket.sendAll(Ctime.stamp(clock, message)); // one call for both parts: they travel together
            }
        } catch (SocketClosedException e) {
            // By close(), as above.
        } catch (IOException e) {
            log.println("...lost: " + client.address() + ": " + e.getMessage());
        } finally {
            connections.remove(client.socket());
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
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
