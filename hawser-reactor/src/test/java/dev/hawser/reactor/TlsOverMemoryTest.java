package dev.hawser.reactor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.testing.MemoryReactor;
import dev.hawser.reactor.testing.StringTransport;
import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.tls.TlsContext;
import dev.hawser.tls.TlsEngine;
import dev.hawser.tls.TlsTruncatedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS over connections in memory, against an engine of the test's: what a peer may do at its worst. */
@RequiresProgram("openssl")
class TlsOverMemoryTest {

    private static final byte[] MESSAGE = "a message".getBytes(US_ASCII);

    private final MemoryReactor reactor = new MemoryReactor();
    private final RecordingProtocol server = new RecordingProtocol();
    private final StringTransport transport = new StringTransport().withReactor(reactor);
    private final TlsEngine client;

    TlsOverMemoryTest() throws IOException {
        TlsContext serving = TlsContext.forServer(Certificates.local(), Certificates.key(Certificates.local()));
        transport.connect(TlsFactory.forServer(address -> server, () -> serving).buildProtocol(null));
        client = client();
    }

    private static TlsEngine client() throws IOException {
        return TlsContext.builder().trust(Certificates.authority()).build().client("localhost", -1);
    }

    /** What the client has to say. */
    private byte[] said() {
        byte[] bytes = new byte[client.output().remaining()];
        client.output().get(bytes);
        return bytes;
    }

    private void hear() {
        client.input().put(transport.value());
        transport.clear();
    }

    private void shake() throws SSLException {
        while (!client.isHandshaken()) {
            client.handshake();
            transport.receive(said());
            hear();
        }
    }

    private byte[] encrypted(byte[] message) throws SSLException {
        client.write(ByteBuffer.wrap(message));
        return said();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 100})
    void howTheBytesAreCutDoesNotMatter(int pieceLength) throws Exception {
        server.echoing();
        shake();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            all.writeBytes(encrypted(MESSAGE));
        }
        byte[] bytes = all.toByteArray();
        for (int at = 0; at < bytes.length; at += pieceLength) {
            transport.receive(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + pieceLength)));
        }
        assertThat(server.received()).asString(US_ASCII).isEqualTo("a message".repeat(3));
        hear();
        ByteBuffer heard = ByteBuffer.allocate(client.largestPlaintextBytes());
        while (client.read(heard) > 0) {
            // All of it.
        }
        assertThat(heard.flip().remaining()).isEqualTo(27);
    }

    @Test
    void anEndAtAnyByteIsNoCleanOne() throws Exception {
        TlsEngine first = client();
        first.handshake();
        int hello = first.output().remaining();
        int message = messageBytes();
        for (int cut = 0; cut <= hello; cut += 29) {
            new TlsOverMemoryTest().isCutInTheHandshake(cut);
        }
        for (int cut = 0; cut <= message; cut++) {
            new TlsOverMemoryTest().isCutAt(cut);
        }
    }

    private int messageBytes() throws SSLException {
        shake();
        return encrypted(MESSAGE).length;
    }

    private void isCutInTheHandshake(int cut) throws SSLException {
        client.handshake();
        transport.receive(Arrays.copyOf(said(), cut));
        transport.receiveEnd();
        transport.runTurn();
        assertThat(server.reasonOfTheEnd().reason()).as("after %s bytes", cut).isEqualTo(Reason.LOST);
        assertThat(server.reasonOfTheEnd()).hasMessageContaining("during the handshake");
    }

    private void isCutAt(int cut) throws SSLException {
        shake();
        byte[] record = encrypted(MESSAGE);
        transport.receive(Arrays.copyOf(record, cut));
        transport.receiveEnd();
        transport.runTurn();
        assertThat(server.reasonOfTheEnd().reason()).as("after %s bytes", cut).isEqualTo(Reason.LOST);
        assertThat(server.reasonOfTheEnd()).hasCauseInstanceOf(TlsTruncatedException.class);
        assertThat(server.receivedBytes()).isEqualTo(cut == record.length ? MESSAGE.length : 0);
    }

    @Test
    void aByteThatIsChangedEndsItAndWhatCameBeforeIsTold() throws Exception {
        shake();
        byte[] good = encrypted(MESSAGE);
        byte[] bad = encrypted(MESSAGE);
        bad[bad.length - 1]++;
        byte[] both = Arrays.copyOf(good, good.length + bad.length);
        System.arraycopy(bad, 0, both, good.length, bad.length);
        transport.receive(both);
        transport.runTurn();
        assertThat(server.received()).isEqualTo(MESSAGE);
        assertThat(server.reasonOfTheEnd().reason()).isEqualTo(Reason.LOST);
        assertThat(server.reasonOfTheEnd()).hasCauseInstanceOf(SSLException.class);
    }

    @Test
    void manyWritesOfOneEventAreOneRecord() throws Exception {
        server.onData((connection, data) -> {
            for (int i = 0; i < 100; i++) {
                connection.write(MESSAGE);
            }
        });
        shake();
        transport.clear();
        transport.receive(encrypted(MESSAGE));
        byte[] answer = transport.value();
        assertThat(answer.length).isLessThan(900 + 64);
        assertThat(Short.toUnsignedInt(ByteBuffer.wrap(answer).getShort(3))).isEqualTo(answer.length - 5);
    }

    @Test
    void recordsAreFull() throws Exception {
        byte[] large = new byte[10 * 16 * 1024];
        server.onData((connection, data) -> connection.write(large));
        shake();
        transport.clear();
        transport.receive(encrypted(MESSAGE));
        int records = 0;
        ByteBuffer answer = ByteBuffer.wrap(transport.value());
        while (answer.hasRemaining()) {
            answer.position(answer.position() + 5 + Short.toUnsignedInt(answer.getShort(answer.position() + 3)));
            records++;
        }
        assertThat(records).isLessThanOrEqualTo(11); // the JDK's are a little shorter than 16 KiB
    }

    @Test
    void theTimeOfAHandshakeIsTheReactors() {
        reactor.advance(Duration.ofMillis(9999));
        assertThat(server.isLost()).isFalse();
        reactor.advance(Duration.ofMillis(1));
        transport.runTurn();
        assertThat(server.reasonOfTheEnd().reason()).isEqualTo(Reason.TIMED_OUT);
    }
}
