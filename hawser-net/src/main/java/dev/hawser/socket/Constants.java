package dev.hawser.socket;

import dev.hawser.posix.Abi;

/**
 * The constants of the socket calls, ints under their C names: protocols are an open set, so any number may be passed
 * where one of these may. Import them statically. What an option means is said by the man page that its group names.
 *
 * <p>They are read from a table of the platform when this class loads, so they are no compile-time constants, and cannot
 * stand in a {@code case} label. The error numbers are those of {@link Errno}.
 */
public final class Constants {

    // Address families, <sys/socket.h>

    /** {@code AF_UNSPEC}: any family. */
    public static final int AF_UNSPEC = Abi.value("AF_UNSPEC");

    /** {@code AF_UNIX}: unix(7). */
    public static final int AF_UNIX = Abi.value("AF_UNIX");

    /** {@code AF_INET}: ip(7). */
    public static final int AF_INET = Abi.value("AF_INET");

    /** {@code AF_INET6}: ipv6(7). */
    public static final int AF_INET6 = Abi.value("AF_INET6");

    /** {@code AF_NETLINK}: netlink(7). */
    public static final int AF_NETLINK = Abi.value("AF_NETLINK");

    /** {@code AF_PACKET}: packet(7). */
    public static final int AF_PACKET = Abi.value("AF_PACKET");

    /** {@code AF_VSOCK}: vsock(7). */
    public static final int AF_VSOCK = Abi.value("AF_VSOCK");

    /** {@code AF_CAN}: controller area network. */
    public static final int AF_CAN = Abi.value("AF_CAN");

    /** {@code AF_ALG}: the kernel's cryptography. */
    public static final int AF_ALG = Abi.value("AF_ALG");

    /** {@code AF_TIPC}: TIPC. */
    public static final int AF_TIPC = Abi.value("AF_TIPC");

    /** {@code AF_BLUETOOTH}: Bluetooth. */
    public static final int AF_BLUETOOTH = Abi.value("AF_BLUETOOTH");

    /** {@code AF_XDP}: XDP. */
    public static final int AF_XDP = Abi.value("AF_XDP");

    // Socket types

    /** {@code SOCK_STREAM}: a stream of bytes. */
    public static final int SOCK_STREAM = Abi.value("SOCK_STREAM");

    /** {@code SOCK_DGRAM}: datagrams. */
    public static final int SOCK_DGRAM = Abi.value("SOCK_DGRAM");

    /** {@code SOCK_SEQPACKET}: datagrams over a connection, in order. */
    public static final int SOCK_SEQPACKET = Abi.value("SOCK_SEQPACKET");

    /** {@code SOCK_RAW}: raw network packets. */
    public static final int SOCK_RAW = Abi.value("SOCK_RAW");

    /** {@code SOCK_RDM}: reliable datagrams. */
    public static final int SOCK_RDM = Abi.value("SOCK_RDM");

    /** {@code SOCK_NONBLOCK}: added to a type: the socket begins with a timeout of zero. */
    public static final int SOCK_NONBLOCK = Abi.value("SOCK_NONBLOCK");

    /** {@code SOCK_CLOEXEC}: added to a type: always on here. */
    public static final int SOCK_CLOEXEC = Abi.value("SOCK_CLOEXEC");

    // Protocols, <netinet/in.h>

    /** {@code IPPROTO_IP}: IPv4. */
    public static final int IPPROTO_IP = Abi.value("IPPROTO_IP");

    /** {@code IPPROTO_ICMP}: ICMP. */
    public static final int IPPROTO_ICMP = Abi.value("IPPROTO_ICMP");

    /** {@code IPPROTO_TCP}: TCP. */
    public static final int IPPROTO_TCP = Abi.value("IPPROTO_TCP");

    /** {@code IPPROTO_UDP}: UDP. */
    public static final int IPPROTO_UDP = Abi.value("IPPROTO_UDP");

    /** {@code IPPROTO_IPV6}: IPv6. */
    public static final int IPPROTO_IPV6 = Abi.value("IPPROTO_IPV6");

    /** {@code IPPROTO_ICMPV6}: ICMPv6. */
    public static final int IPPROTO_ICMPV6 = Abi.value("IPPROTO_ICMPV6");

