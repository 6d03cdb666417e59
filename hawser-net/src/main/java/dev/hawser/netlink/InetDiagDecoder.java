package dev.hawser.netlink;

import dev.hawser.posix.Abi;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Internet sockets, as sock_diag tells of them. */
final class InetDiagDecoder {

    static final int TYPE = Abi.value("SOCK_DIAG_BY_FAMILY");

    /** A bit for each state that the kernel numbers. */
    static final int ALL_STATES = (1 << SocketState.values().length) - 1;

    private static final int REQUEST_SIZE = Abi.value("sizeof(struct inet_diag_req_v2)");
    private static final int REQUEST_FAMILY = Abi.value("offsetof(struct inet_diag_req_v2,sdiag_family)");
    private static final int REQUEST_PROTOCOL = Abi.value("offsetof(struct inet_diag_req_v2,sdiag_protocol)");
    private static final int REQUEST_STATES = Abi.value("offsetof(struct inet_diag_req_v2,idiag_states)");

    private static final int SIZE = Abi.value("sizeof(struct inet_diag_msg)");
    private static final int FAMILY = field("idiag_family");
    private static final int STATE = field("idiag_state");
    private static final int TIMER = field("idiag_timer");
    private static final int RETRANSMITS = field("idiag_retrans");
    private static final int EXPIRES_MILLIS = field("idiag_expires");
    private static final int RECEIVE_QUEUE = field("idiag_rqueue");
    private static final int SEND_QUEUE = field("idiag_wqueue");
    private static final int UID = field("idiag_uid");
    private static final int INODE = field("idiag_inode");

    private static final int LOCAL_PORT = idField("idiag_sport");
    private static final int REMOTE_PORT = idField("idiag_dport");
    private static final int LOCAL_ADDRESS = idField("idiag_src");
    private static final int REMOTE_ADDRESS = idField("idiag_dst");
    private static final int LINK = idField("idiag_if");

    private static final int IPV6_ONLY = Abi.value("INET_DIAG_SKV6ONLY");
    private static final int IPV6_BYTES = 16;

    private InetDiagDecoder() {}

    private static int field(String name) {
        return Abi.value("offsetof(struct inet_diag_msg," + name + ")");
    }

    private static int idField(String name) {
        return field("id") + Abi.value("offsetof(struct inet_diag_sockid," + name + ")");
    }

    static byte[] request(int family, int protocol) {
        ByteBuffer request = ByteBuffer.allocate(REQUEST_SIZE).order(ByteOrder.nativeOrder());
        request.put(REQUEST_FAMILY, (byte) family);
        request.put(REQUEST_PROTOCOL, (byte) protocol);
        request.putInt(REQUEST_STATES, ALL_STATES);
        return request.array();
    }

    /** Null where the message tells of something else. */
    static @Nullable InetSocketEntry decode(NetlinkMessage message, int protocol) throws MalformedNetlinkException {
        if (message.type() != TYPE) {
            return null;
        }
        WireBytes entry = message.body().as("struct inet_diag_msg", SIZE);
        Attributes attributes = Attributes.parse(entry.from(SIZE));
        return new InetSocketEntry(
                protocol,
                SocketState.of(entry.u8(STATE)),
                address(entry, LOCAL_ADDRESS, LOCAL_PORT),
                address(entry, REMOTE_ADDRESS, REMOTE_PORT),
                entry.s32(LINK),
                attributes.u8(IPV6_ONLY, 0) != 0,
                entry.u32(RECEIVE_QUEUE),
                entry.u32(SEND_QUEUE),
                entry.u32(UID),
                entry.u32(INODE),
                new SocketTimer(
                        SocketTimer.Kind.of(entry.u8(TIMER)),
                        Duration.ofMillis(entry.u32(EXPIRES_MILLIS)),
                        entry.u8(RETRANSMITS)));
    }

    private static Sockaddr address(WireBytes entry, int address, int port) throws MalformedNetlinkException {
        int family = entry.u8(FAMILY);
        ByteBuffer bytes = ByteBuffer.wrap(entry.array(address, IPV6_BYTES));
        if (family == Constants.AF_INET) {
            return new SockaddrIn(bytes.getInt(), entry.networkU16(port));
        } else if (family == Constants.AF_INET6) {
            return new SockaddrIn6(bytes.getLong(), bytes.getLong(), entry.networkU16(port), 0, 0);
        }
        throw new MalformedNetlinkException("an Internet socket of family " + family);
    }
}
