package dev.hawser.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two sockets on one descriptor. */
class ShareTest {

    @AutoClose
    private final Scope scope = new Scope();

    private Socket first;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        SocketPair pair = scope.tcp();
        first = pair.first();
        peer = pair.second();
    }

    @Test
    void takesNoDescriptorMore() throws IOException {
        Socket second = scope.add(first.share());
        assertThat(second.fileno()).isEqualTo(first.fileno());
        assertThat(second.getPeerName()).isEqualTo(peer.getSockName());
    }

    @Test
    void hasATimeoutOfItsOwn() throws IOException {
        first.setTimeout(Duration.ofSeconds(5));
        Socket second = scope.add(first.share());
        assertThat(second.getTimeout()).isEqualTo(Duration.ofSeconds(5));
        second.setTimeout(Duration.ofMillis(1));
        assertThrowsExactly(TimedOutException.class, () -> second.recv(1));
        assertThat(first.getTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void livesOnWhenTheOtherIsClosed() throws IOException {
        Socket second = scope.add(first.share());
        first.close();
        second.sendAll(Bytes.of("still here"));
        assertThat(Bytes.recvExactly(peer, 10)).isEqualTo(Bytes.of("still here"));
        second.close();
        assertThat(peer.recv(1)).isEmpty();
        assertThat(second.fileno()).isEqualTo(-1);
    }

    @Test
    void closingOneWakesItsOwnReaderOnly() throws Exception {
        Socket second = scope.add(first.share());
        Tasks<byte[]> reading = Tasks.start(() -> first.recv(1)).awaitParked();
        second.close();
        peer.sendAll(Bytes.of("x"));
        assertThat(reading.result()).isEqualTo(Bytes.of("x"));

        Socket third = scope.add(first.share());
        Tasks<byte[]> waiting = Tasks.start(() -> third.recv(1)).awaitParked();
        third.close();
        assertThrowsExactly(SocketClosedException.class, waiting::result);
        assertThat(first.isClosed()).isFalse();
    }

    @Test
    void ofAClosedSocketThereIsNone() throws IOException {
        first.close();
        SocketClosedException closed = assertThrowsExactly(SocketClosedException.class, () -> first.share());
        assertThat(closed.operation()).isEqualTo("share");
    }
}