    /** {@code IPPROTO_SCTP}: SCTP. */
    public static final int IPPROTO_SCTP = Abi.value("IPPROTO_SCTP");

    /** {@code IPPROTO_UDPLITE}: UDP-Lite. */
    public static final int IPPROTO_UDPLITE = Abi.value("IPPROTO_UDPLITE");

    /** {@code IPPROTO_RAW}: raw IP. */
    public static final int IPPROTO_RAW = Abi.value("IPPROTO_RAW");

    /** {@code IPPROTO_MPTCP}: multipath TCP. */
    public static final int IPPROTO_MPTCP = Abi.value("IPPROTO_MPTCP");

    // How to shut down

    /** {@code SHUT_RD}: no more reading. */
    public static final int SHUT_RD = Abi.value("SHUT_RD");

    /** {@code SHUT_WR}: no more writing: the peer sees the end of the stream. */
    public static final int SHUT_WR = Abi.value("SHUT_WR");

    /** {@code SHUT_RDWR}: neither. */
    public static final int SHUT_RDWR = Abi.value("SHUT_RDWR");

    // Flags of a transfer, recv(2) and send(2)

    /** {@code MSG_OOB}: urgent data. */
    public static final int MSG_OOB = Abi.value("MSG_OOB");

    /** {@code MSG_PEEK}: leave the data in the queue. */
    public static final int MSG_PEEK = Abi.value("MSG_PEEK");

    /** {@code MSG_DONTROUTE}: only to a directly connected host. */
    public static final int MSG_DONTROUTE = Abi.value("MSG_DONTROUTE");

    /** {@code MSG_CTRUNC}: control data were cut. */
    public static final int MSG_CTRUNC = Abi.value("MSG_CTRUNC");

    /** {@code MSG_TRUNC}: return the whole length of the datagram. */
    public static final int MSG_TRUNC = Abi.value("MSG_TRUNC");

    /** {@code MSG_DONTWAIT}: fail rather than wait, this once. */
    public static final int MSG_DONTWAIT = Abi.value("MSG_DONTWAIT");

    /** {@code MSG_EOR}: the end of a record. */
    public static final int MSG_EOR = Abi.value("MSG_EOR");

    /** {@code MSG_WAITALL}: wait until the buffer is full. */
    public static final int MSG_WAITALL = Abi.value("MSG_WAITALL");

    /** {@code MSG_CONFIRM}: the peer answers: do not ask for its link address. */
    public static final int MSG_CONFIRM = Abi.value("MSG_CONFIRM");

    /** {@code MSG_ERRQUEUE}: read the queue of errors. */
    public static final int MSG_ERRQUEUE = Abi.value("MSG_ERRQUEUE");

    /** {@code MSG_NOSIGNAL}: no SIGPIPE: always on here. */
    public static final int MSG_NOSIGNAL = Abi.value("MSG_NOSIGNAL");

    /** {@code MSG_MORE}: more will follow: hold the packet back. */
    public static final int MSG_MORE = Abi.value("MSG_MORE");

    /** {@code MSG_ZEROCOPY}: send without a copy. */
    public static final int MSG_ZEROCOPY = Abi.value("MSG_ZEROCOPY");

    /** {@code MSG_FASTOPEN}: send with the SYN. */
    public static final int MSG_FASTOPEN = Abi.value("MSG_FASTOPEN");

    /** {@code MSG_CMSG_CLOEXEC}: received descriptors are close-on-exec. */
    public static final int MSG_CMSG_CLOEXEC = Abi.value("MSG_CMSG_CLOEXEC");

    // Option levels

    /** {@code SOL_SOCKET}: options of every socket, socket(7). */
    public static final int SOL_SOCKET = Abi.value("SOL_SOCKET");

    /** {@code SOL_IP}: ip(7). */
    public static final int SOL_IP = Abi.value("SOL_IP");

    /** {@code SOL_IPV6}: ipv6(7). */
    public static final int SOL_IPV6 = Abi.value("SOL_IPV6");

    /** {@code SOL_TCP}: tcp(7). */
    public static final int SOL_TCP = Abi.value("SOL_TCP");

    /** {@code SOL_UDP}: udp(7). */
    public static final int SOL_UDP = Abi.value("SOL_UDP");

    // Options of every socket, socket(7)

