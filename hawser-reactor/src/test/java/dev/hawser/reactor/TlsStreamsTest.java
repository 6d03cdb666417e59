package dev.hawser.reactor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.StreamSetting.Family;
import dev.hawser.reactor.protocols.LineOnlyReceiver;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.tls.TlsContext;
import dev.hawser.tls.TlsSocket;
import dev.hawser.tls.TlsTruncatedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that speak TLS, with blocking clients of another make: on each backend, over TCP and Unix sockets. */
@ParameterizedClass
@MethodSource("settings")
@RequiresProgram("openssl")
@Timeout(60)
class TlsStreamsTest {

    private static final byte[] HELLO = "hello".getBytes(US_ASCII);

    private final StreamSetting setting;
    private final List<TlsSocket> clients = new ArrayList<>();
    private StreamFixture fixture;

    TlsStreamsTest(StreamSetting setting) {
        this.setting = setting;
    }

    static Stream<StreamSetting> settings() {
        return StreamSetting.all().stream().filter(setting -> setting.family() != Family.TCP6);
    }

    @BeforeEach
    void open() throws Exception {
        fixture = new StreamFixture(setting);
    }

    @AfterEach
    void close() throws Exception {
        for (TlsSocket each : clients) {
            each.close();
        }
        fixture.close();
    }

