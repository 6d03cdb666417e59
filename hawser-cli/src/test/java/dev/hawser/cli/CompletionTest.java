package dev.hawser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** bash completes what is typed. */
@RequiresProgram("bash")
class CompletionTest {

    @TempDir
    private Path directory;

    private Path script;

    @BeforeEach
    void generate() throws Exception {
        Captured run = Captured.run("", "generate-completion");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        script = Files.writeString(directory.resolve("hawser"), run.out());
    }

    @ParameterizedTest
    @CsvSource({
        "se, serve",
        "con, connect",
        "gen, generate-completion",
        "serve port, port-forward",
        "serve rf, rfc868",
        "serve echo --idle, --idle-timeout",
        "run reactor-c, reactor-chat-room",
        "doctor --j, --json"
    })
    void oneThatFitsIsWritten(String typed, String completed) throws Exception {
        assertThat(complete(typed)).containsExactly(completed);
    }

    @Test
    void severalThatFitAreOffered() throws Exception {
        assertThat(complete("serve d")).containsExactlyInAnyOrder("discard", "daytime");
        assertThat(complete("connect --")).contains("--raw", "--crlf", "--verbose");
    }

    @Test
    void theLinesToCopyAreWhole() {
        assertThat(Captured.run("", "generate-completion", "--help").out())
                .contains("  d=~/.local/share/bash-completion/completions && mkdir -p $d\n")
                .contains("  hawser generate-completion > $d/hawser\n");
    }

    private List<String> complete(String typed) throws Exception {
        try (Peer bash = Peers.start("bash", "-c", """
                source "$1"
                read -ra COMP_WORDS <<<"hawser $2"
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE="hawser $2" COMP_POINT=${#COMP_LINE}
                _complete_hawser
                printf '%s\\n' "${COMPREPLY[@]}"
                """, "bash", script.toString(), typed)) {
            List<String> lines = bash.readLines();
            assertThat(bash.awaitExit()).isZero();
            return Arrays.asList(String.join(" ", lines).strip().split("\\s+"));
        }
    }
}
