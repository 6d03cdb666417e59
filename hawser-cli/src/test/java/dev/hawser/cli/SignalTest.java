package dev.hawser.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.examples.HostPort;
import dev.hawser.examples.Style;
import dev.hawser.examples.TimeClient;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A time server in a process of its own, which a signal ends. */
class SignalTest {
    @ParameterizedTest
    @CsvSource({"TCP, INT, 130, 1 client", "UDP, TERM, 143, 1 message from 1 client"})
    @RequiresProgram({"env", "kill"})
    void aSignalEndsTheServerWithALineOfWhatItServed(Style style, String signal, int exitCode, String served)
            throws Exception {
        try (Peer server = start(style)) {
            String first = server.readLine();
            String name = StyleConverter.nameOf(style);
            assertThat(first).matches(name + " time server on 127\\.0\\.0\\.1:\\d+, Ctrl-C stops it");
            HostPort address = HostPort.parse(first.replaceAll(".* on (.*),.*", "$1"));
            try (TimeClient client = style.client(address, Duration.ofSeconds(10))) {
                assertThat(client.ask("x".getBytes(UTF_8))).endsWith("] x".getBytes(UTF_8));
                send(signal, server);
                assertThat(server.awaitExit()).isEqualTo(exitCode);
            }
            List<String> rest = server.readLines();
            assertThat(rest.getFirst()).startsWith("waiting for ");
            assertThat(rest.getLast()).isEqualTo("served " + served);
        }
    }

    private static void send(String signal, Peer server) throws IOException, InterruptedException {
        try (Peer kill =
                Peers.start("kill", "-" + signal, Long.toString(server.process().pid()))) {
            assertThat(kill.awaitExit()).isZero();
        }
    }

    /** A build that runs in the background of a shell ignores SIGINT, and so would its children. */
    private static Peer start(Style style) throws IOException {
        return Peers.start(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "time-server",
                "--style",
                StyleConverter.nameOf(style),
                "--listen",
                "127.0.0.1:0");
    }
}
