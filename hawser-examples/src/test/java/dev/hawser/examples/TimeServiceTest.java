package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.BindFailedException;
import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all styles do, with each other and with the programs of others. */
class TimeServiceTest {
    private static final String INPUT = "hello\n网络编程\n two  words \n\nafter the empty line\n";

    @ParameterizedTest
    @EnumSource(Style.class)
    void answersItsOwnClient(Style style) throws Exception {
        try (Serving serving = Serving.start(style);
                TimeClient client = serving.client()) {
            assertThat(run(client, INPUT).stream().map(Serving::stopped))
                    .containsExactly(Serving.STAMP + "hello", Serving.STAMP + "网络编程", Serving.STAMP + " two  words ");
        }
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void carriesBytesThatAreNoText(Style style) throws Exception {
        byte[] message = new byte[TimeServer.BUFSIZ];
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) (i % 256 == '\n' ? 'n' : i); // a newline is what ends a message of some styles
        }
        try (Serving serving = Serving.start(style);
                TimeClient client = serving.client()) {
            byte[] answer = client.ask(message);
            assertThat(answer).hasSize(Ctime.STAMP_BYTES + message.length).endsWith(message);
        }
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void answersPythonsClient(Style style) throws Exception {
        try (Serving serving = Serving.start(style);
                Peer python = Scripts.client(style, serving.address())) {
            python.write(INPUT.getBytes(UTF_8));
            assertThat(Serving.stopped(python.readLine())).isEqualTo(Serving.STAMP + "hello");
            assertThat(Serving.stopped(python.readLine())).isEqualTo(Serving.STAMP + "网络编程");
            assertThat(Serving.stopped(python.readLine())).isEqualTo(Serving.STAMP + " two  words ");
            assertThat(python.awaitExit()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void carriesPythonsBytesThatAreNoText(Style style) throws Exception {
        String script = "import socket, sys\n"
                + "s = socket.socket(socket.AF_INET, socket.SOCK_" + (style == Style.UDP ? "DGRAM" : "STREAM") + ")\n"
                + "s.connect(('127.0.0.1', int(sys.argv[1])))\n"
                + "message = bytes(range(11, 256)) + bytes(range(11)) # a newline is the last\n"
                + "s.sendall(message)\n"
                + "answer = s.recv(1024)\n"
                + "print(answer[:27].decode('ascii'), answer[27:] == message)";
        try (Serving serving = Serving.start(style);
                Peer python = Peers.python(script, serving.port())) {
            assertThat(Serving.stopped(python.readLine())).isEqualTo(Serving.STAMP + " True");
        }
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void asksPythonsServer(Style style) throws Exception {
        try (Peer python = Scripts.server(style);
                TimeClient client = style.client(Scripts.addressOf(python), Serving.PATIENCE)) {
            List<String> answers = run(client, INPUT + "more");
            assertThat(answers).hasSize(3).allMatch(answer -> answer.matches("(?s)" + Serving.STAMPED + ".*"));
            assertThat(answers.get(1)).endsWith("] 网络编程");
            byte[] notUtf8 = {(byte) 0xff, 0, (byte) 0x80, '\r'};
            assertThat(client.ask(notUtf8)).endsWith(notUtf8).hasSize(Ctime.STAMP_BYTES + 4);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UDP", "REACTOR"})
    @RequiresProgram("socat")
    void answersSocat(Style style) throws Exception {
        String kind = style == Style.UDP ? "UDP4" : "TCP4";
        try (Serving serving = Serving.start(style);
                Peer socat = Peers.start("socat", "-T10", "-", kind + ":127.0.0.1:" + serving.port())) {
            socat.writeLine("网络编程");
            assertThat(socat.readLine()).isEqualTo(Serving.STAMP + "网络编程");
            socat.writeLine("again");
            assertThat(socat.readLine()).isEqualTo(Serving.STAMP + "again");
        }
    }

    /** Over TCP this answer comes in two pieces, the stamp being first. */
    @ParameterizedTest
    @EnumSource(Style.class)
    @RequiresProgram("socat")
    void asksSocat(Style style) throws Exception {
        int port = freePort(style);
        String listen = style == Style.UDP
                ? "UDP4-RECVFROM:" + port + ",bind=127.0.0.1"
                : "TCP4-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr";
        String kind = switch (style) {
            case TCP, REACTOR -> "TCP";
            case UDP -> "UDP";
            case SOCKETSERVER, FORKING -> "LINE";
        };
        String answer = "EXEC:sh " + Scripts.path("time_answer.sh") + " " + kind;
        try (Peer socat = Peers.start("socat", "-d", "-d", listen, answer)) {
            assertThat(socat.readErrorLine()).contains(style == Style.UDP ? "receiving on" : "listening on");
            HostPort address = new HostPort("127.0.0.1", port);
            try (TimeClient client = style.client(address, Serving.PATIENCE)) {
                assertThat(new String(client.ask("网络编程".getBytes(UTF_8)), UTF_8))
                        .matches(Serving.STAMPED + "网络编程");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void twoServersCannotHaveOneAddress(Style style) throws Exception {
        try (Serving serving = Serving.start(style)) {
            assertThatThrownBy(() -> style.server(serving.server().address(), System.out))
                    .isInstanceOf(BindFailedException.class)
                    .hasMessageContaining("EADDRINUSE");
        }
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void aServerThatIsClosedBeforeItServesReturnsAtOnce(Style style) throws Exception {
        TimeServer server = style.server(new SockaddrIn(SockaddrIn.INADDR_LOOPBACK, 0), System.out);
        server.close();
        server.serve();
        server.close();
    }

    private static List<String> run(TimeClient client, String input) throws IOException {
        var out = new ByteArrayOutputStream();
        PrintStream printer = new PrintStream(out, true, UTF_8);
        assertThat(client.run(
                        Lines.of(new ByteArrayInputStream(input.getBytes(UTF_8)), printer, false), printer, printer))
                .isZero();
        return out.toString(UTF_8).lines().toList();
    }

    private static int freePort(Style style) throws IOException {
        int type = style == Style.UDP ? Constants.SOCK_DGRAM : Constants.SOCK_STREAM;
        try (Socket probe = new Socket(Constants.AF_INET, type)) {
            probe.bind(new SockaddrIn(SockaddrIn.INADDR_LOOPBACK, 0));
            return ((SockaddrIn) probe.getSockName()).port();
        }
    }
}
