package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_PACKET;
import static dev.hawser.socket.Constants.PACKET_HOST;
import static dev.hawser.socket.Constants.PACKET_OUTGOING;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_RAW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** AF_PACKET: frames of the link layer, with their headers or without; it needs a privilege. */
@Timeout(30)
class PacketSocketTest {

    private static final int ETH_P_IP = 0x0800;

    /** For experiments, IEEE 802: nobody else sends it. */
    private static final int EXPERIMENT = 0x88b5;

    private static final int ARPHRD_LOOPBACK = 772;
    private static final int ETHERNET_HEADER = 14;
    private static final int IP_AND_UDP_HEADERS = 28;

    /** Prints from whom the first packet came that has the text in it, written as the addresses here are. */
    private static final String LISTENER = """
            import socket, sys
            s = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0)
            s.bind(('lo', int(sys.argv[1])))
            print('ready')
            data, a = s.recvfrom(100)
            print(f'packet:{socket.if_nametoindex(a[0])}/0x{a[1]:04x}/{a[2]}/{a[3]}/{a[4].hex(":")}')
            print(data.decode())
            s.sendto(b'answer', ('lo', int(sys.argv[1]), 0, 0, bytes(6)))
            """;

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void aRawSocketSeesWholeFrames() throws IOException {
        Socket frames = packet(SOCK_RAW, ETH_P_IP);
        byte[] text = Bytes.of("hawser " + System.nanoTime());
        Socket receiver = scope.bound(SOCK_DGRAM, Scope.loopback4());
        scope.socket(AF_INET, SOCK_DGRAM).sendTo(text, receiver.getSockName());

        Received seen;
        do {
            seen = frames.recvFrom(2000);
        } while (!endsWith(seen.data(), text));

        assertThat(seen.data()).hasSize(ETHERNET_HEADER + IP_AND_UDP_HEADERS + text.length);
        assertThat(ByteBuffer.wrap(seen.data()).getShort(12)).isEqualTo((short) ETH_P_IP);
        SockaddrLl from = (SockaddrLl) seen.address();
        assertThat(from.ifIndex()).isEqualTo(1);
        assertThat(from.protocol()).isEqualTo(ETH_P_IP);
        assertThat(from.packetType()).isIn(PACKET_HOST, PACKET_OUTGOING);
        assertThat(from.hardwareType()).isEqualTo(ARPHRD_LOOPBACK);
        assertThat(from.address()).isEqualTo(new byte[6]);
    }

    @Test
    void aDatagramSocketSeesPacketsWithoutTheHeader() throws IOException {
        Socket receiver = packet(SOCK_DGRAM, EXPERIMENT);
        Socket sender = Kernel.socket(scope, AF_PACKET, SOCK_DGRAM, 0);
        sender.sendTo(Bytes.of("cooked"), new SockaddrLl(1, EXPERIMENT, 0, 0, new byte[6]));

        Received received = receiver.recvFrom(100);

        assertThat(received.data()).isEqualTo(Bytes.of("cooked"));
        assertThat(received.address())
                .isEqualTo(new SockaddrLl(1, EXPERIMENT, PACKET_HOST, ARPHRD_LOOPBACK, new byte[6]));
    }

    @Test
    void cpythonHearsAndAnswers() throws Exception {
        int protocol = EXPERIMENT + 1;
        Socket socket = packet(SOCK_DGRAM, protocol);
        try (Peer python = Peers.python(LISTENER, Integer.toString(protocol))) {
            assertThat(python.readLine()).isEqualTo("ready");
            socket.sendTo(Bytes.of("hello"), new SockaddrLl(1, protocol, 0, 0, new byte[6]));
            Received own = socket.recvFrom(100);
            assertThat(own.data()).isEqualTo(Bytes.of("hello"));
            assertThat(python.readLine()).isEqualTo(own.address() + "");
            assertThat(python.readLine()).isEqualTo("hello");
            assertThat(socket.recvFrom(100).data()).isEqualTo(Bytes.of("answer"));
        }
    }

    private Socket packet(int type, int protocol) throws IOException {
        Socket socket = Kernel.socket(scope, AF_PACKET, type, 0);
        socket.setTimeout(Duration.ofSeconds(10));
        socket.bind(SockaddrLl.of("lo", protocol));
        return socket;
    }

    private static boolean endsWith(byte[] data, byte[] end) {
        return data.length >= end.length
                && Arrays.equals(data, data.length - end.length, data.length, end, 0, end.length);
    }
}
