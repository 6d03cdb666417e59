package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_INET6;
import static dev.hawser.socket.Constants.SOCK_STREAM;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;

/** What a test has made: closed at its end, the last first. */
public final class Scope implements AutoCloseable {

    /** Closes one resource. */
    @FunctionalInterface
    public interface Closing {
        void close() throws IOException;
    }

    private final Deque<Closing> resources = new ConcurrentLinkedDeque<>();

    public <T extends Closeable> T add(T resource) {
        resources.push(resource::close);
        return resource;
    }

    public void atEnd(Closing closing) {
        resources.push(closing);
    }

    public Socket socket(int family, int type) throws IOException {
        return add(new Socket(family, type));
    }

    /** A datagram socket, bound. */
    public Socket bound(int type, Sockaddr address) throws IOException {
        Socket socket = socket(address.family(), type);
        socket.bind(address);
        return socket;
    }

    public Socket listener(Sockaddr address) throws IOException {
        return add(Sockets.createServer(address));
    }

    public Socket accept(Socket listener) throws IOException {
        return add(listener.accept().socket());
    }

    public SocketPair pair(int type) throws IOException {
        return add(Sockets.socketPair(Constants.AF_UNIX, type, 0));
    }

    /** A connection over TCP and IPv4, the client first. */
    public SocketPair tcp() throws IOException {
        return connect(loopback4(), SOCK_STREAM);
    }

    /** A connection to a listener at an address, the client first. */
    public SocketPair connect(Sockaddr address, int type) throws IOException {
        Socket listener = bound(type, address);
        listener.listen();
        Socket client = socket(address.family(), type);
        client.connect(listener.getSockName());
        return new SocketPair(client, accept(listener));
    }

    public static Sockaddr loopback4() {
        return SockaddrIn.of("127.0.0.1", 0);
    }

    public static Sockaddr loopback6() {
        return SockaddrIn6.of("::1", 0);
    }

    public static Sockaddr loopback(int family) {
        if (family == AF_INET) {
            return loopback4();
        }
        if (family == AF_INET6) {
            return loopback6();
        }
        return SockaddrUn.ofAbstract("hawser-" + UUID.randomUUID());
    }

    /** An address of AF_UNIX in a directory of its own. */
    public SockaddrUn unixPath() throws IOException {
        return SockaddrUn.of(directory().resolve("s"));
    }

    public static SockaddrUn unixAbstract() {
        return (SockaddrUn) loopback(Constants.AF_UNIX);
    }

    /** A directory that is deleted with the files in it. */
    public Path directory() throws IOException {
        Path directory = Files.createTempDirectory("hawser");
        atEnd(() -> {
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        });
        return directory;
    }

    @Override
    public void close() throws IOException {
        while (!resources.isEmpty()) {
            resources.pop().close();
        }
    }
}
