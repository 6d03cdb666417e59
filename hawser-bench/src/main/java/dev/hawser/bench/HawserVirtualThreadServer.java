package dev.hawser.bench;

import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.socket.TcpOptions;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Hawser's blocking style: its own {@code Socket}, a virtual thread for each connection. */
final class HawserVirtualThreadServer implements EchoServer {
    static final String NAME = "hawser-virtual-threads";

    @Override
    public void serve(int port, Ready ready) throws IOException {
        try (Socket listener = Sockets.createServer(SockaddrIn.of("127.0.0.1", port), BACKLOG)) {
            ready.listeningOn(((SockaddrIn) listener.getSockName()).port());
            while (true) {
                Socket connection = listener.accept().socket();
                Thread.startVirtualThread(() -> echo(connection));
            }
        }
    }

    private static void echo(Socket connection) {
        try (connection) {
            connection.setSockOpt(TcpOptions.TCP_NODELAY, true);
            byte[] buffer = new byte[BUFFER_BYTES];
            int received;
            while ((received = connection.recvInto(buffer)) > 0) {
                connection.sendAll(buffer, 0, received, 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
