package dev.hawser.reactor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.NamesPage;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.TestJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two forms of the program in docs/from-twisted.md, run as they stand there but for the port. */
class FromTwistedProgramTest {

    /** The Java form is compiled first. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    @Test
    void theTwistedProgramShouts() throws Exception {
        Peers.requirePythonModule("twisted");
        try (Peer python = Peers.python(program("python"))) {
            assertThat(answer(python)).isEqualTo("hello\nONE\nTWO\n");
        }
    }

    @Test
    void theJavaProgramDoesTheSame(@TempDir Path directory) throws Exception {
        Path source = Files.writeString(directory.resolve("Shouting.java"), program("java"));
        try (Peer java = Peers.start("env", TestJvm.command(source).toArray(String[]::new))) {
            assertThat(answer(java)).isEqualTo("hello\nONE\nTWO\n");
        }
    }

    /** On any free port, which it prints. */
    private static String program(String language) throws IOException {
        String program = NamesPage.read(Path.of("../docs/from-twisted.md")).program(language);
        assertThat(program).contains("7000");
        return program.replace("7000", "0");
    }

    private static String answer(Peer server) throws IOException {
        int port = Integer.parseInt(server.readLine(START_PATIENCE).replace("shouting on port ", ""));
        try (Socket client = Sockets.createConnection("127.0.0.1", port);
                InputStream answer = client.makeFileInput()) {
            client.sendAll("one\ntwo\nquit\n".getBytes(US_ASCII));
            return new String(answer.readAllBytes(), US_ASCII);
        }
    }
}
