package dev.hawser.reactor.endpoints;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.TestJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Endpoints that belong to a process: what systemd passes, and standard input and output. */
@Timeout(60)
class EndpointProgramTest {

    @TempDir
    Path directory;

    private static byte[] read(Socket socket, int count) throws Exception {
        byte[] all = new byte[count];
        for (int done = 0; done < count; ) {
            int n = socket.recvInto(all, done, count - done, 0);
            assertThat(n).isPositive();
            done += n;
        }
        return all;
    }

    @Test
    @RequiresProgram("systemd-socket-activate")
    void socketsOfSystemdAreTakenByNameAndByPlace() throws Exception {
        Path web = directory.resolve("web");
        Path admin = directory.resolve("admin");
        List<String> arguments =
                new ArrayList<>(List.of("-l", web.toString(), "-l", admin.toString(), "--fdname=web:admin"));
        arguments.addAll(TestJvm.command(
                EndpointProgram.class,
                "systemd:admin",
                "systemd:domain=UNIX:index=0",
                "systemd:web",
                "systemd:index=5"));
        try (Peer program = Peers.start("systemd-socket-activate", arguments.toArray(String[]::new));
                Socket client = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM)) {
            eventually().until(() -> Files.exists(admin));
            client.setTimeout(Duration.ofSeconds(20));
            client.connect(SockaddrUn.of(admin)); // this is what starts it
            List<String> lines = new ArrayList<>();
            while (lines.size() < 4) {
                String line = program.readErrorLine();
                if (line.startsWith("listening ") || line.startsWith("failed ")) {
                    lines.add(line);
                }
            }
            client.sendAll("hello".getBytes(UTF_8));

            assertThat(read(client, 5)).asString(UTF_8).isEqualTo("hello");
            assertThat(lines.get(0)).isEqualTo("listening unix:" + admin);
            assertThat(lines.get(1)).isEqualTo("listening unix:" + web);
            assertThat(lines.get(2))
                    .startsWith("failed systemd has passed no socket that is ")
                    .contains("(in use)");
            assertThat(lines.get(3)).startsWith("failed ");
            client.shutdown(Constants.SHUT_WR);
            assertThat(program.awaitExit()).isZero();
        }
        assertThat(web).as("what systemd has made, systemd removes").exists();
    }

    @Test
    void standardInputAndOutputAreOneConnection() throws Exception {
        String[] command = TestJvm.command(EndpointProgram.class, "stdio:").toArray(String[]::new);
        try (Peer program = Peers.start("env", command)) {
            assertThat(program.readErrorLine()).startsWith("listening ");
            program.writeLine("hello");

            assertThat(program.readLine()).isEqualTo("hello");
            program.closeInput();
            assertThat(program.awaitExit()).isZero();
        }
    }
}
