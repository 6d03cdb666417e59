package dev.hawser.socket;

import static dev.hawser.socket.Constants.MSG_EOR;
import static dev.hawser.socket.Constants.MSG_PEEK;
import static dev.hawser.socket.Constants.MSG_TRUNC;
import static dev.hawser.socket.Constants.MSG_WAITALL;
import static dev.hawser.socket.Constants.SHUT_RDWR;
import static dev.hawser.socket.Constants.SHUT_WR;
import static dev.hawser.socket.Constants.SOCK_SEQPACKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages in order over a connection, SOCK_SEQPACKET of AF_UNIX. */
@ParameterizedClass
@ValueSource(strings = {"path", "abstract", "pair"})
@Timeout(30)
class SeqpacketTest {

    @Parameter
    String kind;

    @AutoClose
    final Scope scope = new Scope();

    Socket client;
    Socket server;

    @BeforeEach
    void connect() throws IOException {
        SocketPair pair = switch (kind) {
            case "path" -> scope.connect(scope.unixPath(), SOCK_SEQPACKET);
            case "abstract" -> scope.connect(Scope.unixAbstract(), SOCK_SEQPACKET);
            default -> scope.pair(SOCK_SEQPACKET);
        };
        client = pair.first();
        server = pair.second();
    }

    @Test
    void messagesKeepTheirBordersAndTheirOrder() throws IOException {
        for (int i = 1; i < 9; i++) {
            assertThat(client.send(Bytes.pattern(i))).isEqualTo(i);
        }
        for (int i = 1; i < 9; i++) {
            assertThat(server.recv(100)).isEqualTo(Bytes.pattern(i));
        }
        server.sendAll(Bytes.of("back"), 0, 4, MSG_EOR);
        assertThat(client.recvFrom(100).data()).isEqualTo(Bytes.of("back"));
    }

    @Test
    void whatDoesNotFitIsDropped() throws IOException {
        for (int i = 0; i < 4; i++) {
            client.send(Bytes.of("0123456789"));
        }

        assertThat(server.recv(4, MSG_PEEK)).isEqualTo(Bytes.of("0123"));
        assertThat(server.recv(4)).isEqualTo(Bytes.of("0123"));
        assertThat(server.recvInto(new byte[2], 0, 2, MSG_TRUNC)).isEqualTo(10);
        assertThat(server.recv(3, MSG_WAITALL)).isEqualTo(Bytes.of("012"));
        assertThat(server.recv(100, MSG_WAITALL)).isEqualTo(Bytes.of("0123456789"));
    }

    @Test
    void messagesOfMoreThan64KibArriveWhole() throws IOException {
        byte[] large = Bytes.pattern(150_000);
        client.sendAll(large);
        for (Memory memory : Memory.values()) {
            MemorySegment segment = memory.segment(150_000).copyFrom(MemorySegment.ofArray(large));
            assertThat(server.recv(200_000)).isEqualTo(large);
            assertThat(client.send(segment, 0)).isEqualTo(150_000);
        }
        assertThat(server.recv(200_000)).isEqualTo(large);
    }

    @Test
    void aMessageMayBeEmpty() throws IOException {
        assertThat(client.send(new byte[0])).isZero();
        client.send(Bytes.of("x"));

        assertThat(server.recv(10)).isEmpty();
        assertThat(server.recv(10)).isEqualTo(Bytes.of("x"));
    }

    @Test
    void closeOfThePeerIsTheEnd() throws Exception {
        client.send(Bytes.of("last"));
        assertThat(server.recv(10)).isEqualTo(Bytes.of("last"));
        Tasks<byte[]> receiving = Tasks.start(() -> server.recv(10)).awaitParked();
        client.close();

        assertThat(receiving.result()).isEmpty();
        assertThat(server.recv(10)).isEmpty();
        assertThrowsExactly(ConnectionBrokenException.class, () -> server.send(new byte[1]));
    }

    @Test
    void halfCloseEndsOneDirectionOnly() throws IOException {
        client.shutdown(SHUT_WR);
        assertThat(server.recv(10)).isEmpty();
        server.send(Bytes.of("answer"));
        assertThat(client.recv(10)).isEqualTo(Bytes.of("answer"));
    }

    @Test
    void shutdownWakesTheReader() throws Exception {
        Tasks<Received> receiving = Tasks.start(() -> server.recvFrom(10)).awaitParked();
        server.shutdown(SHUT_RDWR);

        assertThat(receiving.result().data()).isEmpty();
    }

    @Test
    void waitingEndsWithTheTimeout() throws IOException {
        server.setTimeout(Duration.ofMillis(30));
        assertThrowsExactly(TimedOutException.class, () -> server.recv(1));
        client.setTimeout(Duration.ofMillis(30));
        Bytes.fill(client, 16 * 1024);
        assertThrowsExactly(TimedOutException.class, () -> client.send(new byte[16 * 1024]));
        server.setBlocking(false);
        assertThat(server.recv(100_000)).hasSize(16 * 1024);
    }

    @Test
    void aSenderWaitsForRoom() throws Exception {
        int queued = Bytes.fill(client, 16 * 1024) / (16 * 1024);
        Tasks<Void> sending =
                Tasks.run(() -> client.sendAll(new byte[16 * 1024])).awaitParked();
        for (int i = 0; i <= queued; i++) {
            assertThat(server.recv(100_000)).hasSize(16 * 1024);
        }
        sending.result();
    }
}
