package dev.hawser.socketserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Accepted;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Received;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Worker JVMs, driven as the pool drives them. */
@Timeout(60)
class WorkerProcessesTest {

    private static final Sockaddr ANY_PORT = Sockaddr.parse("127.0.0.1:0");

    /** Does what the client asks for. */
    static final class Obedient extends StreamRequestHandler {

        @Override
        protected void handle() throws Exception {
            String order = new String(rfile().readLine(100), UTF_8).strip();
            switch (order) {
                case "pid" -> say(ProcessHandle.current().pid());
                case "throw" -> throw new IllegalStateException("as told");
                case "recurse" -> say(depth(1));
                case "exit" -> System.exit(7);
                case "halt" -> Runtime.getRuntime().halt(8);
                case "shutdown" -> server().shutdown();
                case "timeout" -> say(connection().getTimeout());
                case "interrupt" -> Thread.currentThread().interrupt();
                case "close" -> connection().close();
                default -> say(clientAddress() + " " + server().serverAddress());
            }
        }

        @SuppressWarnings("InfiniteRecursion")
        private static int depth(int n) {
            return depth(n + 1) + 1;
        }

        private void say(Object what) throws IOException {
            wfile().write((what + "\n").getBytes(UTF_8));
        }
    }

    static final class Upper extends DatagramRequestHandler {

        @Override
        protected void handle() throws Exception {
            wfile().write(new String(packet(), UTF_8)
                    .toUpperCase(java.util.Locale.ROOT)
                    .getBytes(UTF_8));
        }
    }

    @Test
    void aConnectionIsServedByAnotherProcess() throws Exception {
        try (ForkingTcpServer server = new ForkingTcpServer(ANY_PORT, Obedient.class);
                WorkerProcesses<Socket> processes = WorkerProcesses.of(server)) {
            WorkerStory<Socket> story = new WorkerStory<>();
            Worker<Socket> worker = processes.start(story);
            assertThat(story.next()).isEqualTo("ready");
            assertThat(ask(server, worker, "pid")).isEqualTo(worker.pid() + "\n");
            assertThat(story.next()).isEqualTo("done");
            worker.retire();
            assertThat(story.next()).isEqualTo("ended 0");
        }
    }

    @Test
    void aDatagramIsAnsweredFromTheServersAddress() throws Exception {
        try (ForkingUdpServer server = new ForkingUdpServer(ANY_PORT, Upper.class);
                Socket client = new Socket(Constants.AF_INET, Constants.SOCK_DGRAM);
                WorkerProcesses<DatagramRequest> processes = WorkerProcesses.of(server)) {
            WorkerStory<DatagramRequest> story = new WorkerStory<>();
            Worker<DatagramRequest> worker = processes.start(story);
            assertThat(story.next()).isEqualTo("ready");
            client.bind(ANY_PORT);
            DatagramRequest request = new DatagramRequest("hello".getBytes(UTF_8), server.socket());
            assertThat(worker.give(request, client.getSockName())).isTrue();
            Received answer = client.recvFrom(100);
            assertThat(answer.data()).asString(UTF_8).isEqualTo("HELLO");
            assertThat(answer.address()).isEqualTo(server.serverAddress());
            assertThat(story.next()).isEqualTo("done");
            worker.kill();
            assertThat(story.next()).isEqualTo("ended 137");
            assertThat(worker.give(request, client.getSockName())).isFalse();
        }
    }

    private static String ask(ForkingTcpServer server, Worker<Socket> worker, String order) throws IOException {
        try (Socket client = Sockets.createConnection(
                "127.0.0.1", ((SockaddrIn) server.serverAddress()).port(), Duration.ofSeconds(20), null)) {
            client.sendAll((order + "\n").getBytes(UTF_8));
            Accepted accepted = server.socket().accept();
            try (Socket connection = accepted.socket()) {
                connection.setTimeout(Duration.ofSeconds(9));
                assertThat(worker.give(connection, accepted.address())).isTrue();
            }
            return new String(client.makeFileInput().readAllBytes(), UTF_8);
        }
    }
}
