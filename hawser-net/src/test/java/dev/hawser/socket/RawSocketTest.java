package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_INET6;
import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.IPPROTO_ICMP;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_RAW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.hawser.posix.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SOCK_RAW, which needs a privilege. */
@Timeout(30)
class RawSocketTest {

    private static final int ECHO_REQUEST = 8;
    private static final int IP_HEADER = 20;

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void anEchoRequestToThisHostIsAnswered() throws IOException {
        Socket socket = raw(AF_INET, IPPROTO_ICMP);
        socket.setTimeout(Duration.ofSeconds(5));
        socket.connect(SockaddrIn.of("127.0.0.1", 0));
        short identifier = (short) ProcessHandle.current().pid();
        socket.send(echoRequest(identifier));
        ByteBuffer answer;
        do {
            answer = ByteBuffer.wrap(socket.recv(100));
        } while (answer.get(IP_HEADER) != 0 || answer.getShort(IP_HEADER + 4) != identifier);

        assertThat(answer.get(0)).isEqualTo((byte) 0x45);
        assertThat(answer.get(9)).isEqualTo((byte) IPPROTO_ICMP);
        assertThat(answer.getInt(12)).isEqualTo(SockaddrIn.INADDR_LOOPBACK);
    }

    @Test
    void aRawSocketTellsItsKind() throws IOException {
        Socket socket = raw(AF_INET6, Constants.IPPROTO_ICMPV6);

        assertThat(socket.type()).isEqualTo(SOCK_RAW);
        assertThat(socket.protocol()).isEqualTo(Constants.IPPROTO_ICMPV6);
        assertThat(socket).asString().startsWith("Socket[ip:" + Constants.IPPROTO_ICMPV6);
    }

    @Test
    void aRawUnixSocketIsADatagramSocket() throws IOException {
        Socket socket = scope.socket(AF_UNIX, SOCK_RAW);

        assertThat(socket.getSockOpt(SocketOptions.SO_TYPE)).isEqualTo(SOCK_DGRAM);
    }

    @Test
    void aProtocolThatTheKernelLacksIsRefused() {
        SocketFailedException refused =
                assertThrowsExactly(SocketFailedException.class, () -> new Socket(AF_INET, SOCK_RAW, 0));
        assertThat(refused.errno()).isIn(Errno.EPROTONOSUPPORT, Errno.EPERM);
    }

    private Socket raw(int family, int protocol) throws IOException {
        try {
            return scope.add(new Socket(family, SOCK_RAW, protocol));
        } catch (SocketFailedException e) {
            return abort("no raw sockets here: " + e.getMessage());
        }
    }

    private static byte[] echoRequest(short identifier) {
        ByteBuffer packet = ByteBuffer.allocate(8)
                .put((byte) ECHO_REQUEST)
                .put((byte) 0)
                .putShort((short) 0)
                .putShort(identifier)
                .putShort((short) 1);
        int sum = 0;
        for (int i = 0; i < 8; i += 2) {
            sum += packet.getShort(i) & 0xffff;
        }
        return packet.putShort(2, (short) ~(sum + (sum >>> 16))).array();
    }
}
