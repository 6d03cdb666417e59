package dev.hawser.socketserver;

import static dev.hawser.testkit.Eventually.eventually;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketInterruptedException;
import dev.hawser.testkit.CapturedLog;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every server does, whatever it takes requests from, and whoever processes them. Its handlers are those of {@link Answers}.
 */
abstract class ServerContract {

    final ServerKind kind;
    private final List<BaseServer<?>> opened = new ArrayList<>();
    CapturedLog log;

    @TempDir
    Path directory;

    ServerContract(ServerKind kind) {
        this.kind = kind;
    }

    /** A server, bound and active, whose handlers are {@link Answers.OfStream} or {@link Answers.OfDatagram}. */
    abstract BaseServer<?> open(Sockaddr address) throws IOException;

    @BeforeEach
    void captureTheLog() {
        log = new CapturedLog("dev.hawser.socketserver");
    }

    @AfterEach
    void closeTheServers() throws IOException {
        for (BaseServer<?> each : opened) {
            each.shutdown();
            each.serverClose();
        }
        log.close();
    }

    BaseServer<?> server() throws IOException {
        return server(kind.address(directory));
    }

    BaseServer<?> server(Sockaddr address) throws IOException {
        BaseServer<?> server = open(address);
        opened.add(server);
        return server;
    }

    /** In a thread of its own, and waiting for a request. */
    static Tasks<Void> serve(BaseServer<?> server) {
        return Tasks.run(server::serveForever).awaitWaiting();
    }

    String ask(BaseServer<?> server, String question) throws IOException {
        return kind.ask(server.serverAddress(), question);
    }

    @Test
    void requestsAreAnsweredOneAfterAnother() throws Exception {
        BaseServer<?> server = server();
        Tasks<Void> loop = serve(server);

        assertThat(ask(server, "one")).isEqualTo("ONE");
        assertThat(ask(server, "two")).isEqualTo("TWO");
        assertThat(ask(server, "three")).isEqualTo("THREE");

        server.shutdown();
        loop.result();
        assertThat(log.records()).isEmpty();
    }

    @Test
    void clientsThatComeAtATimeAreAllAnswered() throws Exception {
        BaseServer<?> server = server();
        serve(server);
        List<Tasks<String>> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String question = "question " + i;
            clients.add(Tasks.start(() -> ask(server, question)));
        }

