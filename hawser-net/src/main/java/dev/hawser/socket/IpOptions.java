package dev.hawser.socket;

import static dev.hawser.socket.OptionCodec.FLAG;
import static dev.hawser.socket.OptionCodec.INT;

import dev.hawser.posix.Abi;

/**
 * The options of IPv4, level SOL_IP, as ip(7) describes them. Those of multicast are easier to use through
 * {@link Multicast}.
 *
 * <p>Threading, errors and how an option is set: see {@link SocketOptions}.
 *
 * <p>Source: ip(7), and {@code <netinet/in.h>}.
 */
public final class IpOptions {

    /** The most bytes of options that the header has room for. */
    private static final int MAX_HEADER_OPTIONS = 40;

    // The header of the packets sent

    /** The type of service, 0 to 255; TCP keeps its two lowest bits, ECN, to itself. Default: 0. */
    public static final SocketOption<Integer> IP_TOS = option("IP_TOS", INT);

    /** The time to live in hops, 1 to 255; -1: the system's default, {@code net.ipv4.ip_default_ttl}. Default: that, 64. */
    public static final SocketOption<Integer> IP_TTL = option("IP_TTL", INT);

    /** The IP options of RFC 791, up to 40 bytes. Default: none. */
    public static final SocketOption<byte[]> IP_OPTIONS = option("IP_OPTIONS", OptionCodec.bytes(MAX_HEADER_OPTIONS));

    /** The caller writes the header: raw sockets. Default: off, and on with IPPROTO_RAW. */
    public static final SocketOption<Boolean> IP_HDRINCL = option("IP_HDRINCL", FLAG);

    /** The kernel does not put fragments together in netfilter: raw sockets. Default: off. */
    public static final SocketOption<Boolean> IP_NODEFRAG = option("IP_NODEFRAG", FLAG);

    // The size of packets

    /** Path MTU discovery, an IP_PMTUDISC_* value. Default: IP_PMTUDISC_WANT, or as {@code net.ipv4.ip_no_pmtu_disc} says. */
    public static final SocketOption<Integer> IP_MTU_DISCOVER = option("IP_MTU_DISCOVER", INT);

    /** The known MTU of the path in bytes; read only; ENOTCONN unless the socket is connected. */
    public static final SocketOption<Integer> IP_MTU = option("IP_MTU", INT.readOnly());

    // Addresses

    /** Bind to an address that this machine has not, or has not yet. Default: off. */
    public static final SocketOption<Boolean> IP_FREEBIND = option("IP_FREEBIND", FLAG);

    /** Be a transparent proxy, which uses the addresses of others. Default: off. Takes CAP_NET_ADMIN or CAP_NET_RAW. */
    public static final SocketOption<Boolean> IP_TRANSPARENT = option("IP_TRANSPARENT", FLAG);

    /** Bind to port 0 chooses the port at connect only, where it may be shared. Default: off. */
    public static final SocketOption<Boolean> IP_BIND_ADDRESS_NO_PORT = option("IP_BIND_ADDRESS_NO_PORT", FLAG);

    /** The index of the interface that unicast packets leave by; 0, the default: as routed. */
    public static final SocketOption<Integer> IP_UNICAST_IF = option("IP_UNICAST_IF", OptionCodec.NETWORK_INT);

    // What to receive as ancillary data

    /** The address and the interface that a datagram came to, IP_PKTINFO. Default: off. */
    public static final SocketOption<Boolean> IP_PKTINFO = option("IP_PKTINFO", FLAG);

    /** The time to live, IP_TTL. Default: off. */
    public static final SocketOption<Boolean> IP_RECVTTL = option("IP_RECVTTL", FLAG);

    /** The type of service, IP_TOS. Default: off. */
    public static final SocketOption<Boolean> IP_RECVTOS = option("IP_RECVTOS", FLAG);

    /** The IP options, filled in for this host. Default: off. */
    public static final SocketOption<Boolean> IP_RECVOPTS = option("IP_RECVOPTS", FLAG);

    /** The IP options as they came. Default: off. */
    public static final SocketOption<Boolean> IP_RETOPTS = option("IP_RETOPTS", FLAG);

    /** The destination before a redirection, IP_ORIGDSTADDR. Default: off. */
    public static final SocketOption<Boolean> IP_RECVORIGDSTADDR = option("IP_RECVORIGDSTADDR", FLAG);

    /** The checksum of a UDP datagram, IP_CHECKSUM. Default: off. */
    public static final SocketOption<Boolean> IP_CHECKSUM = option("IP_CHECKSUM", FLAG);

    /** The size of the largest fragment, IP_RECVFRAGSIZE. Default: off. */
    public static final SocketOption<Boolean> IP_RECVFRAGSIZE = option("IP_RECVFRAGSIZE", FLAG);

    /** The peer's security context, SCM_SECURITY: UDP. Default: off. */
    public static final SocketOption<Boolean> IP_PASSSEC = option("IP_PASSSEC", FLAG);

    // What to receive

    /** Queue errors, to be read with MSG_ERRQUEUE. Default: off. */
    public static final SocketOption<Boolean> IP_RECVERR = option("IP_RECVERR", FLAG);

