package dev.hawser.socket;

import dev.hawser.posix.Abi;

/** The constants of {@code <netinet/in.h>}; users name them as those of {@link Constants}. */
sealed interface InetConstants permits Constants {

    // Protocols, <netinet/in.h>

    /** {@code IPPROTO_IP}: IPv4. */
    int IPPROTO_IP = Abi.value("IPPROTO_IP");

    /** {@code IPPROTO_ICMP}: ICMP. */
    int IPPROTO_ICMP = Abi.value("IPPROTO_ICMP");

    /** {@code IPPROTO_TCP}: TCP. */
    int IPPROTO_TCP = Abi.value("IPPROTO_TCP");

    /** {@code IPPROTO_UDP}: UDP. */
    int IPPROTO_UDP = Abi.value("IPPROTO_UDP");

    /** {@code IPPROTO_IPV6}: IPv6. */
    int IPPROTO_IPV6 = Abi.value("IPPROTO_IPV6");

    /** {@code IPPROTO_ICMPV6}: ICMPv6. */
    int IPPROTO_ICMPV6 = Abi.value("IPPROTO_ICMPV6");

    /** {@code IPPROTO_SCTP}: SCTP. */
    int IPPROTO_SCTP = Abi.value("IPPROTO_SCTP");

    /** {@code IPPROTO_UDPLITE}: UDP-Lite. */
    int IPPROTO_UDPLITE = Abi.value("IPPROTO_UDPLITE");

    /** {@code IPPROTO_RAW}: raw IP. */
    int IPPROTO_RAW = Abi.value("IPPROTO_RAW");

    /** {@code IPPROTO_MPTCP}: multipath TCP. */
    int IPPROTO_MPTCP = Abi.value("IPPROTO_MPTCP");

    /** {@code IPPROTO_HOPOPTS}: IPv6 hop-by-hop options. */
    int IPPROTO_HOPOPTS = Abi.value("IPPROTO_HOPOPTS");

    /** {@code IPPROTO_IGMP}: IGMP. */
    int IPPROTO_IGMP = Abi.value("IPPROTO_IGMP");

    /** {@code IPPROTO_IPIP}: IP in IP. */
    int IPPROTO_IPIP = Abi.value("IPPROTO_IPIP");

    /** {@code IPPROTO_EGP}: EGP. */
    int IPPROTO_EGP = Abi.value("IPPROTO_EGP");

    /** {@code IPPROTO_PUP}: PUP. */
    int IPPROTO_PUP = Abi.value("IPPROTO_PUP");

    /** {@code IPPROTO_IDP}: IDP of XNS. */
    int IPPROTO_IDP = Abi.value("IPPROTO_IDP");

    /** {@code IPPROTO_TP}: ISO TP4. */
    int IPPROTO_TP = Abi.value("IPPROTO_TP");

    /** {@code IPPROTO_DCCP}: DCCP. */
    int IPPROTO_DCCP = Abi.value("IPPROTO_DCCP");

    /** {@code IPPROTO_ROUTING}: IPv6 routing header. */
    int IPPROTO_ROUTING = Abi.value("IPPROTO_ROUTING");

    /** {@code IPPROTO_FRAGMENT}: IPv6 fragment header. */
    int IPPROTO_FRAGMENT = Abi.value("IPPROTO_FRAGMENT");

    /** {@code IPPROTO_RSVP}: RSVP. */
    int IPPROTO_RSVP = Abi.value("IPPROTO_RSVP");

    /** {@code IPPROTO_GRE}: GRE. */
    int IPPROTO_GRE = Abi.value("IPPROTO_GRE");

    /** {@code IPPROTO_ESP}: encrypted payload of IPsec. */
    int IPPROTO_ESP = Abi.value("IPPROTO_ESP");

    /** {@code IPPROTO_AH}: authentication header of IPsec. */
    int IPPROTO_AH = Abi.value("IPPROTO_AH");

    /** {@code IPPROTO_NONE}: IPv6, no next header. */
    int IPPROTO_NONE = Abi.value("IPPROTO_NONE");

    /** {@code IPPROTO_DSTOPTS}: IPv6 destination options. */
    int IPPROTO_DSTOPTS = Abi.value("IPPROTO_DSTOPTS");

    /** {@code IPPROTO_PIM}: PIM. */
    int IPPROTO_PIM = Abi.value("IPPROTO_PIM");

    // Addresses, ints of the same bits as C's unsigned ones

    /** {@code INADDR_ANY}: 0.0.0.0. */
    int INADDR_ANY = Abi.value("INADDR_ANY");

    /** {@code INADDR_BROADCAST}: 255.255.255.255. */
    int INADDR_BROADCAST = Abi.value("INADDR_BROADCAST");

    /** {@code INADDR_NONE}: 255.255.255.255, what inet_addr(3) returns for no address. */
    int INADDR_NONE = Abi.value("INADDR_NONE");

