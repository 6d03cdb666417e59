package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_NETLINK;
import static dev.hawser.socket.Constants.NETLINK_ROUTE;
import static dev.hawser.socket.Constants.NETLINK_USERSOCK;
import static dev.hawser.socket.Constants.SOCK_RAW;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.posix.Errno;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** AF_NETLINK: datagrams between the kernel and programs. */
@Timeout(30)
class NetlinkSocketTest {

    private static final short RTM_NEWLINK = 16;
    private static final short RTM_GETLINK = 18;
    private static final short REQUEST_AND_DUMP = 0x301;
    private static final int HEADER_AND_LINK = 32;

    /** Sends a letter to the port it is told, with its own name in it, and prints what comes back from whom. */
    private static final String CORRESPONDENT = """
            import socket, sys
            s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_USERSOCK)
            s.bind((0, 0))
            pid, groups = s.getsockname()
            print(f'netlink:{pid}/0x{groups:x}')
            s.sendto(b'from python', (int(sys.argv[1]), 0))
            data, address = s.recvfrom(100)
            print(data.decode(), address[0], address[1])
            """;

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void theKernelAnswersARequestForItsLinks() throws IOException {
        Socket socket = netlink(NETLINK_ROUTE);
        socket.bind(SockaddrNl.KERNEL);
        socket.sendTo(requestForLinks(77), SockaddrNl.KERNEL);

        Received answer = socket.recvFrom(65536);

        assertThat(answer.address()).isEqualTo(SockaddrNl.KERNEL);
        ByteBuffer message = ByteBuffer.wrap(answer.data()).order(ByteOrder.nativeOrder());
        assertThat(message.getInt()).isBetween(HEADER_AND_LINK, answer.data().length);
        assertThat(message.getShort()).isEqualTo(RTM_NEWLINK);
        assertThat(message.getInt(8)).isEqualTo(77);
        assertThat(message.getInt(12)).isEqualTo(((SockaddrNl) socket.getSockName()).pid());
        assertThat(new String(answer.data(), US_ASCII)).contains("lo\0");
    }

    @Test
    void aConnectedSocketTalksToTheKernel() throws IOException {
        Socket socket = netlink(NETLINK_ROUTE);
        socket.connect(SockaddrNl.KERNEL);
        socket.send(requestForLinks(1));

        assertThat(socket.recv(65536)).hasSizeGreaterThan(HEADER_AND_LINK);
        assertThat(socket.getPeerName()).isEqualTo(SockaddrNl.KERNEL);
    }

    @Test
    void letterForLetterWithCpython() throws Exception {
        Socket socket = netlink(NETLINK_USERSOCK);
        socket.bind(SockaddrNl.KERNEL);
        int port = ((SockaddrNl) socket.getSockName()).pid();
        try (Peer python = Peers.python(CORRESPONDENT, Integer.toUnsignedString(port))) {
            Sockaddr itsName = Sockaddr.parse(python.readLine());
            Received letter = socket.recvFrom(100);
            assertThat(letter.data()).isEqualTo(Bytes.of("from python"));
            assertThat(letter.address()).isEqualTo(itsName);
            socket.sendTo(Bytes.of("from-java"), itsName);
            assertThat(python.readLine()).isEqualTo("from-java " + Integer.toUnsignedString(port) + " 0");
        }
    }

    @Test
    void aPortIsTakenOnce() throws IOException {
        Socket first = netlink(NETLINK_USERSOCK);
        first.bind(SockaddrNl.KERNEL);
        SockaddrNl name = (SockaddrNl) first.getSockName();
        Socket second = netlink(NETLINK_USERSOCK);

        BindFailedException taken = assertThrowsExactly(BindFailedException.class, () -> second.bind(name));

        assertThat(taken.errno()).isEqualTo(Errno.EADDRINUSE);
        assertThat(taken).hasMessage("bind netlink " + name + ": EADDRINUSE (Address already in use)");
    }

    private Socket netlink(int protocol) throws IOException {
        Socket socket = Kernel.socket(scope, AF_NETLINK, SOCK_RAW, protocol);
        socket.setTimeout(Duration.ofSeconds(10));
        return socket;
    }

    /** A {@code struct nlmsghdr} and a {@code struct ifinfomsg}: rtnetlink(7). */
    private static byte[] requestForLinks(int sequence) {
        return ByteBuffer.allocate(HEADER_AND_LINK)
                .order(ByteOrder.nativeOrder())
                .putInt(HEADER_AND_LINK)
                .putShort(RTM_GETLINK)
                .putShort(REQUEST_AND_DUMP)
                .putInt(sequence)
                .array();
    }
}
