package dev.hawser.reactor.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.TestJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Task.react ends the JVM, so it has one of its own here. */
class ReactTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource({"result, 0", "failure, 1", "exit, 23"})
    void theExitStatusTellsHowTheProgramEnded(String end, int status) throws Exception {
        try (Peer program = start(end)) {
            assertThat(statusOf(program)).isEqualTo(status);
        }
    }

    /** SIGTERM, which the JVM treats as the SIGINT of Ctrl-C; a process in the background may be deaf to that. */
    @Test
    void aSignalStopsTheReactorWhichDoesItsLastWorkFirst() throws Exception {
        try (Peer program = start("signal")) {
            assertThat(program.readLine(PATIENCE)).isEqualTo("waiting");
            program.process().toHandle().destroy(); // which leaves its output open
            assertThat(program.readLine(PATIENCE)).isEqualTo("cleaned up");
            assertThat(statusOf(program)).isEqualTo(128 + 15);
        }
    }

    private static Peer start(String end) throws IOException {
        return Peers.start("env", TestJvm.command(ReactProgram.class, end).toArray(String[]::new));
    }

    private static int statusOf(Peer program) throws InterruptedException {
        assertThat(program.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        return program.process().exitValue();
    }
}
