package dev.hawser.outside;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Accepted;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.Sockets;
import dev.hawser.socketserver.BaseServer;
import dev.hawser.socketserver.ReceivedRequest;
import dev.hawser.socketserver.RequestHandler;
import dev.hawser.socketserver.ServerState;
import dev.hawser.socketserver.StreamServer;
import dev.hawser.socketserver.ThreadingMixIn;
import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.Tasks;
import dev.hawser.tls.TlsContext;
import dev.hawser.tls.TlsSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that a program makes for itself, outside of the library's package: with what is public, and nothing else. */
@Timeout(60)
class OwnServersTest {

    // @start region="ownServer"
    /** A server of Unix connections that keep the bounds of messages. */
    static class UnixPacketServer implements StreamServer {

        private final ServerState<Socket> state;

        UnixPacketServer(Sockaddr address, RequestHandler<Socket> handler) throws IOException {
            state = new ServerState<>(new Socket(Constants.AF_UNIX, Constants.SOCK_SEQPACKET), address, handler);
        }

        @Override
        public ServerState<Socket> state() {
            return state;
        }
    }
    // @end

    /** A server whose requests are TLS connections. */
    static class TlsServer implements BaseServer<TlsSocket> {

        private final ServerState<TlsSocket> state;
        private final TlsContext context;
        final List<Throwable> errors = new CopyOnWriteArrayList<>();

        TlsServer(TlsContext context, RequestHandler<TlsSocket> handler) throws IOException {
            this.context = context;
            SockaddrIn anyPort = SockaddrIn.of("127.0.0.1", 0);
            state = new ServerState<>(new Socket(anyPort.family(), Constants.SOCK_STREAM), anyPort, handler);
        }

        @Override
        public ServerState<TlsSocket> state() {
            return state;
        }

        @Override
        public void serverActivate() throws IOException {
            socket().listen(requestQueueSize());
        }

        @Override
        public @Nullable ReceivedRequest<TlsSocket> getRequest() throws IOException {
            Accepted accepted = socket().acceptNow();
            return accepted == null || accepted.address() == null
                    ? null
                    : new ReceivedRequest<>(context.wrapServer(accepted.socket()), accepted.address());
        }

        @Override
        public void closeRequest(TlsSocket request) {
            try {
                request.close();
            } catch (IOException e) {
                errors.add(e);
            }
        }

        @Override
        public void handleError(TlsSocket request, Sockaddr clientAddress, Throwable error) {
            errors.add(error);
        }
    }

    static final class ThreadingTlsServer extends TlsServer implements ThreadingMixIn<TlsSocket> {

        ThreadingTlsServer(TlsContext context, RequestHandler<TlsSocket> handler) throws IOException {
            super(context, handler);
        }
    }

    @TempDir
    Path directory;

    private static void echo(Socket request, Sockaddr client, BaseServer<Socket> server) throws IOException {
        request.send(request.recv(100));
        request.send(request.recv(100));
    }

    @Test
    void aServerOfPacketsIsAFewLines() throws Exception {
        SockaddrUn address = SockaddrUn.of(directory.resolve("packets"));
        try (UnixPacketServer server = new UnixPacketServer(address, OwnServersTest::echo);
                Socket client = new Socket(Constants.AF_UNIX, Constants.SOCK_SEQPACKET)) {
            server.serverBind();
            server.serverActivate();
            Tasks<Void> loop = Tasks.run(server::serveForever);
            client.connect(server.serverAddress());

            client.send("one".getBytes(UTF_8));
            client.send("two".getBytes(UTF_8));

            assertThat(client.recv(100)).asString().isEqualTo("one");
            assertThat(client.recv(100)).asString().isEqualTo("two");
            assertThat(client.recv(100)).isEmpty();
            server.shutdown();
            loop.result();
        }
        assertThat(directory).isEmptyDirectory();
    }

    private static void greet(TlsSocket request, Sockaddr client, BaseServer<TlsSocket> server) throws IOException {
        request.sendAll(request.recv(100));
    }

    private static String ask(BaseServer<?> server, String question) throws IOException {
        TlsContext trusting =
                TlsContext.builder().trust(Certificates.authority()).build();
        int port = ((SockaddrIn) server.serverAddress()).port();
        try (TlsSocket client = trusting.wrapClient(Sockets.createConnection("127.0.0.1", port), "localhost")) {
            client.sendAll(question.getBytes(UTF_8));
            return new String(client.recv(100), UTF_8);
        }
    }

    private static TlsContext certified() throws IOException {
        return TlsContext.forServer(Certificates.local(), Certificates.key(Certificates.local()));
    }

    @Test
    @RequiresProgram("openssl")
    void aRequestMayBeATlsConnection() throws Exception {
        for (TlsServer server : List.of(
                new TlsServer(certified(), OwnServersTest::greet),
                new ThreadingTlsServer(certified(), OwnServersTest::greet))) {
            try (server) {
                server.serverBind();
                server.serverActivate();
                Tasks<Void> loop = Tasks.run(server::serveForever);

                assertThat(ask(server, "one")).isEqualTo("one");
                assertThat(ask(server, "two")).isEqualTo("two");

                server.shutdown();
                loop.result();
            }
            assertThat(server.errors).isEmpty();
        }
    }

    @Test
    @RequiresProgram("openssl")
    void theClientsOfAnOwnServerAreClosedAsWell() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        TlsServer server = new ThreadingTlsServer(certified(), (request, client, of) -> {
            begun.countDown();
            try {
                request.recv(1);
            } catch (SocketClosedException e) {
                thrown.add(e);
                throw e;
            }
        });
        try (server;
                Socket client = new Socket(Constants.AF_INET, Constants.SOCK_STREAM)) {
            server.serverBind();
            server.serverActivate();
            Tasks<Void> loop = Tasks.run(server::serveForever);
            client.connect(server.serverAddress());
            begun.await();

            server.closeClients();

            server.shutdown();
            loop.result();
        }
        assertThat(thrown).hasSize(1);
        assertThat(server.errors).isEmpty();
    }
}
