package dev.hawser.netlink;

import dev.hawser.posix.Abi;
import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrUn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Unix sockets, as sock_diag tells of them. */
final class UnixDiagDecoder {

    private static final int REQUEST_SIZE = Abi.value("sizeof(struct unix_diag_req)");
    private static final int REQUEST_FAMILY = Abi.value("offsetof(struct unix_diag_req,sdiag_family)");
    private static final int REQUEST_STATES = Abi.value("offsetof(struct unix_diag_req,udiag_states)");
    private static final int REQUEST_SHOW = Abi.value("offsetof(struct unix_diag_req,udiag_show)");
    private static final int SHOW = Abi.value("UDIAG_SHOW_NAME")
            | Abi.value("UDIAG_SHOW_PEER")
            | Abi.value("UDIAG_SHOW_RQLEN")
            | Abi.value("UDIAG_SHOW_UID");

    private static final int SIZE = Abi.value("sizeof(struct unix_diag_msg)");
    private static final int TYPE = Abi.value("offsetof(struct unix_diag_msg,udiag_type)");
    private static final int STATE = Abi.value("offsetof(struct unix_diag_msg,udiag_state)");
    private static final int INODE = Abi.value("offsetof(struct unix_diag_msg,udiag_ino)");

    private static final int NAME = Abi.value("UNIX_DIAG_NAME");
    private static final int PEER = Abi.value("UNIX_DIAG_PEER");
    private static final int QUEUES = Abi.value("UNIX_DIAG_RQLEN");
    private static final int UID = Abi.value("UNIX_DIAG_UID");
    private static final int QUEUES_SIZE = Abi.value("sizeof(struct unix_diag_rqlen)");
    private static final int RECEIVE_QUEUE = Abi.value("offsetof(struct unix_diag_rqlen,udiag_rqueue)");
    private static final int SEND_QUEUE = Abi.value("offsetof(struct unix_diag_rqlen,udiag_wqueue)");

    private UnixDiagDecoder() {}

    static byte[] request() {
        ByteBuffer request = ByteBuffer.allocate(REQUEST_SIZE).order(ByteOrder.nativeOrder());
        request.put(REQUEST_FAMILY, (byte) Constants.AF_UNIX);
        request.putInt(REQUEST_STATES, InetDiagDecoder.ALL_STATES);
        request.putInt(REQUEST_SHOW, SHOW);
        return request.array();
    }

    /** Null where the message tells of something else. */
    static @Nullable UnixSocketEntry decode(NetlinkMessage message) throws MalformedNetlinkException {
        if (message.type() != InetDiagDecoder.TYPE) {
            return null;
        }
        WireBytes entry = message.body().as("struct unix_diag_msg", SIZE);
        Attributes attributes = Attributes.parse(entry.from(SIZE));
        WireBytes queues = attributes.get(QUEUES);
        if (queues != null) {
            queues = queues.as("struct unix_diag_rqlen", QUEUES_SIZE);
        }
        return new UnixSocketEntry(
                entry.u8(TYPE),
                SocketState.of(entry.u8(STATE)),
                name(attributes.get(NAME)),
                attributes.u32(PEER, 0),
                queues == null ? 0 : queues.u32(RECEIVE_QUEUE),
                queues == null ? 0 : queues.u32(SEND_QUEUE),
                attributes.u32(UID, 0),
                entry.u32(INODE));
    }

    /** A path may carry the zero that ends it. */
    private static SockaddrUn name(@Nullable WireBytes bytes) throws MalformedNetlinkException {
        if (bytes == null || bytes.length() == 0) {
            return SockaddrUn.UNNAMED;
        }
        byte[] name = bytes.array();
        int end = 0;
        while (end < name.length && (name[end] != 0 || name[0] == 0)) {
            end++;
        }
        try {
            return new SockaddrUn(Arrays.copyOf(name, end));
        } catch (IllegalArgumentException e) {
            MalformedNetlinkException malformed = new MalformedNetlinkException("a Unix name: " + e.getMessage());
            malformed.initCause(e);
            throw malformed;
        }
    }
}
