package dev.hawser.examples;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hawser.socket.Received;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.TimedOutException;
import dev.hawser.socket.UnreachablePortException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UdpTimeTest {
    private static final SockaddrIn ANY = new SockaddrIn(SockaddrIn.INADDR_LOOPBACK, 0);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void saysWhomItAnswered() throws Exception {
        try (Serving serving = Serving.start(Style.UDP);
                Socket client = new Socket(AF_INET, SOCK_DGRAM)) {
            client.connect(serving.server().address());
            client.send(bytes("x"));
            client.recv(100);
            client.send(bytes("y"));
            client.recv(100);
            await().untilAsserted(() -> assertThat(serving.server().served()).isEqualTo("2 messages from 1 client"));
            await().untilAsserted(() -> assertThat(serving.log())
                    .startsWith("waiting for message...\n...received from and returned to: " + client.getSockName()));
        }
    }

    @Test
    void answersAnEmptyDatagramAndCutsALongOne() throws Exception {
        try (Serving serving = Serving.start(Style.UDP);
                TimeClient client = serving.client()) {
            assertThat(client.ask(new byte[0])).isEqualTo(bytes(Serving.STAMP));
            assertThat(client.ask(bytes("x".repeat(5000)))).isEqualTo(bytes(Serving.STAMP + "x".repeat(1024)));
        }
    }

    @Test
    void reportsALostAnswerAndGoesOnWithTheNextLine() throws Exception {
        try (Socket deaf = bound();
                TimeClient client = client(deaf, Duration.ofMillis(20))) {
            assertThat(run(client, "one\ntwo\n")).isEqualTo(2);
            assertThat(out.size()).isZero();
            String line = "no answer from " + deaf.getSockName() + " within 0.02 s";
            assertThat(err.toString(UTF_8).lines()).containsExactly(line, line);
        }
    }

    @Test
    void aLateAnswerDoesNotPassForTheNext() throws Exception {
        try (Socket server = bound();
                TimeClient client = client(server, Duration.ofMillis(20))) {
            assertThatThrownBy(() -> client.ask(bytes("first"))).isInstanceOf(TimedOutException.class);
            Received first = server.recvFrom(100);
            server.sendTo(bytes("late"), first.address());
            assertThatThrownBy(() -> client.ask(bytes("second"))).isInstanceOf(TimedOutException.class);
            assertThat(server.recvFrom(100).address()).isNotEqualTo(first.address());
        }
    }

    @Test
    void nobodyElseCanAnswer() throws Exception {
        try (Socket server = bound();
                Socket stranger = bound();
                TimeClient client = client(server, Duration.ofMillis(20))) {
            assertThatThrownBy(() -> client.ask(bytes("x"))).isInstanceOf(TimedOutException.class);
            stranger.sendTo(bytes("mine"), server.recvFrom(100).address());
            assertThatThrownBy(() -> client.ask(bytes("x"))).isInstanceOf(TimedOutException.class);
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        HostPort address;
        try (Socket gone = bound()) {
            address = HostPort.parse(gone.getSockName().toString());
        }
        try (TimeClient client = new UdpTimeClient(address, Serving.PATIENCE)) {
            assertThatThrownBy(() -> client.ask(bytes("x"))).isInstanceOf(UnreachablePortException.class);
            assertThat(run(client, "x")).isEqualTo(1);
            assertThat(err.toString(UTF_8)).isEqualTo("no answer from " + address + ": nobody listens there\n");
        }
    }

    /** A name may have an IPv6 address first, and the server an IPv4 one alone. */
    @Test
    void findsTheServerByName() throws Exception {
        try (Serving serving = Serving.start(Style.UDP);
                TimeClient client = new UdpTimeClient(
                        new HostPort("localhost", serving.address().port()), Serving.PATIENCE)) {
            assertThat(client.ask(bytes("x"))).isEqualTo(bytes(Serving.STAMP + "x"));
            assertThat(client.ask(bytes("y"))).isEqualTo(bytes(Serving.STAMP + "y"));
        }
    }

    @Test
    void aClientWithManyPartsGetsThemAll() throws Exception {
        try (Serving serving = Serving.start(Style.UDP);
                TimeClient client = serving.client()) {
            assertThat(run(client, "网".repeat(1000) + "\n")).isZero();
            assertThat(out.toString(UTF_8).lines())
                    .containsExactly(
                            Serving.STAMP + "网".repeat(341),
                            Serving.STAMP + "网".repeat(341),
                            Serving.STAMP + "网".repeat(318));
        }
    }

    private int run(TimeClient client, String input) throws IOException {
        PrintStream printer = new PrintStream(out, true, UTF_8);
        Lines lines = Lines.of(new ByteArrayInputStream(bytes(input)), printer, false);
        return client.run(lines, printer, new PrintStream(err, true, UTF_8));
    }

    private static TimeClient client(Socket server, Duration timeout) throws IOException {
        return new UdpTimeClient(HostPort.parse(server.getSockName().toString()), timeout);
    }

    private static Socket bound() throws IOException {
        Socket socket = new Socket(AF_INET, SOCK_DGRAM);
        socket.bind(ANY);
        return socket;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
