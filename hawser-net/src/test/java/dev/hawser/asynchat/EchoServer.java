package dev.hawser.asynchat;

import static dev.hawser.socket.Constants.SHUT_WR;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Tasks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads from one client up to a line QUIT, or to its end, and then sends all of that back, QUIT excepted, and closes. */
final class EchoServer implements AutoCloseable {

    static final String QUIT = "QUIT\n";

    private final Socket listener = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0));
    private final Tasks<String> serving = Tasks.start(this::serve);

    EchoServer() throws IOException {}

    Sockaddr address() throws IOException {
        return listener.getSockName();
    }

    /** What it has received, when it is through. */
    String received() throws Exception {
        return serving.result();
    }

    private String serve() throws IOException {
        try (Socket client = listener.accept().socket()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] some = client.recv(1024);
            for (; some.length > 0; some = client.recv(1024)) {
                all.writeBytes(some);
                if (all.toString(StandardCharsets.ISO_8859_1).endsWith(QUIT)) {
                    break;
                }
            }
            String received = all.toString(StandardCharsets.ISO_8859_1).replace(QUIT, "");
            if (some.length > 0) {
                client.sendAll(received.getBytes(StandardCharsets.ISO_8859_1));
                client.shutdown(SHUT_WR);
            }
            return received;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
