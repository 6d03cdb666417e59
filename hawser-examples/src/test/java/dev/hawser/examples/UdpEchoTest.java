package dev.hawser.examples;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hawser.socket.BindFailedException;
import dev.hawser.socket.Received;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UdpEchoTest {

    @AutoClose
    private final RunningServer running = new RunningServer(out -> new UdpEcho(SockaddrIn.of("127.0.0.1", 0), out));

    @AutoClose
    private final Socket client = new Socket(AF_INET, SOCK_DGRAM);

    UdpEchoTest() throws IOException {
        client.setTimeout(Duration.ofSeconds(10));
        client.bind(SockaddrIn.of("127.0.0.1", 0));
    }

    @Test
    void everyDatagramComesBackToItsSenderAsItWas() throws IOException {
        byte[] longest = new byte[65_507];
        Arrays.fill(longest, (byte) 'x');
        for (byte[] sent : new byte[][] {"网络编程".getBytes(UTF_8), {}, {0, -1}, longest}) {
            client.sendTo(sent, running.server().address());
            Received answer = client.recvFrom(100_000);
            assertThat(answer.data()).isEqualTo(sent);
            assertThat(answer.address()).isEqualTo(running.server().address());
        }
        await().until(() -> running.server().served().equals("4 datagrams, 65521 bytes"));
    }

    @Test
    void manySendersAreServedByTheOneThread() throws IOException {
        try (Socket other = new Socket(AF_INET, SOCK_DGRAM)) {
            other.setTimeout(Duration.ofSeconds(10));
            for (int i = 0; i < 100; i++) {
                client.sendTo(("client " + i).getBytes(UTF_8), running.server().address());
                other.sendTo(("other " + i).getBytes(UTF_8), running.server().address());
                assertThat(other.recv(100)).asString(UTF_8).isEqualTo("other " + i);
                assertThat(client.recv(100)).asString(UTF_8).isEqualTo("client " + i);
            }
        }
    }

    @Test
    @RequiresProgram("socat")
    void socatHasItsWordsBack() throws Exception {
        try (Peer socat = Peers.start("socat", "-T10", "-", "UDP4:127.0.0.1:" + running.port())) {
            socat.writeLine("网络编程");
            assertThat(socat.readLine()).isEqualTo("网络编程");
        }
    }

    @Test
    void twistedHasItsWordsBack() throws Exception {
        Peers.requirePythonModule("twisted");
        try (Peer python = Peers.python("""
                import sys
                from twisted.internet import protocol, reactor
                class Client(protocol.DatagramProtocol):
                    def startProtocol(self):
                        self.transport.connect('127.0.0.1', int(sys.argv[1]))
                        self.transport.write(b'from twisted')
                    def datagramReceived(self, data, sender):
                        print(data.decode())
                        reactor.stop()
                reactor.listenUDP(0, Client(), interface='127.0.0.1')
                reactor.run()
                """, Integer.toString(running.port()))) {
            assertThat(python.readLine()).isEqualTo("from twisted");
            assertThat(python.awaitExit()).isZero();
        }
    }

    @Test
    void aServerThatIsClosedBeforeItServesIsNoFailure() throws IOException {
        UdpEcho echo = new UdpEcho(SockaddrIn.of("127.0.0.1", 0), System.out);
        echo.close();
        echo.serve();
        assertThat(echo.served()).isEqualTo("0 datagrams, 0 bytes");
    }

    @Test
    void aPortInUseLeavesNothingOpen() {
        assertThatThrownBy(() -> new UdpEcho(running.server().address(), System.out))
                .isInstanceOf(BindFailedException.class)
                .hasMessageContaining("EADDRINUSE");
    }
}
