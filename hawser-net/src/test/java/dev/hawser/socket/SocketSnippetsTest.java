package dev.hawser.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The snippets of the Javadoc, compiled and run. */
class SocketSnippetsTest {

    @Test
    void clientTalksToServer() throws IOException {
        Socket server = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0));
        int port = ((SockaddrIn) server.getSockName()).port();
        Thread.startVirtualThread(() -> serve(server));
        assertThat(ask(port)).isEqualTo("hello");
        server.close();
    }

    // @start region="client"
    static String ask(int port) throws IOException {
        try (Socket socket = Sockets.createConnection("localhost", port)) {
            socket.setTimeout(Duration.ofSeconds(5));
            socket.sendAll("hello".getBytes(StandardCharsets.UTF_8));
            socket.shutdown(Constants.SHUT_WR);
            return new String(socket.recv(1024), StandardCharsets.UTF_8);
        }
    }
    // @end

    // @start region="server"
    static void serve(Socket server) {
        try {
            while (true) {
                Socket peer = server.accept().socket();
                Thread.startVirtualThread(() -> echo(peer));
            }
        } catch (SocketClosedException e) {
            // another thread has closed the server: the regular end
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static void echo(Socket peer) {
        byte[] buffer = new byte[8192];
        try (peer) {
            for (int n = peer.recvInto(buffer); n > 0; n = peer.recvInto(buffer)) {
                peer.sendAll(buffer, 0, n, 0);
            }
        } catch (IOException e) {
            System.err.println("lost " + peer + ": " + e.getMessage());
        }
    }
    // @end

    // @start region="relay"
    static void proxy(Socket client, Socket server) {
        Thread.startVirtualThread(() -> pass(server, client));
        pass(client, server);
    }

    static void pass(Socket from, Socket to) {
        try {
            new Relay(from, to).copy();
            to.shutdown(Constants.SHUT_WR);
        } catch (IOException e) {
            System.err.println("lost " + from + ": " + e.getMessage());
        }
    }
    // @end

    @Test
    void aServiceWithoutAManagerListensByItself() throws IOException {
        try (Socket listener = listener(SockaddrIn.of("127.0.0.1", 0))) {
            assertThat(listener.getSockName()).isInstanceOf(SockaddrIn.class);
        }
    }

    // @start region="systemd"
    static Socket listener(Sockaddr otherwise) throws IOException {
        List<ListenFd> passed = Systemd.listenFds();
        Socket listener = passed.isEmpty()
                ? Sockets.createServer(otherwise)
                : passed.getFirst().socket();
        Systemd.notify("READY=1\nSTATUS=listening on " + listener.getSockName());
        return listener;
    }
    // @end

    @Test
    void addressesAreReadAndWritten() {
        // @start region="addresses"
        Sockaddr web = SockaddrIn.of("127.0.0.1", 80);
        Sockaddr any6 = SockaddrIn6.of("::", 8080);
        Sockaddr path = SockaddrUn.of("/run/app.sock");
        Sockaddr name = SockaddrUn.ofAbstract("app");
        Sockaddr same = Sockaddr.parse(web.toString());
        // @end
        assertThat(same).isEqualTo(web);
        assertThat(any6).hasToString("[::]:8080");
        assertThat(path).hasToString("unix:/run/app.sock");
        assertThat(name).hasToString("unix:@app");
    }
}
