package dev.hawser.socketserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.UnixOptions;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.TestJvm;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Wherever this program and its classes are, its workers start. */
@Timeout(90)
class WorkerCommandTest {

    /** More than the kernel takes in one argument. */
    private static final int LONG = 200_000;

    @TempDir
    Path directory;

    /** The classes behind links whose names are as odd as names can be, on a class path that begins with so many characters. */
    private WorkerCommand oddCommand(int fillerChars) throws IOException {
        List<String> parts = new ArrayList<>(List.of("missing".repeat(1 + fillerChars / "missing".length())));
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path link = directory.resolve(parts.size() + " 'odd' \"\\name\\\" #\n");
            parts.add(Files.createSymbolicLink(link, Path.of(part).toAbsolutePath())
                    .toString());
        }
        return new WorkerCommand(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        String.join(File.pathSeparator, parts)),
                List.of(),
                List.of(),
                ForkedHandlers.Obedient.class.getName());
    }

    @Test
    void classesAreFoundBehindOddNames() throws Exception {
        connects(oddCommand(0));
    }

    @Test
    void aClassPathMayBeLongerThanAnArgument() throws Exception {
        connects(oddCommand(LONG));
    }

    private static void connects(WorkerCommand command) throws Exception {
        try (Socket listener = new Socket(Constants.AF_UNIX, Constants.SOCK_SEQPACKET)) {
            listener.setTimeout(Duration.ofSeconds(60));
            listener.bind(SockaddrUn.UNNAMED);
            listener.listen();
            Process worker = command.start(listener.getSockName(), List.of());
            try (Socket link = listener.accept().socket()) {
                assertThat(link.getSockOpt(UnixOptions.SO_PEERCRED).pid()).isEqualTo((int) worker.pid());
            } finally {
                worker.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    @RequiresProgram("env")
    void workersStartAlsoWhenTheWorkingDirectoryIsNoMore() throws Exception {
        Path working = Files.createDirectory(directory.resolve("working"));
        List<String> command = new ArrayList<>(List.of("-C", working.toString()));
        command.addAll(TestJvm.command(ForkingParent.class));
        try (Peer parent = Peers.start("env", command.toArray(String[]::new))) {
            Sockaddr address = Sockaddr.parse(parent.readLine(Duration.ofSeconds(30)));
            Files.delete(working);
            for (int i = 0; i < 4; i++) { // more than can have started before
                ends(address);
            }
            assertThat(Asking.ask(address, "echo from nowhere")).isEqualTo("from nowhere");
        }
    }

    private static void ends(Sockaddr address) throws IOException {
        try {
            assertThat(Asking.ask(address, "exit 0")).isEmpty();
        } catch (UncheckedIOException e) {
            // Told by a reset.
        }
    }
}
