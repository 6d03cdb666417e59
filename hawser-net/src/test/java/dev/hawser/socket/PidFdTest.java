package dev.hawser.socket;

import static dev.hawser.socket.Constants.SOCK_STREAM;
import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.hawser.posix.Errno;
import dev.hawser.testkit.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The descriptor of the process at the other end, SO_PEERPIDFD: whose it is, and that it is closed. */
@Timeout(30)
class PidFdTest {

    /** Connects, says its number, and ends with its input. */
    private static final String CLIENT = """
            import os, socket, sys
            s = socket.socket(socket.AF_UNIX)
            s.connect(sys.argv[1])
            print(os.getpid())
            sys.stdin.read()
            """;

    private static final int O_CLOEXEC = 0x80000;

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void theProcessIsTheOneAtTheOtherEnd() throws Exception {
        SockaddrUn path = scope.unixPath();
        Socket listener = scope.listener(path);
        try (CPython python = new CPython(CLIENT, path.path())) {
            PidFd process = scope.add(peerOf(scope.accept(listener)));

            assertThat(process.pid()).isEqualTo(python.number());
            python.finish();
            eventually().untilAsserted(() -> assertThat(process.pid()).isEqualTo(-1));
        }
    }

    @Test
    void theDescriptorIsCloseOnExec() throws IOException {
        PidFd process = scope.add(peerOf(scope.pair(SOCK_STREAM).first()));
        String flags = Files.readAllLines(Path.of("/proc/self/fdinfo/" + process.fileno())).stream()
                .filter(line -> line.startsWith("flags:"))
                .findFirst()
                .orElseThrow();

        assertThat(Integer.parseInt(flags.substring(6).strip(), 8) & O_CLOEXEC).isNotZero();
        assertThat(process.pid()).isEqualTo((int) ProcessHandle.current().pid());
    }

    @Test
    void itIsClosedOnceAndForAll() throws IOException {
        PidFd process = scope.add(peerOf(scope.pair(SOCK_STREAM).first()));
        int number = process.fileno();
        assertThat(process).hasToString("PidFd[fd=" + number + "]");
        assertThat(Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).toString())
                .contains("pidfd");

        process.close();
        process.close();

        assertThat(process.fileno()).isEqualTo(-1);
        assertThat(process).hasToString("PidFd[closed]");
        assertThat(Path.of("/proc/self/fd/" + number)).doesNotExist();
        assertThat(assertThrowsExactly(SocketClosedException.class, process::pid))
                .hasMessage("pid pidfd: the descriptor of the process is closed");
    }

    @Test
    void itOutlivesTheSocket() throws IOException {
        SocketPair pair = scope.pair(SOCK_STREAM);
        PidFd process = scope.add(peerOf(pair.first()));
        pair.close();

        assertThat(process.pid()).isEqualTo((int) ProcessHandle.current().pid());
    }

    @Test
    void aLostOneIsReportedAndClosed() throws Exception {
        Logger logger = Logger.getLogger("dev.hawser.socket.leak");
        logger.setUseParentHandlers(false);
        try {
            int number = loseOneOf(scope.pair(SOCK_STREAM).first());
            List<LogRecord> reports = new ArrayList<>();
            eventually().until(() -> {
                System.gc();
                reports.addAll(LeakCheck.takeLostReports());
                return !reports.isEmpty();
            });

            assertThat(reports).hasSize(1);
            assertThat(reports.getFirst().getThrown().getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("loseOneOf"));
            assertThat(Path.of("/proc/self/fd/" + number)).doesNotExist();
        } finally {
            logger.setUseParentHandlers(true);
        }
    }

    @Test
    void anUnconnectedSocketHasNone() throws IOException {
        Socket socket = scope.socket(Constants.AF_UNIX, SOCK_STREAM);
        SocketFailedException none = assertThrowsExactly(SocketFailedException.class, () -> peerOf(socket));

        assertThat(none.errnoName()).isEqualTo("ENODATA");
    }

    private static int loseOneOf(Socket socket) throws IOException {
        return peerOf(socket).fileno();
    }

    private static PidFd peerOf(Socket socket) throws IOException {
        try {
            return socket.getSockOpt(UnixOptions.SO_PEERPIDFD);
        } catch (SocketFailedException e) {
            if (e.errno() == Errno.ENOPROTOOPT) {
                abort("the kernel says: " + e.getMessage());
            }
            throw e;
        }
    }
}
