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
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.awaitility.Awaitility;

/** The sockets of a test, closed at its end, the last first. */
final class Opened implements AutoCloseable {

    private final ConcurrentLinkedDeque<Closeable> resources = new ConcurrentLinkedDeque<>();

    <T extends Closeable> T add(T resource) {
        resources.push(resource);
        return resource;
    }

    Socket socket(int family, int type) throws IOException {
        return add(new Socket(family, type));
    }

    Socket bound(int type, Sockaddr address) throws IOException {
        Socket socket = socket(address.family(), type);
        socket.bind(address);
        return socket;
    }

    Socket listener(int type, Sockaddr address, int backlog) throws IOException {
        Socket socket = bound(type, address);
        socket.listen(backlog);
        return socket;
    }

    SocketPair pair(int type) throws IOException {
        return add(Sockets.socketPair(AF_UNIX, type, 0));
    }

    /** A connection over TCP, the client first. */
    SocketPair tcp() throws IOException {
        Socket listener = listener(SOCK_STREAM, loopback(), 1);
        Socket client = socket(AF_INET, SOCK_STREAM);
        client.connect(listener.getSockName());
        return new SocketPair(client, add(listener.accept().socket()));
    }

    static Sockaddr loopback() {
        return SockaddrIn.of("127.0.0.1", 0);
    }

    static Sockaddr unix() {
        return SockaddrUn.ofAbstract("hawser-" + UUID.randomUUID());
    }

    /** Sends without waiting until the kernel takes no more: how many bytes it took. */
    static int fill(Socket socket, int chunkBytes) throws IOException {
        byte[] chunk = new byte[chunkBytes];
        int sent = 0;
        try {
            for (; ; ) {
                sent += socket.send(chunk, 0, chunk.length, MSG_DONTWAIT);
            }
        } catch (WouldBlockException e) {
            return sent;
        }
    }

    /** Fills until there is no room for one more byte, and none comes: TCP makes some when what is under way arrives. */
    static void fillForGood(Socket socket, int chunkBytes) {
        Duration quiet = socket.family() == AF_INET ? Duration.ofMillis(100) : Duration.ZERO;
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .during(quiet)
                .until(() -> fill(socket, chunkBytes) + fill(socket, 1) == 0);
    }

    /** Receives what there is, without waiting: how many bytes. */
    static int drain(Socket socket) throws IOException {
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
