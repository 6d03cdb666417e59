package dev.hawser.socketserver;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hawser.socket.Accepted;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Received;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.CapturedLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Worker JVMs, driven as the pool drives them. */
@Timeout(120)
class WorkerProcessesTest {

    private static final Sockaddr ANY_PORT = Sockaddr.parse("127.0.0.1:0");

    @AutoClose
    private final CapturedLog log = new CapturedLog("dev.hawser.socketserver");

    /** Does what the client tells it. */
    static final class Obedient extends StreamRequestHandler {

        @Override
        protected void handle() throws Exception {
            String order = new String(rfile().readLine(100), UTF_8).strip();
            switch (order) {
                case "throw" -> throw new IllegalStateException("as told");
                case "recurse" -> say(depth(1));
                case "exit" -> System.exit(7);
                case "halt" -> Runtime.getRuntime().halt(8);
                case "shutdown" -> server().shutdown();
                case "interrupt" -> Thread.currentThread().interrupt();
                case "close" -> connection().close();
                case "leave a thread" -> Thread.ofPlatform().start(Obedient::spin);
                case "spin" -> {
                    say(ProcessHandle.current().pid());
                    spin();
                }
                case "wait" -> {
                    say("waiting");
                    rfile().readLine(100);
                }
                default -> say(about());
            }
        }

        private String about() throws IOException {
            String group =
                    Files.readString(Path.of("/proc/self/stat")).replaceFirst(".*\\) \\S+ \\S+ (\\S+) .*\\s*", "$1");
            return String.join(
                    " ",
                    clientAddress().toString(),
                    server().serverAddress().toString(),
                    String.valueOf(connection().getTimeout()),
                    group);
        }

        @SuppressWarnings("InfiniteRecursion") // as told
        private static int depth(int n) {
            return depth(n + 1) + 1;
        }

        private static void spin() {
            while (!Thread.interrupted()) {
                Thread.onSpinWait();
            }
        }

        private void say(Object what) throws IOException {
            wfile().write((what + "\n").getBytes(UTF_8));
        }
    }

    static final class Upper extends DatagramRequestHandler {

        @Override
        protected void handle() throws Exception {
            wfile().write(new String(packet(), UTF_8).toUpperCase(Locale.ROOT).getBytes(UTF_8));
        }
    }

    /** Cannot be initialised, which only a worker tries. */
    static final class Unfit extends BaseRequestHandler<Socket> {

        static final int NUMBER = Integer.parseInt("no number");

        @Override
        protected void handle() {}
    }

    @Test
    void aWorkerServesOneRequestAfterAnotherAndTellsWhatTheHandlerThrows() throws Exception {
        try (ForkingTcpServer server = new ForkingTcpServer(ANY_PORT, Obedient.class);
                WorkerProcesses<Socket> processes = WorkerProcesses.of(server)) {
            WorkerStory<Socket> story = new WorkerStory<>();
            Worker<Socket> worker = processes.start(story);
            assertThat(story.next()).isEqualTo("ready");

            try (Socket client = client(server)) {
                client.sendAll("about\n".getBytes(UTF_8));
                give(server, worker);
                assertThat(everything(client))
                        .isEqualTo(
                                client.getSockName() + " " + server.serverAddress() + " PT9S " + worker.pid() + "\n");
            }
            assertThat(story.next()).isEqualTo("done");

            assertThat(ask(server, worker, "throw")).isEmpty();
            assertThat(story.next()).isEqualTo("failed java.lang.IllegalStateException: as told");
            assertThat(story.failure().pid()).isEqualTo(worker.pid());
            assertThat(story.failure().remoteStackTrace()).contains("Obedient.handle");
            ask(server, worker, "recurse");
            assertThat(story.next()).isEqualTo("failed java.lang.StackOverflowError");
            ask(server, worker, "interrupt");
            assertThat(story.next()).isEqualTo("done");
            ask(server, worker, "close");
            assertThat(story.next()).isEqualTo("done");
            ask(server, worker, "shutdown");
            assertThat(story.next()).isEqualTo("leaving");
            assertThat(story.next()).isEqualTo("done");
            assertThat(story.next()).isEqualTo("ended 0");
        }
    }

    @Test
    void aWorkerThatIsRetiredFinishesWhatItHasWhateverItLeavesBehind() throws Exception {
        try (ForkingTcpServer server = new ForkingTcpServer(ANY_PORT, Obedient.class);
                WorkerProcesses<Socket> processes = WorkerProcesses.of(server)) {
            WorkerStory<Socket> story = new WorkerStory<>();
            Worker<Socket> worker = processes.start(story);
            assertThat(story.next()).isEqualTo("ready");
            ask(server, worker, "leave a thread");
            assertThat(story.next()).isEqualTo("done");
            try (Socket client = client(server)) {
                client.sendAll("wait\n".getBytes(UTF_8));
                give(server, worker);
                assertThat(client.recv(100)).asString(UTF_8).isEqualTo("waiting\n");
                worker.retire();
                client.sendAll("go on\n".getBytes(UTF_8));
            }
            assertThat(story.next()).isEqualTo("done");
            assertThat(story.next()).isEqualTo("ended 0");
        }
    }

    @Test
    void aWorkerThatDiesEndsWithItsStatus() throws Exception {
        try (ForkingTcpServer server = new ForkingTcpServer(ANY_PORT, Obedient.class);
                WorkerProcesses<Socket> processes = WorkerProcesses.of(server)) {
            for (String order : List.of("exit", "halt")) {
                WorkerStory<Socket> story = new WorkerStory<>();
                Worker<Socket> worker = processes.start(story);
                assertThat(story.next()).isEqualTo("ready");
                assertThat(ask(server, worker, order)).isEmpty();
                assertThat(story.next()).isEqualTo(order.equals("exit") ? "ended 7" : "ended 8");
            }
        }
    }