    /** {@code SO_DEBUG}. */
    public static final int SO_DEBUG = Abi.value("SO_DEBUG");

    /** {@code SO_REUSEADDR}. */
    public static final int SO_REUSEADDR = Abi.value("SO_REUSEADDR");

    /** {@code SO_TYPE}. */
    public static final int SO_TYPE = Abi.value("SO_TYPE");

    /** {@code SO_ERROR}. */
    public static final int SO_ERROR = Abi.value("SO_ERROR");

    /** {@code SO_DONTROUTE}. */
    public static final int SO_DONTROUTE = Abi.value("SO_DONTROUTE");

    /** {@code SO_BROADCAST}. */
    public static final int SO_BROADCAST = Abi.value("SO_BROADCAST");

    /** {@code SO_SNDBUF}. */
    public static final int SO_SNDBUF = Abi.value("SO_SNDBUF");

    /** {@code SO_RCVBUF}. */
    public static final int SO_RCVBUF = Abi.value("SO_RCVBUF");

    /** {@code SO_SNDBUFFORCE}. */
    public static final int SO_SNDBUFFORCE = Abi.value("SO_SNDBUFFORCE");

    /** {@code SO_RCVBUFFORCE}. */
    public static final int SO_RCVBUFFORCE = Abi.value("SO_RCVBUFFORCE");

    /** {@code SO_KEEPALIVE}. */
    public static final int SO_KEEPALIVE = Abi.value("SO_KEEPALIVE");

    /** {@code SO_OOBINLINE}. */
    public static final int SO_OOBINLINE = Abi.value("SO_OOBINLINE");

    /** {@code SO_PRIORITY}. */
    public static final int SO_PRIORITY = Abi.value("SO_PRIORITY");

    /** {@code SO_LINGER}. */
    public static final int SO_LINGER = Abi.value("SO_LINGER");

    /** {@code SO_REUSEPORT}. */
    public static final int SO_REUSEPORT = Abi.value("SO_REUSEPORT");

    /** {@code SO_PASSCRED}. */
    public static final int SO_PASSCRED = Abi.value("SO_PASSCRED");

    /** {@code SO_PEERCRED}. */
    public static final int SO_PEERCRED = Abi.value("SO_PEERCRED");

    /** {@code SO_RCVLOWAT}. */
    public static final int SO_RCVLOWAT = Abi.value("SO_RCVLOWAT");

    /** {@code SO_SNDLOWAT}. */
    public static final int SO_SNDLOWAT = Abi.value("SO_SNDLOWAT");

    /** {@code SO_RCVTIMEO}. */
    public static final int SO_RCVTIMEO = Abi.value("SO_RCVTIMEO");

    /** {@code SO_SNDTIMEO}. */
    public static final int SO_SNDTIMEO = Abi.value("SO_SNDTIMEO");

    /** {@code SO_BINDTODEVICE}. */
    public static final int SO_BINDTODEVICE = Abi.value("SO_BINDTODEVICE");

    /** {@code SO_ATTACH_FILTER}. */
    public static final int SO_ATTACH_FILTER = Abi.value("SO_ATTACH_FILTER");

    /** {@code SO_DETACH_FILTER}. */
    public static final int SO_DETACH_FILTER = Abi.value("SO_DETACH_FILTER");

    /** {@code SO_TIMESTAMP}. */
    public static final int SO_TIMESTAMP = Abi.value("SO_TIMESTAMP");

    /** {@code SO_TIMESTAMPNS}. */
    public static final int SO_TIMESTAMPNS = Abi.value("SO_TIMESTAMPNS");

    /** {@code SO_ACCEPTCONN}. */
    public static final int SO_ACCEPTCONN = Abi.value("SO_ACCEPTCONN");

    /** {@code SO_PEERSEC}. */
    public static final int SO_PEERSEC = Abi.value("SO_PEERSEC");

    /** {@code SO_PASSSEC}. */
    public static final int SO_PASSSEC = Abi.value("SO_PASSSEC");

    /** {@code SO_MARK}. */
    public static final int SO_MARK = Abi.value("SO_MARK");

    /** {@code SO_PROTOCOL}. */
    public static final int SO_PROTOCOL = Abi.value("SO_PROTOCOL");

