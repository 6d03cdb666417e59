package dev.hawser.socketserver;

import static dev.hawser.socketserver.Asking.ask;
import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.ConnectionBrokenException;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.CapturedLog;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens in a worker process costs one request. Real processes, of which /proc tells. */
@Timeout(120)
class ForkingContainmentTest {

    private record Reported(Sockaddr clientAddress, Throwable error) {}

    private static final class Server extends ForkingTcpServer {

        private final BlockingQueue<Reported> reported = new LinkedBlockingQueue<>();
        private final int maxChildren;
        private @Nullable Duration timeLimit;

        Server(int maxChildren) throws IOException {
            super(SockaddrIn.of("127.0.0.1", 0), ForkedHandlers.Obedient.class);
            this.maxChildren = maxChildren;
        }

        @Override
        public int requestQueueSize() {
            return 100;
        }

        @Override
        public int maxChildren() {
            return maxChildren;
        }

        @Override
        public @Nullable Duration requestTimeLimit() {
            return timeLimit;
        }

        @Override
        public List<String> workerOptions() {
            return List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1", "-Xmx32m");
        }

        @Override
        public void handleError(Socket request, Sockaddr clientAddress, Throwable error) {
            super.handleError(request, clientAddress, error);
            reported.add(new Reported(clientAddress, error));
        }

        Reported nextReport() throws InterruptedException {
            Reported next = reported.poll(30, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            return next;
        }

        WorkerDiedException nextDeath() throws InterruptedException {
            return (WorkerDiedException) nextReport().error();
        }
    }

    private final CapturedLog log = new CapturedLog("dev.hawser.socketserver");
    private @Nullable Server server;
    private @Nullable Thread serving;
    private long descriptorsBefore;

    @BeforeEach
    void countDescriptors() {
        descriptorsBefore = Processes.descriptorsOf(ProcessHandle.current().pid());
    }

