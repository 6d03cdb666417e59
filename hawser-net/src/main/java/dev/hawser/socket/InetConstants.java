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
}
