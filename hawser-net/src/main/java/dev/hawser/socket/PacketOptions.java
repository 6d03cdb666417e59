package dev.hawser.socket;

import static dev.hawser.socket.OptionCodec.FLAG;
import static dev.hawser.socket.OptionCodec.INT;

import dev.hawser.posix.Abi;

/**
 * The options of packet sockets, level SOL_PACKET, as packet(7) describes them.
 *
 * <p>Threading, errors and how an option is set: see {@link SocketOptions}.
 *
 * <p>Source: packet(7), and {@code <linux/if_packet.h>}.
 */
public final class PacketOptions {

    /** Ask an interface for more than its own packets, while the socket is open; set only. */
    public static final SocketOption<PacketMembership> PACKET_ADD_MEMBERSHIP =
            option("PACKET_ADD_MEMBERSHIP", PacketMembership.CODEC);

    /** Ask no more; set only. */
    public static final SocketOption<PacketMembership> PACKET_DROP_MEMBERSHIP =
            option("PACKET_DROP_MEMBERSHIP", PacketMembership.CODEC);

    /** Receive what is known of a packet as ancillary data. Default: off. */
    public static final SocketOption<Boolean> PACKET_AUXDATA = option("PACKET_AUXDATA", FLAG);

    /** Name the real interface, not the one above it, such as a bond. Default: off. */
    public static final SocketOption<Boolean> PACKET_ORIGDEV = option("PACKET_ORIGDEV", FLAG);

    /** Do not receive what this machine sends. Default: off. */
    public static final SocketOption<Boolean> PACKET_IGNORE_OUTGOING = option("PACKET_IGNORE_OUTGOING", FLAG);

    /** Share the packets with the other sockets of a group; for as long as the socket is open. */
    public static final SocketOption<PacketFanout> PACKET_FANOUT = option("PACKET_FANOUT", PacketFanout.CODEC);

    /** How many packets came and were dropped since this was last read; read only. */
    public static final SocketOption<PacketStatistics> PACKET_STATISTICS =
            option("PACKET_STATISTICS", PacketStatistics.CODEC);

    /** Send past the queueing discipline. Default: off. */
    public static final SocketOption<Boolean> PACKET_QDISC_BYPASS = option("PACKET_QDISC_BYPASS", FLAG);

    /** Packets come and go with a {@code struct virtio_net_hdr} before them. Default: off. */
    public static final SocketOption<Boolean> PACKET_VNET_HDR = option("PACKET_VNET_HDR", FLAG);

    /** Packets longer than this are copied whole beside the ring, in bytes. Default: 0, none; set only. */
    public static final SocketOption<Integer> PACKET_COPY_THRESH = option("PACKET_COPY_THRESH", INT.writeOnly());

    // Rings

    /** Which layout a ring has, a TPACKET_V* value. Default: 0, TPACKET_V1. */
    public static final SocketOption<Integer> PACKET_VERSION = option("PACKET_VERSION", INT);

    /** Room before each packet of a receive ring, in bytes. Default: 0. */
    public static final SocketOption<Integer> PACKET_RESERVE = option("PACKET_RESERVE", INT);

    /** Which time a ring gives, SOF_TIMESTAMPING_* flags. Default: 0, the kernel's own. */
    public static final SocketOption<Integer> PACKET_TIMESTAMP = option("PACKET_TIMESTAMP", INT);

    /** Skip what is wrong in a send ring. Default: off. */
    public static final SocketOption<Boolean> PACKET_LOSS = option("PACKET_LOSS", FLAG);

    /** Packets of a send ring say where they begin. Default: off. */
    public static final SocketOption<Boolean> PACKET_TX_HAS_OFF = option("PACKET_TX_HAS_OFF", FLAG);

    /** Make a receive ring, for whoever maps the descriptor with mmap(2); set only. */
    public static final SocketOption<PacketRing> PACKET_RX_RING = option("PACKET_RX_RING", PacketRing.CODEC);

    /** Make a send ring, for whoever maps the descriptor with mmap(2); set only. */
    public static final SocketOption<PacketRing> PACKET_TX_RING = option("PACKET_TX_RING", PacketRing.CODEC);

    private PacketOptions() {}

    private static <T> SocketOption<T> option(String name, OptionCodec<T> codec) {
        return SocketOption.of(name, Abi.value("SOL_PACKET"), Abi.value(name), codec);
    }
}
