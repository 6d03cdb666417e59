package dev.hawser.socketserver;

import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.MSG_DONTWAIT;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hawser.socket.Received;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.WouldBlockException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The streams of a datagram's handler, and the answer. */
class DatagramRequestHandlerTest {

    private Socket serverSocket;
    private Socket client;

    @BeforeEach
    void open() throws IOException {
        serverSocket = bound();
        client = bound();
    }

    @AfterEach
    void close() throws IOException {
        serverSocket.close();
        client.close();
    }

    private static Socket bound() throws IOException {
        Socket socket = new Socket(AF_UNIX, SOCK_DGRAM);
        socket.setTimeout(Duration.ofSeconds(30));
        socket.bind(SockaddrUn.ofAbstract("hawser-" + UUID.randomUUID()));
        return socket;
    }

    @FunctionalInterface
    private interface Body {
        void handle(Handler handler) throws Exception;
    }

    private static final class Handler extends DatagramRequestHandler {

        private final Body body;

        Handler(Body body) {
            this.body = body;
        }

        @Override
        protected void handle() throws Exception {
            body.handle(this);
        }
    }

    private void run(String datagram, Sockaddr from, Body body) throws Exception {
        try (UnixDatagramServer server = new UnixDatagramServer(SockaddrUn.UNNAMED, (a, b, c) -> {}, false)) {
            new Handler(body).run(new DatagramRequest(datagram.getBytes(UTF_8), serverSocket), from, server);
        }
    }

    @Test
    void whatIsWrittenIsSentAsOneDatagramFromTheServersSocket() throws Exception {
        run("question", client.getSockName(), it -> {
            assertThat(new String(it.rfile().readNBytes(4), UTF_8)).isEqualTo("ques");
            assertThat(new String(it.rfile().readAllBytes(), UTF_8)).isEqualTo("tion");
            assertThat(new String(it.packet(), UTF_8)).isEqualTo("question");
            it.wfile().write("ans".getBytes(UTF_8));
            it.wfile().write("wer".getBytes(UTF_8));
            assertThat(catchThrowable(() -> client.recv(10, MSG_DONTWAIT))).isInstanceOf(WouldBlockException.class);
        });
        Received answer = client.recvFrom(100);
        assertThat(new String(answer.data(), UTF_8)).isEqualTo("answer");
        assertThat(answer.address()).isEqualTo(serverSocket.getSockName());
    }

    @Test
    void whereNothingIsWrittenAnEmptyDatagramIsSent() throws Exception {
        run("", client.getSockName(), it -> assertThat(it.packet()).isEmpty());
        assertThat(client.recv(100)).isEmpty();
    }

    @Test
    void whatAFailedHandlerHasWrittenIsSentAsInPython() throws Exception {
        assertThatThrownBy(() -> run("question", client.getSockName(), it -> {
                    it.wfile().write('h');
                    throw new IOException("half way");
                }))
                .hasMessage("half way");
        assertThat(client.recv(100)).containsExactly('h');
    }

    @Test
    void aClientWithoutANameCannotBeAnswered() throws Exception {
        assertThatThrownBy(() ->
                        run("question", SockaddrUn.UNNAMED, it -> it.wfile().write(new byte[6])))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "an answer of 6 bytes for a client without a name: it must bind its socket before it sends");
        run("a notice", SockaddrUn.UNNAMED, it -> assertThat(it.packet()).hasSize(8));
    }

    @Test
    void aHandlerOfTheBaseClassAnswersNothing() throws Exception {
        BaseRequestHandler<DatagramRequest> silent = new BaseRequestHandler<>() {
            @Override
            protected void handle() {
                assertThat(request().data()).hasSize(3);
            }
        };
        try (UnixDatagramServer server = new UnixDatagramServer(SockaddrUn.UNNAMED, (a, b, c) -> {}, false)) {
            silent.run(new DatagramRequest(new byte[3], serverSocket), client.getSockName(), server);
        }
        assertThat(catchThrowable(() -> client.recv(10, MSG_DONTWAIT))).isInstanceOf(WouldBlockException.class);
    }

    @Test
    void aLambdaAnswersWithBytesOrNotAtAll() throws Exception {
        RequestHandler<DatagramRequest> upper = RequestHandler.datagrams(packet -> packet.length == 0
                ? null
                : new String(packet, UTF_8).toUpperCase(Locale.ROOT).getBytes(UTF_8));
        try (UnixDatagramServer server = new UnixDatagramServer(SockaddrUn.UNNAMED, upper, false)) {
            upper.handle(new DatagramRequest("loud".getBytes(UTF_8), serverSocket), client.getSockName(), server);
            assertThat(new String(client.recv(100), UTF_8)).isEqualTo("LOUD");
            upper.handle(new DatagramRequest(new byte[0], serverSocket), client.getSockName(), server);
            assertThat(catchThrowable(() -> client.recv(10, MSG_DONTWAIT))).isInstanceOf(WouldBlockException.class);
        }
    }
}
