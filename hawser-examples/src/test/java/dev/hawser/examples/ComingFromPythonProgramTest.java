package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.NamesPage;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.TestJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two forms of the program in docs/coming-from-python.md, run as they stand there but for the port. */
class ComingFromPythonProgramTest {

    private static final Path PAGE = Path.of("../docs/coming-from-python.md");

    /** The Java form is compiled first. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    @Test
    @RequiresProgram("python3")
    void thePythonProgramEchoesLines() throws Exception {
        String program =
                program("python", "    server.serve_forever()", "    print(server.server_address[1], flush=True)");

        try (Peer python = Peers.python(program)) {
            assertThat(answer(python)).isEqualTo("one\ntwo");
        }
    }

    @Test
    void theJavaProgramDoesTheSame(@TempDir Path directory) throws Exception {
        String program = program(
                "java",
                "        server.serveForever();",
                "        IO.println(((SockaddrIn) server.serverAddress()).port());");
        Path source = Files.writeString(directory.resolve("Echo.java"), program);

        try (Peer java = Peers.start("env", TestJvm.command(source).toArray(String[]::new))) {
            assertThat(answer(java)).isEqualTo("one\ntwo");
        }
    }

    /** The page's program, on any free port, which it prints by {@code printing} before it serves. */
    private static String program(String language, String serving, String printing) throws IOException {
        String program = NamesPage.read(PAGE).program(language);
        assertThat(program).contains("7000", serving);
        return program.replace("7000", "0").replace(serving, printing + "\n" + serving);
    }

    private static String answer(Peer server) throws IOException {
        int port = Integer.parseInt(server.readLine(START_PATIENCE));
        try (Socket client = Sockets.createConnection("127.0.0.1", port);
                InputStream answer = client.makeFileInput()) {
            client.sendAll("one\ntwo".getBytes(US_ASCII));
            client.shutdown(Constants.SHUT_WR);
            return new String(answer.readAllBytes(), US_ASCII);
        }
    }
}
