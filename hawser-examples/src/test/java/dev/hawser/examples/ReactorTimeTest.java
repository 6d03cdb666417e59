package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hawser.socket.ConnectFailedException;
import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReactorTimeTest {

    @Test
    void saysWhoConnects() throws Exception {
        try (Serving serving = Serving.start(Style.REACTOR);
                Socket client =
                        Sockets.createConnection("127.0.0.1", serving.address().port())) {
            client.sendAll(bytes("x"));
            assertThat(client.recv(100)).isNotEmpty();
            await().untilAsserted(() -> assertThat(serving.log())
                    .isEqualTo("waiting for connection...\n...connected from: " + client.getSockName() + "\n"));
            await().untilAsserted(() -> assertThat(serving.server().served()).isEqualTo("1 client"));
        }
    }

    /** All are connected before the first is answered: a server of one client at a time would never get there. */
    @Test
    void servesManyClientsAtOnceInOneThread() throws Exception {
        try (Serving serving = Serving.start(Style.REACTOR)) {
            List<TimeClient> clients = new ArrayList<>();
            try {
                for (int i = 0; i < 100; i++) {
                    clients.add(serving.client());
                }
                for (int i = 99; i >= 0; i--) {
                    assertThat(clients.get(i).ask(bytes("client " + i)))
                            .isEqualTo(bytes(Serving.STAMP + "client " + i));
                }
            } finally {
                for (TimeClient client : clients) {
                    client.close();
                }
            }
            await().untilAsserted(() -> assertThat(serving.server().served()).isEqualTo("100 clients"));
        }
    }

    /** Both have the same idea of a message: what has come. */
    @Test
    void theTcpStyleAndThisOneUnderstandEachOther() throws Exception {
        try (Serving serving = Serving.start(Style.REACTOR);
                TimeClient client = new TcpTimeClient(serving.address(), Serving.PATIENCE)) {
            assertThat(client.ask(bytes("tcp"))).isEqualTo(bytes(Serving.STAMP + "tcp"));
            assertThat(client.ask(bytes("again"))).isEqualTo(bytes(Serving.STAMP + "again"));
        }
        try (Serving serving = Serving.start(Style.TCP);
                TimeClient client = new ReactorTimeClient(serving.address(), Serving.PATIENCE)) {
            assertThat(client.ask(bytes("reactor"))).isEqualTo(bytes(Serving.STAMP + "reactor"));
            assertThat(client.ask(bytes("again"))).isEqualTo(bytes(Serving.STAMP + "again"));
        }
    }

    /** Twisted drops what it has written when a client shuts its side down; this one answers first. */
    @Test
    void aClientThatSaysAllAtOnceAndShutsItsSideDownGetsItsAnswer() throws Exception {
        try (Serving serving = Serving.start(Style.REACTOR)) {
            for (int i = 0; i < 20; i++) {
                try (Socket client =
                        Sockets.createConnection("127.0.0.1", serving.address().port())) {
                    client.setTimeout(Serving.PATIENCE);
                    client.sendAll(bytes("all"));
                    client.shutdown(Constants.SHUT_WR);
                    assertThat(client.recv(1000, Constants.MSG_WAITALL)).isEqualTo(bytes(Serving.STAMP + "all"));
                }
            }
        }
    }

    @Test
    void closingTheServerDisconnectsItsClients() throws Exception {
        Serving serving = Serving.start(Style.REACTOR);
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
    void putsAnAnswerInPiecesTogether() throws Exception {
        String script = """
                import socket
                l = socket.create_server(('127.0.0.1', 0)); print(l.getsockname()[1])
                s, _ = l.accept(); s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while data := s.recv(1024):
                    for b in b'[Mon Nov  2 09:05:01 2026] ' + data: s.send(bytes([b]))
                """;
        try (Peer python = Peers.python(script);
                TimeClient client =
                        new ReactorTimeClient(HostPort.parse("127.0.0.1:" + python.readLine()), Serving.PATIENCE)) {
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
            try (TimeClient client = new ReactorTimeClient(address, Serving.PATIENCE)) {
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(() -> client.ask(bytes("x")))
                            .isInstanceOf(EOFException.class)
                            .hasMessage(address + " closed the connection before it had answered");
                }
            }
        }
    }

    @Test
    void waitsForAnAnswerNoLongerThanItsTimeout() throws Exception {
        try (Socket deaf = Sockets.createServer(new SockaddrIn(SockaddrIn.INADDR_LOOPBACK, 0));
                TimeClient client =
                        new ReactorTimeClient(HostPort.parse(deaf.getSockName().toString()), Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> client.ask(bytes("x"))).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void saysThatNobodyListensAndThatAHostIsUnknown() {
        assertThatThrownBy(() -> new ReactorTimeClient(HostPort.parse("127.0.0.1:1"), Serving.PATIENCE))
                .isInstanceOf(ConnectFailedException.class);
        assertThatThrownBy(() -> new ReactorTimeClient(HostPort.parse("no..such:80"), Serving.PATIENCE))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void refusesWhatIsNoMessageOnAStream() throws Exception {
        try (Serving serving = Serving.start(Style.REACTOR);
                TimeClient client = serving.client()) {
            assertThatThrownBy(() -> client.ask(new byte[0])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.ask(new byte[1025])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
