package dev.hawser.socket;

import dev.hawser.posix.Abi;

/** The constants of {@code <sys/socket.h>}; users name them as those of {@link Constants}. */
sealed interface SocketConstants permits Constants {

    // Address families, <sys/socket.h>

    /** {@code AF_UNSPEC}: any family. */
    int AF_UNSPEC = Abi.value("AF_UNSPEC");

    /** {@code AF_UNIX}: unix(7). */
    int AF_UNIX = Abi.value("AF_UNIX");

    /** {@code AF_INET}: ip(7). */
    int AF_INET = Abi.value("AF_INET");

    /** {@code AF_INET6}: ipv6(7). */
    int AF_INET6 = Abi.value("AF_INET6");

    /** {@code AF_NETLINK}: netlink(7). */
    int AF_NETLINK = Abi.value("AF_NETLINK");

    /** {@code AF_PACKET}: packet(7). */
    int AF_PACKET = Abi.value("AF_PACKET");

    /** {@code AF_VSOCK}: vsock(7). */
    int AF_VSOCK = Abi.value("AF_VSOCK");

    /** {@code AF_CAN}: controller area network. */
    int AF_CAN = Abi.value("AF_CAN");

    /** {@code AF_ALG}: the kernel's cryptography. */
    int AF_ALG = Abi.value("AF_ALG");

    /** {@code AF_TIPC}: TIPC. */
    int AF_TIPC = Abi.value("AF_TIPC");

    /** {@code AF_BLUETOOTH}: Bluetooth. */
    int AF_BLUETOOTH = Abi.value("AF_BLUETOOTH");

    /** {@code AF_XDP}: XDP. */
    int AF_XDP = Abi.value("AF_XDP");

    /** {@code AF_AX25}: amateur radio. */
    int AF_AX25 = Abi.value("AF_AX25");

    /** {@code AF_IPX}: Novell's IPX. */
    int AF_IPX = Abi.value("AF_IPX");

    /** {@code AF_APPLETALK}: AppleTalk. */
    int AF_APPLETALK = Abi.value("AF_APPLETALK");

    /** {@code AF_NETROM}: NET/ROM of amateur radio. */
    int AF_NETROM = Abi.value("AF_NETROM");

    /** {@code AF_BRIDGE}: multiprotocol bridges. */
    int AF_BRIDGE = Abi.value("AF_BRIDGE");

    /** {@code AF_ATMPVC}: ATM, permanent circuits. */
    int AF_ATMPVC = Abi.value("AF_ATMPVC");

    /** {@code AF_X25}: x25(7). */
    int AF_X25 = Abi.value("AF_X25");

    /** {@code AF_ROSE}: ROSE of amateur radio. */
    int AF_ROSE = Abi.value("AF_ROSE");

    /** {@code AF_DECnet}: DECnet. */
    int AF_DECnet = Abi.value("AF_DECnet");

    /** {@code AF_NETBEUI}: NetBEUI. */
    int AF_NETBEUI = Abi.value("AF_NETBEUI");

    /** {@code AF_SECURITY}: a security callback. */
    int AF_SECURITY = Abi.value("AF_SECURITY");

    /** {@code AF_KEY}: the management of keys, RFC 2367. */
    int AF_KEY = Abi.value("AF_KEY");

    /** {@code AF_ASH}: Ash. */
    int AF_ASH = Abi.value("AF_ASH");

    /** {@code AF_ECONET}: Econet. */
    int AF_ECONET = Abi.value("AF_ECONET");

    /** {@code AF_ATMSVC}: ATM, switched circuits. */
    int AF_ATMSVC = Abi.value("AF_ATMSVC");

    /** {@code AF_RDS}: reliable datagrams over TCP or InfiniBand. */
    int AF_RDS = Abi.value("AF_RDS");

    /** {@code AF_SNA}: IBM's SNA. */
    int AF_SNA = Abi.value("AF_SNA");

    /** {@code AF_IRDA}: infrared. */
    int AF_IRDA = Abi.value("AF_IRDA");

    /** {@code AF_PPPOX}: PPP over X. */
    int AF_PPPOX = Abi.value("AF_PPPOX");

    /** {@code AF_WANPIPE}: Sangoma's wide area networks. */
    int AF_WANPIPE = Abi.value("AF_WANPIPE");

    /** {@code AF_LLC}: logical link control, IEEE 802.2. */
    int AF_LLC = Abi.value("AF_LLC");

    /** {@code AF_IB}: InfiniBand. */
    int AF_IB = Abi.value("AF_IB");

    /** {@code AF_MPLS}: MPLS. */
    int AF_MPLS = Abi.value("AF_MPLS");

