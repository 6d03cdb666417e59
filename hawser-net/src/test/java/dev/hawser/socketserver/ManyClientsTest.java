package dev.hawser.socketserver;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.ConnectionBrokenException;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.TimedOutException;
import dev.hawser.socket.concurrency.Await;
import dev.hawser.socket.concurrency.InThread;
import dev.hawser.socket.concurrency.ThreadKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Many clients of one server, and slow ones. */
class ManyClientsTest {

    private static final int CLIENTS = 5_000;
    private static final int DATAGRAMS = 10_000;
    private static final Sockaddr ANY_PORT = SockaddrIn.of("127.0.0.1", 0);

    private static final RequestHandler<Socket> SHOUTING = RequestHandler.streams((rfile, wfile) -> {
        for (byte[] line = rfile.readLine(); line.length > 0; line = rfile.readLine()) {
            wfile.write(new String(line, US_ASCII).toUpperCase(Locale.ROOT).getBytes(US_ASCII));
        }
    });

    /** Answers lines, and keeps what is reported. */
    private static final class Server extends ThreadingTcpServer {

        private final BlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();
        private final @Nullable Duration idleTimeout;

        Server(@Nullable Duration idleTimeout) throws IOException {
            super(ANY_PORT, SHOUTING);
            this.idleTimeout = idleTimeout;
        }

        @Override
        public int requestQueueSize() {
            return 1_000;
        }

        @Override
        public @Nullable Duration idleTimeout() {
            return idleTimeout;
        }

        @Override
        public void handleError(Socket request, Sockaddr clientAddress, Throwable error) {
            reported.add(error);
        }
    }

    @Test
    void fiveThousandClientsAtOnceAreEachAnsweredRight() throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (var running = RunningServer.of(new Server(null))) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(running.connect());
            }
            Await.until("all are being served", () -> running.server().activeRequests() == CLIENTS);
            List<InThread<String>> asking = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Socket client = clients.get(i);
                String question = "client " + i + "\n";
                asking.add(InThread.start(ThreadKind.VIRTUAL, () -> ask(client, question)));
            }
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(asking.get(i).result()).isEqualTo("CLIENT " + i + "\n");
            }
            assertThat(running.server().activeRequests()).as("nobody has left").isEqualTo(CLIENTS);
            for (Socket client : clients) {
                client.close();
            }
            assertThat(running.server().drain(Await.LONG)).isTrue();
            assertThat(running.server().reported).isEmpty();
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static String ask(Socket client, String question) throws IOException {
        client.sendAll(question.getBytes(US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("\n")) {
            byte[] some = client.recv(100);
            if (some.length == 0) {
                break;
            }
            answer.append(new String(some, US_ASCII));
        }
        return answer.toString();
    }

    @Test
    void tenThousandDatagramsAreEachAnswered() throws Exception {
        try (var running = RunningServer.of(new ThreadingUdpServer(
                        ANY_PORT,
                        RequestHandler.datagrams(packet -> (new String(packet, US_ASCII) + "!").getBytes(US_ASCII))));
                Socket client = running.connect()) {
            for (int i = 0; i < DATAGRAMS; i += 100) {
                for (int j = i; j < i + 100; j++) { // no more than the buffers hold, as nobody repeats a lost one
                    client.sendAll(Integer.toString(j).getBytes(US_ASCII));
                }
                List<Integer> answers = new ArrayList<>();
                for (int j = 0; j < 100; j++) {
                    String answer = new String(client.recv(100), US_ASCII);
                    assertThat(answer).endsWith("!");
                    answers.add(Integer.valueOf(answer.substring(0, answer.length() - 1)));
                }
                int first = i;
                assertThat(answers).doesNotHaveDuplicates().allMatch(each -> each >= first && each < first + 100);
            }
            assertThat(running.server().drain(Await.LONG)).isTrue();
        }
    }

    @Test
    void aSlowClientIsCutAndHoldsUpNobody() throws Exception {
        try (var running = RunningServer.of(new Server(Duration.ofMillis(300)));
                Socket slow = new Socket(AF_INET, SOCK_STREAM)) {
            slow.connect(running.address());
            InThread<Integer> dripping = InThread.start(ThreadKind.PLATFORM, () -> {
                for (int sent = 0; ; sent++) {
                    try {
                        slow.sendAll("x".getBytes(US_ASCII)); // and never a newline
                        slow.setTimeout(Duration.ofMillis(20));
                        if (slow.recv(1).length == 0) {
                            return sent;
                        }
                    } catch (TimedOutException e) {
                        assertThat(e).hasNoCause(); // the server says nothing: the next byte
                    } catch (ConnectionBrokenException cut) {
                        return sent;
                    }
                }
            });
            try (Socket quick = running.connect()) {
                assertThat(ask(quick, "hello\n")).isEqualTo("HELLO\n");
            }
            assertThat(running.server().reported.poll(30, TimeUnit.SECONDS))
                    .isInstanceOf(TimedOutException.class)
                    .hasMessageContaining(slow.getSockName().toString());
            assertThat(dripping.result()).isPositive();
        }
    }

    @Test
    void aClientThatSaysNothingIsCut() throws Exception {
        try (var running = RunningServer.of(new Server(Duration.ofMillis(50)));
                Socket silent = running.connect()) {
            assertThat(silent.recv(1)).isEmpty();
            assertThat(running.server().reported.poll(30, TimeUnit.SECONDS)).isInstanceOf(TimedOutException.class);
        }
    }

    @Test
    void aHandlerThatReadsForEverEndsWithItsClient() throws Exception {
        try (var running = RunningServer.of(new ThreadingTcpServer(ANY_PORT, SocketserverSnippetsTest.Echo.class))) {
            try (Socket client = running.connect()) {
                client.sendAll(new byte[1]);
                assertThat(client.recv(1)).hasSize(1);
            }
            assertThat(running.server().drain(Await.LONG)).isTrue();
        }
    }
}
