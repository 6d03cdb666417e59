package dev.hawser.socket;

import static dev.hawser.socket.OptionCodec.FLAG;
import static dev.hawser.socket.OptionCodec.INT;
import static dev.hawser.socket.OptionCodec.LONG;
import static dev.hawser.socket.OptionCodec.UNSIGNED_INT;

import dev.hawser.posix.Abi;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * The options of every socket, level SOL_SOCKET, as socket(7) describes them; and the place to start from: those of one
 * protocol or family are in a class for each man page.
 *
 * <table>
 *   <caption>Where an option is</caption>
 *   <tr><th>class</th><th>man page</th><th>such as</th></tr>
 *   <tr><td>this one</td><td>socket(7)</td><td>SO_REUSEADDR, SO_RCVBUF, SO_LINGER, SO_ATTACH_FILTER</td></tr>
 *   <tr><td>{@link IpOptions}</td><td>ip(7)</td><td>IP_TTL, IP_PKTINFO, IP_ADD_MEMBERSHIP</td></tr>
 *   <tr><td>{@link Ipv6Options}</td><td>ipv6(7)</td><td>IPV6_V6ONLY, IPV6_TCLASS, IPV6_JOIN_GROUP</td></tr>
 *   <tr><td>{@link TcpOptions}</td><td>tcp(7)</td><td>TCP_NODELAY, TCP_KEEPIDLE, TCP_INFO</td></tr>
 *   <tr><td>{@link UdpOptions}</td><td>udp(7)</td><td>UDP_SEGMENT, UDP_GRO</td></tr>
 *   <tr><td>{@link RawOptions}</td><td>raw(7), icmp(7)</td><td>ICMP_FILTER, ICMP6_FILTER</td></tr>
 *   <tr><td>{@link UnixOptions}</td><td>unix(7)</td><td>SO_PASSCRED, SO_PEERCRED, SO_PEERPIDFD</td></tr>
 *   <tr><td>{@link PacketOptions}</td><td>packet(7)</td><td>PACKET_ADD_MEMBERSHIP, PACKET_FANOUT</td></tr>
 *   <tr><td>{@link NetlinkOptions}</td><td>netlink(7)</td><td>NETLINK_ADD_MEMBERSHIP</td></tr>
 *   <tr><td>{@link VsockOptions}</td><td>vsock(7)</td><td>SO_VM_SOCKETS_BUFFER_SIZE</td></tr>
 * </table>
 *
 * {@snippet file="dev/hawser/socket/OptionSnippetsTest.java" region="typed"}
 *
 * <p>Any other option of the kernel is set and read as bytes, {@link Socket#setSockOpt(int, int, byte[])}, or given a
 * type with {@link SocketOption#of}.
 *
 * <p><b>Threading:</b> constants, for any thread.
 *
 * <p><b>Errors:</b> an option that the kernel refuses throws, always, and the message names it: ENOPROTOOPT where this
 * kernel or this kind of socket has no such option, EPERM or EACCES where it takes a privilege. Setting an option that
 * can be read only, or the reverse, is an UnsupportedOperationException. A value that no such option can have is an
 * IllegalArgumentException.
 *
 * <p><b>Platform notes:</b> Linux. A kernel that is named here is the first to have the option, where 5.10 has it not.
 *
 * <p>Source: socket(7), and {@code <sys/socket.h>}.
 */
public final class SocketOptions {

    // How addresses are bound

    /** Bind although connections of an earlier socket on the address are in TIME_WAIT. Default: off. */
    public static final SocketOption<Boolean> SO_REUSEADDR = option("SO_REUSEADDR", FLAG);

    /** Several sockets of one user bind one address and share what comes in; set on each, before bind. Default: off. */
    public static final SocketOption<Boolean> SO_REUSEPORT = option("SO_REUSEPORT", FLAG);

    /** The only interface to use, by name; empty, the default: any. The name has at most 15 bytes. */
    public static final SocketOption<String> SO_BINDTODEVICE =
            option("SO_BINDTODEVICE", OptionCodec.text(Abi.value("IF_NAMESIZE")));

    /** The only interface to use, by index; 0, the default: any. */
    public static final SocketOption<Integer> SO_BINDTOIFINDEX = option("SO_BINDTOIFINDEX", INT);

    /** The firewall mark of the packets sent, 32 bits. Default: 0. Takes CAP_NET_ADMIN. */
    public static final SocketOption<Integer> SO_MARK = option("SO_MARK", INT);

    /** Receive the firewall mark of each packet as ancillary data. Default: off. Linux 5.19. */
    public static final SocketOption<Boolean> SO_RCVMARK = option("SO_RCVMARK", FLAG);

    /** Send to directly connected hosts only, by no gateway. Default: off. */
    public static final SocketOption<Boolean> SO_DONTROUTE = option("SO_DONTROUTE", FLAG);

    /** Allow datagrams to a broadcast address. Default: off. */
    public static final SocketOption<Boolean> SO_BROADCAST = option("SO_BROADCAST", FLAG);

    // What the socket is

    /** The AF_* family; read only. */
    public static final SocketOption<Integer> SO_DOMAIN = option("SO_DOMAIN", INT.readOnly());

    /** The SOCK_* type; read only. */
    public static final SocketOption<Integer> SO_TYPE = option("SO_TYPE", INT.readOnly());

    /** The IPPROTO_* protocol; read only. */
    public static final SocketOption<Integer> SO_PROTOCOL = option("SO_PROTOCOL", INT.readOnly());

    /** Whether the socket listens; read only. */
    public static final SocketOption<Boolean> SO_ACCEPTCONN = option("SO_ACCEPTCONN", FLAG.readOnly());

    /** The pending error, an errno, which reading clears; 0: none; read only. */
    public static final SocketOption<Integer> SO_ERROR = option("SO_ERROR", INT.readOnly());

    /** The socket's number on this machine, which no other socket has until it starts anew; read only. */
    public static final SocketOption<Long> SO_COOKIE = option("SO_COOKIE", LONG.readOnly());

    /** The number of the socket's network namespace; read only. Linux 5.14. */
    public static final SocketOption<Long> SO_NETNS_COOKIE = option("SO_NETNS_COOKIE", LONG.readOnly());

    // Buffers and memory

    /**
     * The size of the send buffer in bytes. The kernel doubles what is set, for its own bookkeeping, and reports the
     * double; it takes no more than {@code net.core.wmem_max} and no less than 2304 or so.
     */
    public static final SocketOption<Integer> SO_SNDBUF = option("SO_SNDBUF", INT);

    /**
     * The size of the receive buffer in bytes. The kernel doubles what is set, for its own bookkeeping, and reports the
     * double; it takes no more than {@code net.core.rmem_max} and no less than 1152 or so.
     */
    public static final SocketOption<Integer> SO_RCVBUF = option("SO_RCVBUF", INT);

    /** As SO_SNDBUF, without the upper limit; set only. Takes CAP_NET_ADMIN. */
    public static final SocketOption<Integer> SO_SNDBUFFORCE = option("SO_SNDBUFFORCE", INT.writeOnly());

    /** As SO_RCVBUF, without the upper limit; set only. Takes CAP_NET_ADMIN. */
    public static final SocketOption<Integer> SO_RCVBUFFORCE = option("SO_RCVBUFFORCE", INT.writeOnly());

    /** Whether the kernel may change the buffer sizes: 1, the send buffer's not; 2, the receive buffer's; 0, the default, both. Linux 5.14. */
    public static final SocketOption<Integer> SO_BUF_LOCK = option("SO_BUF_LOCK", INT);

    /** Bytes of memory set aside for this socket; 0, the default: none. Needs a memory control group. Linux 5.16. */
    public static final SocketOption<Integer> SO_RESERVE_MEM = option("SO_RESERVE_MEM", INT);

    /** The memory in use; read only. */
    public static final SocketOption<SocketMemory> SO_MEMINFO = option("SO_MEMINFO", SocketMemory.CODEC);

    /**
     * How many bytes must have come before TCP says that the socket is readable, and so wakes whoever waits. A call that
     * finds fewer bytes there returns them all the same: use MSG_WAITALL to get no fewer. Default: 1.
     */
    public static final SocketOption<Integer> SO_RCVLOWAT = option("SO_RCVLOWAT", INT);

    /** Always 1 on Linux; read only. */
    public static final SocketOption<Integer> SO_SNDLOWAT = option("SO_SNDLOWAT", INT.readOnly());

    // Time

    /** Probe an idle connection; see TCP_KEEPIDLE. Default: off. */
    public static final SocketOption<Boolean> SO_KEEPALIVE = option("SO_KEEPALIVE", FLAG);

    /** What close does with unsent data. Default: {@link Linger#OFF}. */
    public static final SocketOption<Linger> SO_LINGER = option("SO_LINGER", Linger.CODEC);

    /**
     * How long a blocking receive of the kernel waits; zero, the default: as long as it takes. Nothing here waits by it:
     * {@link Socket#setTimeout} is for that. It is for a program in C that gets the descriptor. The kernel rounds up to
     * its clock tick.
     */
    public static final SocketOption<Duration> SO_RCVTIMEO = option("SO_RCVTIMEO", OptionCodec.TIMEVAL);

    /** How long a blocking send of the kernel waits; as for SO_RCVTIMEO, nothing here waits by it. */
    public static final SocketOption<Duration> SO_SNDTIMEO = option("SO_SNDTIMEO", OptionCodec.TIMEVAL);

    /** Receive the time of each packet as ancillary data, in microseconds. Default: off. */
    public static final SocketOption<Boolean> SO_TIMESTAMP = option("SO_TIMESTAMP", FLAG);

    /** Receive the time of each packet as ancillary data, in nanoseconds. Default: off. */
    public static final SocketOption<Boolean> SO_TIMESTAMPNS = option("SO_TIMESTAMPNS", FLAG);

    /** Which times of packets to receive, sent ones included. Default: none. */
    public static final SocketOption<Timestamping> SO_TIMESTAMPING = option("SO_TIMESTAMPING", Timestamping.CODEC);

    /** Send each packet at the time in its ancillary data. */
    public static final SocketOption<SendTime> SO_TXTIME = option("SO_TXTIME", SendTime.CODEC);

    // Sending

    /** The priority of the packets sent, 0 to 6, the highest first; more takes CAP_NET_ADMIN. Default: 0. */
    public static final SocketOption<Integer> SO_PRIORITY = option("SO_PRIORITY", INT);

    /** The most bytes that are sent in a second; -1, the default: no limit. */
    public static final SocketOption<Long> SO_MAX_PACING_RATE = option("SO_MAX_PACING_RATE", LONG);

    /** Allow MSG_ZEROCOPY. Default: off. */
    public static final SocketOption<Boolean> SO_ZEROCOPY = option("SO_ZEROCOPY", FLAG);

    /** Choose another route where a connection stalls: 1 yes, 0 no, -1 as the system is set; read back as 1 or 0. Linux 5.18. */
    public static final SocketOption<Integer> SO_TXREHASH = option("SO_TXREHASH", INT);

    /** Send UDP datagrams over IPv4 without a checksum. Default: off. */
    public static final SocketOption<Boolean> SO_NO_CHECK = option("SO_NO_CHECK", FLAG);

    /** Have the driver leave out the frame check sequence, where it can: raw and packet sockets. Default: off. */
    public static final SocketOption<Boolean> SO_NOFCS = option("SO_NOFCS", FLAG);

    // Receiving

    /** Leave urgent data in the stream. Default: off. */
    public static final SocketOption<Boolean> SO_OOBINLINE = option("SO_OOBINLINE", FLAG);

    /**
     * Where MSG_PEEK looks: so many bytes into the queue, and on from there; -1, the default: at its front. TCP has it since
     * Linux 6.9.
     */
    public static final SocketOption<Integer> SO_PEEK_OFF = option("SO_PEEK_OFF", INT);

    /** Receive how many packets were dropped for want of room as ancillary data. Default: off. */
    public static final SocketOption<Boolean> SO_RXQ_OVFL = option("SO_RXQ_OVFL", FLAG);

    /** Receive whether a frame sent over Wi-Fi was acknowledged as ancillary data. Default: off. */
    public static final SocketOption<Boolean> SO_WIFI_STATUS = option("SO_WIFI_STATUS", FLAG);

    /** poll(2) reports POLLPRI beside POLLERR. Default: off. */
    public static final SocketOption<Boolean> SO_SELECT_ERR_QUEUE = option("SO_SELECT_ERR_QUEUE", FLAG);

    /** How long a blocking receive looks for packets before it sleeps, in microseconds; more takes CAP_NET_ADMIN. Default: 0. */
    public static final SocketOption<Duration> SO_BUSY_POLL =
            option("SO_BUSY_POLL", OptionCodec.duration(ChronoUnit.MICROS));

    /** Prefer looking for packets to interrupts; see SO_BUSY_POLL. Default: off. Takes CAP_NET_ADMIN. Linux 5.11. */
    public static final SocketOption<Boolean> SO_PREFER_BUSY_POLL = option("SO_PREFER_BUSY_POLL", FLAG);

    /** The most packets that one look takes, up to 65535; more than 64 takes CAP_NET_ADMIN. Linux 5.11. */
    public static final SocketOption<Integer> SO_BUSY_POLL_BUDGET = option("SO_BUSY_POLL_BUDGET", INT);

    /** The processor that takes the packets in; -1, the default: none yet. */
    public static final SocketOption<Integer> SO_INCOMING_CPU = option("SO_INCOMING_CPU", INT);

    /** The number of the device queue that the last packet came by; 0: not known; read only. */
    public static final SocketOption<Integer> SO_INCOMING_NAPI_ID = option("SO_INCOMING_NAPI_ID", INT.readOnly());

    // Filters

    /** The classic BPF program that judges each packet that comes in; empty where there is none. One replaces the other. */
    public static final SocketOption<BpfProgram> SO_ATTACH_FILTER = option("SO_ATTACH_FILTER", BpfProgram.CODEC);

    /** The extended BPF program that judges each packet, a descriptor of bpf(2); set only. */
    public static final SocketOption<Integer> SO_ATTACH_BPF = option("SO_ATTACH_BPF", INT.writeOnly());

    /** Take the program away, of either kind; set only, and the value is not looked at. ENOENT where there is none. */
    public static final SocketOption<Boolean> SO_DETACH_FILTER = option("SO_DETACH_FILTER", FLAG.writeOnly());

    /** No program may be attached or taken away any more; cannot be undone. Default: off. */
    public static final SocketOption<Boolean> SO_LOCK_FILTER = option("SO_LOCK_FILTER", FLAG);

    /** The classic BPF program that says which socket of a SO_REUSEPORT group gets a packet, by number; set only. */
    public static final SocketOption<BpfProgram> SO_ATTACH_REUSEPORT_CBPF =
            option("SO_ATTACH_REUSEPORT_CBPF", BpfProgram.CODEC.writeOnly());

    /** The same with an extended BPF program, a descriptor of bpf(2); set only. */
    public static final SocketOption<Integer> SO_ATTACH_REUSEPORT_EBPF =
            option("SO_ATTACH_REUSEPORT_EBPF", INT.writeOnly());

    /** Take the program of the SO_REUSEPORT group away; set only, and the value is not looked at. */
    public static final SocketOption<Boolean> SO_DETACH_REUSEPORT_BPF =
            option("SO_DETACH_REUSEPORT_BPF", FLAG.writeOnly());

    /** The highest SKF_AD_* number that a filter may load from, an address within the packet's description; read only. */
    public static final SocketOption<Long> SO_BPF_EXTENSIONS = option("SO_BPF_EXTENSIONS", UNSIGNED_INT.readOnly());

    /** Have the kernel write the socket's doings to its log, where it was built to. Default: off. Takes CAP_NET_ADMIN. */
    public static final SocketOption<Boolean> SO_DEBUG = option("SO_DEBUG", FLAG);

    private SocketOptions() {}

    private static <T> SocketOption<T> option(String name, OptionCodec<T> codec) {
        return SocketOption.of(name, Constants.SOL_SOCKET, Abi.value(name), codec);
    }
}
