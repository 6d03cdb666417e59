package dev.hawser.reactor.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hawser.socket.Privileges;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.TestJvm;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes of their own, since there is no way back: user 65534 is nobody, group 1 daemon, everywhere on Linux. */
@Timeout(60)
@RequiresProgram("env")
class PrivilegesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @BeforeEach
    void needRoot() {
        assumeTrue(Privileges.effectiveUserId() == 0, "only root can become somebody else: EPERM");
    }

    private static Peer start(String... arguments) throws IOException {
        return Peers.start(
                "env", TestJvm.command(PrivilegesProgram.class, arguments).toArray(String[]::new));
    }

    @Test
    void allThreadsBecomeTheUserWhenEverythingListensAndThereIsNoWayBack() throws Exception {
        int nobody = Privileges.userId("nobody");
        try (Peer program = start("nobody", "daemon")) {
            assertThat(program.readLine(PATIENCE)).isEqualTo("privileged 0");
            assertThat(program.readLine(PATIENCE)).isEqualTo("started " + nobody);
            String id = " " + nobody;
            assertThat(program.readLine()).isEqualTo("many threads [Uid:" + id + id + id + id + "]");
            assertThat(program.readLine()).isEqualTo("many threads [Gid: 1 1 1 1]");
            assertThat(program.readLine()).isEqualTo("many threads [Groups: 1]");
            assertThat(program.readLine()).startsWith("back: ").contains("root");
            assertThat(program.readLine()).startsWith("again: only root can become user daemon");
            assertThat(program.awaitExit()).isZero();
        }
    }

    @Test
    void aUserThatDoesNotExistEndsTheStart() throws Exception {
        try (Peer program = start("no-such-user")) {
            assertThat(program.readLine(PATIENCE)).isEqualTo("privileged 0");
            assertThat(program.readLine()).isEqualTo("refused: there is no user named no-such-user on this machine");
        }
    }

    @Test
    void aGroupThatDoesNotExistEndsTheStart() throws Exception {
        try (Peer program = start("nobody", "no-such-group")) {
            assertThat(program.readLine(PATIENCE)).isEqualTo("privileged 0");
            assertThat(program.readLine()).isEqualTo("refused: there is no group named no-such-group on this machine");
        }
    }

    @Test
    void rootIsRefused() throws Exception {
        try (Peer program = start("root")) {
            assertThat(program.readLine(PATIENCE)).isEqualTo("privileged 0");
            assertThat(program.readLine()).startsWith("refused: user root is root");
        }
    }
}
