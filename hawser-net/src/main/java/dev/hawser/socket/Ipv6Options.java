package dev.hawser.socket;

import static dev.hawser.socket.OptionCodec.FLAG;
import static dev.hawser.socket.OptionCodec.INT;

import dev.hawser.posix.Abi;

/**
 * The options of IPv6, level SOL_IPV6, as ipv6(7) and RFC 3542 describe them. Those of multicast are easier to use
 * through {@link Multicast}.
 *
 * <p>Threading, errors and how an option is set: see {@link SocketOptions}.
 *
 * <p>Platform notes: IPV6_AUTHHDR of ipv6(7) is no option of any kernel that Hawser runs on.
 *
 * <p>Source: ipv6(7), RFC 3493, RFC 3542, and {@code <netinet/in.h>}.
 */
public final class Ipv6Options {

    /** The most bytes of an extension header. */
    private static final int MAX_HEADER = 2048;

    private static final int MTU_INFO_SIZE = Abi.value("sizeof(struct ip6_mtuinfo)");
    private static final int MTU_INFO_MTU = Abi.value("offsetof(struct ip6_mtuinfo,ip6m_mtu)");

    // Which addresses

    /** Whether the socket refuses IPv4; set before bind. Default: off, or as {@code net.ipv6.bindv6only} says. */
    public static final SocketOption<Boolean> IPV6_V6ONLY = option("IPV6_V6ONLY", FLAG);

    /**
     * Make the socket one of another family, AF_INET, once it is connected to an IPv4-mapped address. What
     * {@link Socket#family} says does not change: it is for a descriptor that is given away.
     */
    public static final SocketOption<Integer> IPV6_ADDRFORM = option("IPV6_ADDRFORM", INT);

    /**
     * Which kind of own address to send from, IPV6_PREFER_SRC_* flags of RFC 5014: one of those for temporary addresses
     * (1, 2, 0x100), one for those at home (4, 0x400), or both, or-ed; what is left out is as the system has it. Read, it has one of each.
     * Default: 0x500, as the system has it.
     */
    public static final SocketOption<Integer> IPV6_ADDR_PREFERENCES = option("IPV6_ADDR_PREFERENCES", INT);

    /** Bind to an address that this machine has not, or has not yet. Default: off. */
    public static final SocketOption<Boolean> IPV6_FREEBIND = option("IPV6_FREEBIND", FLAG);

    /** Be a transparent proxy, which uses the addresses of others. Default: off. Takes CAP_NET_ADMIN or CAP_NET_RAW. */
    public static final SocketOption<Boolean> IPV6_TRANSPARENT = option("IPV6_TRANSPARENT", FLAG);

    /** The index of the interface that unicast packets leave by; 0, the default: as routed. */
    public static final SocketOption<Integer> IPV6_UNICAST_IF = option("IPV6_UNICAST_IF", OptionCodec.NETWORK_INT);

    // The header of the packets sent

    /** The hop limit, 0 to 255; -1, the default: the route's, mostly 64. */
    public static final SocketOption<Integer> IPV6_UNICAST_HOPS = option("IPV6_UNICAST_HOPS", INT);

    /** The traffic class, 0 to 255; -1: the default, 0. */
    public static final SocketOption<Integer> IPV6_TCLASS = option("IPV6_TCLASS", INT);

    /** Whether the kernel makes up a flow label. Default: as {@code net.ipv6.auto_flowlabels} says. */
    public static final SocketOption<Boolean> IPV6_AUTOFLOWLABEL = option("IPV6_AUTOFLOWLABEL", FLAG);

    /** Whether connect and sendTo use the flow information of the address. Default: off. */
    public static final SocketOption<Boolean> IPV6_FLOWINFO_SEND = option("IPV6_FLOWINFO_SEND", FLAG);

    /** The caller writes the header: raw sockets. Default: off, and on with IPPROTO_RAW. */
    public static final SocketOption<Boolean> IPV6_HDRINCL = option("IPV6_HDRINCL", FLAG);

    /** Where in the data the kernel puts its checksum: an even number of bytes; -1: nowhere. Raw sockets. Default: -1. */
    public static final SocketOption<Integer> IPV6_CHECKSUM = option("IPV6_CHECKSUM", INT);

