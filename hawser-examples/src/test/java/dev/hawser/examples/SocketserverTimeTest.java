package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection for each line: what the styles that are made of a server class and a handler do alike, and their client. */
class SocketserverTimeTest {

    private static final String[] NEWLINES = {"\n", "\r\n", ""};

    @ParameterizedTest
    @EnumSource(names = {"SOCKETSERVER", "FORKING"})
    void answersOneLineWithTheNewlineThatItHadAndClosesTheConnection(Style style) throws Exception {
        try (Serving serving = Serving.start(style)) {
            for (String newline : NEWLINES) {
                try (Socket client = connected(serving)) {
                    client.sendAll(bytes("hello" + newline));
                    client.shutdown(Constants.SHUT_WR);
                    assertThat(Serving.stopped(untilEnd(client))).isEqualTo(Serving.STAMP + "hello" + newline);
                }
            }
            await().untilAsserted(() -> assertThat(serving.server().served()).isEqualTo("3 clients"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SOCKETSERVER", "FORKING"})
    void saysWhoConnects(Style style) throws Exception {
        try (Serving serving = Serving.start(style);
                Socket client = connected(serving)) {
            client.sendAll(bytes("x\r\n"));
            assertThat(untilEnd(client)).endsWith("] x\r\n");
            await().untilAsserted(() -> assertThat(serving.log())
                    .isEqualTo("waiting for connection...\n...connected from: " + client.getSockName() + "\n"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SOCKETSERVER", "FORKING"})
    void aLineThatIsTooLongGetsNoAnswerAndIsTold(Style style) throws Exception {
        try (Serving serving = Serving.start(style)) {
            try (Socket client = connected(serving)) {
                client.sendAll(bytes("x".repeat(TimeServer.BUFSIZ) + "\r\n"));
                assertThat(untilEnd(client)).hasSize(Ctime.STAMP_BYTES + TimeServer.BUFSIZ + 2);
            }
            try (Socket client = connected(serving)) {
                client.sendAll(bytes("x".repeat(TimeServer.BUFSIZ + 2)));
                assertThat(untilEnd(client)).isEmpty();
                await().until(() -> serving.log()
                        .matches("(?s).*\\.\\.\\.lost: " + client.getSockName()
                                + ": .*a line of more than 1024 bytes\n"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SOCKETSERVER", "FORKING"})
    void aClientThatLeavesWithoutAWordIsNoError(Style style) throws Exception {
        try (Serving serving = Serving.start(style)) {
            connected(serving).close();
            try (TimeClient client = serving.client()) {
                assertThat(new String(client.ask(bytes("x")), UTF_8)).endsWith("] x");
            }
            assertThat(serving.log()).doesNotContain("lost");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SOCKETSERVER", "FORKING"})
    void closingTheServerDisconnectsAClientThatKeepsSilent(Style style) throws Exception {
        Serving serving = Serving.start(style);
        try (serving;
                Socket silent = connected(serving)) {
            await().until(() -> serving.log().contains("connected from"));
            serving.close();
            assertThat(untilEnd(silent)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SOCKETSERVER", "FORKING"})
    void aClientThatKeepsSilentHoldsUpNobody(Style style) throws Exception {
        try (Serving serving = Serving.start(style);
                Socket silent = connected(serving);
                Peer python = Scripts.client(style, serving.address())) {
            python.writeLine("hello");
            assertThat(Serving.stopped(python.readLine())).isEqualTo(Serving.STAMP + "hello");
            silent.sendAll(bytes("now\r\n"));
            assertThat(untilEnd(silent)).endsWith("] now\r\n");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SOCKETSERVER", "FORKING"})
    @RequiresProgram("socat")
    void answersSocat(Style style) throws Exception {
        try (Serving serving = Serving.start(style);
                Peer socat = Peers.start("socat", "-T10", "-", "TCP4:127.0.0.1:" + serving.port())) {
            socat.writeLine("网络编程");
            assertThat(Serving.stopped(socat.readLine())).isEqualTo(Serving.STAMP + "网络编程");
            assertThat(socat.awaitExit()).isZero();
        }
    }

    /** That server answers more than one line, and waits for the next one: the newline ends the answer. */
    @Test
    void theClientUnderstandsTheTcpServer() throws Exception {
        try (Serving serving = Serving.start(Style.TCP);
                TimeClient client = new SocketserverTimeClient(serving.address(), Serving.PATIENCE)) {
            assertThat(client.ask(bytes("x"))).isEqualTo(bytes(Serving.STAMP + "x"));
            assertThat(client.ask(bytes(""))).isEqualTo(bytes(Serving.STAMP));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[Mon Nov  2 09:05:01 2026] x\\r\\n", "[Mon Nov  2 09:05:01 2026] x"})
    void anAnswerInPiecesEndsWithItsNewlineOrTheConnection(String answer) throws Exception {
        String script = "import socket\n"
                + "l = socket.create_server(('127.0.0.1', 0)); print(l.getsockname()[1])\n"
                + "s, _ = l.accept(); s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1); s.recv(1024)\n"
                + "for b in b'" + answer + "': s.send(bytes([b]))\n";
        try (Peer python = Peers.python(script);
                TimeClient client = new SocketserverTimeClient(
                        HostPort.parse("127.0.0.1:" + python.readLine()), Serving.PATIENCE)) {
            assertThat(client.ask(bytes("x"))).isEqualTo(bytes(Serving.STAMP + "x"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x' * 9999 + b'"})
    void anAnswerThatIsNoneIsTold(String answer) throws Exception {
        String script = "import socket\n"
                + "l = socket.create_server(('127.0.0.1', 0)); print(l.getsockname()[1])\n"
                + "s, _ = l.accept(); s.recv(1024); s.sendall(b'" + answer + "')\n";
        try (Peer python = Peers.python(script)) {
            HostPort address = HostPort.parse("127.0.0.1:" + python.readLine());
            try (TimeClient client = new SocketserverTimeClient(address, Serving.PATIENCE)) {
                if (answer.isEmpty()) {
                    assertThatThrownBy(() -> client.ask(bytes("x")))
                            .isInstanceOf(EOFException.class)
                            .hasMessage(address + " closed the connection before it had answered");
                } else {
                    assertThatThrownBy(() -> client.ask(bytes("x")))
                            .isInstanceOf(IOException.class)
                            .hasMessage(address + " answered with more than 2048 bytes");
                }
            }
        }
    }

    @Test
    void refusesWhatIsNoLine() throws Exception {
        try (TimeClient client = new SocketserverTimeClient(HostPort.parse("127.0.0.1:1"), Serving.PATIENCE)) {
            assertThatThrownBy(() -> client.ask(bytes("a\nb"))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.ask(new byte[1025])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Socket connected(Serving serving) throws IOException {
        return Sockets.createConnection("127.0.0.1", serving.address().port(), Serving.PATIENCE, null);
    }

    private static String untilEnd(Socket socket) throws IOException {
        return new String(socket.recv(10_000, Constants.MSG_WAITALL), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