    /** {@code AF_IUCV}: IBM's z/VM, from machine to machine. */
    int AF_IUCV = Abi.value("AF_IUCV");

    /** {@code AF_RXRPC}: the remote calls of AFS. */
    int AF_RXRPC = Abi.value("AF_RXRPC");

    /** {@code AF_ISDN}: ISDN. */
    int AF_ISDN = Abi.value("AF_ISDN");

    /** {@code AF_PHONET}: Nokia's Phonet. */
    int AF_PHONET = Abi.value("AF_PHONET");

    /** {@code AF_IEEE802154}: low rate wireless networks. */
    int AF_IEEE802154 = Abi.value("AF_IEEE802154");

    /** {@code AF_CAIF}: ST-Ericsson's modems. */
    int AF_CAIF = Abi.value("AF_CAIF");

    /** {@code AF_NFC}: near field communication. */
    int AF_NFC = Abi.value("AF_NFC");

    /** {@code AF_KCM}: messages over TCP. */
    int AF_KCM = Abi.value("AF_KCM");

    /** {@code AF_QIPCRTR}: Qualcomm's router between processors. */
    int AF_QIPCRTR = Abi.value("AF_QIPCRTR");

    /** {@code AF_SMC}: shared memory over RDMA. */
    int AF_SMC = Abi.value("AF_SMC");

    /** {@code AF_MCTP}: the transport of management components. */
    int AF_MCTP = Abi.value("AF_MCTP");

    /** {@code AF_ROUTE}: another name of AF_NETLINK. */
    int AF_ROUTE = Abi.value("AF_ROUTE");

    // Protocol families, the same numbers

    /** {@code PF_CAN}: AF_CAN. */
    int PF_CAN = Abi.value("PF_CAN");

    /** {@code PF_PACKET}: AF_PACKET. */
    int PF_PACKET = Abi.value("PF_PACKET");

    /** {@code PF_RDS}: AF_RDS. */
    int PF_RDS = Abi.value("PF_RDS");

    // Socket types

    /** {@code SOCK_STREAM}: a stream of bytes. */
    int SOCK_STREAM = Abi.value("SOCK_STREAM");

    /** {@code SOCK_DGRAM}: datagrams. */
    int SOCK_DGRAM = Abi.value("SOCK_DGRAM");

    /** {@code SOCK_SEQPACKET}: datagrams over a connection, in order. */
    int SOCK_SEQPACKET = Abi.value("SOCK_SEQPACKET");

    /** {@code SOCK_RAW}: raw network packets. */
    int SOCK_RAW = Abi.value("SOCK_RAW");

    /** {@code SOCK_RDM}: reliable datagrams. */
    int SOCK_RDM = Abi.value("SOCK_RDM");

    /** {@code SOCK_NONBLOCK}: added to a type: the socket begins with a timeout of zero. */
    int SOCK_NONBLOCK = Abi.value("SOCK_NONBLOCK");

    /** {@code SOCK_CLOEXEC}: added to a type: always on here. */
    int SOCK_CLOEXEC = Abi.value("SOCK_CLOEXEC");

    // How to shut down

    /** {@code SHUT_RD}: no more reading. */
    int SHUT_RD = Abi.value("SHUT_RD");

    /** {@code SHUT_WR}: no more writing: the peer sees the end of the stream. */
    int SHUT_WR = Abi.value("SHUT_WR");

    /** {@code SHUT_RDWR}: neither. */
    int SHUT_RDWR = Abi.value("SHUT_RDWR");

    // Flags of a transfer, recv(2) and send(2)

    /** {@code MSG_OOB}: urgent data. */
    int MSG_OOB = Abi.value("MSG_OOB");

    /** {@code MSG_PEEK}: leave the data in the queue. */
    int MSG_PEEK = Abi.value("MSG_PEEK");

    /** {@code MSG_DONTROUTE}: only to a directly connected host. */
    int MSG_DONTROUTE = Abi.value("MSG_DONTROUTE");

    /** {@code MSG_CTRUNC}: control data were cut. */
    int MSG_CTRUNC = Abi.value("MSG_CTRUNC");

    /** {@code MSG_TRUNC}: return the whole length of the datagram. */
    int MSG_TRUNC = Abi.value("MSG_TRUNC");

    /** {@code MSG_DONTWAIT}: fail rather than wait, this once. */
    int MSG_DONTWAIT = Abi.value("MSG_DONTWAIT");

    /** {@code MSG_EOR}: the end of a record. */
    int MSG_EOR = Abi.value("MSG_EOR");

