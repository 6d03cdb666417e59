package dev.hawser.tls;

import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.Tasks;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;

/** What a test has connected, in any of its threads: closed at its end, the last first. */
final class Connections implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Deque<Closeable> resources = new ConcurrentLinkedDeque<>();

    <T extends Closeable> T add(T resource) {
        resources.push(resource);
        return resource;
    }

    Socket listener() throws IOException {
        return add(Sockets.createServer(SockaddrIn.of("127.0.0.1", 0)));
    }

    static int port(Socket listener) throws IOException {
        return ((SockaddrIn) listener.getSockName()).port();
    }

    Socket connect(int port) throws IOException {
        Socket socket = add(Sockets.createConnection("127.0.0.1", port));
        socket.setTimeout(PATIENCE);
        return socket;
    }

    Socket accept(Socket listener) throws IOException {
        Socket socket = add(listener.accept().socket());
        socket.setTimeout(PATIENCE);
        return socket;
    }

    /** Plain sockets, the client first. */
    SocketPair tcp() throws IOException {
        Socket listener = listener();
        Socket client = connect(port(listener));
        client.setSockOpt(Constants.IPPROTO_TCP, Constants.TCP_NODELAY, 1);
        return new SocketPair(client, accept(listener));
    }

    static TlsContext server(String... protocols) throws IOException {
        return TlsContext.builder()
                .certificate(Certificates.local(), Certificates.key(Certificates.local()))
                .protocols(protocols.length == 0 ? new String[] {"TLSv1.3", "TLSv1.2"} : protocols)
                .build();
    }

    static TlsContext client() throws IOException {
        return TlsContext.builder().trust(Certificates.authority()).build();
    }

    /** Does both handshakes at a time. */
    static void shakeHands(TlsSocket client, TlsSocket server) throws Exception {
        Tasks<Void> shaking = Tasks.run(server::doHandshake);
        client.doHandshake();
        shaking.result();
    }

    static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static byte[] recvExactly(TlsSocket socket, int length) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (all.size() < length) {
            byte[] part = socket.recv(length - all.size());
            if (part.length == 0) {
                break;
            }
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] recvToEnd(TlsSocket socket) throws IOException {
        return recvExactly(socket, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        while (!resources.isEmpty()) {
            resources.pop().close();
        }
    }
}
