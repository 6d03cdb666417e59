package dev.hawser.netlink;

import dev.hawser.posix.Abi;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Neighbours, as the kernel tells of them: RTM_NEWNEIGH and RTM_DELNEIGH. */
final class NeighbourDecoder {

    static final int NEW = Abi.value("RTM_NEWNEIGH");
    static final int DELETED = Abi.value("RTM_DELNEIGH");
    static final int GET = Abi.value("RTM_GETNEIGH");

    private static final int SIZE = Abi.value("sizeof(struct ndmsg)");
    private static final int FAMILY = Abi.value("offsetof(struct ndmsg,ndm_family)");
    private static final int INDEX = Abi.value("offsetof(struct ndmsg,ndm_ifindex)");
    private static final int STATE = Abi.value("offsetof(struct ndmsg,ndm_state)");
    private static final int FLAGS = Abi.value("offsetof(struct ndmsg,ndm_flags)");

    private static final int ADDRESS = Abi.value("NDA_DST");
    private static final int HARDWARE_ADDRESS = Abi.value("NDA_LLADDR");

    private NeighbourDecoder() {}

    static byte[] request() {
        return new byte[SIZE];
    }

    static @Nullable Neighbour added(NetlinkMessage message) throws MalformedNetlinkException {
        return message.type() == NEW ? decode(message) : null;
    }

    static @Nullable Neighbour decode(NetlinkMessage message) throws MalformedNetlinkException {
        WireBytes struct = message.body().as("struct ndmsg", SIZE);
        if (!InetBytes.isInternet(struct.u8(FAMILY))) {
            return null;
        }
        Attributes attributes = Attributes.parse(struct.from(SIZE));
        InetAddress address = InetBytes.address(attributes.get(ADDRESS));
        if (address == null) {
            throw new MalformedNetlinkException("a neighbour on link " + struct.s32(INDEX) + " has no address");
        }
        WireBytes hardware = attributes.get(HARDWARE_ADDRESS);
        return new Neighbour(
                struct.s32(INDEX),
                address,
                hardware == null || hardware.length() == 0 ? null : new HardwareAddress(hardware.array()),
                struct.u16(STATE),
                struct.u8(FLAGS));
    }
}
