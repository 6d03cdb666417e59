package dev.hawser.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrNl;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The snippets of the Javadoc, compiled and run. */
class NetlinkSnippetsTest {

    @Test
    void theLoopbackAndItsAddressAreListed() throws IOException {
        assertThat(describe()).contains("lo 127.0.0.1/8");
    }

    // @start region="network"
    static String describe() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Link link : Network.links()) {
            for (LinkAddress address : Network.addresses()) {
                if (address.linkIndex() == link.index()) {
                    text.append(link.name()).append(' ');
                    text.append(address.address().getHostAddress()).append('/').append(address.prefixLength());
                    text.append('\n');
                }
            }
        }
        return text.toString();
    }
    // @end

    @Test
    void nothingHappensInNoTime() throws IOException {
        assertThat(watch(Duration.ZERO)).isEqualTo("no change");
    }

    // @start region="watch"
    static String watch(Duration patience) throws IOException {
        try (NetworkWatch watch = NetworkWatch.open(WatchTopic.LINKS, WatchTopic.ADDRESSES)) {
            return switch (watch.next(patience)) {
                case NetworkEvent.LinkAdded(Link link) -> link.name() + " is new";
                case NetworkEvent.LinkRemoved(Link link) -> link.name() + " is gone";
                case NetworkEvent.EventsLost lost -> "list again: " + lost.reason();
                case null -> "no change";
                default -> "something else has changed";
            };
        }
    }
    // @end

    @Test
    void aListeningSocketIsInTheTable() throws IOException {
        try (Socket server = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0))) {
            String address = server.getSockName().toString();
            assertThat(listening()).anyMatch(text -> text.startsWith(address + " "));
        }
    }

    // @start region="sockets"
    static List<String> listening() throws IOException {
        SocketOwners owners = SocketOwners.read();
        return SocketTable.tcp().stream()
                .filter(socket -> socket.state() == SocketState.LISTENING)
                .map(socket -> socket.local() + " " + owners.of(socket.inode()))
                .toList();
    }
    // @end

    @Test
    void aMessageIsSentAndItsAnswerRead() throws IOException {
        assertThat(askForLink(1)).startsWith("NetlinkMessage[type=16, flags=0x0, sequence=7, ");
    }

    // @start region="message"
    static String askForLink(int index) throws IOException {
        int getLink = 18; // RTM_GETLINK
        byte[] interfaceInfo = {0, 0, 0, 0, (byte) index, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}; // little-endian
        NetlinkMessage request = new NetlinkMessage(getLink, 1, 7, 0, interfaceInfo);
        try (Socket socket = new Socket(Constants.AF_NETLINK, Constants.SOCK_RAW, 0)) {
            socket.sendTo(request.encode(), SockaddrNl.KERNEL);
            return NetlinkMessage.parse(socket.recv(32 * 1024)).getFirst().toString();
        }
    }
    // @end
}
