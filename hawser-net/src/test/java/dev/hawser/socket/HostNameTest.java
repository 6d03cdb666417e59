package dev.hawser.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.TestJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Setting the name of a machine: in a process that has a name of its own, so that this machine keeps its. */
@Timeout(60)
@RequiresProgram({"unshare", "uname"})
class HostNameTest {

    @Test
    void theNameThatIsSetIsTheMachinesUntilTheNext() throws Exception {
        requireOwnName();
        String before = NameService.getHostName();
        String longest = "h".repeat(64);
        try (Peer program = run("hawser-test", longest, "x")) {
            for (String name : List.of("hawser-test", longest, "x")) {
                assertThat(program.readLine()).as("getHostName").isEqualTo(name);
                assertThat(program.readLine()).as("uname").isEqualTo(name);
            }
            assertThat(program.awaitExit()).isZero();
        }
        assertThat(NameService.getHostName()).isEqualTo(before);
    }

    private static void requireOwnName() throws IOException, InterruptedException {
        try (Peer trial = Peers.start("sh", "-c", "exec unshare --uts true 2>&1")) {
            List<String> refusal = trial.readLines();
            assumeTrue(trial.awaitExit() == 0, () -> "no host name of one's own: " + refusal);
        }
    }

    private static Peer run(String... names) throws IOException {
        List<String> all = new ArrayList<>(List.of("--uts"));
        all.addAll(TestJvm.command(HostNameProgram.class, names));
        return Peers.start("unshare", all.toArray(String[]::new));
    }
}
