package dev.hawser.socketserver;

import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Sockaddr;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.TestJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of workers when their server's process ends. */
@Timeout(90)
@RequiresProgram({"setsid", "kill"})
class ForkingParentTest {

    private static final Duration START = Duration.ofSeconds(30);

    /** In a session of its own, as in a terminal of its own. */
    private static Peer parent() throws IOException {
        List<String> command = TestJvm.command(ForkingParent.class);
        return Peers.start("setsid", command.toArray(String[]::new));
    }

    private static void signal(String signal, long target) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, "--", Long.toString(target))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void whenTheServersProcessIsKilledItsWorkersEndWhateverTheyDo() throws Exception {
        try (Peer parent = parent()) {
            Sockaddr address = Sockaddr.parse(parent.readLine(START));
            try (Asking waiting = new Asking(address, "wait");
                    Asking looping = new Asking(address, "loop")) {
                waiting.readLine();
                looping.readLine();
                long pid = parent.process().pid();
                eventually().until(() -> Processes.childrenOf(pid).size() == 4); // two are idle, or start
                List<Processes.Stat> workers = Processes.childrenOf(pid);

                parent.process().destroyForcibly();

                eventually().until(() -> workers.stream().noneMatch(worker -> isAlive(worker.pid())));
            }
        }
    }

    /** Nobody but the system's first process reaps an orphan, perhaps late. */
    private static boolean isAlive(long pid) {
        return Processes.stateOf(pid).filter(state -> state != 'Z').isPresent();
    }

    @Test
    void ctrlCEndsTheServerAndItFinishesTheRequestsOfItsWorkers() throws Exception {
        try (Peer parent = parent()) {
            Sockaddr address = Sockaddr.parse(parent.readLine(START));
            try (Asking asking = new Asking(address, "wait")) {
                long worker = Long.parseLong(asking.readLine());
                signal("INT", -parent.process().pid()); // the whole group, as the terminal does
                eventually().until(() -> refuses(address));
                assertThat(isAlive(worker)).isTrue();
                asking.say("served");
                assertThat(asking.rest()).isEqualTo("served");
                assertThat(parent.awaitExit()).isEqualTo(130);
                assertThat(Processes.exists(worker)).isFalse();
            }
        }
    }

    private static boolean refuses(Sockaddr address) {
        try {
            new Asking(address, "pid").close();
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
