package dev.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class LeakCheckTest {

    /** What the class under test has left behind. */
    private static @Nullable AutoCloseable leaked;

    @AfterEach
    void cleanUp() throws Exception {
        if (leaked != null) {
            leaked.close();
            leaked = null;
        }
    }

    @Test
    void namesASocketWithItsAddress() {
        assertThat(failureOf(LeaksASocket.class))
                .startsWith("LeaksASocket leaks 1 descriptor(s) and 0 thread(s)")
                .containsPattern("descriptor \\d+ -> socket:\\[\\d+] tcp6? \\S*127\\.0\\.0\\.1:\\d+ -> ");
    }

    @Test
    void namesAFile() {
        assertThat(failureOf(LeaksAFileInBeforeAll.class)).containsPattern("descriptor \\d+ -> \\S+/left\\.txt");
    }

    @Test
    void namesASelector() {
        assertThat(failureOf(LeaksASelector.class))
                .contains("leaks 2 descriptor(s)")
                .contains("anon_inode:[eventpoll]")
                .contains("anon_inode:[eventfd]");
    }

    @Test
    void namesAThreadWithItsStack() {
        assertThat(failureOf(LeaksAThread.class))
                .startsWith("LeaksAThread leaks 0 descriptor(s) and 1 thread(s)")
                .contains("thread \"left behind\" (WAITING, daemon)")
                .contains("at java.base/java.util.concurrent.CountDownLatch.await");
    }

    @Test
    void namesALostSocketWithTheStackThatOpenedIt() {
        assertThat(failureOf(LosesASocket.class))
                .startsWith("LosesASocket leaks 0 descriptor(s) and 0 thread(s)")
                .contains("a socket was lost; opened here\n      at ")
                .contains("LosesASocket.opens");
    }

    @Test
    void aReportThatTheTestHasTakenDoesNotCount() {
        assertClean(TakesTheReport.class);
    }

    @Test
    void whatEndsByItselfInTimeIsNoLeak() {
        assertClean(EndsInTime.class);
    }

    @Test
    void whatTheClassClosesAfterItsTestsIsNoLeak() {
        assertClean(ClosesAfterAll.class);
    }

    @Test
    void virtualThreadsAndTheCommonPoolAreNoLeak() {
        assertClean(UsesTheJvm.class);
    }

    @Test
    void nestedClassesAreCheckedWithTheOutermost() {
        assertClean(LeavesToTheOuterClass.class);
        assertThat(failureOf(LeaksInNested.class)).startsWith("LeaksInNested leaks 1 descriptor(s)");
    }

    private static EngineExecutionResults run(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                .configurationParameter(LeakCheck.PATIENCE_MILLIS, "500")
                .execute();
    }

    /** The message of the one failure, that of the class itself; its tests succeed. */
    private static String failureOf(Class<?> testClass) {
        EngineExecutionResults results = run(testClass);
        assertThat(results.testEvents().failed().count()).isZero();
        assertThat(results.testEvents().succeeded().count()).isPositive();
        List<Event> failed = results.containerEvents().failed().list();
        assertThat(failed).hasSize(1);
        return failed.getFirst()
                .getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow()
                .getMessage();
    }

    private static void assertClean(Class<?> testClass) {
        EngineExecutionResults results = run(testClass);
        results.allEvents().assertStatistics(events -> events.failed(0));
        assertThat(results.testEvents().succeeded().count()).isPositive();
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    static class LeaksASocket {
        @Test
        void leaks() throws IOException {
            leaked = listener();
        }
    }

    static class LeaksAFileInBeforeAll {
        @BeforeAll
        static void leaks(@TempDir Path directory) throws IOException {
            Path file = Files.createFile(directory.resolve("left.txt"));
            leaked = new FileInputStream(file.toFile());
        }

        @Test
        void succeeds() {}
    }

    static class LeaksASelector {
        @Test
        void leaks() throws IOException {
            leaked = Selector.open();
        }
    }

    static class LeaksAThread {
        @Test
        void leaks() {
            CountDownLatch release = new CountDownLatch(1);
            Thread thread = Thread.ofPlatform().daemon().name("left behind").start(() -> await(release));
            leaked = () -> {
                release.countDown();
                thread.join();
            };
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
    }

    static class LosesASocket {
        @Test
        void opens() {
            reportLost();
        }
    }

    static class TakesTheReport {
        @Test
        void loses() {
            reportLost();
            assertThat(LeakCheck.takeLostReports())
                    .singleElement()
                    .extracting(LogRecord::getMessage)
                    .isEqualTo("a socket was lost");
        }
    }

    static class EndsInTime {
        @Test
        void startsAThreadThatEnds() throws IOException {
            ServerSocket socket = listener();
            Thread.ofPlatform().start(() -> {
                LockSupport.parkNanos(50_000_000);
                closeUnchecked(socket);
            });
        }
    }

    static class ClosesAfterAll {
        @AutoClose
        private static @Nullable ServerSocket first;

        private static @Nullable ServerSocket second;

        @Test
        void opens() throws IOException {
            first = listener();
            second = listener();
            assertThat(first.isClosed()).isFalse();
        }

        @AfterAll
        static void closes() throws IOException {
            second.close();
        }
    }

    static class UsesTheJvm {
        @Test
        void runsTasks() throws Exception {
            ForkJoinPool.commonPool().submit(() -> {}).get();
            Thread.ofVirtual()
                    .start(() -> {
                        try (ServerSocket socket = listener()) {
                            socket.setSoTimeout(1);
                            socket.accept();
                        } catch (IOException timeout) {
                            // Wanted: it has waited.
                        }
                    })
                    .join();
        }
    }

    static class LeavesToTheOuterClass {
        private static @Nullable ServerSocket socket;

        @AfterAll
        static void closes() throws IOException {
            socket.close();
        }

        @Nested
        class Inner {
            @Test
            void opens() throws IOException {
                socket = listener();
            }
        }
    }

    static class LeaksInNested {
        @Nested
        class Inner {
            @Test
            void leaks() throws IOException {
                leaked = listener();
            }
        }
    }

    /** What Hawser's Cleaner says. */
    private static void reportLost() {
        Logger logger = Logger.getLogger("dev.hawser.socket.leak");
        logger.setUseParentHandlers(false);
        logger.log(Level.WARNING, "a socket was lost", new Throwable("opened here"));
        logger.setUseParentHandlers(true);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeUnchecked(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
