package dev.hawser.socket;

import static dev.hawser.socket.OptionCodec.FLAG;
import static dev.hawser.socket.OptionCodec.INT;

import dev.hawser.posix.Abi;
import java.util.BitSet;

/**
 * The options of netlink sockets, level SOL_NETLINK, as netlink(7) describes them.
 *
 * <p>Threading, errors and how an option is set: see {@link SocketOptions}.
 *
 * <p>Source: netlink(7), and {@code <linux/netlink.h>}.
 */
public final class NetlinkOptions {

    /** The most bytes of the kernel's bit set of groups. */
    private static final int MAX_GROUP_BYTES = 8192;

    /** Join the multicast group with this number, 1 or more; set only. */
    public static final SocketOption<Integer> NETLINK_ADD_MEMBERSHIP =
            option("NETLINK_ADD_MEMBERSHIP", INT.writeOnly());

    /** Leave the multicast group with this number; set only. */
    public static final SocketOption<Integer> NETLINK_DROP_MEMBERSHIP =
            option("NETLINK_DROP_MEMBERSHIP", INT.writeOnly());

    /** The groups joined: the bit with a group's number is set; read only. */
    public static final SocketOption<BitSet> NETLINK_LIST_MEMBERSHIPS = option(
            "NETLINK_LIST_MEMBERSHIPS", OptionCodec.readOnly(BitSet.class, 0, MAX_GROUP_BYTES, NetlinkOptions::groups));

    /** Receive the group of each message as ancillary data. Default: off. */
    public static final SocketOption<Boolean> NETLINK_PKTINFO = option("NETLINK_PKTINFO", FLAG);

    /** A message that is broadcast and cannot be delivered is an error to its sender. Default: off. */
    public static final SocketOption<Boolean> NETLINK_BROADCAST_ERROR = option("NETLINK_BROADCAST_ERROR", FLAG);

    /** Messages that find no room are dropped in silence: no ENOBUFS tells of the loss. Default: off. */
    public static final SocketOption<Boolean> NETLINK_NO_ENOBUFS = option("NETLINK_NO_ENOBUFS", FLAG);

    /** Listen to all network namespaces that have a number in this one. Default: off. Takes CAP_NET_BROADCAST. */
    public static final SocketOption<Boolean> NETLINK_LISTEN_ALL_NSID = option("NETLINK_LISTEN_ALL_NSID", FLAG);

    /** Acknowledgements repeat the header of the message only. Default: off. */
    public static final SocketOption<Boolean> NETLINK_CAP_ACK = option("NETLINK_CAP_ACK", FLAG);

    /** Acknowledgements say in words what was wrong. Default: off. */
    public static final SocketOption<Boolean> NETLINK_EXT_ACK = option("NETLINK_EXT_ACK", FLAG);

    /** The kernel refuses requests with fields that it does not use. Default: off. */
    public static final SocketOption<Boolean> NETLINK_GET_STRICT_CHK = option("NETLINK_GET_STRICT_CHK", FLAG);

    private NetlinkOptions() {}

    /** The kernel counts from bit 0 for group 1. */
    private static BitSet groups(byte[] bytes) {
        BitSet groups = new BitSet();
        CBytes.toBits(CBytes.toInts(bytes)).stream().forEach(bit -> groups.set(bit + 1));
        return groups;
    }

    private static <T> SocketOption<T> option(String name, OptionCodec<T> codec) {
        return SocketOption.of(name, Abi.value("SOL_NETLINK"), Abi.value(name), codec);
    }
}
