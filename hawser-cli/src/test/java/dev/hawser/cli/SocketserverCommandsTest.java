package dev.hawser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the examples on socketserver say when something goes wrong: one line each. */
class SocketserverCommandsTest {

    @TempDir
    private Path directory;

    @Test
    void aPortInUse() throws IOException {
        try (Socket first = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0))) {
            fails(
                    "cannot listen on " + first.getSockName()
                            + ": EADDRINUSE (Address already in use); stop what listens there, or choose another port"
                            + " (0: any free one)",
                    "prefork-server",
                    "--listen",
                    first.getSockName().toString());
        }
    }

    @Test
    void aPathInUse() throws IOException {
        SockaddrUn path = SockaddrUn.of(directory.resolve("kv"));
        String message = "cannot listen on " + path + ": EADDRINUSE (Address already in use); ";
        try (Socket first = Sockets.createServer(path)) {
            assertThat(first.isClosed()).isFalse();
            fails(
                    message + "stop the server there, or choose another path",
                    "key-value-server",
                    "--listen",
                    path.path());
        }
        Files.delete(Path.of(path.path()));
        Files.writeString(Path.of(path.path()), "a file");
        fails(message + "what is there is no socket, choose another path", "key-value-server", "--listen", path.path());
        assertThat(Path.of(path.path())).hasContent("a file");
    }

    @Test
    void aDirectoryThatIsNotThere() {
        SockaddrUn path = SockaddrUn.of(directory.resolve("none/kv"));
        fails(
                "cannot listen on " + path + ": ENOENT (No such file or directory); there is no such directory",
                "key-value-server",
                "--listen",
                path.path());
    }

    @Test
    void aTableThatCannotBeRead() throws IOException {
        Path file = directory.resolve("hosts");
        fails("there is no file " + file + "; give another one with --hosts", "dns-server", "--hosts", file.toString());
        Files.writeString(file, "127.0.0.1 a\nlocalhost b\n");
        fails(
                file + ", line 2: 'localhost' is not an address, such as 127.0.0.1 or ::1",
                "dns-server",
                "--hosts",
                file.toString());
        fails("cannot read " + directory + ": Is a directory", "dns-server", "--hosts", directory.toString());
    }

    private static void fails(String message, String command, String... options) {
        String[] all = new String[2 + options.length];
        all[0] = "run";
        all[1] = command;
        System.arraycopy(options, 0, all, 2, options.length);
        Captured run = Captured.run("", all);
        assertThat(run.err()).isEqualTo("hawser: " + message + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(1);
    }
}
