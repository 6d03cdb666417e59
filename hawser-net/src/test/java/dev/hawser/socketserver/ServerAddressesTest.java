package dev.hawser.socketserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.posix.Errno;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.SocketError;
import dev.hawser.testkit.Faults;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which address goes with which server. */
class ServerAddressesTest {

    private static final SockaddrIn LOOPBACK = SockaddrIn.of("127.0.0.1", 0);
    private static final SockaddrUn UNIX = SockaddrUn.of("/nowhere/server.sock");

    @Test
    void anAddressThatCannotWorkIsRefusedWithTheServerThatTakesIt() {
        assertThatThrownBy(() -> new TcpServer(UNIX, Answers.OfStream.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use a UnixStreamServer")
                .hasMessageContaining("unix:/nowhere/server.sock");
        assertThatThrownBy(() -> new UdpServer(UNIX, Answers.OfDatagram.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use a UnixDatagramServer");
        assertThatThrownBy(() -> new UnixStreamServer(LOOPBACK, Answers.OfStream.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a TcpServer");
        assertThatThrownBy(() -> new ThreadingUnixDatagramServer(LOOPBACK, Answers.OfDatagram.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a UdpServer");
    }

    @Test
    void aServerThatCannotListenLeavesNothingOpen() {
        try (Faults faults = Faults.install()) {
            faults.on("listen").fail(Errno.EADDRINUSE);
            AtomicInteger closed = new AtomicInteger();
            class Closing extends TcpServer {
                Closing() throws IOException {
                    super(LOOPBACK, RequestHandler.of(Answers.OfStream.class));
                }

                @Override
                public void serverClose() {
                    closed.incrementAndGet();
                }
            }

            for (int i = 0; i < 1024; i++) {
                assertThatThrownBy(Closing::new)
                        .isInstanceOfSatisfying(
                                SocketError.class,
                                each -> assertThat(each.errno()).isEqualTo(Errno.EADDRINUSE));
            }

            assertThat(closed).hasValue(1024);
        }
    }
}