    /** {@code SO_DOMAIN}. */
    public static final int SO_DOMAIN = Abi.value("SO_DOMAIN");

    /** {@code SO_RXQ_OVFL}. */
    public static final int SO_RXQ_OVFL = Abi.value("SO_RXQ_OVFL");

    /** {@code SO_PEEK_OFF}. */
    public static final int SO_PEEK_OFF = Abi.value("SO_PEEK_OFF");

    /** {@code SO_LOCK_FILTER}. */
    public static final int SO_LOCK_FILTER = Abi.value("SO_LOCK_FILTER");

    /** {@code SO_BUSY_POLL}. */
    public static final int SO_BUSY_POLL = Abi.value("SO_BUSY_POLL");

    /** {@code SO_INCOMING_CPU}. */
    public static final int SO_INCOMING_CPU = Abi.value("SO_INCOMING_CPU");

    /** {@code SO_ZEROCOPY}. */
    public static final int SO_ZEROCOPY = Abi.value("SO_ZEROCOPY");

    /** {@code SO_BINDTOIFINDEX}. */
    public static final int SO_BINDTOIFINDEX = Abi.value("SO_BINDTOIFINDEX");

    // Options of TCP, tcp(7)

    /** {@code TCP_NODELAY}. */
    public static final int TCP_NODELAY = Abi.value("TCP_NODELAY");

    /** {@code TCP_MAXSEG}. */
    public static final int TCP_MAXSEG = Abi.value("TCP_MAXSEG");

    /** {@code TCP_CORK}. */
    public static final int TCP_CORK = Abi.value("TCP_CORK");

    /** {@code TCP_KEEPIDLE}. */
    public static final int TCP_KEEPIDLE = Abi.value("TCP_KEEPIDLE");

    /** {@code TCP_KEEPINTVL}. */
    public static final int TCP_KEEPINTVL = Abi.value("TCP_KEEPINTVL");

    /** {@code TCP_KEEPCNT}. */
    public static final int TCP_KEEPCNT = Abi.value("TCP_KEEPCNT");

    /** {@code TCP_SYNCNT}. */
    public static final int TCP_SYNCNT = Abi.value("TCP_SYNCNT");

    /** {@code TCP_LINGER2}. */
    public static final int TCP_LINGER2 = Abi.value("TCP_LINGER2");

    /** {@code TCP_DEFER_ACCEPT}. */
    public static final int TCP_DEFER_ACCEPT = Abi.value("TCP_DEFER_ACCEPT");

    /** {@code TCP_WINDOW_CLAMP}. */
    public static final int TCP_WINDOW_CLAMP = Abi.value("TCP_WINDOW_CLAMP");

    /** {@code TCP_INFO}. */
    public static final int TCP_INFO = Abi.value("TCP_INFO");

    /** {@code TCP_QUICKACK}. */
    public static final int TCP_QUICKACK = Abi.value("TCP_QUICKACK");

    /** {@code TCP_CONGESTION}. */
    public static final int TCP_CONGESTION = Abi.value("TCP_CONGESTION");

    /** {@code TCP_USER_TIMEOUT}. */
    public static final int TCP_USER_TIMEOUT = Abi.value("TCP_USER_TIMEOUT");

    /** {@code TCP_FASTOPEN}. */
    public static final int TCP_FASTOPEN = Abi.value("TCP_FASTOPEN");

    /** {@code TCP_FASTOPEN_CONNECT}. */
    public static final int TCP_FASTOPEN_CONNECT = Abi.value("TCP_FASTOPEN_CONNECT");

    /** {@code TCP_NOTSENT_LOWAT}. */
    public static final int TCP_NOTSENT_LOWAT = Abi.value("TCP_NOTSENT_LOWAT");

    /** {@code TCP_ULP}. */
    public static final int TCP_ULP = Abi.value("TCP_ULP");

    // Options of UDP, udp(7)

    /** {@code UDP_CORK}. */
    public static final int UDP_CORK = Abi.value("UDP_CORK");

    /** {@code UDP_SEGMENT}. */
    public static final int UDP_SEGMENT = Abi.value("UDP_SEGMENT");

    /** {@code UDP_GRO}. */
    public static final int UDP_GRO = Abi.value("UDP_GRO");

    // Options of IPv4, ip(7)

