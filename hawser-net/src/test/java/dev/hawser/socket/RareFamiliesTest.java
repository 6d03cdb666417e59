package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_CAN;
import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_QIPCRTR;
import static dev.hawser.socket.Constants.AF_TIPC;
import static dev.hawser.socket.Constants.AF_VSOCK;
import static dev.hawser.socket.Constants.CAN_RAW;
import static dev.hawser.socket.Constants.IPPROTO_UDPLITE;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_RAW;
import static dev.hawser.socket.Constants.SOCK_RDM;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static dev.hawser.socket.Constants.TIPC_NODE_SCOPE;
import static dev.hawser.socket.Constants.UDPLITE_SEND_CSCOV;
import static dev.hawser.socket.Constants.VMADDR_CID_ANY;
import static dev.hawser.socket.Constants.VMADDR_CID_LOCAL;
import static dev.hawser.socket.Constants.VMADDR_PORT_ANY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Families and protocols that few kernels have all of. */
@Timeout(30)
class RareFamiliesTest {

    /** Answers a datagram over UDP-Lite in capitals, and prints how much of it the checksum covers. */
    private static final String UDPLITE_SERVER = """
            import socket
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_UDPLITE)
            s.setsockopt(socket.IPPROTO_UDPLITE, socket.UDPLITE_RECV_CSCOV, 8)
            s.bind(('127.0.0.1', 0))
            print(s.getsockname()[1])
            data, peer = s.recvfrom(100)
            s.sendto(data.upper(), peer)
            """;

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void aDatagramOverUdpliteMayBeCoveredInPart() throws Exception {
        Socket socket = Kernel.socket(scope, AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE);
        socket.setTimeout(Duration.ofSeconds(10));
        socket.setSockOpt(IPPROTO_UDPLITE, UDPLITE_SEND_CSCOV, 8);
        assertThat(socket.getSockOpt(IPPROTO_UDPLITE, UDPLITE_SEND_CSCOV)).isEqualTo(8);
        try (Peer python = Peers.python(UDPLITE_SERVER)) {
            Sockaddr server = SockaddrIn.of("127.0.0.1", Integer.parseInt(python.readLine()));
            socket.sendTo(Bytes.of("lite"), server);

            Received answer = socket.recvFrom(100);

            assertThat(answer.data()).isEqualTo(Bytes.of("LITE"));
            assertThat(answer.address()).isEqualTo(server);
        }
    }

    /** A machine reaches itself only where the kernel has vsock_loopback. */
    @Test
    void aVirtualMachineTalksToItself() throws IOException {
        Socket listener = Kernel.socket(scope, AF_VSOCK, SOCK_STREAM, 0);
        listener.bind(SockaddrVm.of(VMADDR_CID_ANY, VMADDR_PORT_ANY));
        listener.listen();
        int port = ((SockaddrVm) listener.getSockName()).port();
        assertThat(port).isNotEqualTo(VMADDR_PORT_ANY);
        Socket client = Kernel.socket(scope, AF_VSOCK, SOCK_STREAM, 0);
        client.setTimeout(Duration.ofMillis(500));
        try {
            client.connect(SockaddrVm.of(VMADDR_CID_LOCAL, port));
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("connect vsock ").hasMessageContaining("vsock:1:");
            abort("the kernel has no way from this machine to itself: " + e.getMessage());
        }
        Accepted accepted = listener.accept();
        scope.add(accepted.socket());
        assertThat(accepted.address()).isEqualTo(client.getSockName());
        client.sendAll(Bytes.of("to myself"));
        assertThat(Bytes.recvExactly(accepted.socket(), 9)).isEqualTo(Bytes.of("to myself"));
    }

    @Test
    void aFrameGoesFromSocketToSocketOnAVirtualCanBus() throws IOException {
        Socket receiver = Kernel.socket(scope, AF_CAN, SOCK_RAW, CAN_RAW);
        SockaddrCan bus = virtualBus();
        receiver.bind(bus);
        receiver.setTimeout(Duration.ofSeconds(10));
        Socket sender = Kernel.socket(scope, AF_CAN, SOCK_RAW, CAN_RAW);
        sender.bind(bus);
        byte[] frame = ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putInt(0x123)
                .put((byte) 3)
                .put(8, new byte[] {1, 2, 3})
                .array();
        sender.send(frame);

        Received received = receiver.recvFrom(16);

        assertThat(received.data()).isEqualTo(frame);
        assertThat(received.address()).isEqualTo(bus);
        assertThat(receiver.getSockName()).isEqualTo(bus);
    }

    private static SockaddrCan virtualBus() {
        try {
            return SockaddrCan.of("vcan0");
        } catch (IllegalArgumentException e) {
            return abort("no virtual bus: " + e.getMessage());
        }
    }

    @Test
    void aServiceOfTipcIsReachedByItsName() throws IOException {
        Socket service = Kernel.socket(scope, AF_TIPC, SOCK_RDM, 0);
        service.setTimeout(Duration.ofSeconds(10));
        service.bind(SockaddrTipc.ofRange(18_888, 7, 9, TIPC_NODE_SCOPE));
        Socket client = Kernel.socket(scope, AF_TIPC, SOCK_RDM, 0);
        client.sendTo(Bytes.of("to 8"), SockaddrTipc.ofService(18_888, 8));

        Received letter = service.recvFrom(100);

        assertThat(letter.data()).isEqualTo(Bytes.of("to 8"));
        SockaddrTipc from = (SockaddrTipc) letter.address();
        SockaddrTipc name = (SockaddrTipc) client.getSockName();
        assertThat(SockaddrTipc.ofSocket(from.first(), from.second()))
                .isEqualTo(SockaddrTipc.ofSocket(name.first(), name.second()));
    }

    @Test
    void aSocketOfQrtrHasANodeAndAPort() throws IOException {
        Socket socket = Kernel.socket(scope, AF_QIPCRTR, SOCK_DGRAM, 0);
        SockaddrQrtr name = (SockaddrQrtr) socket.getSockName();
        socket.bind(new SockaddrQrtr(name.node(), 0));

        assertThat(((SockaddrQrtr) socket.getSockName()).port()).isNotZero();
    }
}