    /** {@code INADDR_LOOPBACK}: 127.0.0.1. */
    int INADDR_LOOPBACK = Abi.value("INADDR_LOOPBACK");

    /** {@code INADDR_UNSPEC_GROUP}: 224.0.0.0. */
    int INADDR_UNSPEC_GROUP = Abi.value("INADDR_UNSPEC_GROUP");

    /** {@code INADDR_ALLHOSTS_GROUP}: 224.0.0.1. */
    int INADDR_ALLHOSTS_GROUP = Abi.value("INADDR_ALLHOSTS_GROUP");

    /** {@code INADDR_MAX_LOCAL_GROUP}: 224.0.0.255. */
    int INADDR_MAX_LOCAL_GROUP = Abi.value("INADDR_MAX_LOCAL_GROUP");

    // Ports

    /** {@code IPPORT_RESERVED}: smaller ports are for privileged programs. */
    int IPPORT_RESERVED = Abi.value("IPPORT_RESERVED");

    /** {@code IPPORT_USERRESERVED}: larger ports are for servers. */
    int IPPORT_USERRESERVED = Abi.value("IPPORT_USERRESERVED");

    // Levels of options

    /** {@code SOL_IP}: ip(7). */
    int SOL_IP = Abi.value("SOL_IP");

    /** {@code SOL_IPV6}: ipv6(7). */
    int SOL_IPV6 = Abi.value("SOL_IPV6");

    // Options of IPv4, ip(7)

    /** {@code IP_TOS}. */
    int IP_TOS = Abi.value("IP_TOS");

    /** {@code IP_TTL}. */
    int IP_TTL = Abi.value("IP_TTL");

    /** {@code IP_HDRINCL}. */
    int IP_HDRINCL = Abi.value("IP_HDRINCL");

    /** {@code IP_OPTIONS}. */
    int IP_OPTIONS = Abi.value("IP_OPTIONS");

    /** {@code IP_PKTINFO}. */
    int IP_PKTINFO = Abi.value("IP_PKTINFO");

    /** {@code IP_MTU_DISCOVER}. */
    int IP_MTU_DISCOVER = Abi.value("IP_MTU_DISCOVER");

    /** {@code IP_MTU}. */
    int IP_MTU = Abi.value("IP_MTU");

    /** {@code IP_RECVERR}. */
    int IP_RECVERR = Abi.value("IP_RECVERR");

    /** {@code IP_RECVTTL}. */
    int IP_RECVTTL = Abi.value("IP_RECVTTL");

    /** {@code IP_RECVTOS}. */
    int IP_RECVTOS = Abi.value("IP_RECVTOS");

    /** {@code IP_FREEBIND}. */
    int IP_FREEBIND = Abi.value("IP_FREEBIND");

    /** {@code IP_TRANSPARENT}. */
    int IP_TRANSPARENT = Abi.value("IP_TRANSPARENT");

    /** {@code IP_BIND_ADDRESS_NO_PORT}. */
    int IP_BIND_ADDRESS_NO_PORT = Abi.value("IP_BIND_ADDRESS_NO_PORT");

    /** {@code IP_MULTICAST_IF}. */
    int IP_MULTICAST_IF = Abi.value("IP_MULTICAST_IF");

    /** {@code IP_MULTICAST_TTL}. */
    int IP_MULTICAST_TTL = Abi.value("IP_MULTICAST_TTL");

    /** {@code IP_MULTICAST_LOOP}. */
    int IP_MULTICAST_LOOP = Abi.value("IP_MULTICAST_LOOP");

    /** {@code IP_MULTICAST_ALL}. */
    int IP_MULTICAST_ALL = Abi.value("IP_MULTICAST_ALL");

    /** {@code IP_ADD_MEMBERSHIP}. */
    int IP_ADD_MEMBERSHIP = Abi.value("IP_ADD_MEMBERSHIP");

    /** {@code IP_DROP_MEMBERSHIP}. */
    int IP_DROP_MEMBERSHIP = Abi.value("IP_DROP_MEMBERSHIP");

    /** {@code IP_RECVOPTS}. */
    int IP_RECVOPTS = Abi.value("IP_RECVOPTS");

    /** {@code IP_RECVRETOPTS}. */
    int IP_RECVRETOPTS = Abi.value("IP_RECVRETOPTS");

    /** {@code IP_RETOPTS}. */
    int IP_RETOPTS = Abi.value("IP_RETOPTS");

    /** {@code IP_DEFAULT_MULTICAST_TTL}: IP_MULTICAST_TTL at first. */
    int IP_DEFAULT_MULTICAST_TTL = Abi.value("IP_DEFAULT_MULTICAST_TTL");