    /** The hop-by-hop options header. Default: none. Takes CAP_NET_RAW. */
    public static final SocketOption<byte[]> IPV6_HOPOPTS = option("IPV6_HOPOPTS", OptionCodec.bytes(MAX_HEADER));

    /** The destination options header. Default: none. Takes CAP_NET_RAW. */
    public static final SocketOption<byte[]> IPV6_DSTOPTS = option("IPV6_DSTOPTS", OptionCodec.bytes(MAX_HEADER));

    /** The destination options header that comes before the routing header. Default: none. Takes CAP_NET_RAW. */
    public static final SocketOption<byte[]> IPV6_RTHDRDSTOPTS =
            option("IPV6_RTHDRDSTOPTS", OptionCodec.bytes(MAX_HEADER));

    /** The routing header. Default: none. */
    public static final SocketOption<byte[]> IPV6_RTHDR = option("IPV6_RTHDR", OptionCodec.bytes(MAX_HEADER));

    // The size of packets

    /** The MTU in bytes: set, the most to use, 1280 or more, or 0; read, the path's, or ENOTCONN unless connected. */
    public static final SocketOption<Integer> IPV6_MTU = option("IPV6_MTU", INT);

    /** Path MTU discovery, an IPV6_PMTUDISC_* value. Default: IPV6_PMTUDISC_WANT. */
    public static final SocketOption<Integer> IPV6_MTU_DISCOVER = option("IPV6_MTU_DISCOVER", INT);

    /** The known MTU of the path in bytes, from {@code struct ip6_mtuinfo}; read only; ENOTCONN unless connected. */
    public static final SocketOption<Integer> IPV6_PATHMTU = option(
            "IPV6_PATHMTU",
            OptionCodec.readOnly(
                    Integer.class,
                    MTU_INFO_SIZE,
                    MTU_INFO_SIZE,
                    bytes -> CBytes.of(bytes).getInt(MTU_INFO_MTU)));

    /** Fail with EMSGSIZE rather than fragment. Default: off. */
    public static final SocketOption<Boolean> IPV6_DONTFRAG = option("IPV6_DONTFRAG", FLAG);

    // What to receive as ancillary data

    /** The address and the interface that a datagram came to, IPV6_PKTINFO. Default: off. */
    public static final SocketOption<Boolean> IPV6_RECVPKTINFO = option("IPV6_RECVPKTINFO", FLAG);

    /** The hop limit, IPV6_HOPLIMIT. Default: off. */
    public static final SocketOption<Boolean> IPV6_RECVHOPLIMIT = option("IPV6_RECVHOPLIMIT", FLAG);

    /** The traffic class, IPV6_TCLASS. Default: off. */
    public static final SocketOption<Boolean> IPV6_RECVTCLASS = option("IPV6_RECVTCLASS", FLAG);

    /** The flow information, IPV6_FLOWINFO. Default: off. */
    public static final SocketOption<Boolean> IPV6_FLOWINFO = option("IPV6_FLOWINFO", FLAG);

    /** The routing header, IPV6_RTHDR. Default: off. */
    public static final SocketOption<Boolean> IPV6_RECVRTHDR = option("IPV6_RECVRTHDR", FLAG);

    /** The hop-by-hop options, IPV6_HOPOPTS. Default: off. */
    public static final SocketOption<Boolean> IPV6_RECVHOPOPTS = option("IPV6_RECVHOPOPTS", FLAG);

    /** The destination options, IPV6_DSTOPTS. Default: off. */
    public static final SocketOption<Boolean> IPV6_RECVDSTOPTS = option("IPV6_RECVDSTOPTS", FLAG);

    /** The path's MTU when it changes, IPV6_PATHMTU. Default: off. */
    public static final SocketOption<Boolean> IPV6_RECVPATHMTU = option("IPV6_RECVPATHMTU", FLAG);

    /** The size of the largest fragment, IPV6_RECVFRAGSIZE. Default: off. */
    public static final SocketOption<Boolean> IPV6_RECVFRAGSIZE = option("IPV6_RECVFRAGSIZE", FLAG);

    /** The destination before a redirection, IPV6_ORIGDSTADDR. Default: off. */
    public static final SocketOption<Boolean> IPV6_RECVORIGDSTADDR = option("IPV6_RECVORIGDSTADDR", FLAG);

    // What to receive

