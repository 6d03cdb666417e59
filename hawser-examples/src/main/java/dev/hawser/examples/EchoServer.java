package dev.hawser.examples;

import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import java.io.IOException;

/** Sends back what it receives, to as many clients as come. The README shows it. */
public final class EchoServer {

    private EchoServer() {}

    /**
     * Serves on 127.0.0.1.
     *
     * @param args the port, or nothing for 7007
     * @throws IOException if the port cannot be had
     */
    public static void main(String[] args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 7007;
        try (Socket server = Sockets.createServer(SockaddrIn.of("127.0.0.1", port))) {
            System.out.println("echo on " + server.getSockName());
            while (true) {
                Socket peer = server.accept().socket();
                Thread.startVirtualThread(() -> echo(peer));
            }
        }
    }

    private static void echo(Socket peer) {
        byte[] buffer = new byte[8192];
        try (peer) {
            for (int n = peer.recvInto(buffer); n > 0; n = peer.recvInto(buffer)) {
                peer.sendAll(buffer, 0, n, 0);
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }
}