    /** Such errors tell of the ICMP extensions of RFC 4884. Default: off. */
    public static final SocketOption<Boolean> IP_RECVERR_RFC4884 = option("IP_RECVERR_RFC4884", FLAG);

    /** Drop packets whose time to live is lower, 0 to 255. Default: 0. */
    public static final SocketOption<Integer> IP_MINTTL = option("IP_MINTTL", INT);

    /** Get the packets to be forwarded that have a router alert: raw sockets; set only. */
    public static final SocketOption<Boolean> IP_ROUTER_ALERT = option("IP_ROUTER_ALERT", FLAG.writeOnly());

    // Multicast

    /** The time to live of multicast packets sent, 0 to 255; -1: the default, 1. */
    public static final SocketOption<Integer> IP_MULTICAST_TTL = option("IP_MULTICAST_TTL", INT);

    /** Whether this machine receives the multicast packets that it sends. Default: on. */
    public static final SocketOption<Boolean> IP_MULTICAST_LOOP = option("IP_MULTICAST_LOOP", FLAG);

    /**
     * The interface that multicast packets leave by. It is set by index or address, and read as the address alone: of an
     * interface set by index, 0. Default: {@link MulticastInterface#ANY}.
     */
    public static final SocketOption<MulticastInterface> IP_MULTICAST_IF =
            option("IP_MULTICAST_IF", MulticastCodecs.INTERFACE4);

    /** Receive from every group that any socket of the machine has joined; off, from its own only. Default: on. */
    public static final SocketOption<Boolean> IP_MULTICAST_ALL = option("IP_MULTICAST_ALL", FLAG);

    /** Join a group; set only. */
    public static final SocketOption<MulticastGroup> IP_ADD_MEMBERSHIP =
            option("IP_ADD_MEMBERSHIP", MulticastCodecs.GROUP4);

    /** Leave a group; set only. */
    public static final SocketOption<MulticastGroup> IP_DROP_MEMBERSHIP =
            option("IP_DROP_MEMBERSHIP", MulticastCodecs.GROUP4);

    /** Join a group for one source; the interface is given by address; set only. */
    public static final SocketOption<MulticastSource> IP_ADD_SOURCE_MEMBERSHIP =
            option("IP_ADD_SOURCE_MEMBERSHIP", MulticastCodecs.SOURCE4);

    /** Leave one source of a group; the interface is given by address; set only. */
    public static final SocketOption<MulticastSource> IP_DROP_SOURCE_MEMBERSHIP =
            option("IP_DROP_SOURCE_MEMBERSHIP", MulticastCodecs.SOURCE4);

    /** Hear one source of a joined group no more; the interface is given by address; set only. */
    public static final SocketOption<MulticastSource> IP_BLOCK_SOURCE =
            option("IP_BLOCK_SOURCE", MulticastCodecs.SOURCE4);

    /** Hear a blocked source again; the interface is given by address; set only. */
    public static final SocketOption<MulticastSource> IP_UNBLOCK_SOURCE =
            option("IP_UNBLOCK_SOURCE", MulticastCodecs.SOURCE4);

    /** Set all the sources of a joined group at once; set only: {@link Multicast#filter} reads them. */
    public static final SocketOption<MulticastFilter> IP_MSFILTER = option("IP_MSFILTER", MulticastCodecs.FILTER4);

    /** Join a group, the interface by index; set only. */
    public static final SocketOption<MulticastGroup> MCAST_JOIN_GROUP =
            option("MCAST_JOIN_GROUP", MulticastCodecs.ANY_FAMILY);

    /** Leave a group, the interface by index; set only. */
    public static final SocketOption<MulticastGroup> MCAST_LEAVE_GROUP =
            option("MCAST_LEAVE_GROUP", MulticastCodecs.ANY_FAMILY);

    /** Join a group for one source, the interface by index; set only. */
    public static final SocketOption<MulticastSource> MCAST_JOIN_SOURCE_GROUP =
            option("MCAST_JOIN_SOURCE_GROUP", MulticastCodecs.ANY_FAMILY_SOURCE);

    /** Leave one source of a group, the interface by index; set only. */
    public static final SocketOption<MulticastSource> MCAST_LEAVE_SOURCE_GROUP =
            option("MCAST_LEAVE_SOURCE_GROUP", MulticastCodecs.ANY_FAMILY_SOURCE);

    /** Hear one source of a joined group no more, the interface by index; set only. */
    public static final SocketOption<MulticastSource> MCAST_BLOCK_SOURCE =
            option("MCAST_BLOCK_SOURCE", MulticastCodecs.ANY_FAMILY_SOURCE);

    /** Hear a blocked source again, the interface by index; set only. */
    public static final SocketOption<MulticastSource> MCAST_UNBLOCK_SOURCE =
            option("MCAST_UNBLOCK_SOURCE", MulticastCodecs.ANY_FAMILY_SOURCE);

    private IpOptions() {}

    private static <T> SocketOption<T> option(String name, OptionCodec<T> codec) {
        return SocketOption.of(name, Constants.SOL_IP, Abi.value(name), codec);
    }
}
