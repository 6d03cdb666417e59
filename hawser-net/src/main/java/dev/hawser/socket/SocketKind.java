package dev.hawser.socket;

import static dev.hawser.posix.Errno.ECONNABORTED;
import static dev.hawser.posix.Errno.EHOSTDOWN;
import static dev.hawser.posix.Errno.EHOSTUNREACH;
import static dev.hawser.posix.Errno.ENETDOWN;
import static dev.hawser.posix.Errno.ENETUNREACH;
import static dev.hawser.posix.Errno.ENONET;
import static dev.hawser.posix.Errno.ENOPROTOOPT;
import static dev.hawser.posix.Errno.EPROTO;

import dev.hawser.posix.Abi;
import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Family, type and protocol of a socket, and what follows from them. */
record SocketKind(int family, int type, int protocol) {

    private static final int F_GETFL = Abi.value("F_GETFL");
    private static final int F_SETFL = Abi.value("F_SETFL");
    private static final int F_SETFD = Abi.value("F_SETFD");
    private static final int FD_CLOEXEC = Abi.value("FD_CLOEXEC");
    private static final int F_DUPFD_CLOEXEC = Abi.value("F_DUPFD_CLOEXEC");
    private static final int O_NONBLOCK = Abi.value("O_NONBLOCK");

    /** A kind that only the kernel knows. */
    static final SocketKind UNKNOWN = new SocketKind(-1, -1, -1);

    /** What messages call the families that are not divided any further. */
    private static final Map<Integer, String> FAMILY_NAMES = Map.of(
            Constants.AF_NETLINK, "netlink",
            Constants.AF_PACKET, "packet",
            Constants.AF_VSOCK, "vsock",
            Constants.AF_ALG, "alg",
            Constants.AF_CAN, "can",
            Constants.AF_TIPC, "tipc",
            Constants.AF_QIPCRTR, "qrtr",
            Constants.AF_BLUETOOTH, "bluetooth",
            Constants.AF_RDS, "rds",
            Constants.AF_XDP, "xdp");

    private static final Map<Integer, String> INTERNET_NAMES = Map.of(
            Constants.IPPROTO_UDPLITE, "udplite",
            Constants.IPPROTO_SCTP, "sctp",
            Constants.IPPROTO_MPTCP, "mptcp",
            Constants.IPPROTO_DCCP, "dccp",
            Constants.IPPROTO_ICMP, "icmp",
            Constants.IPPROTO_ICMPV6, "icmp6");

    /** A new descriptor of this kind, non-blocking and close-on-exec. */
    static int open(SystemCalls calls, SocketKind kind) throws IOException {
        int flags = Constants.SOCK_CLOEXEC | Constants.SOCK_NONBLOCK;
        int fd = calls.socket(kind.family, kind.type | flags, kind.protocol);
        if (fd < 0) {
            throw Errors.ofCall("socket", kind.transport(), "socket", fd);
        }
        return fd;
    }

    /** The kind of a descriptor, as the kernel tells it. */
    static SocketKind of(SystemCalls calls, int fd, String operation) throws IOException {
        return new SocketKind(
                option(calls, fd, Constants.SO_DOMAIN, operation),
                option(calls, fd, Constants.SO_TYPE, operation),
                option(calls, fd, Constants.SO_PROTOCOL, operation));
    }

    /** This kind, with the parts of another one where this says -1. */
    SocketKind orElse(SocketKind other) {
        return new SocketKind(
                family == -1 ? other.family : family,
                type == -1 ? other.type : withoutFlags(type),
                protocol == -1 ? other.protocol : protocol);
    }

    private static int option(SystemCalls calls, int fd, int option, String operation) throws IOException {
        int[] value = {0};
        int[] length = {Integer.BYTES};
        int result = calls.getSockOpt(
                fd, Constants.SOL_SOCKET, option, MemorySegment.ofArray(value), MemorySegment.ofArray(length));
        if (result < 0) {
            throw Errors.ofCall(operation, "descriptor " + fd, "getsockopt", result);
        }
        return value[0];
    }

    static int duplicate(SystemCalls calls, int fd) {
        return calls.fcntl(fd, F_DUPFD_CLOEXEC, 0);
    }

    /** Not negative, or {@code -errno}. */
    static int setNonBlocking(SystemCalls calls, int fd, boolean nonBlocking) {
        int flags = calls.fcntl(fd, F_GETFL, 0);
        int wanted = nonBlocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
        return flags < 0 || flags == wanted ? flags : calls.fcntl(fd, F_SETFL, wanted);
    }

