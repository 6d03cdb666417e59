package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_RAW;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The snippets of the Javadoc of options, compiled and run. */
@Timeout(30)
class OptionSnippetsTest {

    // @start region="own"
    /** How long to delay acknowledgements, if this kernel can. */
    static final SocketOption<Duration> DELAY = SocketOption.of(
            "TCP_DELACK_MAX_US", Constants.SOL_TCP, 44, OptionCodec.duration(java.time.temporal.ChronoUnit.MICROS));

    /** A struct of two ints. */
    static final SocketOption<int[]> PAIR = SocketOption.of(
            "SO_LINGER",
            Constants.SOL_SOCKET,
            Constants.SO_LINGER,
            OptionCodec.of(int[].class, 8, 8, OptionSnippetsTest::toBytes, OptionSnippetsTest::toInts));

    // @end

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void optionsHaveTypes() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        // @start region="typed"
        socket.setSockOpt(TcpOptions.TCP_NODELAY, true);
        socket.setSockOpt(SocketOptions.SO_KEEPALIVE, true);
        socket.setSockOpt(TcpOptions.TCP_KEEPIDLE, Duration.ofSeconds(30));
        int bytes = socket.getSockOpt(SocketOptions.SO_RCVBUF);
        // @end
        assertThat(socket.getSockOpt(TcpOptions.TCP_NODELAY)).isTrue();
        assertThat(socket.getSockOpt(TcpOptions.TCP_KEEPIDLE)).hasSeconds(30);
        assertThat(bytes).isPositive();
    }

    @Test
    void anOptionOfYourOwn() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        socket.setSockOpt(PAIR, new int[] {1, 7});

        assertThat(socket.getSockOpt(PAIR)).containsExactly(1, 7);
        assertThat(socket.getSockOpt(SocketOptions.SO_LINGER)).isEqualTo(new Linger(true, 7));
        assertThat(DELAY.type()).isEqualTo(Duration.class);
    }

    @Test
    void tcpTellsOfItself() throws IOException {
        Socket socket = scope.tcp().first();
        // @start region="tcpInfo"
        TcpInfo info = socket.getSockOpt(TcpOptions.TCP_INFO);
        Duration roundTrip = info.roundTrip().smoothed();
        boolean congested = info.delivery().repeated() > 0;
        // @end
        assertThat(roundTrip).isPositive();
        assertThat(congested).isFalse();
    }

    @Test
    void theOtherEndOfAUnixSocketIsKnown() throws IOException {
        Socket socket = scope.pair(SOCK_STREAM).first();
        // @start region="peer"
        PeerCredentials peer = socket.getSockOpt(UnixOptions.SO_PEERCRED);
        boolean trusted = peer.uid() == 0;
        // @end
        assertThat(peer.pid()).isEqualTo((int) ProcessHandle.current().pid());
        assertThat(trusted).isEqualTo(peer.uid() == 0);
    }

    @Test
    void aFilterDropsPackets() throws IOException {
        Socket receiver = scope.bound(SOCK_DGRAM, Scope.loopback4());
        Socket sender = scope.socket(AF_INET, SOCK_DGRAM);
        // @start region="filter"
        // Keep UDP datagrams whose first byte, after a header of 8, is 'y': what "tcpdump -ddd" prints.
        BpfProgram onlyY = BpfProgram.parse("""
                4
                48 0 0 8
                21 0 1 121
                6 0 0 262144
                6 0 0 0
                """);
        receiver.setSockOpt(SocketOptions.SO_ATTACH_FILTER, onlyY);
        // @end
        sender.sendTo("no".getBytes(UTF_8), receiver.getSockName());
        sender.sendTo("yes".getBytes(UTF_8), receiver.getSockName());
        assertThat(receiver.recv(10)).asString(UTF_8).isEqualTo("yes");
        assertThat(receiver.getSockOpt(SocketOptions.SO_ATTACH_FILTER)).isEqualTo(onlyY);
    }

    @Test
    void aRawSocketGetsTheMessagesThatItsFilterLets() throws IOException {
        Socket ping = Kernel.socket(scope, AF_INET, SOCK_RAW, Constants.IPPROTO_ICMP);
        ping.setTimeout(Duration.ofSeconds(10));
        // @start region="icmp"
        BitSet allButEchoReply = new BitSet();
        allButEchoReply.set(1, 32);
        ping.setSockOpt(RawOptions.ICMP_FILTER, allButEchoReply);
        // @end
        byte[] echo = {8, 0, 0x5a, (byte) 0xd2, 0x48, 0x57, 0x54, (byte) 0xd6};
        ping.sendTo(echo, SockaddrIn.of("127.0.0.1", 0));
        byte[] answer = ping.recv(100);
        assertThat(answer).hasSize(20 + echo.length).endsWith(0x48, 0x57, 0x54, 0xd6);
        assertThat(answer[20]).as("the type").isZero();
    }

    @Test
    void aGroupIsJoinedAndHeard() throws IOException {
        try (Socket receiver = new Socket(AF_INET, SOCK_DGRAM);
                Socket sender = new Socket(AF_INET, SOCK_DGRAM)) {
            // @start region="multicast"
            MulticastGroup news = MulticastGroup.of("239.1.2.3").onAddress("127.0.0.1");
            receiver.bind(SockaddrIn.of("239.1.2.3", 0));
            Multicast.join(receiver, news);

            sender.setSockOpt(IpOptions.IP_MULTICAST_IF, news.on());
            sender.sendTo("hello, all".getBytes(UTF_8), receiver.getSockName());
            // @end
            assertThat(receiver.recv(100)).asString(UTF_8).isEqualTo("hello, all");
        }
    }

    private static byte[] toBytes(int[] ints) {
        return CBytes.ints(ints);
    }

    private static int[] toInts(byte[] bytes) {
        return CBytes.toInts(bytes);
    }
}
