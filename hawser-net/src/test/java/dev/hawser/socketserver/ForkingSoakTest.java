package dev.hawser.socketserver;

import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.ConnectionBrokenException;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.TimedOutException;
import dev.hawser.testkit.CapturedLog;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers are killed at random while clients go on: each client is answered right, or told that it will not be. */
@RequiresProgram("kill")
class ForkingSoakTest {

    private static final Sockaddr ANY_PORT = SockaddrIn.of("127.0.0.1", 0);
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m");
    private static final int STREAM_CLIENTS = 4;
    private static final int DATAGRAM_CLIENTS = 2;
    private static final int ANSWERS_PER_KILL = 20;
    private static final int FEWEST_KILLS = 3;
    private static final Duration DATAGRAM_PATIENCE = Duration.ofMillis(500);

    private final AtomicInteger reports = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger toldOtherwise = new AtomicInteger();
    private final AtomicInteger datagramsAnswered = new AtomicInteger();
    private final Killer killer = new Killer();

    private final class Streams extends ForkingTcpServer {

        Streams() throws IOException {
            super(ANY_PORT, ForkedHandlers.Obedient.class);
        }

        @Override
        public int maxChildren() {
            return 4;
        }

        @Override
        public int maxRequestsPerWorker() {
            return 100;
        }

        @Override
        public List<String> workerOptions() {
            return OPTIONS;
        }

        @Override
        public void handleError(Socket request, Sockaddr clientAddress, Throwable error) {
            reports.incrementAndGet();
        }
    }

    private static final class Datagrams extends ForkingUdpServer {

        Datagrams() throws IOException {
            super(ANY_PORT, ForkedHandlers.PidAndDatagram.class);
        }

        @Override
        public int maxChildren() {
            return 3;
        }

        @Override
        public List<String> workerOptions() {
            return OPTIONS;
        }

        @Override
        public void handleError(DatagramRequest request, Sockaddr clientAddress, Throwable error) {}
    }

    /** Kills by the three ways that there are. One that is stopped stays so for a moment, whatever else happens meanwhile. */
    private static final class Killer {

        private final SplittableRandom random = new SplittableRandom(20_260_101);
        private @Nullable ProcessHandle stopped;
        private int kills;

        synchronized void kill() throws Exception {
            end();
            List<Processes.Stat> workers = Processes.ourChildren().stream()
                    .filter(child -> Processes.runs(child.pid(), WorkerMain.class))
                    .toList();
            if (workers.isEmpty()) {
                return;
            }
            long pid = workers.get(random.nextInt(workers.size())).pid();
            ProcessHandle victim = ProcessHandle.of(pid).orElse(null);
            if (victim == null) {
                return; // it has been reaped meanwhile
            }
            kills++;
            switch (random.nextInt(3)) {
                case 0 -> victim.destroyForcibly();
                case 1 -> victim.destroy();
                default -> {
                    new ProcessBuilder("kill", "-STOP", Long.toString(pid))
                            .redirectErrorStream(true)
                            .start()
                            .waitFor();
                    stopped = victim;
                    CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
                            .execute(victim::destroyForcibly);
                }
            }
        }

        synchronized int kills() {
            return kills;
        }

        synchronized void end() {
            if (stopped != null) {
                stopped.destroyForcibly();
                stopped = null;
            }
        }
    }

    @Test
    @Timeout(120)
    void everyClientIsAnsweredRightOrToldOtherwiseWhileWorkersAreKilled() throws Exception {
        soak(Duration.ofSeconds(6));
    }

    @Tag("soak")
    @Test
    @Timeout(300)
    void everyClientIsAnsweredRightOrToldOtherwiseForLong() throws Exception {
        soak(Duration.ofMinutes(2));
    }

    private void soak(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        CapturedLog log = new CapturedLog("dev.hawser.socketserver");
        try (Streams streams = new Streams();
                Datagrams datagrams = new Datagrams()) {
            List<Tasks<Void>> loops = List.of(Tasks.run(streams::serveForever), Tasks.run(datagrams::serveForever));
            List<Tasks<Void>> clients = new ArrayList<>();
            for (int i = 0; i < STREAM_CLIENTS; i++) {
                clients.add(Tasks.run(() -> streamClient(streams.serverAddress(), end)));
            }
            for (int i = 0; i < DATAGRAM_CLIENTS; i++) {
                clients.add(Tasks.run(() -> datagramClient(datagrams.serverAddress(), end)));
            }
            for (Tasks<Void> client : clients) {
                client.result(time.plusSeconds(60));
            }
            killer.end();
            streams.shutdown();
            datagrams.shutdown();
            for (Tasks<Void> loop : loops) {
                loop.result();
            }
        } finally {
            killer.end();
            log.close();
        }
        System.Logger logger = System.getLogger("soak");
        logger.log(
                System.Logger.Level.INFO,
                "{0} kills; of {1} requests {2} answered, {3} told otherwise; {4} datagrams answered",
                killer.kills,
                asked,
                answered,
                toldOtherwise,
                datagramsAnswered);
        assertThat(answered.get() + toldOtherwise.get()).isEqualTo(asked.get());
        assertThat(toldOtherwise.get()).isLessThanOrEqualTo(reports.get());
        assertThat(answered).hasPositiveValue();
        assertThat(datagramsAnswered).hasPositiveValue();
        assertThat(killer.kills()).isGreaterThanOrEqualTo(FEWEST_KILLS);
        eventually().untilAsserted(() -> assertThat(Processes.ourChildren()).isEmpty());
    }

    /** For the time, and on a machine that is slow until something has happened. */
    private boolean goesOn(long end) {
        return System.nanoTime() - end < 0 || killer.kills() < FEWEST_KILLS || datagramsAnswered.get() == 0;
    }

    private void streamClient(Sockaddr server, long end) throws Exception {
        while (goesOn(end)) {
            int number = asked.incrementAndGet();
            String answer = ask(server, number);
            if (answer.isEmpty()) {
                toldOtherwise.incrementAndGet();
            } else {
                assertThat(answer).isEqualTo(Integer.toString(number));
                if (answered.incrementAndGet() % ANSWERS_PER_KILL == 0) {
                    killer.kill();
                }
            }
        }
    }

    private static String ask(Sockaddr server, int number) throws IOException {
        try {
            return Asking.ask(server, "echo " + number);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ConnectionBrokenException) {
                return "";
            }
            throw e;
        } catch (ConnectionBrokenException e) {
            return ""; // before the order was sent
        }
    }

    /** A datagram may be lost; what is answered is answered right, though perhaps late. */
    private void datagramClient(Sockaddr server, long end) throws Exception {
        try (Socket client = ServerKind.UDP4.client(server)) {
            client.setTimeout(DATAGRAM_PATIENCE);
            for (int number = 0; goesOn(end); number++) {
                ServerKind.UDP4.send(client, Integer.toString(number));
                receive(client, number);
            }
        }
    }

    private void receive(Socket client, int number) throws IOException {
        try {
            int answer;
            do {
                answer = Integer.parseInt(ServerKind.UDP4.receive(client).split(" ", 2)[1]);
                assertThat(answer).isLessThanOrEqualTo(number);
                datagramsAnswered.incrementAndGet();
            } while (answer < number);
        } catch (TimedOutException e) {
            // Lost with its worker.
        }
    }
}
