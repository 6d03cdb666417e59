package dev.hawser.reactor.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.TestJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a service manager hears: the test is the manager. */
@Timeout(60)
@RequiresProgram({"env", "kill"})
class ManagerTest {

    @TempDir
    Path directory;

    @AutoClose
    private final Socket manager = new Socket(Constants.AF_UNIX, Constants.SOCK_DGRAM);

    ManagerTest() throws IOException {}

    @BeforeEach
    void listen() throws IOException {
        manager.bind(SockaddrUn.of(directory.resolve("notify")));
        manager.setTimeout(Duration.ofSeconds(30));
    }

    private String hear() throws IOException {
        return new String(manager.recv(1000), UTF_8);
    }

    private Peer start(String... environment) throws IOException {
        List<String> all = new ArrayList<>(List.of("NOTIFY_SOCKET=" + directory.resolve("notify")));
        all.addAll(List.of(environment));
        all.addAll(TestJvm.command(ApplicationProgram.class, "echo", "0", "reload"));
        return Peers.start("env", all.toArray(String[]::new));
    }

    private static void send(String signal, Peer program) throws Exception {
        try (Peer kill = Peers.start(
                "kill", "-" + signal, Long.toString(program.process().pid()))) {
            assertThat(kill.awaitExit()).isZero();
        }
    }

    @Test
    void itHearsOfTheStartTheReloadAndTheEnd() throws Exception {
        try (Peer program = start()) {
            assertThat(hear()).isEqualTo("READY=1");
            assertThat(program.readLine()).startsWith("port ");
            long before = System.nanoTime() / 1000;
            send("HUP", program);
            String reloading = hear();
            assertThat(reloading).matches("RELOADING=1\nMONOTONIC_USEC=\\d+");
            assertThat(Long.parseLong(reloading.replaceAll("(?s).*=", "")))
                    .as("the clock of all processes")
                    .isBetween(before, System.nanoTime() / 1000);
            assertThat(hear()).isEqualTo("STATUS=reads again");
            assertThat(hear()).isEqualTo("READY=1");
            send("TERM", program);
            assertThat(hear()).isEqualTo("STOPPING=1");
            assertThat(program.awaitExit()).isEqualTo(128 + 15);
        }
    }

    @Test
    void itHearsOfALoopThatLivesTwiceInItsInterval() throws Exception {
        try (Peer program = start("WATCHDOG_USEC=200000")) {
            assertThat(hear()).isEqualTo("READY=1");
            long begin = System.nanoTime();
            for (int i = 0; i < 4; i++) {
                assertThat(hear()).isEqualTo("WATCHDOG=1");
            }
            assertThat(System.nanoTime() - begin)
                    .isGreaterThan(Duration.ofMillis(200).toNanos());
            assertThat(program.readLine()).startsWith("port ");
        }
    }
}
