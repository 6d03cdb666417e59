package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.MSG_DONTWAIT;
import static dev.hawser.socket.Constants.SOCK_STREAM;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.socket.WouldBlockException;
import java.io.Closeable;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;

/** The sockets of a test, closed at its end, the last first. */
public final class Opened implements AutoCloseable {

    private final ConcurrentLinkedDeque<Closeable> resources = new ConcurrentLinkedDeque<>();

    public Opened() {}

    public <T extends Closeable> T add(T resource) {
        resources.push(resource);
        return resource;
    }

    public Socket socket(int family, int type) throws IOException {
        return add(new Socket(family, type));
    }

    public Socket bound(int type, Sockaddr address) throws IOException {
        Socket socket = socket(address.family(), type);
        socket.bind(address);
        return socket;
    }

    public Socket listener(int type, Sockaddr address, int backlog) throws IOException {
        Socket socket = bound(type, address);
        socket.listen(backlog);
        return socket;
    }

    public SocketPair pair(int type) throws IOException {
        return add(Sockets.socketPair(AF_UNIX, type, 0));
    }

    /** A connection over TCP, the client first. */
    public SocketPair tcp() throws IOException {
        Socket listener = listener(SOCK_STREAM, loopback(), 1);
        Socket client = socket(AF_INET, SOCK_STREAM);
        client.connect(listener.getSockName());
        return new SocketPair(client, add(listener.accept().socket()));
    }

    public static Sockaddr loopback() {
        return SockaddrIn.of("127.0.0.1", 0);
    }

    public static Sockaddr unix() {
        return SockaddrUn.ofAbstract("hawser-" + UUID.randomUUID());
    }

    /** Receives what there is, without waiting: how many bytes. */
    public static int drain(Socket socket) throws IOException {
        int received = 0;
        try {
            for (; ; ) {
                int n = socket.recv(64 * 1024, MSG_DONTWAIT).length;
                if (n == 0) {
                    return received;
                }
                received += n;
            }
        } catch (WouldBlockException e) {
            return received;
        }
    }

    @Override
    public void close() throws IOException {
        for (Closeable resource = resources.poll(); resource != null; resource = resources.poll()) {
            resource.close();
        }
    }
}
