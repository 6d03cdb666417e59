package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.LeakCheck;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A socket that nobody can close any more is closed by the garbage collector, which says so. */
class LostSocketsTest {

    @AutoClose
    private final Opened opened = new Opened();

    private final List<LogRecord> reports = new ArrayList<>();
    private final Logger logger = Logger.getLogger("dev.hawser.socket.leak");

    @BeforeEach
    void keepTheConsoleClean() {
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void useTheConsoleAgain() {
        logger.setUseParentHandlers(true);
    }

    @Test
    void aLostSocketIsClosedAndReportedWithTheStackThatMadeIt() throws Exception {
        Socket listener = opened.listener(SOCK_STREAM, Opened.loopback(), 1);
        loseAClientOf(listener);
        Socket peer = opened.add(listener.accept().socket());
        awaitReports(1);
        assertThat(peer.recv(1)).as("the descriptor was closed").isEmpty();
        assertReported(reports.getFirst(), "loseAClientOf");
    }

    @Test
    void aLostFileIsClosedAndReportedThoughItsSocketWasClosed() throws Exception {
        SocketPair pair = opened.tcp();
        loseAFileOf(pair.first());
        pair.first().close();
        awaitReports(1);
        assertThat(pair.second().recv(1)).as("the descriptor was closed").isEmpty();
        assertReported(reports.getFirst(), "loseAFileOf");
    }

    @Test
    void aSocketThatIsLostWithItsFileIsClosed() throws Exception {
        Socket listener = opened.listener(SOCK_STREAM, Opened.loopback(), 1);
        loseAClientWithItsFile(listener);
        Socket peer = opened.add(listener.accept().socket());
        awaitReports(2);
        assertThat(peer.recv(1)).isEmpty();
    }

    @Test
    void aSocketLivesAsLongAsItsFile() throws Exception {
        Socket listener = opened.listener(SOCK_STREAM, Opened.loopback(), 1);
        useOnlyTheFileOfAClientOf(listener);
        awaitReports(2);
        assertReported(reports.getFirst(), "loseAClientOf");
        assertReported(reports.getLast(), "onlyTheFileOfAClientOf");
    }

    @Test
    void whatWasClosedOrDetachedIsNotReported() throws Exception {
        Socket listener = opened.listener(SOCK_STREAM, Opened.loopback(), 1);
        closeAndDetach();
        // Whoever comes after them in the collector's queue is reported alone.
        loseAClientOf(listener);
        opened.add(listener.accept().socket());
        awaitReports(1);
        assertReported(reports.getFirst(), "loseAClientOf");
    }

    private static void loseAClientOf(Socket listener) throws IOException {
        new Socket(AF_INET, SOCK_STREAM).connect(listener.getSockName());
    }

    private static void loseAFileOf(Socket socket) throws IOException {
        assertThat(socket.makeFileInput()).isNotNull();
    }

    private static void loseAClientWithItsFile(Socket listener) throws IOException {
        Socket socket = new Socket(AF_INET, SOCK_STREAM);
        socket.connect(listener.getSockName());
        assertThat(socket.makeFileInput()).isNotNull();
    }

    private void useOnlyTheFileOfAClientOf(Socket listener) throws IOException {
        try (InputStream file = onlyTheFileOfAClientOf(listener)) {
            Socket peer = opened.add(listener.accept().socket());
            loseAClientOf(listener);
            opened.add(listener.accept().socket());
            awaitReports(1);
            peer.sendAll(new byte[] {5});
            assertThat(file.read()).isEqualTo(5);
        }
    }

    private static InputStream onlyTheFileOfAClientOf(Socket listener) throws IOException {
        Socket socket = new Socket(AF_INET, SOCK_STREAM);
        socket.connect(listener.getSockName());
        return socket.makeFileInput();
    }

    private void closeAndDetach() throws IOException {
        Socket closed = new Socket(AF_INET, SOCK_STREAM);
        InputStream file = closed.makeFileInput();
        closed.close();
        file.close();
        Socket detached = new Socket(AF_INET, SOCK_STREAM);
        assertThat(detached.makeFileOutput()).isNotNull();
        opened.add(Sockets.adopt(detached.detach()));
    }

    private void awaitReports(int count) {
        Await.until(count + " reports", () -> {
            System.gc();
            takeAll();
            return reports.size() >= count;
        });
        assertThat(reports).hasSize(count);
    }

    private void takeAll() {
        reports.addAll(LeakCheck.takeLostReports());
    }

    private static void assertReported(LogRecord report, String method) {
        assertThat(report.getLoggerName()).isEqualTo("dev.hawser.socket.leak");
        assertThat(report.getMessage()).contains("lost without close()");
        assertThat(report.getThrown().getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(LostSocketsTest.class.getName())
                        && frame.getMethodName().equals(method));
    }
}