    /** {@code IP_TOS}. */
    public static final int IP_TOS = Abi.value("IP_TOS");

    /** {@code IP_TTL}. */
    public static final int IP_TTL = Abi.value("IP_TTL");

    /** {@code IP_HDRINCL}. */
    public static final int IP_HDRINCL = Abi.value("IP_HDRINCL");

    /** {@code IP_OPTIONS}. */
    public static final int IP_OPTIONS = Abi.value("IP_OPTIONS");

    /** {@code IP_PKTINFO}. */
    public static final int IP_PKTINFO = Abi.value("IP_PKTINFO");

    /** {@code IP_MTU_DISCOVER}. */
    public static final int IP_MTU_DISCOVER = Abi.value("IP_MTU_DISCOVER");

    /** {@code IP_MTU}. */
    public static final int IP_MTU = Abi.value("IP_MTU");

    /** {@code IP_RECVERR}. */
    public static final int IP_RECVERR = Abi.value("IP_RECVERR");

    /** {@code IP_RECVTTL}. */
    public static final int IP_RECVTTL = Abi.value("IP_RECVTTL");

    /** {@code IP_RECVTOS}. */
    public static final int IP_RECVTOS = Abi.value("IP_RECVTOS");

    /** {@code IP_FREEBIND}. */
    public static final int IP_FREEBIND = Abi.value("IP_FREEBIND");

    /** {@code IP_TRANSPARENT}. */
    public static final int IP_TRANSPARENT = Abi.value("IP_TRANSPARENT");

    /** {@code IP_BIND_ADDRESS_NO_PORT}. */
    public static final int IP_BIND_ADDRESS_NO_PORT = Abi.value("IP_BIND_ADDRESS_NO_PORT");

    /** {@code IP_MULTICAST_IF}. */
    public static final int IP_MULTICAST_IF = Abi.value("IP_MULTICAST_IF");

    /** {@code IP_MULTICAST_TTL}. */
    public static final int IP_MULTICAST_TTL = Abi.value("IP_MULTICAST_TTL");

    /** {@code IP_MULTICAST_LOOP}. */
    public static final int IP_MULTICAST_LOOP = Abi.value("IP_MULTICAST_LOOP");

    /** {@code IP_MULTICAST_ALL}. */
    public static final int IP_MULTICAST_ALL = Abi.value("IP_MULTICAST_ALL");

    /** {@code IP_ADD_MEMBERSHIP}. */
    public static final int IP_ADD_MEMBERSHIP = Abi.value("IP_ADD_MEMBERSHIP");

    /** {@code IP_DROP_MEMBERSHIP}. */
    public static final int IP_DROP_MEMBERSHIP = Abi.value("IP_DROP_MEMBERSHIP");

    // Options of IPv6, ipv6(7)

    /** {@code IPV6_V6ONLY}. */
    public static final int IPV6_V6ONLY = Abi.value("IPV6_V6ONLY");

    /** {@code IPV6_UNICAST_HOPS}. */
    public static final int IPV6_UNICAST_HOPS = Abi.value("IPV6_UNICAST_HOPS");

    /** {@code IPV6_MULTICAST_IF}. */
    public static final int IPV6_MULTICAST_IF = Abi.value("IPV6_MULTICAST_IF");

    /** {@code IPV6_MULTICAST_HOPS}. */
    public static final int IPV6_MULTICAST_HOPS = Abi.value("IPV6_MULTICAST_HOPS");

    /** {@code IPV6_MULTICAST_LOOP}. */
    public static final int IPV6_MULTICAST_LOOP = Abi.value("IPV6_MULTICAST_LOOP");

    /** {@code IPV6_JOIN_GROUP}. */
    public static final int IPV6_JOIN_GROUP = Abi.value("IPV6_JOIN_GROUP");

    /** {@code IPV6_LEAVE_GROUP}. */
    public static final int IPV6_LEAVE_GROUP = Abi.value("IPV6_LEAVE_GROUP");

    /** {@code IPV6_MTU_DISCOVER}. */
    public static final int IPV6_MTU_DISCOVER = Abi.value("IPV6_MTU_DISCOVER");

    /** {@code IPV6_MTU}. */
    public static final int IPV6_MTU = Abi.value("IPV6_MTU");

