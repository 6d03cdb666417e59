package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SupervisorTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, UTF_8);

    private String out() {
        return bytes.toString(UTF_8);
    }

    private void awaitOutput(String regex) {
        await().atMost(LONG).until(() -> Pattern.compile(regex).matcher(out()).find());
    }

    /** A supervisor at work, in a thread. */
    private final class Supervised implements AutoCloseable {
        private final Supervisor supervisor;
        private final FutureTask<Void> task;

        private Supervised(Duration grace, String... script) throws IOException {
            supervisor = new Supervisor(List.of("sh", "-c", String.join("\n", script)), SHORT, grace, out);
            Callable<Void> serve = () -> {
                supervisor.serve();
                return null;
            };
            task = new FutureTask<>(serve);
            Thread.ofPlatform().start(task);
        }

        void end() {
            supervisor.close();
            assertThat(task).succeedsWithin(LONG);
        }

        @Override
        public void close() {
            end();
        }
    }

    @Test
    void itsLinesHaveItsNameBeforeThem() throws IOException {
        try (Supervised supervised =
                new Supervised(LONG, "echo 网络; echo trouble >&2; printf 'no newline'; exec sleep 60")) {
            awaitOutput("sh\\| 网络\n");
            awaitOutput("sh! trouble\n");
            supervised.end();
            assertThat(out()).contains("sh| no newline\n").endsWith(" s\n");
            await().untilAsserted(
                            () -> assertThat(supervised.supervisor.served()).isEqualTo("1 time"));
        }
    }

    @Test
    void aProgramThatEndsIsStartedAgainEachTimeAfterALongerWait() throws IOException {
        try (Supervised supervised = new Supervised(LONG, "echo up; exit 3")) {
            awaitOutput("(?s)starts again in 0\\.1 s.*starts again in 0\\.2 s.*starts again in 0\\.4 s");
            supervised.end();
            assertThat(out()).contains("sh has ended with status 3 after ");
            assertThat(out().split("sh\\| up\n", -1)).hasSizeGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void aProgramThatHasRunForAWhileIsStartedAfterTheShortestWait() throws IOException {
        try (Supervised supervised = new Supervised(LONG, "sleep 1.1")) {
            awaitOutput("(?s)starts again in 0\\.1 s.*starts again in 0\\.1 s");
            assertThat(supervised.task).isNotDone();
        }
    }

    @Test
    void itIsEndedWithTerm() throws IOException {
        try (Supervised supervised =
                new Supervised(LONG, "trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done")) {
            awaitOutput("sh\\| up\n");
            supervised.end();
            assertThat(out()).contains("sh is told to end\n", "sh| bye\n", "sh has ended with status 0 after ");
        }
    }

    @Test
    void whoDoesNotHeedTermIsKilled() throws IOException {
        try (Supervised supervised = new Supervised(SHORT, "trap '' TERM; echo up; while :; do sleep 0.05; done")) {
            awaitOutput("sh\\| up\n");
            supervised.end();
            assertThat(out())
                    .contains("sh has not ended within 0.1 s and is killed\n", "sh has ended with status 137 after ");
        }
    }

    @Test
    void noProcessIsLeft() throws IOException {
        try (Supervised supervised = new Supervised(LONG, "echo up; exec sleep 60")) {
            awaitOutput("sh\\| up\n");
            Matcher told = Pattern.compile("runs as process (\\d+)").matcher(out());
            assertThat(told.find()).isTrue();
            long pid = Long.parseLong(told.group(1));
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isPresent();
            supervised.end();
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    @Test
    void itEndsAtOnceWhileItWaitsForARestart() throws IOException {
        try (Supervised supervised = new Supervised(LONG, "exit 0")) {
            awaitOutput("starts again");
            supervised.end();
            supervised.supervisor.close();
        }
    }

    @Test
    void aLineWithoutEndComesInParts() throws IOException {
        try (Supervised supervised = new Supervised(LONG, "head -c 20000 /dev/zero | tr '\\0' x; exec sleep 60")) {
            awaitOutput("sh\\| x{8192}\nsh\\| x{8192}\n");
            supervised.end();
            assertThat(out()).contains("sh| " + "x".repeat(20_000 - 2 * 8192) + "\n");
        }
    }

    @Test
    void aProgramThatIsNotThereIsAFailureAndLeavesNothingOpen() {
        assertThatThrownBy(() -> new Supervisor(List.of("/no/such/program"), SHORT, LONG, out))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/no/such/program");
    }
}
