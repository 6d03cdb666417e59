package dev.hawser.reactor.application;

import static dev.hawser.socket.Constants.SHUT_WR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.TestJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Applications in processes of their own, which are sent signals. */
@Timeout(60)
@RequiresProgram({"env", "kill"})
class ApplicationSignalTest {

    private static final String LONG = "60000";

    @ParameterizedTest
    @CsvSource({"INT, 2", "TERM, 15"})
    void aSignalEndsAnApplicationWhoseProtocolsSayGoodbye(String signal, int number) throws Exception {
        try (Peer program = start("graceful", LONG);
                Socket client = connect(program)) {
            assertThat(ask(client)).isEqualTo("hello");
            send(signal, program);
            assertThat(client.recv(10)).isEqualTo("bye".getBytes(UTF_8));
            assertThat(client.recv(10)).isEmpty();
            assertThat(program.readLine()).isEqualTo("stopping");
            assertThat(program.readLine()).isEqualTo("signal " + number);
            assertThat(program.awaitExit()).isEqualTo(128 + number);
        }
    }

    @Test
    void whatGoesOnGoesOnAfterTheSignalAndNobodyNewIsAccepted() throws Exception {
        try (Peer program = start("echo", LONG);
                Socket client = connect(program)) {
            assertThat(ask(client)).isEqualTo("hello");
            send("TERM", program);
            assertThat(program.readLine()).isEqualTo("stopping");
            assertThat(ask(client)).isEqualTo("hello");
            client.shutdown(SHUT_WR);
            assertThat(program.readLine()).isEqualTo("signal 15");
        }
    }

    @Test
    void aSecondSignalDropsWhatGoesOn() throws Exception {
        try (Peer program = start("echo", LONG);
                Socket client = connect(program)) {
            assertThat(ask(client)).isEqualTo("hello");
            send("TERM", program);
            assertThat(program.readLine()).isEqualTo("stopping");
            send("INT", program);
            assertThat(program.readLine()).isEqualTo("signal 15");
            assertThat(program.awaitExit()).isEqualTo(128 + 15);
        }
    }

    @Test
    void whatDoesNotEndInTimeIsClosed() throws Exception {
        try (Peer program = start("echo", "50");
                Socket client = connect(program)) {
            assertThat(ask(client)).isEqualTo("hello");
            send("TERM", program);
            assertThat(client.recv(10)).isEmpty();
            assertThat(program.readLine()).isEqualTo("stopping");
            assertThat(program.readLine()).isEqualTo("signal 15");
        }
    }

    @Test
    void sighupCallsTheHookAndEndsNothing() throws Exception {
        try (Peer program = start("graceful", LONG, "reload");
                Socket client = connect(program)) {
            send("HUP", program);
            assertThat(program.readLine()).isEqualTo("reload");
            assertThat(ask(client)).isEqualTo("hello");
            send("HUP", program);
            assertThat(program.readLine()).isEqualTo("reload");
            send("TERM", program);
            assertThat(program.readLine()).isEqualTo("stopping");
            assertThat(program.readLine()).isEqualTo("signal 15");
        }
    }

    @Test
    void withoutAHookSighupEndsTheProcessAsEver() throws Exception {
        try (Peer program = start("echo", LONG)) {
            assertThat(program.readLine()).startsWith("port ");
            send("HUP", program);
            assertThat(program.awaitExit()).isEqualTo(128 + 1);
        }
    }

    private static String ask(Socket client) throws IOException {
        client.sendAll("hello".getBytes(UTF_8));
        return new String(client.recv(10), UTF_8);
    }

    private static Socket connect(Peer program) throws IOException {
        int port = Integer.parseInt(program.readLine().replace("port ", ""));
        Socket client = Sockets.createConnection("127.0.0.1", port);
        client.setTimeout(Duration.ofSeconds(10));
        return client;
    }

    private static void send(String signal, Peer program) throws IOException, InterruptedException {
        try (Peer kill = Peers.start(
                "kill", "-" + signal, Long.toString(program.process().pid()))) {
            assertThat(kill.awaitExit()).isZero();
        }
    }

    /** A build that runs in the background of a shell ignores SIGINT, and so would its children. */
    private static Peer start(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--default-signal=INT,HUP"));
        all.addAll(TestJvm.command(ApplicationProgram.class, arguments));
        return Peers.start("env", all.toArray(String[]::new));
    }
}
