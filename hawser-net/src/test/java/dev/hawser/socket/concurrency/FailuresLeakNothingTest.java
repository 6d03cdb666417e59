package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.posix.Errno;
import dev.hawser.socket.ServerFlag;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where making a socket fails half-way, what was made until then is closed. */
class FailuresLeakNothingTest {

    @AutoClose
    private final Faults faults = Faults.install();

    @AutoClose
    private final Opened opened = new Opened();

    @ParameterizedTest
    @CsvSource({"socket,1", "setSockOpt,1", "setSockOpt,2", "setSockOpt,3", "bind,1", "listen,1"})
    void createServer(String call, int number) throws IOException {
        failsAndLeaksNothing(
                call,
                number,
                () -> Sockets.createServer(SockaddrIn6.of("::", 0), 1, ServerFlag.DUAL_STACK, ServerFlag.REUSE_PORT));
    }

    @ParameterizedTest
    @CsvSource({"socket,1", "bind,1", "connect,1"})
    void createConnection(String call, int number) throws IOException {
        Socket listener = opened.listener(SOCK_STREAM, Opened.loopback(), 1);
        int port = ((SockaddrIn) listener.getSockName()).port();
        Sockaddr source = Opened.loopback();
        failsAndLeaksNothing(
                call, number, () -> Sockets.createConnection("127.0.0.1", port, Duration.ofSeconds(5), source));
    }

    @Test
    void aSocketPair() throws IOException {
        failsAndLeaksNothing("socketPair", 1, Sockets::socketPair);
    }

    @ParameterizedTest
    @CsvSource({"fcntl,1", "getSockOpt,1", "getSockOpt,2", "getSockOpt,3", "fcntl,2"})
    void fromFd(String call, int number) throws IOException {
        int fd = opened.socket(AF_INET, SOCK_STREAM).fileno();
        failsAndLeaksNothing(call, number, () -> Sockets.fromFd(fd));
    }

    @Test
    void aDuplicate() throws IOException {
        Socket socket = opened.socket(AF_UNIX, SOCK_STREAM);
        failsAndLeaksNothing("fcntl", 1, socket::dup);
    }

    @Test
    void acceptedConnections() throws IOException {
        Socket listener = opened.listener(SOCK_STREAM, Opened.loopback(), 1);
        opened.socket(AF_INET, SOCK_STREAM).connect(listener.getSockName());
        failsAndLeaksNothing("accept4", 1, listener::accept);
    }

    @Test
    void aCloseThatReportsAnError() throws IOException {
        long before = socketsOpen();
        Socket socket = new Socket(AF_INET, SOCK_STREAM);
        faults.on("close").onCall(1).fail(Errno.EIO);
        assertThatThrownBy(socket::close).isInstanceOf(IOException.class);
        assertThat(socket.isClosed()).isTrue();
        assertThat(socketsOpen()).isEqualTo(before);
        socket.close();
        assertThat(faults.seen("close")).isEqualTo(1);
    }

    private void failsAndLeaksNothing(String call, int number, ThrowingCallable making) throws IOException {
        long before = socketsOpen();
        faults.on(call).onCall(number).fail(Errno.ENOMEM);
        assertThatThrownBy(making).isInstanceOf(IOException.class);
        assertThat(faults.count(call)).isEqualTo(1);
        assertThat(socketsOpen()).isEqualTo(before);
    }

    private static long socketsOpen() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(FailuresLeakNothingTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // the directory's own, closed by now
        }
    }
}
