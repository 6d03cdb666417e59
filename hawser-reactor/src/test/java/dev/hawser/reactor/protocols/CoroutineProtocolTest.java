package dev.hawser.reactor.protocols;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.RunningReactor;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.testkit.CapturedLog;
import dev.hawser.testkit.Eventually;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CoroutineProtocolTest {

    /** What a test has run for a connection. */
    private interface Script {
        Object run(Conversation conversation) throws Exception;
    }

    private final CompletableFuture<Object> outcome = new CompletableFuture<>();

    private RunningReactor reactor;

    @BeforeEach
    void open() throws Exception {
        reactor = RunningReactor.open();
    }

    @AfterEach
    void close() throws Exception {
        reactor.close();
    }

    private final class Scripted extends CoroutineProtocol {

        private final Script script;

        Scripted(Script script) {
            this.script = script;
        }

        @Override
        protected void run(Conversation conversation) throws Exception {
            try {
                outcome.complete(String.valueOf(script.run(conversation)));
            } catch (Exception e) {
                outcome.complete(e);
                if (e instanceof RuntimeException) {
                    throw e;
                }
            }
        }
    }

    private Socket connect(Script script) throws Exception {
        ListeningPort port = reactor.call(() -> reactor.reactor().listenTcp(0, _ -> new Scripted(script)));
        int number = ((SockaddrIn6) port.getHost()).port();
        return new Socket(InetAddress.getLoopbackAddress(), number);
    }

    private Object outcome() throws Exception {
        return outcome.get(30, TimeUnit.SECONDS);
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static String readAll(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), UTF_8);
    }

    @Test
    void linesAreReadAndAnsweredAndTheEndClosesTheConnection() throws Exception {
        try (Socket client = connect(conversation -> {
            String line = conversation.readLine();
            conversation.write("hello " + line + "\n");
            conversation.write("and " + conversation.readLine() + "\n");
            return Thread.currentThread().isVirtual();
        })) {
            send(client, "Ann\r\nBob\n");
            assertThat(readAll(client)).isEqualTo("hello Ann\nand Bob\n");
            assertThat(outcome()).isEqualTo("true");
        }
    }

    @Test
    void bytesAreReadAsManyAsAreWantedOrThere() throws Exception {
        try (Socket client = connect(conversation -> {
            String header = conversation.readLine();
            String exactly = new String(conversation.readExactly(5), UTF_8);
            String some = new String(conversation.read(100), UTF_8);
            return header + "|" + exactly + "|" + some + "|" + conversation.read(1).length + "|"
                    + conversation.readLine();
        })) {
            send(client, "PUT\nabcdefgh");
            client.shutdownOutput();
            assertThat(outcome()).isEqualTo("PUT|abcde|fgh|0|null");
        }
    }

    @Test
    void anAnswerIsStillSentWhenThePeerHasEnded() throws Exception {
        try (Socket client = connect(conversation -> {
            int lines = 0;
            while (conversation.readLine() != null) {
                lines++;
            }
            conversation.write(lines + " lines");
            return lines;
        })) {
            send(client, "a\nb\nc\n");
            client.shutdownOutput();
            assertThat(readAll(client)).isEqualTo("3 lines");
        }
    }

    @Test
    void moreThanEverFitsIsExactlyRead() throws Exception {
        int much = 4 << 20;
        try (Socket client = connect(conversation -> conversation.readExactly(much).length)) {
            client.getOutputStream().write(new byte[much]);
            assertThat(outcome()).isEqualTo(String.valueOf(much));
        }
    }

    @Test
    void tooFewBytesAreAnEndThatSaysHowMany() throws Exception {
        try (Socket client = connect(conversation -> conversation.readExactly(5))) {
            send(client, "abc");
            client.shutdownOutput();
            assertThat(outcome()).isInstanceOf(EOFException.class).asString().contains("3 of 5");
        }
    }

    @Test
    void aReadThatTakesTooLongFailsAndTheConversationGoesOn() throws Exception {
        try (Socket client = connect(conversation -> {
            conversation.setTimeout(Duration.ofMillis(10));
            try {
                return conversation.readLine();
            } catch (SocketTimeoutException e) {
                conversation.setTimeout(null);
                conversation.write("sorry?\n");
                return conversation.readLine();
            }
        })) {
            assertThat(client.getInputStream().readNBytes(7)).asString().isEqualTo("sorry?\n");
            send(client, "late\n");
            assertThat(outcome()).isEqualTo("late");
        }
    }

    @Test
    void aLineThatIsTooLongIsRefused() throws Exception {
        try (Socket client = connect(conversation -> {
            conversation.setMaxLineLength(10);
            return conversation.readLine();
        })) {
            send(client, "x".repeat(11) + "\n");
            assertThat(outcome()).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void writingWaitsForAPeerThatDoesNotRead() throws Exception {
        long much = 32L << 20;
        byte[] piece = new byte[1 << 20];
        CompletableFuture<Void> waitedInVain = new CompletableFuture<>();
        try (Socket client = connect(conversation -> {
            conversation.setTimeout(Duration.ofMillis(300));
            long written = 0;
            try {
                for (; written < much; written += piece.length) {
                    conversation.write(piece);
                }
                return "nothing has waited";
            } catch (SocketTimeoutException e) {
                waitedInVain.complete(null);
                conversation.setTimeout(null);
                conversation.write("resumed");
                conversation.flush();
                return "waited";
            }
        })) {
            waitedInVain.get(30, TimeUnit.SECONDS);
            byte[] received = client.getInputStream().readAllBytes();
            assertThat(outcome()).isEqualTo("waited");
            assertThat(received.length).isLessThan((int) much);
            assertThat(new String(received, received.length - 7, 7, UTF_8)).isEqualTo("resumed");
        }
    }

    @Test
    void aPeerThatSaysMuchIsNotReadFromWhileNobodyListens() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        long much = 64L << 20;
        try (Socket client = connect(conversation -> {
            go.get();
            long read = 0;
            for (byte[] some = conversation.read(1 << 16); some.length > 0; some = conversation.read(1 << 16)) {
                read += some.length;
            }
            return read;
        })) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    byte[] piece = new byte[1 << 20];
                    for (long at = 0; at < much; at += piece.length) {
                        client.getOutputStream().write(piece);
                    }
                    client.shutdownOutput();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            long before = reactor.reactor().metrics().bytesReceived();
            reactor.awaitTurns(100);
            assertThat(reactor.reactor().metrics().bytesReceived() - before).isLessThan(1 << 20);
            go.complete(null);
            sent.get(30, TimeUnit.SECONDS);
            assertThat(outcome()).isEqualTo(String.valueOf(much));
        }
    }

    @Test
    void aLostConnectionIsAnExceptionThatSaysWhy() throws Exception {
        Socket client = connect(Conversation::readLine);
        client.setSoLinger(true, 0);
        client.close();

        assertThat(outcome()).isInstanceOfSatisfying(ConnectionLost.class, lost -> {
            assertThat(lost.reason()).isEqualTo(ConnectionLost.Reason.LOST);
            assertThat(lost.getCause()).isInstanceOf(ConnectionLost.class);
            assertThat(lost.getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("readLine"));
        });
    }

    @Test
    void aReactorThatIsClosedEndsTheConversation() throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        try (Socket client = connect(conversation -> {
            begun.complete(null);
            return conversation.readLine();
        })) {
            begun.get(30, TimeUnit.SECONDS);
            reactor.close();
            assertThat(outcome()).isInstanceOf(ConnectionLost.class);
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void whatItThrowsIsReportedAndAbortsTheConnection() throws Exception {
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor.protocols")) {
            try (Socket client = connect(conversation -> {
                conversation.readLine();
                throw new IllegalStateException("a mistake");
            })) {
                send(client, "go\n");
                assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
                assertThat(outcome()).isInstanceOf(IllegalStateException.class);
            }
            Eventually.eventually()
                    .untilAsserted(() -> assertThat(log.records()).hasSize(1));
            assertThat(log.messages().getFirst()).contains(Scripted.class.getName(), "127.0.0.1");
            assertThat(log.records().getFirst().getThrown()).hasMessage("a mistake");
        }
    }

    @Test
    void theReactorsOwnAreUsedInItsThread() throws Exception {
        try (Socket client =
                connect(conversation -> conversation.call(() -> Thread.currentThread() == reactor.thread()))) {
            assertThat(outcome()).isEqualTo("true");
            assertThat(client.isConnected()).isTrue();
        }
    }
}
