package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.SOCK_NONBLOCK;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Timeouts as settings: of a socket, and of those that are made later. */
@Timeout(30)
class TimeoutSettingsTest {

    @AutoClose
    final Scope scope = new Scope();

    @AfterEach
    void noDefault() {
        Sockets.setDefaultTimeout(null);
    }

    @Test
    void theTimeoutIsReadAsItWasSet() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        assertThat(socket.getTimeout()).isNull();
        assertThat(socket.getBlocking()).isTrue();
        socket.setTimeout(Duration.ofMillis(1500));
        assertThat(socket.getTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(socket.getBlocking()).isTrue();
        socket.setTimeout(Duration.ZERO);
        assertThat(socket.getTimeout()).isZero();
        assertThat(socket.getBlocking()).isFalse();
        socket.setTimeout(null);
        assertThat(socket.getTimeout()).isNull();
    }

    @Test
    void blockingIsATimeoutOfNullOrZero() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        socket.setBlocking(false);
        assertThat(socket.getTimeout()).isZero();
        socket.setBlocking(true);
        assertThat(socket.getTimeout()).isNull();
    }

    @Test
    void aNegativeTimeoutIsRefused() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        socket.setTimeout(Duration.ofSeconds(3));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> socket.setTimeout(Duration.ofNanos(-1)))
                .withMessageContaining("PT-0.000000001S");
        assertThatIllegalArgumentException().isThrownBy(() -> socket.setTimeout(Duration.ofDays(999_999)));
        assertThatIllegalArgumentException().isThrownBy(() -> Sockets.setDefaultTimeout(Duration.ofSeconds(-1)));
        assertThat(socket.getTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(Sockets.getDefaultTimeout()).isNull();
    }

    @Test
    void theLongestTimeoutIsNoTimeout() throws Exception {
        SocketPair pair = scope.tcp();
        pair.first().setTimeout(Duration.ofNanos(Long.MAX_VALUE));
        Tasks<byte[]> receiving = Tasks.start(() -> pair.first().recv(1)).awaitParked();
        pair.second().send(Bytes.of("x"));

        assertThat(receiving.result()).isEqualTo(Bytes.of("x"));
    }

    @Test
    void theDefaultIsForSocketsThatAreMadeLater() throws IOException {
        Socket earlier = scope.listener(Scope.loopback4());
        Sockets.setDefaultTimeout(Duration.ofSeconds(9));
        assertThat(Sockets.getDefaultTimeout()).isEqualTo(Duration.ofSeconds(9));

        Socket client = scope.socket(AF_INET, SOCK_STREAM);
        client.connect(earlier.getSockName());
        assertThat(earlier.getTimeout()).isNull();
        assertThat(client.getTimeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(scope.accept(earlier).getTimeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(scope.pair(SOCK_STREAM).second().getTimeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(scope.add(Sockets.fromFd(client.fileno())).getTimeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(scope.add(new Socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK)).getTimeout())
                .isZero();
    }

    @Test
    void aDefaultOfZeroMakesSocketsThatDoNotWait() throws IOException {
        Sockets.setDefaultTimeout(Duration.ZERO);

        assertThat(scope.socket(AF_INET, SOCK_STREAM).getBlocking()).isFalse();
        assertThat(NameService.getAddrInfo("127.0.0.1", 1, AddrInfoHints.of(AF_INET, SOCK_STREAM)))
                .hasSize(1);
    }
}