        for (int i = 0; i < 20; i++) {
            assertThat(clients.get(i).result()).isEqualTo("QUESTION " + i);
        }
    }

    @Test
    void whatCameBeforeTheLoopIsServedByIt() throws Exception {
        BaseServer<?> server = server();
        try (Socket client = kind.client(server.serverAddress())) {
            kind.send(client, "early");

            serve(server);

            assertThat(kind.receive(client)).isEqualTo("EARLY");
        }
    }

    @Test
    void aHandlerIsToldWhoAsks() throws Exception {
        BaseServer<?> server = server();
        serve(server);
        try (Socket client = kind.client(server.serverAddress())) {
            kind.send(client, Answers.WHO);

            assertThat(kind.receive(client)).isEqualTo(client.getSockName().toString());
        }
    }

    @Test
    void theAddressIsTheOneThatItIsBoundTo() throws Exception {
        BaseServer<?> server = server();

        assertThat(server.serverAddress()).isEqualTo(server.socket().getSockName());
        assertThat(server.fileno()).isEqualTo(server.socket().fileno());
        assertThat(server.addressFamily()).isEqualTo(server.serverAddress().family());
        assertThat(server.socketType()).isEqualTo(server.socket().type());
        assertThat(server.socket().getTimeout()).isNull();
    }

    @Test
    void aHandlerThatThrowsIsReportedAndEndsItsOwnRequestAlone() throws Exception {
        BaseServer<?> server = server();
        serve(server);
        String address;
        try (Socket client = kind.client(server.serverAddress())) {
            address = client.getSockName().toString();
            kind.send(client, Answers.BAD);
            if (kind.isStream()) {
                assertThat(kind.receive(client)).isEmpty();
            }
            eventually().until(() -> !log.records().isEmpty());
        }

        assertThat(ask(server, "good")).isEqualTo("GOOD");
        assertThat(log.records()).singleElement().satisfies(record -> {
            assertThat(record.getLevel()).isEqualTo(Level.SEVERE);
            assertThat(record.getMessage()).contains(address);
            assertThat(record.getThrown()).hasMessageContaining("as asked");
        });
    }

    @Test
    void shutdownEndsTheLoopAndIsDoneWhenItHasEnded() throws Exception {
        BaseServer<?> server = server();
        Tasks<Void> loop = serve(server);
        assertThat(ask(server, "one")).isEqualTo("ONE");

        server.shutdown();

        loop.result();
        assertThat(server.socket().isClosed()).isFalse();
    }

    @Test
    void shutdownMayComeFromManyThreadsAtATime() throws Exception {
        BaseServer<?> server = server();
        Tasks<Void> loop = serve(server);
        List<Tasks<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            calls.add(Tasks.run(server::shutdown));
            calls.add(Tasks.run(server::serverClose));
        }

        for (Tasks<Void> call : calls) {
            call.result();
        }
        loop.result();
    }

    @Test
    void shutdownBeforeTheLoopEndsTheLoopBeforeItsFirstRequest() throws Exception {
        BaseServer<?> server = server();
        try (Socket client = kind.client(server.serverAddress())) {
            kind.send(client, "first");
            server.shutdown();

            server.serveForever();

            serve(server);
            assertThat(kind.receive(client)).isEqualTo("FIRST");
        }
    }

    @Test
    void aServerServesAgainAfterShutdown() throws Exception {
        BaseServer<?> server = server();
        for (int i = 0; i < 3; i++) {
            Tasks<Void> loop = serve(server);
            assertThat(ask(server, "again")).isEqualTo("AGAIN");
            server.shutdown();
            loop.result();
        }
    }

    @Test
    void aShutdownThatMeetsTheBeginningOfALoopIsNeverLost() throws Exception {
        BaseServer<?> server = server();
        for (int i = 0; i < 50; i++) {
            Tasks<Void> loop = Tasks.run(server::serveForever);
            server.shutdown();
            loop.result();
        }
    }

    @Test
    void serverCloseEndsTheLoopAndTheSocket() throws Exception {
        BaseServer<?> server = server();
        Tasks<Void> loop = serve(server);

        server.serverClose();
        server.serverClose();

        loop.result();
        assertThat(server.fileno()).isEqualTo(-1);
        assertThatThrownBy(() -> ask(server, "late")).isInstanceOf(IOException.class);
    }

    @Test
    void aSocketThatIsClosedUnderTheLoopEndsIt() throws Exception {
        BaseServer<?> server = server();
        Tasks<Void> loop = serve(server);

        server.socket().close();

        loop.result();
    }

    @Test
    void aClosedServerServesNobody() throws Exception {
        BaseServer<?> server = server();
        server.serverClose();

        server.serveForever();
        server.shutdown();
        assertThatThrownBy(server::handleRequest).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void oneThreadAtATimeServes() throws Exception {
        BaseServer<?> server = server();
        serve(server);

        assertThatThrownBy(server::serveForever)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("served already");
        assertThatThrownBy(server::handleRequest).isInstanceOf(IllegalStateException.class);
        assertThat(ask(server, "still")).isEqualTo("STILL");
    }

    @Test
    void anInterruptEndsTheLoopThatWaits() throws Exception {
        BaseServer<?> server = server();
        Tasks<Void> loop = serve(server);

        loop.interrupt();

        assertThatThrownBy(loop::result).isInstanceOf(SocketInterruptedException.class);
        serve(server);
        assertThat(ask(server, "again")).isEqualTo("AGAIN");
    }

    @Test
    void aThreadThatIsInterruptedAlreadyServesNobody() throws Exception {
        BaseServer<?> server = server();
        try (Socket client = kind.client(server.serverAddress())) {
            kind.send(client, "kept");
            Tasks<Void> loop = Tasks.run(() -> {
                Thread.currentThread().interrupt();
                server.serveForever();
            });

            assertThatThrownBy(loop::result).isInstanceOf(SocketInterruptedException.class);

            serve(server);
            assertThat(kind.receive(client)).isEqualTo("KEPT");
        }
    }

    @Test
    void handleRequestServesOne() throws Exception {
        BaseServer<?> server = server();
        try (Socket first = kind.client(server.serverAddress());
                Socket second = kind.client(server.serverAddress())) {
            kind.send(first, "first");
            kind.send(second, "second");

            server.handleRequest();
            assertThat(kind.receive(first)).isEqualTo("FIRST");
            server.handleRequest();
            assertThat(kind.receive(second)).isEqualTo("SECOND");
        }
    }

    @Test
    void handleRequestWaitsForAsLongAsTheSocketWould() throws Exception {
        BaseServer<?> server = server();
        server.socket().setTimeout(ofMillis(20));
        long begun = System.nanoTime();

        server.handleRequest();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(ofMillis(20));
        server.socket().setTimeout(Duration.ZERO);
        server.handleRequest();
    }

    @Test
    void handleRequestEndsWithShutdown() throws Exception {
        BaseServer<?> server = server();
        Tasks<Void> one = Tasks.run(server::handleRequest).awaitWaiting();

        server.shutdown();

        one.result();
    }

    @Test
    void aTimeoutOfTheSocketIsNoneOfTheLoop() throws Exception {
        BaseServer<?> server = server();
        server.socket().setTimeout(ofMillis(1));
        serve(server);

        assertThat(ask(server, "one")).isEqualTo("ONE");
        assertThat(server.socket().getTimeout()).isEqualTo(ofMillis(1));
    }

    @Test
    void aPollIntervalIsLongerThanNothing() throws Exception {
        BaseServer<?> server = server();

        assertThatThrownBy(() -> server.serveForever(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server.serveForever(ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAddressThatIsTakenIsRefusedAndNothingIsLeftOpen() throws Exception {
        BaseServer<?> server = server();

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> server(server.serverAddress())).isInstanceOf(java.net.BindException.class);
        }
    }

    @Test
    void thePathOfAServerIsGoneWhenItIsClosed() throws Exception {
        assumeTrue(kind == ServerKind.UNIX_STREAM || kind == ServerKind.UNIX_DATAGRAM, "an address without a path");
        BaseServer<?> server = server();
        try (var before = Files.list(directory)) {
            assertThat(before).hasSize(1);
        }

        server.serverClose();

        try (var after = Files.list(directory)) {
            assertThat(after).isEmpty();
        }
    }
}