    /**
     * {@code MSG_WAITALL}: wait until the buffer is full. Where an error ends that wait, the bytes that have come are
     * returned, and the next call that receives tells of the error: make it, for readiness need not show it any more.
     */
    int MSG_WAITALL = Abi.value("MSG_WAITALL");

    /** {@code MSG_CONFIRM}: the peer answers: do not ask for its link address. */
    int MSG_CONFIRM = Abi.value("MSG_CONFIRM");

    /** {@code MSG_ERRQUEUE}: read the queue of errors. */
    int MSG_ERRQUEUE = Abi.value("MSG_ERRQUEUE");

    /** {@code MSG_NOSIGNAL}: no SIGPIPE: always on here. */
    int MSG_NOSIGNAL = Abi.value("MSG_NOSIGNAL");

    /** {@code MSG_MORE}: more will follow: hold the packet back. */
    int MSG_MORE = Abi.value("MSG_MORE");

    /** {@code MSG_ZEROCOPY}: send without a copy. */
    int MSG_ZEROCOPY = Abi.value("MSG_ZEROCOPY");

    /** {@code MSG_FASTOPEN}: send with the SYN. */
    int MSG_FASTOPEN = Abi.value("MSG_FASTOPEN");

    /** {@code MSG_CMSG_CLOEXEC}: received descriptors are close-on-exec. */
    int MSG_CMSG_CLOEXEC = Abi.value("MSG_CMSG_CLOEXEC");

    // Option levels

    /** {@code SOL_SOCKET}: options of every socket, socket(7). */
    int SOL_SOCKET = Abi.value("SOL_SOCKET");

    /** {@code SOL_RAW}: raw(7). */
    int SOL_RAW = Abi.value("SOL_RAW");

    /** {@code SOL_X25}: x25(7). */
    int SOL_X25 = Abi.value("SOL_X25");

    /** {@code SOL_PACKET}: packet(7). */
    int SOL_PACKET = Abi.value("SOL_PACKET");

    /** {@code SOL_LLC}: IEEE 802.2. */
    int SOL_LLC = Abi.value("SOL_LLC");

    /** {@code SOL_DCCP}: DCCP. */
    int SOL_DCCP = Abi.value("SOL_DCCP");

    /** {@code SOL_NETLINK}: netlink(7). */
    int SOL_NETLINK = Abi.value("SOL_NETLINK");

    /** {@code SOL_TIPC}: TIPC. */
    int SOL_TIPC = Abi.value("SOL_TIPC");

    /** {@code SOL_BLUETOOTH}: Bluetooth. */
    int SOL_BLUETOOTH = Abi.value("SOL_BLUETOOTH");

    /** {@code SOL_RDS}: reliable datagrams. */
    int SOL_RDS = Abi.value("SOL_RDS");

    /** {@code SOL_ALG}: the kernel's cryptography. */
    int SOL_ALG = Abi.value("SOL_ALG");

    /** {@code SOL_KCM}: messages over TCP. */
    int SOL_KCM = Abi.value("SOL_KCM");

    /** {@code SOL_TLS}: TLS in the kernel. */
    int SOL_TLS = Abi.value("SOL_TLS");

    /** {@code SOL_XDP}: XDP. */
    int SOL_XDP = Abi.value("SOL_XDP");

    /** {@code SOL_MPTCP}: multipath TCP. */
    int SOL_MPTCP = Abi.value("SOL_MPTCP");

    /** {@code SOL_SMC}: shared memory over RDMA. */
    int SOL_SMC = Abi.value("SOL_SMC");

    // Options of every socket, socket(7)

    /** {@code SO_DEBUG}. */
    int SO_DEBUG = Abi.value("SO_DEBUG");

    /** {@code SO_REUSEADDR}. */
    int SO_REUSEADDR = Abi.value("SO_REUSEADDR");

    /** {@code SO_TYPE}. */
    int SO_TYPE = Abi.value("SO_TYPE");

    /** {@code SO_ERROR}. */
    int SO_ERROR = Abi.value("SO_ERROR");

    /** {@code SO_DONTROUTE}. */
    int SO_DONTROUTE = Abi.value("SO_DONTROUTE");

    /** {@code SO_BROADCAST}. */
    int SO_BROADCAST = Abi.value("SO_BROADCAST");

    /** {@code SO_SNDBUF}. */
    int SO_SNDBUF = Abi.value("SO_SNDBUF");

    /** {@code SO_RCVBUF}. */
    int SO_RCVBUF = Abi.value("SO_RCVBUF");

    /** {@code SO_SNDBUFFORCE}. */
    int SO_SNDBUFFORCE = Abi.value("SO_SNDBUFFORCE");