    static TlsContext serverContext() {
        try {
            return TlsContext.forServer(Certificates.local(), Certificates.key(Certificates.local()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static TlsContext clientContext() throws IOException {
        return TlsContext.builder().trust(Certificates.authority()).build();
    }

    private ListeningPort listen(Protocol protocol) throws Exception {
        TlsContext context = serverContext();
        return fixture.listenWith(TlsFactory.forServer(address -> protocol, () -> context));
    }

    private TlsSocket connect(Protocol protocol) throws Exception {
        return wrap(fixture.connect(listen(protocol)));
    }

    private TlsSocket wrap(Socket socket) throws Exception {
        TlsSocket client = clientContext().wrapClient(socket, "localhost");
        clients.add(client);
        return client;
    }

    private static byte[] read(TlsSocket client, int count) throws IOException {
        byte[] all = new byte[count];
        int done = 0;
        while (done < count) {
            int n = client.recvInto(ByteBuffer.wrap(all, done, count - done));
            assertThat(n).as("bytes after %s", done).isPositive();
            done += n;
        }
        return all;
    }

    @Test
    void bytesGoBothWaysAndItIsKnownWhatWasAgreedOn() throws Exception {
        RecordingProtocol server = new RecordingProtocol().echoing();
        TlsSocket client = connect(server);
        client.sendAll(HELLO);
        assertThat(read(client, 5)).isEqualTo(HELLO);

        fixture.running().run(() -> {
            TlsTransport tls = server.transport().tls();
            assertThat(tls).isSameAs(server.transport());
            assertThat(tls.version()).isEqualTo("TLSv1.3");
            assertThat(tls.cipher()).isEqualTo(client.cipher());
            assertThat(tls.serverName()).isEqualTo("localhost");
            assertThat(tls.peerCertificates()).isEmpty();
            assertThat(tls.protocol()).isSameAs(server);
        });
    }

    @Test
    void whatIsWrittenBeforeTheHandshakeWaitsForIt() throws Exception {
        RecordingProtocol server = new RecordingProtocol().onMade(transport -> {
            transport.write(HELLO);
            transport.loseConnection();
        });
        TlsSocket client = connect(server);
        assertThat(read(client, 5)).isEqualTo(HELLO);
        assertThat(client.recvInto(ByteBuffer.allocate(1))).isZero(); // a close_notify: a truncated end would throw
        assertThat(server.awaitLost().reason()).isEqualTo(Reason.DONE);
    }

    @Test
    void megabytesGoThereAndBack() throws Exception {
        byte[] large = StreamFixture.randomBytes(2_000_000);
        TlsSocket client = connect(new RecordingProtocol().echoing());
        client.doHandshake();
        Thread sender = Thread.ofPlatform().start(() -> {
            try {
                client.sendAll(large);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(read(client, large.length)).isEqualTo(large);
        sender.join();
    }

    @Test
    void oneWriteOfTenMegabytesArrives() throws Exception {
        byte[] large = StreamFixture.randomBytes(10_000_000);
        TlsSocket client = connect(new RecordingProtocol().onMade(transport -> {
            transport.write(large);
            transport.loseConnection();
        }));
        assertThat(read(client, large.length)).isEqualTo(large);
        assertThat(client.recvInto(ByteBuffer.allocate(1))).isZero();
    }

    @Test
    void thePeersEndIsACleanOneAndWritingGoesOn() throws Exception {
        RecordingProtocol server = new RecordingProtocol().onReadLost(transport -> {
            transport.write(HELLO);
            transport.loseConnection();
        });
        TlsSocket client = connect(server);
        client.sendAll(HELLO);
        client.shutdownOutput();
        assertThat(read(client, 5)).isEqualTo(HELLO);
        assertThat(client.recvInto(ByteBuffer.allocate(1))).isZero();
        assertThat(server.awaitLost().reason()).isEqualTo(Reason.DONE);
        assertThat(server.calls()).containsExactly("made", "data", "readLost", "lost DONE");
    }

    @Test
    void oneSideMayEndItsHalfAndStillReceive() throws Exception {
        RecordingProtocol server = new RecordingProtocol();
        server.onMade(transport -> {
            transport.write(HELLO);
            transport.loseWriteConnection();
        });
        TlsSocket client = connect(server);
        assertThat(read(client, 5)).isEqualTo(HELLO);
        assertThat(client.recvInto(ByteBuffer.allocate(1))).isZero();
        client.sendAll(HELLO);
        client.shutdownOutput();
        assertThat(server.awaitLost().reason()).isEqualTo(Reason.DONE);
        assertThat(server.received()).isEqualTo(HELLO);
        assertThat(server.calls()).containsExactly("made", "writeLost", "data", "readLost", "lost DONE");
    }

    @Test
    void anEndWithoutCloseNotifyIsATruncation() throws Exception {
        RecordingProtocol server = new RecordingProtocol();
        Socket socket = fixture.connect(listen(server));
        try (Socket raw = socket.share()) {
            TlsSocket client = wrap(socket);
            client.sendAll(HELLO);
            raw.shutdown(Constants.SHUT_WR);
            ConnectionLost lost = server.awaitLost();
            assertThat(lost.reason()).isEqualTo(Reason.LOST);
            assertThat(lost)
                    .hasCauseInstanceOf(TlsTruncatedException.class)
                    .hasMessageContaining("without a close_notify");
            assertThat(server.received()).isEqualTo(HELLO);
        }
    }

    @Test
    void aPeerThatSpeaksNoTlsIsToldApart() throws Exception {
        RecordingProtocol server = new RecordingProtocol();
        Socket client = fixture.connect(listen(server));
        client.sendAll("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
        ConnectionLost lost = server.awaitLost();
        assertThat(lost.reason()).isEqualTo(Reason.LOST);
        assertThat(lost)
                .hasMessageContaining("does not speak TLS: it sent \"GET / HTTP/1.1")
                .hasCauseInstanceOf(SSLException.class);
        assertThat(server.receivedBytes()).isZero();
        assertThat(StreamFixture.readAll(client)).startsWith(21); // an alert
    }

    @Test
    void aPeerThatSaysNothingHasItsTime() throws Exception {
        TlsContext context = serverContext();
        RecordingProtocol server = new RecordingProtocol();
        Socket client = fixture.connect(fixture.listenWith(TlsFactory.forServer(address -> server, () -> context)
                .withHandshakeLimits(Duration.ofMillis(50), 1000)));
        assertThat(server.awaitLost().reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(server.awaitLost()).hasMessageContaining("not done in 50 ms");
        client.close();
    }

    @Test
    void aPeerThatTricklesIsCutOff() throws Exception {
        TlsContext context = serverContext();
        RecordingProtocol server = new RecordingProtocol();
        Socket client = fixture.connect(fixture.listenWith(TlsFactory.forServer(address -> server, () -> context)
                .withHandshakeLimits(Duration.ofSeconds(20), 1000)));
        byte[] hello = new byte[2000]; // a handshake record of 16000 bytes begins
        System.arraycopy(new byte[] {22, 3, 1, 0x3e, (byte) 0x80, 1, 0, 0x3e, 0x7c, 3, 3}, 0, hello, 0, 11);
        client.sendAll(hello);
        assertThat(server.awaitLost()).hasMessageContaining("the limit is 1000");
    }

    @Test
    void abortAndAnExceptionEndIt() throws Exception {
        RecordingProtocol aborting = new RecordingProtocol().onData((transport, data) -> transport.abortConnection());
        connect(aborting).sendAll(HELLO);
        assertThat(aborting.awaitLost().reason()).isEqualTo(Reason.ABORTED);

        IllegalStateException thrown = new IllegalStateException("on purpose");
        RecordingProtocol throwing = new RecordingProtocol().onData((transport, data) -> {
            throw thrown;
        });
        connect(throwing).sendAll(HELLO);
        assertThat(throwing.awaitLost()).hasCause(thrown);
    }

    @Test
    void itMovesToAnotherReactor() throws Exception {
        try (RunningReactor other = RunningReactor.open(setting.backend())) {
            other.run(() -> {});
            List<Thread> threads = new ArrayList<>();
            RecordingProtocol server = new RecordingProtocol().onData((transport, data) -> {
                threads.add(Thread.currentThread());
                transport.write(data);
                if (threads.size() == 1) {
                    transport.moveTo(other.reactor());
                    transport.write(data);
                }
            });
            TlsSocket client = connect(server);
            client.sendAll(HELLO);
            assertThat(read(client, 10)).asString(US_ASCII).isEqualTo("hellohello");
            client.sendAll(HELLO);
            assertThat(read(client, 5)).isEqualTo(HELLO);
            assertThat(threads).containsExactly(fixture.running().thread(), other.thread());
            assertThat(server.transport().reactor()).isSameAs(other.reactor());
            client.shutdownOutput();
            assertThat(server.awaitLost().reason()).isEqualTo(Reason.DONE);
        }
    }

    @Test
    void itMovesInTheMiddleOfTheHandshake() throws Exception {
        try (RunningReactor other = RunningReactor.open(setting.backend())) {
            other.run(() -> {});
            RecordingProtocol server = new RecordingProtocol().echoing().onMade(transport -> {
                transport.write(HELLO);
                transport.moveTo(other.reactor());
            });
            TlsSocket client = connect(server);
            assertThat(read(client, 5)).isEqualTo(HELLO);
            client.sendAll(HELLO);
            assertThat(read(client, 5)).isEqualTo(HELLO);
            client.shutdownOutput();
            assertThat(server.awaitLost().reason()).isEqualTo(Reason.DONE);
        }
    }

    /** Writes until it is paused. */
    private static final class Pusher implements PushProducer {
        private final Transport transport;
        private final byte[] piece = new byte[10_000];
        private int left = 600;
        private boolean paused;
        private int pauses;

        Pusher(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void resumeProducing() {
            paused = false;
            while (!paused && left > 0) {
                left--;
                transport.write(piece);
            }
            if (left == 0) {
                transport.unregisterProducer();
                transport.loseConnection();
            }
        }

        @Override
        public void pauseProducing() {
            paused = true;
            pauses++;
        }

        @Override
        public void stopProducing() {}
    }

    @Test
    void aProducerIsPausedByAPeerThatDoesNotRead() throws Exception {
        CompletableFuture<Pusher> pusher = new CompletableFuture<>();
        RecordingProtocol server = new RecordingProtocol().onMade(transport -> {
            Pusher made = new Pusher(transport);
            transport.registerProducer(made);
            made.resumeProducing();
            pusher.complete(made);
        });
        TlsSocket client = connect(server);
        client.doHandshake();
        fixture.running().awaitTurns(20);
        assertThat(fixture.running().call(() -> server.transport().bufferedBytes()))
                .isLessThan(400_000);
        read(client, 6_000_000);
        assertThat(client.recvInto(ByteBuffer.allocate(1))).isZero();
        assertThat(pusher.get().pauses).isGreaterThan(3);
    }

    @Test
    void aFileIsSentBetweenWhatIsWritten(@TempDir Path directory) throws Exception {
        byte[] content = StreamFixture.randomBytes(1_000_000);
        Path file = Files.write(directory.resolve("file"), content);
        try (FileChannel channel = FileChannel.open(file)) {
            CompletableFuture<Long> sent = new CompletableFuture<>();
            TlsSocket client = connect(new RecordingProtocol().onMade(transport -> {
                transport.write(HELLO);
                transport.sendFile(channel, 10, 900_000).addCallback(sent::complete);
                transport.write(HELLO);
                transport.sendFile(channel, 999_990, 100);
                transport.loseConnection();
            }));
            assertThat(read(client, 5)).isEqualTo(HELLO);
            assertThat(read(client, 900_000)).isEqualTo(Arrays.copyOfRange(content, 10, 900_010));
            assertThat(read(client, 5)).isEqualTo(HELLO);
            assertThat(read(client, 10)).isEqualTo(Arrays.copyOfRange(content, 999_990, 1_000_000));
            assertThat(client.recvInto(ByteBuffer.allocate(1))).isZero();
            assertThat(sent.get()).isEqualTo(900_000);
        }
    }

    @Test
    void aPausedProtocolReceivesNothingUntilItResumes() throws Exception {
        RecordingProtocol server = new RecordingProtocol().onMade(Transport::pauseProducing);
        TlsSocket client = connect(server);
        client.doHandshake();
        client.sendAll(HELLO);
        client.shutdownOutput();
        fixture.running().awaitTurns(10);
        assertThat(server.calls()).containsExactly("made");
        fixture.running().run(() -> server.transport().resumeProducing());
        assertThat(server.awaitLost().reason()).isEqualTo(Reason.DONE);
        assertThat(server.received()).isEqualTo(HELLO);
    }

    /** Says who it is in lines, and knows STARTTLS. */
    private static final class Starter extends LineOnlyReceiver implements TlsTransport.HandshakeListener {
        private final List<String> told = new ArrayList<>();
        private final CompletableFuture<ConnectionLost> lost = new CompletableFuture<>();
        private final TlsContext context = serverContext();

        @Override
        protected void lineReceived(byte[] line) {
            String text = new String(line, US_ASCII);
            told.add(text);
            sendLine(line);
            if (text.equals("STARTTLS")) {
                transport().startTls(context);
            }
        }

        @Override
        public void handshakeCompleted(TlsTransport tls) {
            told.add(tls.version());
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            lost.complete(reason);
        }
    }

    @Test
    void tlsStartsInTheMiddle() throws Exception {
        Starter server = new Starter();
        Socket socket = fixture.connect(fixture.listenWith(address -> server));
        socket.sendAll("one\r\nSTARTTLS\r\n".getBytes(US_ASCII));
        assertThat(StreamFixture.read(socket, 15)).asString().isEqualTo("one\r\nSTARTTLS\r\n");
        TlsSocket client = wrap(socket);
        client.sendAll("two\r\n".getBytes(US_ASCII));
        assertThat(read(client, 5)).asString().isEqualTo("two\r\n");
        client.shutdownOutput();
        assertThat(RunningReactor.await(server.lost, "the connection").reason()).isEqualTo(Reason.DONE);
        assertThat(server.told).containsExactly("one", "STARTTLS", "TLSv1.3", "two");
        assertThatThrownBy(() -> fixture.running().run(() -> server.transport().startTls(serverContext())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void plaintextBehindStartTlsIsNeverDelivered() throws Exception {
        Starter server = new Starter();
        Socket socket = fixture.connect(fixture.listenWith(address -> server));
        socket.sendAll("STARTTLS\r\nRCPT TO: injected\r\n".getBytes(US_ASCII));
        assertThat(RunningReactor.await(server.lost, "the connection"))
                .hasMessageContaining("does not speak TLS: it sent \"RCPT TO: injected");
        assertThat(server.told).containsExactly("STARTTLS");
    }
}
