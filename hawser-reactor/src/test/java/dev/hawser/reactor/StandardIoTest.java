package dev.hawser.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Errno;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.TestJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Standard input and output as a connection, whatever they are, in JVMs of their own. */
@ParameterizedClass
@EnumSource(BackendKind.class)
@Timeout(120)
class StandardIoTest {

    @Parameter
    BackendKind kind = BackendKind.EPOLL;

    private List<String> command() {
        return TestJvm.command(StandardIoProgram.class, kind.name());
    }

    private String program() {
        return command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }

    private Peer shell(String script) throws Exception {
        return Peers.start("sh", "-c", script.replace("PROGRAM", program()));
    }

    private static void assertEndsWell(Peer peer) throws Exception {
        assertThat(peer.readErrorLine()).isEqualTo("ready once");
        assertThat(peer.readErrorLine()).isEqualTo("lost DONE 0");
        assertThat(peer.awaitExit()).isZero();
    }

    @Test
    void pipesAreReadToTheirEndAndWritten() throws Exception {
        try (Peer peer = shell("printf 'a\\nb\\n' | PROGRAM | tr a-z A-Z")) {
            assertThat(peer.readLines()).containsExactly("A", "B");
            assertEndsWell(peer);
        }
    }

    @Test
    void muchGoesThroughPipes() throws Exception {
        try (Peer peer = shell("head -c 10000000 /dev/zero | PROGRAM | wc -c")) {
            assertThat(peer.readLine().strip()).isEqualTo("10000000");
            assertEndsWell(peer);
        }
    }

    @Test
    void filesAreAlwaysReady(@TempDir Path directory) throws Exception {
        Path in = Files.write(directory.resolve("in"), new byte[1_000_000]);
        Path out = directory.resolve("out");
        try (Peer peer = shell("exec PROGRAM <" + in + " >" + out)) {
            assertEndsWell(peer);
        }
        assertThat(out).hasSize(1_000_000);
    }

    @Test
    void theNullDeviceEndsAtOnce() throws Exception {
        try (Peer peer = shell("exec PROGRAM </dev/null >/dev/null")) {
            assertEndsWell(peer);
        }
    }

    @Test
    @RequiresProgram("python3")
    void socketsAndTerminalsAreLeftAsTheyWere() throws Exception {
        try (Peer python = Peers.python("""
                import os, pty, socket, subprocess, sys, tty
                def talk(inner, outer, end):
                    child = subprocess.Popen(sys.argv[1:], stdin=inner, stdout=inner, stderr=subprocess.PIPE)
                    print(child.stderr.readline().decode().strip())
                    os.write(outer, b'hello')
                    print(os.read(outer, 100).decode())
                    print('blocking' if os.get_blocking(inner) else 'non-blocking')
                    end()
                    print(child.stderr.readline().decode().strip())
                    child.wait()
                    child.stderr.close()
                a, b = socket.socketpair()
                talk(a.fileno(), b.fileno(), lambda: b.shutdown(socket.SHUT_WR))
                outer, inner = pty.openpty()
                tty.setraw(inner)
                def hang_up():
                    import termios
                    attributes = termios.tcgetattr(inner)
                    attributes[3] |= termios.ICANON
                    termios.tcsetattr(inner, termios.TCSANOW, attributes)
                    os.write(outer, b'\\x04')
                talk(inner, outer, hang_up)
                """, command().toArray(String[]::new))) {
            for (String what : List.of("socket", "terminal")) {
                assertThat(python.readLine()).as(what).isEqualTo("ready once");
                assertThat(python.readLine()).as(what).isEqualTo("hello");
                assertThat(python.readLine()).as(what).isEqualTo("blocking");
                assertThat(python.readLine()).as(what).isEqualTo("lost DONE 0");
            }
        }
    }

    @Test
    @RequiresProgram("socat")
    void socatTalksToItOverATerminal(@TempDir Path directory) throws Exception {
        Path script = Files.writeString(directory.resolve("program"), "exec " + program());
        try (Peer peer = Peers.start("socat", "STDIO", "EXEC:sh " + script + ",pty,raw,echo=0")) {
            assertThat(peer.readErrorLine()).isEqualTo("ready once");
            peer.writeLine("over a terminal");
            assertThat(peer.readLine()).isEqualTo("over a terminal");
        }
    }

    @Test
    void aDeviceThatIsFullIsTold() throws Exception {
        try (Peer peer = shell("echo x | PROGRAM >/dev/full")) {
            assertThat(peer.readErrorLine()).isEqualTo("ready once");
            assertThat(peer.readErrorLine()).isEqualTo("lost LOST " + Errno.ENOSPC);
        }
    }

    @Test
    void aReaderThatHasGoneIsTold() throws Exception {
        try (Peer peer = shell("head -c 10000000 /dev/zero | PROGRAM | head -c 1 >/dev/null")) {
            assertThat(peer.readErrorLine()).isEqualTo("ready once");
            assertThat(peer.readErrorLine()).isEqualTo("lost LOST " + Errno.EPIPE);
        }
    }
}