    /** {@code IPV6_RECVERR}. */
    public static final int IPV6_RECVERR = Abi.value("IPV6_RECVERR");

    /** {@code IPV6_RECVPKTINFO}. */
    public static final int IPV6_RECVPKTINFO = Abi.value("IPV6_RECVPKTINFO");

    /** {@code IPV6_RECVHOPLIMIT}. */
    public static final int IPV6_RECVHOPLIMIT = Abi.value("IPV6_RECVHOPLIMIT");

    /** {@code IPV6_RECVTCLASS}. */
    public static final int IPV6_RECVTCLASS = Abi.value("IPV6_RECVTCLASS");

    /** {@code IPV6_TCLASS}. */
    public static final int IPV6_TCLASS = Abi.value("IPV6_TCLASS");

    /** {@code IPV6_DONTFRAG}. */
    public static final int IPV6_DONTFRAG = Abi.value("IPV6_DONTFRAG");

    // Look-ups, getaddrinfo(3)

    /** {@code AI_PASSIVE}: addresses to bind to. */
    public static final int AI_PASSIVE = Abi.value("AI_PASSIVE");

    /** {@code AI_CANONNAME}: ask for the canonical name. */
    public static final int AI_CANONNAME = Abi.value("AI_CANONNAME");

    /** {@code AI_NUMERICHOST}: the host is no name. */
    public static final int AI_NUMERICHOST = Abi.value("AI_NUMERICHOST");

    /** {@code AI_NUMERICSERV}: the service is a number. */
    public static final int AI_NUMERICSERV = Abi.value("AI_NUMERICSERV");

    /** {@code AI_V4MAPPED}: map IPv4 addresses where there are none of IPv6. */
    public static final int AI_V4MAPPED = Abi.value("AI_V4MAPPED");

    /** {@code AI_ALL}: with AI_V4MAPPED: both. */
    public static final int AI_ALL = Abi.value("AI_ALL");

    /** {@code AI_ADDRCONFIG}: only families that this machine has addresses of. */
    public static final int AI_ADDRCONFIG = Abi.value("AI_ADDRCONFIG");

    // Failures of look-ups, the codes of GaiException

    /** {@code EAI_BADFLAGS}: the hints' flags are wrong. */
    public static final int EAI_BADFLAGS = Abi.value("EAI_BADFLAGS");

    /** {@code EAI_NONAME}: there is no such host or service. */
    public static final int EAI_NONAME = Abi.value("EAI_NONAME");

    /** {@code EAI_AGAIN}: the name server failed for the moment: try again. */
    public static final int EAI_AGAIN = Abi.value("EAI_AGAIN");

    /** {@code EAI_FAIL}: the name server failed for good. */
    public static final int EAI_FAIL = Abi.value("EAI_FAIL");

    /** {@code EAI_NODATA}: the host has no address. */
    public static final int EAI_NODATA = Abi.value("EAI_NODATA");

    /** {@code EAI_FAMILY}: the family of the hints is not known. */
    public static final int EAI_FAMILY = Abi.value("EAI_FAMILY");

    /** {@code EAI_SOCKTYPE}: the type of the hints is not known. */
    public static final int EAI_SOCKTYPE = Abi.value("EAI_SOCKTYPE");

    /** {@code EAI_SERVICE}: the type of socket has no such service. */
    public static final int EAI_SERVICE = Abi.value("EAI_SERVICE");

    /** {@code EAI_ADDRFAMILY}: the host has no address of the family. */
    public static final int EAI_ADDRFAMILY = Abi.value("EAI_ADDRFAMILY");

    /** {@code EAI_MEMORY}: libc has no memory. */
    public static final int EAI_MEMORY = Abi.value("EAI_MEMORY");

    /** {@code EAI_SYSTEM}: a system call failed: see the errno. */
    public static final int EAI_SYSTEM = Abi.value("EAI_SYSTEM");

    /** {@code EAI_OVERFLOW}: an answer was too long. */
    public static final int EAI_OVERFLOW = Abi.value("EAI_OVERFLOW");

    // Limits

    /** {@code SOMAXCONN}: the largest backlog that the kernel takes by default. */
    public static final int SOMAXCONN = Abi.value("SOMAXCONN");

    private Constants() {}
}
