package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hawser.socket.ConnectFailedException;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.socket.TimedOutException;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TcpTimeTest {
    @Test
    void saysWhoConnects() throws Exception {
        try (Serving serving = Serving.start(Style.TCP)) {
            try (Socket client =
                    Sockets.createConnection("127.0.0.1", serving.address().port())) {
                client.sendAll(bytes("x"));
                assertThat(client.recv(100)).isNotEmpty();
                await().untilAsserted(() -> assertThat(serving.log())
                        .startsWith("waiting for connection...\n...connected from: " + client.getSockName() + "\n"));
            }
            await().untilAsserted(() -> assertThat(serving.server().served()).isEqualTo("1 client"));
        }
    }

    /** All are connected before the first is answered: a server of one client at a time would never get there. */
    @Test
    void servesManyClientsAtOnce() throws Exception {
        int clients = 300;
        var connected = new CyclicBarrier(clients);
        try (Serving serving = Serving.start(Style.TCP);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> talks = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                String name = "client " + i;
                talks.add(threads.submit(() -> {
                    try (TimeClient client = serving.client()) {
                        connected.await();
                        for (int n = 0; n < 10; n++) {
                            assertThat(client.ask(bytes(name + "." + n)))
                                    .isEqualTo(bytes(Serving.STAMP + name + "." + n));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> talk : talks) {
                talk.get();
            }
            await().untilAsserted(() -> assertThat(serving.server().served()).isEqualTo("300 clients"));
        }
    }

    @Test
    void answersPythonWhileAnotherClientKeepsSilent() throws Exception {
        try (Serving serving = Serving.start(Style.TCP);
                TimeClient silent = serving.client();
                Peer python = Scripts.client(Style.TCP, serving.address())) {
            python.writeLine("hello");
            assertThat(python.readLine()).isEqualTo(Serving.STAMP + "hello");
            assertThat(silent.ask(bytes("now"))).isEqualTo(bytes(Serving.STAMP + "now"));
        }
    }

    @Test
    void closingTheServerDisconnectsItsClients() throws Exception {
        Serving serving = Serving.start(Style.TCP);
        try (serving;
                TimeClient asked = serving.client();
                TimeClient silent = serving.client()) {
            asked.ask(bytes("x"));
            serving.close();
            assertThatThrownBy(() -> asked.ask(bytes("y"))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> silent.ask(bytes("y"))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aClientThatBreaksOffDoesNotDisturb() throws Exception {
        try (Serving serving = Serving.start(Style.TCP)) {
            try (Socket rude =
                    Sockets.createConnection("127.0.0.1", serving.address().port())) {
                rude.sendAll(bytes("x"));
                // Closing with the answer unread resets the connection.
                rude.recv(1);
            }
            await().until(() -> serving.log().contains("...lost: "));
            try (TimeClient client = serving.client()) {
                assertThat(client.ask(bytes("x"))).isEqualTo(bytes(Serving.STAMP + "x"));
            }
        }
    }

    @Test
    void putsAnAnswerInPiecesTogether() throws Exception {
        // Every byte of an answer is a segment of its own.
        String script = """
                import socket
                l = socket.create_server(('127.0.0.1', 0)); print(l.getsockname()[1])
                s, _ = l.accept(); s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while data := s.recv(1024):
                    for b in b'[Mon Nov  2 09:05:01 2026] ' + data: s.send(bytes([b]))
                """;
        try (Peer python = Peers.python(script);
                TimeClient client =
                        new TcpTimeClient(HostPort.parse("127.0.0.1:" + python.readLine()), Serving.PATIENCE)) {
            assertThat(client.ask(bytes("first"))).isEqualTo(bytes(Serving.STAMP + "first"));
            assertThat(client.ask(bytes("second"))).isEqualTo(bytes(Serving.STAMP + "second"));
        }
    }

    @Test
    void saysThatTheServerWentAwayInTheMiddle() throws Exception {
        String script = """
                import socket
                l = socket.create_server(('127.0.0.1', 0)); print(l.getsockname()[1])
                s, _ = l.accept(); s.recv(1024); s.send(b'[Mon Nov')
                """;
        try (Peer python = Peers.python(script)) {
            HostPort address = HostPort.parse("127.0.0.1:" + python.readLine());
            try (TimeClient client = new TcpTimeClient(address, Serving.PATIENCE)) {
                assertThatThrownBy(() -> client.ask(bytes("x")))
                        .isInstanceOf(EOFException.class)
                        .hasMessage(address + " closed the connection before it had answered");
            }
        }
    }

    @Test
    void waitsForAnAnswerNoLongerThanItsTimeout() throws Exception {
        try (Socket deaf = Sockets.createServer(new SockaddrIn(SockaddrIn.INADDR_LOOPBACK, 0));
                TimeClient client =
                        new TcpTimeClient(HostPort.parse(deaf.getSockName().toString()), Duration.ofMillis(500))) {
            assertThatThrownBy(() -> client.ask(bytes("x"))).isInstanceOf(TimedOutException.class);
        }
    }

    @Test
    void saysThatNobodyListens() {
        assertThatThrownBy(() -> new TcpTimeClient(HostPort.parse("127.0.0.1:1"), Serving.PATIENCE))
                .isInstanceOf(ConnectFailedException.class);
    }

    @Test
    void refusesWhatIsNoMessageOnAStream() throws Exception {
        try (Serving serving = Serving.start(Style.TCP);
                TimeClient client = serving.client()) {
            assertThatThrownBy(() -> client.ask(new byte[0])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.ask(new byte[1025])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
