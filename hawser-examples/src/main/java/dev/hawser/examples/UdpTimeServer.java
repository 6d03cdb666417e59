package dev.hawser.examples;

import static dev.hawser.socket.Constants.SOCK_DGRAM;

import dev.hawser.socket.Received;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The UDP time server. There are no connections: one socket, one thread, and each datagram tells who sent it.
 *
 * <p>A datagram is a message, even an empty one. One of more than 1024 bytes is cut.
 */
public final class UdpTimeServer implements TimeServer {

    /** How many senders to remember, for the count alone: anybody may send, under any number of addresses. */
    private static final int MAX_CLIENTS = 10_000;

    private final Clock clock;
    private final PrintStream log;
    private final Socket socket;
    private final Sockaddr address;
    private final Set<Sockaddr> clients = ConcurrentHashMap.newKeySet();
    private final AtomicLong messages = new AtomicLong();

    /** Receives from now on: what arrives before {@link #serve} waits. */
    public UdpTimeServer(Sockaddr address, Clock clock, PrintStream log) throws IOException {
        this.clock = clock;
        this.log = log;
        this.socket = bound(address);
        this.address = socket.getSockName();
    }

    private static Socket bound(Sockaddr address) throws IOException {
        Socket socket = new Socket(address.family(), SOCK_DGRAM);
        try {
            socket.bind(address);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Serves on {@code HOST:PORT}, the first argument, or on port 21567 of every address of this machine. */
    public static void main(String[] args) throws IOException {
        HostPort where = HostPort.parse(args.length > 0 ? args[0] : ":" + PORT);
        new UdpTimeServer(where.toSockaddr(), Clock.system(ZoneId.systemDefault()), System.out).serve();
    }

    @Override
    public Sockaddr address() {
        return address;
    }

    @Override
    public void serve() throws IOException {
        try {
            while (true) {
                log.println("waiting for message...");
                Received message = socket.recvFrom(BUFSIZ);
                answer(message.data(), Objects.requireNonNull(message.address(), "every datagram has a sender"));
            }
        } catch (SocketClosedException e) {
            // Somebody called close(): that is how a server ends.
        }
    }

    private void answer(byte[] message, Sockaddr client) throws IOException {
        try {
            socket.sendTo(Ctime.stamp(clock, message), client);
        } catch (SocketClosedException e) {
            throw e;
        } catch (IOException e) {
            // One client that cannot be reached must not end the service for all.
            log.println("...not returned to: " + client + ": " + e.getMessage());
            return;
        }
        log.println("...received from and returned to: " + client);
        messages.incrementAndGet();
        if (clients.size() < MAX_CLIENTS) {
            clients.add(client);
        }
    }

    @Override
    public String served() {
        String known = clients.size() < MAX_CLIENTS ? "" : "at least ";
        return Server.count(messages.get(), "message") + " from " + known + Server.count(clients.size(), "client");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
