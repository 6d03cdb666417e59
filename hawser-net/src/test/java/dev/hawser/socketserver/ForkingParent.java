package dev.hawser.socketserver;

import dev.hawser.socket.SockaddrIn;
import java.io.IOException;

/** A server with workers, as a process of its own: it prints its address, and ends as a good server does when it is told to. */
final class ForkingParent {

    private ForkingParent() {}

    @SuppressWarnings("SystemOut") // that is what it is for
    public static void main(String[] args) throws Exception {
        ForkingTcpServer server = new ForkingTcpServer(SockaddrIn.of("127.0.0.1", 0), ForkedHandlers.Obedient.class);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
        System.out.println(server.serverAddress());
        server.serveForever();
        Thread.currentThread().join(); // the hook ends the process when it is done
    }

    private static void close(ForkingTcpServer server) {
        try {
            server.shutdown();
            server.serverClose();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