    /** Queue errors, to be read with MSG_ERRQUEUE. Default: off. */
    public static final SocketOption<Boolean> IPV6_RECVERR = option("IPV6_RECVERR", FLAG);

    /** Such errors tell of the ICMP extensions of RFC 4884. Default: off. */
    public static final SocketOption<Boolean> IPV6_RECVERR_RFC4884 = option("IPV6_RECVERR_RFC4884", FLAG);

    /** Drop packets whose hop limit is lower, 0 to 255. Default: 0. */
    public static final SocketOption<Integer> IPV6_MINHOPCOUNT = option("IPV6_MINHOPCOUNT", INT);

    /** Get the packets to be forwarded that have a router alert of this value; -1: none. Raw sockets; set only. */
    public static final SocketOption<Integer> IPV6_ROUTER_ALERT = option("IPV6_ROUTER_ALERT", INT.writeOnly());

    /** Of those, only the ones of the socket's own network namespace. Default: off. */
    public static final SocketOption<Boolean> IPV6_ROUTER_ALERT_ISOLATE = option("IPV6_ROUTER_ALERT_ISOLATE", FLAG);

    // Multicast

    /** The hop limit of multicast packets sent, 0 to 255; -1: the default, 1. */
    public static final SocketOption<Integer> IPV6_MULTICAST_HOPS = option("IPV6_MULTICAST_HOPS", INT);

    /** Whether this machine receives the multicast packets that it sends. Default: on. */
    public static final SocketOption<Boolean> IPV6_MULTICAST_LOOP = option("IPV6_MULTICAST_LOOP", FLAG);

    /** The index of the interface that multicast packets leave by; 0, the default: as routed. */
    public static final SocketOption<Integer> IPV6_MULTICAST_IF = option("IPV6_MULTICAST_IF", INT);

    /** Receive from every group that any socket of the machine has joined; off, from its own only. Default: on. */
    public static final SocketOption<Boolean> IPV6_MULTICAST_ALL = option("IPV6_MULTICAST_ALL", FLAG);

    /** Join a group; ipv6(7) calls it IPV6_ADD_MEMBERSHIP; set only. */
    public static final SocketOption<MulticastGroup> IPV6_JOIN_GROUP =
            option("IPV6_JOIN_GROUP", MulticastCodecs.GROUP6);

    /** Leave a group; ipv6(7) calls it IPV6_DROP_MEMBERSHIP; set only. */
    public static final SocketOption<MulticastGroup> IPV6_LEAVE_GROUP =
            option("IPV6_LEAVE_GROUP", MulticastCodecs.GROUP6);

    /** Join a group, as IPV6_JOIN_GROUP does; set only. */
    public static final SocketOption<MulticastGroup> MCAST_JOIN_GROUP =
            option("MCAST_JOIN_GROUP", MulticastCodecs.ANY_FAMILY);

    /** Leave a group, as IPV6_LEAVE_GROUP does; set only. */
    public static final SocketOption<MulticastGroup> MCAST_LEAVE_GROUP =
            option("MCAST_LEAVE_GROUP", MulticastCodecs.ANY_FAMILY);

    /** Join a group for one source; set only. */
    public static final SocketOption<MulticastSource> MCAST_JOIN_SOURCE_GROUP =
            option("MCAST_JOIN_SOURCE_GROUP", MulticastCodecs.ANY_FAMILY_SOURCE);

    /** Leave one source of a group; set only. */
    public static final SocketOption<MulticastSource> MCAST_LEAVE_SOURCE_GROUP =
            option("MCAST_LEAVE_SOURCE_GROUP", MulticastCodecs.ANY_FAMILY_SOURCE);

    /** Hear one source of a joined group no more; set only. */
    public static final SocketOption<MulticastSource> MCAST_BLOCK_SOURCE =
            option("MCAST_BLOCK_SOURCE", MulticastCodecs.ANY_FAMILY_SOURCE);

    /** Hear a blocked source again; set only. */
    public static final SocketOption<MulticastSource> MCAST_UNBLOCK_SOURCE =
            option("MCAST_UNBLOCK_SOURCE", MulticastCodecs.ANY_FAMILY_SOURCE);

    private Ipv6Options() {}

    private static <T> SocketOption<T> option(String name, OptionCodec<T> codec) {
        return SocketOption.of(name, Constants.SOL_IPV6, Abi.value(name), codec);
    }
}