    @Test
    void theLongestDatagramIsAnsweredFromTheServersAddress() throws Exception {
        class LongDatagrams extends ForkingUdpServer {

            LongDatagrams() throws IOException {
                super(ANY_PORT, Upper.class);
            }

            @Override
            public int maxPacketSize() {
                return 65_507;
            }
        }
        try (LongDatagrams server = new LongDatagrams();
                Socket client = new Socket(Constants.AF_INET, Constants.SOCK_DGRAM);
                WorkerProcesses<DatagramRequest> processes = WorkerProcesses.of(server)) {
            WorkerStory<DatagramRequest> story = new WorkerStory<>();
            Worker<DatagramRequest> worker = processes.start(story);
            assertThat(story.next()).isEqualTo("ready");
            client.setTimeout(Duration.ofSeconds(30));
            client.bind(ANY_PORT);
            DatagramRequest request = new DatagramRequest("a".repeat(65_507).getBytes(UTF_8), server.socket());
            assertThat(worker.give(request, client.getSockName())).isTrue();
            Received answer = client.recvFrom(70_000);
            assertThat(answer.data()).asString(UTF_8).isEqualTo("A".repeat(65_507));
            assertThat(answer.address()).isEqualTo(server.serverAddress());
            assertThat(story.next()).isEqualTo("done");
            worker.kill();
            assertThat(story.next()).isEqualTo("ended 137");
            assertThat(worker.give(request, client.getSockName())).isFalse();
        }
    }

    @Test
    void aStrangerIsTurnedAwayAndLogged() throws Exception {
        try (ForkingTcpServer server = new ForkingTcpServer(ANY_PORT, Obedient.class);
                WorkerProcesses<Socket> processes = WorkerProcesses.of(server);
                Socket stranger = new Socket(Constants.AF_UNIX, Constants.SOCK_SEQPACKET)) {
            stranger.connect(processes.listening());
            assertThat(stranger.recv(100)).isEmpty();
            long pid = ProcessHandle.current().pid();
            eventually()
                    .until(() -> log.messages()
                            .contains("process " + pid + " is no worker of this server, and was turned away"));
        }
    }

    @Test
    void aHandlerThatCannotBeLoadedIsToldToTheServer() throws Exception {
        try (ForkingTcpServer server = new ForkingTcpServer(ANY_PORT, Unfit.class);
                WorkerProcesses<Socket> processes = WorkerProcesses.of(server)) {
            WorkerStory<Socket> story = new WorkerStory<>();
            processes.start(story);
            assertThat(story.next()).isEqualTo("leaving java.lang.ExceptionInInitializerError");
            assertThat(story.failure().remoteStackTrace()).contains("no number");
            assertThat(story.next()).isEqualTo("ended 1");
        }
    }

    @Test
    void optionsThatTheJvmRefusesEndAWorkerAtOnce() throws Exception {
        class Strange extends ForkingTcpServer {

            Strange() throws IOException {
                super(ANY_PORT, Obedient.class);
            }

            @Override
            public List<String> workerOptions() {
                return List.of("-XX:+NoSuchOptionAsThisTestGives");
            }
        }
        try (Strange server = new Strange();
                WorkerProcesses<Socket> processes = WorkerProcesses.of(server)) {
            WorkerStory<Socket> story = new WorkerStory<>();
            processes.start(story);
            assertThat(story.next()).isEqualTo("ended 1");
        }
    }

    @Test
    void onlyAClassOfHandlersCanBeGivenToAWorker() throws Exception {
        RequestHandler<Socket> lambda = (request, client, server) -> {};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkerHandlers.typeOf(lambda))
                .withMessageContaining("RequestHandler.of");
    }

    /** A server of its own, whose worker loops for ever. */
    static final class Doomed {

        public static void main(String[] args) throws Exception {
            ForkingTcpServer server = new ForkingTcpServer(ANY_PORT, Obedient.class);
            WorkerStory<Socket> story = new WorkerStory<>();
            Worker<Socket> worker = WorkerProcesses.of(server).start(story);
            story.next();
            try (Socket client = client(server)) {
                client.sendAll("spin\n".getBytes(UTF_8));
                give(server, worker);
                System.out.write(client.recv(100));
                System.out.flush();
                new CountDownLatch(1).await();
            }
        }
    }

    @Test
    void aWorkerEndsWithItsServerHoweverThatEndsAndWhateverItDoes() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Doomed.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            ProcessHandle worker =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            assertThat(worker.isAlive()).isTrue();
            process.destroyForcibly().waitFor();
            eventually().until(() -> !worker.isAlive());
        } finally {
            process.destroyForcibly();
        }
    }

    private static Socket client(ForkingTcpServer server) throws IOException {
        Socket client = new Socket(Constants.AF_INET, Constants.SOCK_STREAM);
        client.setTimeout(Duration.ofSeconds(30));
        client.connect(server.serverAddress());
        return client;
    }

    private static void give(ForkingTcpServer server, Worker<Socket> worker) throws IOException {
        Accepted accepted = server.socket().accept();
        try (Socket connection = accepted.socket()) {
            connection.setTimeout(Duration.ofSeconds(9));
            assertThat(worker.give(connection, accepted.address())).isTrue();
        }
    }

    private static String ask(ForkingTcpServer server, Worker<Socket> worker, String order) throws IOException {
        try (Socket client = client(server)) {
            client.sendAll((order + "\n").getBytes(UTF_8));
            give(server, worker);
            return everything(client);
        }
    }

    private static String everything(Socket client) throws IOException {
        try (InputStream in = client.makeFileInput()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