    /** Makes a descriptor that was born elsewhere like one of our own: non-blocking and close-on-exec. */
    static void naturalize(SystemCalls calls, int fd, String operation) throws IOException {
        int result = setNonBlocking(calls, fd, true);
        if (result >= 0) {
            result = calls.fcntl(fd, F_SETFD, FD_CLOEXEC);
        }
        if (result < 0) {
            throw Errors.ofCall(operation, "descriptor " + fd, "fcntl", result);
        }
    }

    /** Whether SO_LINGER is set: then close(2) may wait. True where the kernel does not tell. */
    static boolean lingers(SystemCalls calls, int fd) {
        int[] linger = {0, 0};
        int[] length = {2 * Integer.BYTES};
        int result = calls.getSockOpt(
                fd,
                Constants.SOL_SOCKET,
                Constants.SO_LINGER,
                MemorySegment.ofArray(linger),
                MemorySegment.ofArray(length));
        return result < 0 || linger[0] != 0;
    }

    static int withoutFlags(int type) {
        return type & ~(Constants.SOCK_CLOEXEC | Constants.SOCK_NONBLOCK);
    }

    /**
     * Whether accept(2) reports the end of a connection that nobody has seen yet: accept(2), "Error handling". Of that
     * list EOPNOTSUPP is missing here, as it is also the answer of a socket that cannot accept at all.
     */
    static boolean brokeBeforeAccept(int result) {
        return result == -ECONNABORTED
                || result == -EPROTO
                || result == -ENOPROTOOPT
                || result == -ENONET
                || result == -ENETDOWN
                || result == -ENETUNREACH
                || result == -EHOSTDOWN
                || result == -EHOSTUNREACH;
    }

    boolean isStream() {
        return type == Constants.SOCK_STREAM;
    }

    /** Whether the peer is one for the life of the socket, so that a refusal means that connecting failed. */
    boolean isConnectionOriented() {
        return isStream() || type == Constants.SOCK_SEQPACKET;
    }

    boolean isTcp() {
        return isStream() && isInternet() && (protocol == 0 || protocol == Constants.IPPROTO_TCP);
    }

    /** Requests to the network configuration and to the kernel's cryptography are served within the call. */
    boolean takesLong() {
        return family == Constants.AF_NETLINK || family == Constants.AF_ALG;
    }

    boolean isInternet() {
        return family == Constants.AF_INET || family == Constants.AF_INET6;
    }

    /** The name that error messages use, as Go's net package has it. */
    String transport() {
        if (family == Constants.AF_UNIX) {
            return isStream() ? "unix" : type == Constants.SOCK_DGRAM ? "unixgram" : "unixpacket";
        }
        if (!isInternet()) {
            return FAMILY_NAMES.getOrDefault(family, "family " + family);
        }
        if (isTcp()) {
            return "tcp";
        }
        boolean udp = type == Constants.SOCK_DGRAM && (protocol == 0 || protocol == Constants.IPPROTO_UDP);
        return udp
                ? "udp"
                : type == Constants.SOCK_RAW
                        ? "ip:" + protocol
                        : INTERNET_NAMES.getOrDefault(protocol, "protocol " + protocol);
    }

    /** The kernel gives no bytes at all for an unnamed Unix socket. */
    @Nullable
    Sockaddr orUnnamed(@Nullable Sockaddr address) {
        return address == null && family == Constants.AF_UNIX ? SockaddrUn.UNNAMED : address;
    }

    /** Whether an address says nothing: it would only clutter a message. */
    boolean isUnset(@Nullable Sockaddr address) {
        return switch (address) {
            case null -> true;
            case SockaddrIn in -> in.address() == 0 && in.port() == 0;
            case SockaddrIn6 in6 -> in6.high() == 0 && in6.low() == 0 && in6.port() == 0;
            case SockaddrUn un -> un.isUnnamed();
            case SockaddrNl nl -> nl.pid() == 0 && nl.groups() == 0;
            case SockaddrLl ll -> ll.ifIndex() == 0 && ll.protocol() == 0;
            case SockaddrVm vm -> vm.cid() == Constants.VMADDR_CID_ANY && vm.port() == Constants.VMADDR_PORT_ANY;
            case SockaddrCan can -> can.equals(SockaddrCan.of(0));
            default -> false;
        };
    }
}