    /** {@code IP_DEFAULT_MULTICAST_LOOP}: IP_MULTICAST_LOOP at first. */
    int IP_DEFAULT_MULTICAST_LOOP = Abi.value("IP_DEFAULT_MULTICAST_LOOP");

    /** {@code IP_MAX_MEMBERSHIPS}: the most groups of a socket. */
    int IP_MAX_MEMBERSHIPS = Abi.value("IP_MAX_MEMBERSHIPS");

    // Options of IPv6, ipv6(7)

    /** {@code IPV6_V6ONLY}. */
    int IPV6_V6ONLY = Abi.value("IPV6_V6ONLY");

    /** {@code IPV6_UNICAST_HOPS}. */
    int IPV6_UNICAST_HOPS = Abi.value("IPV6_UNICAST_HOPS");

    /** {@code IPV6_MULTICAST_IF}. */
    int IPV6_MULTICAST_IF = Abi.value("IPV6_MULTICAST_IF");

    /** {@code IPV6_MULTICAST_HOPS}. */
    int IPV6_MULTICAST_HOPS = Abi.value("IPV6_MULTICAST_HOPS");

    /** {@code IPV6_MULTICAST_LOOP}. */
    int IPV6_MULTICAST_LOOP = Abi.value("IPV6_MULTICAST_LOOP");

    /** {@code IPV6_JOIN_GROUP}. */
    int IPV6_JOIN_GROUP = Abi.value("IPV6_JOIN_GROUP");

    /** {@code IPV6_LEAVE_GROUP}. */
    int IPV6_LEAVE_GROUP = Abi.value("IPV6_LEAVE_GROUP");

    /** {@code IPV6_MTU_DISCOVER}. */
    int IPV6_MTU_DISCOVER = Abi.value("IPV6_MTU_DISCOVER");

    /** {@code IPV6_MTU}. */
    int IPV6_MTU = Abi.value("IPV6_MTU");

    /** {@code IPV6_RECVERR}. */
    int IPV6_RECVERR = Abi.value("IPV6_RECVERR");

    /** {@code IPV6_RECVPKTINFO}. */
    int IPV6_RECVPKTINFO = Abi.value("IPV6_RECVPKTINFO");

    /** {@code IPV6_RECVHOPLIMIT}. */
    int IPV6_RECVHOPLIMIT = Abi.value("IPV6_RECVHOPLIMIT");

    /** {@code IPV6_RECVTCLASS}. */
    int IPV6_RECVTCLASS = Abi.value("IPV6_RECVTCLASS");

    /** {@code IPV6_TCLASS}. */
    int IPV6_TCLASS = Abi.value("IPV6_TCLASS");

    /** {@code IPV6_DONTFRAG}. */
    int IPV6_DONTFRAG = Abi.value("IPV6_DONTFRAG");

    /** {@code IPV6_CHECKSUM}. */
    int IPV6_CHECKSUM = Abi.value("IPV6_CHECKSUM");

    /** {@code IPV6_NEXTHOP}. */
    int IPV6_NEXTHOP = Abi.value("IPV6_NEXTHOP");

    /** {@code IPV6_PKTINFO}. */
    int IPV6_PKTINFO = Abi.value("IPV6_PKTINFO");

    /** {@code IPV6_HOPLIMIT}. */
    int IPV6_HOPLIMIT = Abi.value("IPV6_HOPLIMIT");

    /** {@code IPV6_RECVHOPOPTS}. */
    int IPV6_RECVHOPOPTS = Abi.value("IPV6_RECVHOPOPTS");

    /** {@code IPV6_HOPOPTS}. */
    int IPV6_HOPOPTS = Abi.value("IPV6_HOPOPTS");

    /** {@code IPV6_RTHDRDSTOPTS}. */
    int IPV6_RTHDRDSTOPTS = Abi.value("IPV6_RTHDRDSTOPTS");

    /** {@code IPV6_RECVRTHDR}. */
    int IPV6_RECVRTHDR = Abi.value("IPV6_RECVRTHDR");

    /** {@code IPV6_RTHDR}. */
    int IPV6_RTHDR = Abi.value("IPV6_RTHDR");

    /** {@code IPV6_RECVDSTOPTS}. */
    int IPV6_RECVDSTOPTS = Abi.value("IPV6_RECVDSTOPTS");

    /** {@code IPV6_DSTOPTS}. */
    int IPV6_DSTOPTS = Abi.value("IPV6_DSTOPTS");

    /** {@code IPV6_RECVPATHMTU}. */
    int IPV6_RECVPATHMTU = Abi.value("IPV6_RECVPATHMTU");

    /** {@code IPV6_PATHMTU}. */
    int IPV6_PATHMTU = Abi.value("IPV6_PATHMTU");

    /** {@code IPV6_RTHDR_TYPE_0}: type 0 of routing headers. */
    int IPV6_RTHDR_TYPE_0 = Abi.value("IPV6_RTHDR_TYPE_0");
}
