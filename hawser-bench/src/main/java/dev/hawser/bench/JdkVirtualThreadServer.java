package dev.hawser.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;

/** The JDK's blocking style: {@code java.net.Socket}, a virtual thread for each connection. */
final class JdkVirtualThreadServer implements EchoServer {
    static final String NAME = "jdk-virtual-threads";

    @Override
    public void serve(int port, Ready ready) throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            listener.bind(Loopback.port(port), BACKLOG);
            ready.listeningOn(listener.getLocalPort());
            while (true) {
                Socket connection = listener.accept();
                Thread.startVirtualThread(() -> echo(connection));
            }
        }
    }

    private static void echo(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            var in = connection.getInputStream();
            var out = connection.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            int received;
            while ((received = in.read(buffer)) > 0) {
                out.write(buffer, 0, received);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
