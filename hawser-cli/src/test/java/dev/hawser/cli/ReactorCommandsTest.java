package dev.hawser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the examples on the reactor say when something goes wrong: one line each. */
class ReactorCommandsTest {

    @ParameterizedTest
    @CsvSource({"reactor-chat-room,1", "number-game,1", "port-forward --to localhost:1,1", "udp-echo,2"})
    void aPortInUse(String command, int type) throws IOException {
        try (Socket first = new Socket(Constants.AF_INET, type)) {
            first.bind(SockaddrIn.of("127.0.0.1", 0));
            if (type == Constants.SOCK_STREAM) {
                first.listen(1);
            }
            Captured run = Captured.run("", ("run " + command + " --listen " + first.getSockName()).split(" "));
            assertThat(run.err())
                    .isEqualTo("hawser: cannot listen on " + first.getSockName()
                            + ": EADDRINUSE (Address already in use); stop what listens there, or choose another port"
                            + " (0: any free one)\n");
            assertThat(run.out()).isEmpty();
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/no/such/program", "no-such-program", "/", "/etc/", "/etc/passwd", ".."})
    void aProgramThatIsNotThere(String program) {
        Captured run = Captured.run("", "run", "supervise", program, "--with", "-o");
        assertThat(run.err())
                .matches("hawser: cannot start '" + program
                        + "': Exec failed, error: \\d+ \\(.*\\); check its spelling, "
                        + "and that it may be executed\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(1);
    }
}