    /** {@code SO_RCVBUFFORCE}. */
    int SO_RCVBUFFORCE = Abi.value("SO_RCVBUFFORCE");

    /** {@code SO_KEEPALIVE}. */
    int SO_KEEPALIVE = Abi.value("SO_KEEPALIVE");

    /** {@code SO_OOBINLINE}. */
    int SO_OOBINLINE = Abi.value("SO_OOBINLINE");

    /** {@code SO_PRIORITY}. */
    int SO_PRIORITY = Abi.value("SO_PRIORITY");

    /** {@code SO_LINGER}. */
    int SO_LINGER = Abi.value("SO_LINGER");

    /** {@code SO_REUSEPORT}. */
    int SO_REUSEPORT = Abi.value("SO_REUSEPORT");

    /** {@code SO_PASSCRED}. */
    int SO_PASSCRED = Abi.value("SO_PASSCRED");

    /** {@code SO_PEERCRED}. */
    int SO_PEERCRED = Abi.value("SO_PEERCRED");

    /** {@code SO_RCVLOWAT}. */
    int SO_RCVLOWAT = Abi.value("SO_RCVLOWAT");

    /** {@code SO_SNDLOWAT}. */
    int SO_SNDLOWAT = Abi.value("SO_SNDLOWAT");

    /** {@code SO_RCVTIMEO}. */
    int SO_RCVTIMEO = Abi.value("SO_RCVTIMEO");

    /** {@code SO_SNDTIMEO}. */
    int SO_SNDTIMEO = Abi.value("SO_SNDTIMEO");

    /** {@code SO_BINDTODEVICE}. */
    int SO_BINDTODEVICE = Abi.value("SO_BINDTODEVICE");

    /** {@code SO_ATTACH_FILTER}. */
    int SO_ATTACH_FILTER = Abi.value("SO_ATTACH_FILTER");

    /** {@code SO_DETACH_FILTER}. */
    int SO_DETACH_FILTER = Abi.value("SO_DETACH_FILTER");

    /** {@code SO_TIMESTAMP}. */
    int SO_TIMESTAMP = Abi.value("SO_TIMESTAMP");

    /** {@code SO_TIMESTAMPNS}. */
    int SO_TIMESTAMPNS = Abi.value("SO_TIMESTAMPNS");

    /** {@code SO_ACCEPTCONN}. */
    int SO_ACCEPTCONN = Abi.value("SO_ACCEPTCONN");

    /** {@code SO_PEERSEC}. */
    int SO_PEERSEC = Abi.value("SO_PEERSEC");

    /** {@code SO_PASSSEC}. */
    int SO_PASSSEC = Abi.value("SO_PASSSEC");

    /** {@code SO_MARK}. */
    int SO_MARK = Abi.value("SO_MARK");

    /** {@code SO_PROTOCOL}. */
    int SO_PROTOCOL = Abi.value("SO_PROTOCOL");

    /** {@code SO_DOMAIN}. */
    int SO_DOMAIN = Abi.value("SO_DOMAIN");

    /** {@code SO_RXQ_OVFL}. */
    int SO_RXQ_OVFL = Abi.value("SO_RXQ_OVFL");

    /** {@code SO_PEEK_OFF}. */
    int SO_PEEK_OFF = Abi.value("SO_PEEK_OFF");

    /** {@code SO_LOCK_FILTER}. */
    int SO_LOCK_FILTER = Abi.value("SO_LOCK_FILTER");

    /** {@code SO_BUSY_POLL}. */
    int SO_BUSY_POLL = Abi.value("SO_BUSY_POLL");

    /** {@code SO_INCOMING_CPU}. */
    int SO_INCOMING_CPU = Abi.value("SO_INCOMING_CPU");

    /** {@code SO_ZEROCOPY}. */
    int SO_ZEROCOPY = Abi.value("SO_ZEROCOPY");

    /** {@code SO_BINDTOIFINDEX}. */
    int SO_BINDTOIFINDEX = Abi.value("SO_BINDTOIFINDEX");

    // Control messages, cmsg(3)

    /** {@code SCM_RIGHTS}: descriptors. */
    int SCM_RIGHTS = Abi.value("SCM_RIGHTS");

    /** {@code SCM_CREDENTIALS}: who sent it: process, user and group. */
    int SCM_CREDENTIALS = Abi.value("SCM_CREDENTIALS");

    // Limits

    /** {@code SOMAXCONN}: the largest backlog that the kernel takes by default. */
    int SOMAXCONN = Abi.value("SOMAXCONN");
}
