package dev.hawser.reactor.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.TcpOptions;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class StringTransportTest extends MemoryTransportContract {
    private final StringTransport transport = new StringTransport();

    @Override
    void connect(Recorder protocol) {
        transport.connect(protocol);
    }

    @Override
    void peerSends(String text) {
        transport.receive(text);
    }

    @Override
    void peerEnds() {
        transport.receiveEnd();
    }

    @Override
    String peerGot() {
        String got = transport.text();
        transport.clear();
        return got;
    }

    @Override
    void peerTakes(boolean taking) {
        if (taking) {
            transport.releaseOutput();
        } else {
            transport.holdOutput();
        }
    }

    @Override
    void settle() {
        for (int i = 0; i < 10; i++) {
            transport.runTurn();
        }
    }

    @Test
    void theBufferIsTheLoopsAndNotTheProtocols() {
        Recorder protocol = new Recorder();
        connect(protocol);
        transport.receiveByteByByte("abc");

        assertThat(protocol.told).containsExactly("made", "a", "b", "c");
    }

    @Test
    void whatIsMissingIsToldAtOnce() {
        assertThatIllegalStateException()
                .isThrownBy(() -> transport.receive("x"))
                .withMessageContaining("connect()");
        assertThatIllegalStateException().isThrownBy(transport::reactor).withMessageContaining("MemoryReactor");
        connect(new Recorder());
        assertThatIllegalStateException().isThrownBy(() -> connect(new Recorder()));
    }

    @Test
    void theTestMayEndTheConnection() {
        Recorder protocol = new Recorder();
        connect(protocol);
        transport.lose(new ConnectionLost(Reason.TIMED_OUT, "as the test wants it", null));
        transport.lose(new ConnectionLost(Reason.LOST, "once only", null));

        assertThat(protocol.told).containsExactly("made", "lost TIMED_OUT");
        assertThat(transport.isDisconnecting()).isTrue();
    }

    @Test
    void itTellsWhatWasDoneToIt() {
        connect(new Recorder());
        assertThat(transport.isPaused()).isFalse();
        transport.pauseProducing();
        assertThat(transport.isPaused()).isTrue();
        transport.resumeProducing();
        assertThat(transport.isPaused()).isFalse();
        transport.loseWriteConnection();
        assertThat(transport.isWriteDisconnecting()).isTrue();
        assertThat(transport.isDisconnecting()).isFalse();
        transport.stopProducing();
        assertThat(transport.isDisconnecting()).isTrue();
        assertThat(transport.failure()).isNull();
        assertThat(transport.producer()).isNull();
    }

    @Test
    void addressesAndOptionsAreWhatTheTestGives() throws IOException {
        var other = new StringTransport(SockaddrIn.of("127.0.0.1", 80), null);
        other.setSockOpt(TcpOptions.TCP_NODELAY, true);

        assertThat(other.getHost()).isEqualTo(SockaddrIn.of("127.0.0.1", 80));
        assertThat(other.getPeer()).isNull();
        assertThat(other.getSockOpt(TcpOptions.TCP_NODELAY)).isTrue();
        assertThatThrownBy(() -> other.getSockOpt(TcpOptions.TCP_KEEPIDLE)).isInstanceOf(SocketException.class);
        assertThatThrownBy(other::getPeerCredentials).isInstanceOf(SocketException.class);
    }
}