    private Server serve(int maxChildren, @Nullable Duration timeLimit) throws IOException {
        Server made = new Server(maxChildren);
        made.timeLimit = timeLimit;
        server = made;
        serving = Thread.ofPlatform().start(() -> {
            try {
                made.serveForever();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        return made;
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        if (server != null && serving != null) {
            server.shutdown();
            server.serverClose();
            serving.join();
        }
        log.close();
        assertThat(Processes.ourChildren()).isEmpty(); // no zombie either
        eventually()
                .untilAsserted(() -> assertThat(
                                Processes.descriptorsOf(ProcessHandle.current().pid()))
                        .isLessThanOrEqualTo(descriptorsBefore + KEPT_BY_HAWSER));
    }

    /** The pollers, which are opened once for the process. */
    private static final int KEPT_BY_HAWSER = 6;

    @Test
    void aWorkerThatIsKilledCostsItsOwnRequestAlone() throws Exception {
        Server forking = serve(4, null);
        Sockaddr address = forking.serverAddress();
        try (Asking first = new Asking(address, "wait");
                Asking victim = new Asking(address, "wait");
                Asking third = new Asking(address, "wait")) {
            first.readLine();
            third.readLine();
            long pid = Long.parseLong(victim.readLine());
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            assertThat(ask(address, "echo while it dies")).isEqualTo("while it dies");
            assertThat(restOrReset(victim)).isEmpty();
            Reported reported = forking.nextReport();
            assertThat(reported.clientAddress()).isEqualTo(victim.address());
            assertThat(((WorkerDiedException) reported.error()).pid()).isEqualTo(pid);
            assertThat(((WorkerDiedException) reported.error()).exitStatus()).isEqualTo(137);
            assertThat(log.at(Level.SEVERE)).hasSize(1);
            assertThat(log.at(Level.SEVERE).getFirst().getThrown()).hasMessageContaining("exit status 137");
            first.say("one");
            third.say("three");
            assertThat(first.rest() + " " + third.rest()).isEqualTo("one three");
            eventually().until(() -> !Processes.exists(pid));
        }
        assertThat(forking.reported).isEmpty();
    }

    /** A client of a worker that has died may be told so by a reset. */
    private static String restOrReset(Asking asking) throws IOException {
        try {
            return asking.rest();
        } catch (java.io.UncheckedIOException e) {
            assertThat(e.getCause()).isInstanceOf(ConnectionBrokenException.class);
            return "";
        }
    }

    @Test
    void whatAHandlerDoesToItsProcessIsContained() throws Exception {
        Server forking = serve(1, null);
        Sockaddr address = forking.serverAddress();
        String pid = ask(address, "pid");

        assertThat(ask(address, "throw something")).isEmpty();
        WorkerException thrown = (WorkerException) forking.nextReport().error();
        assertThat(thrown).hasMessage("java.lang.IllegalStateException: something");
        assertThat(thrown.remoteStackTrace()).contains("ForkedHandlers$Obedient.handle");
        assertThat(ask(address, "pid")).isEqualTo(pid);

        assertThat(ask(address, "exit 3")).isEmpty();
        assertThat(forking.nextDeath().exitStatus()).isEqualTo(3);
        String second = ask(address, "pid");
        assertThat(second).isNotEqualTo(pid);

        assertThat(ask(address, "leak")).isEmpty();
        assertThat(forking.nextDeath().pid()).isEqualTo(Long.parseLong(second));
        assertThat(ask(address, "pid")).isNotEqualTo(second);
    }

    @Test
    void anEndlessLoopEndsAtTheTimeLimit() throws Exception {
        Server forking = serve(1, Duration.ofSeconds(1));
        try (Asking looping = new Asking(forking.serverAddress(), "loop")) {
            String pid = looping.readLine();
            assertThat(restOrReset(looping)).isEmpty();
            WorkerDiedException death = forking.nextDeath();
            assertThat(death)
                    .hasMessage("worker " + pid
                            + " was killed after 1 s: requestTimeLimit() (exit status 137, of signal 9)");
        }
    }

    @Test
    void aWorkerKeepsNoDescriptorOfWhatItHasServed() throws Exception {
        Server forking = serve(1, null);
        long pid = Long.parseLong(ask(forking.serverAddress(), "pid"));
        try (Asking asking = new Asking(forking.serverAddress(), "wait")) { // what waits in a worker is opened once
            asking.readLine();
            asking.say("and has");
            assertThat(asking.rest()).isEqualTo("and has");
        }
        long few = descriptorsAfter(10, pid);
        assertThat(descriptorsAfter(100, pid)).isEqualTo(few);
        assertThat(forking.reported).isEmpty();
    }

    /** The connection cannot come in, and the worker can be asked for nothing more. */
    @Test
    @RequiresProgram("prlimit")
    void aWorkerWithoutADescriptorForAConnectionCostsThatRequestAndIsReplaced() throws Exception {
        Server forking = serve(1, null);
        String pid = ask(forking.serverAddress(), "pid");
        assertThat(new ProcessBuilder("prlimit", "--nofile=3:3", "--pid", pid)
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        try (Asking asking = new Asking(forking.serverAddress(), "pid")) {
            assertThat(restOrReset(asking)).isEmpty();
        }
        assertThat(forking.nextDeath().pid()).isEqualTo(Long.parseLong(pid));
        assertThat(ask(forking.serverAddress(), "pid")).isNotEqualTo(pid).isNotEmpty();
    }

    private long descriptorsAfter(int requests, long pid) throws IOException {
        for (int i = 0; i < requests; i++) {
            assertThat(ask(server.serverAddress(), "pid")).isEqualTo(Long.toString(pid));
        }
        try (Asking asking = new Asking(server.serverAddress(), "wait")) { // whatever was before has ended
            asking.readLine();
            return Processes.descriptorsOf(pid);
        }
    }

    @Test
    void closeClientsEndsRequestsAndIsNoError() throws Exception {
        Server forking = serve(2, null);
        try (Asking asking = new Asking(forking.serverAddress(), "loop")) {
            asking.readLine();
            forking.closeClients();
            assertThat(restOrReset(asking)).isEmpty();
            assertThat(ask(forking.serverAddress(), "echo on")).isEqualTo("on");
        }
        assertThat(log.at(Level.SEVERE)).isEmpty();
    }

    @Test
    void serverCloseWaitsForRequestsInProgress() throws Exception {
        Server forking = serve(2, null);
        try (Asking asking = new Asking(forking.serverAddress(), "wait")) {
            long pid = Long.parseLong(asking.readLine());
            Thread closing = Thread.ofPlatform().start(() -> {
                try {
                    forking.serverClose();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            eventually().until(() -> closing.getState() == Thread.State.WAITING);
            asking.say("last words");
            assertThat(asking.rest()).isEqualTo("last words");
            closing.join();
            assertThat(Processes.exists(pid)).isFalse();
        }
        assertThatThrownBy(() -> ask(forking.serverAddress(), "pid")).isInstanceOf(IOException.class);
    }
}
