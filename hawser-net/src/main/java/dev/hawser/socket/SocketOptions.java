package dev.hawser.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * The typed socket options. An option that the kernel refuses throws, always. What an option means, and on which sockets
 * it exists, is said by the man page that its group names.
 *
 * <p>Units are the kernel's: bytes, seconds, or milliseconds where the name of the man page says so. The kernel doubles
 * SO_SNDBUF and SO_RCVBUF for its own bookkeeping, and reports the doubled value.
 */
public final class SocketOptions {

    // socket(7)

    /** Bind although connections of an earlier socket on the address are in TIME_WAIT. */
    public static final SocketOption<Boolean> SO_REUSEADDR =
            flag("SO_REUSEADDR", Constants.SOL_SOCKET, Constants.SO_REUSEADDR);

    /** Several sockets bind one address and share what comes in. */
    public static final SocketOption<Boolean> SO_REUSEPORT =
            flag("SO_REUSEPORT", Constants.SOL_SOCKET, Constants.SO_REUSEPORT);

    /** Probe an idle connection. */
    public static final SocketOption<Boolean> SO_KEEPALIVE =
            flag("SO_KEEPALIVE", Constants.SOL_SOCKET, Constants.SO_KEEPALIVE);

    /** Allow datagrams to a broadcast address. */
    public static final SocketOption<Boolean> SO_BROADCAST =
            flag("SO_BROADCAST", Constants.SOL_SOCKET, Constants.SO_BROADCAST);

    /** Leave urgent data in the stream. */
    public static final SocketOption<Boolean> SO_OOBINLINE =
            flag("SO_OOBINLINE", Constants.SOL_SOCKET, Constants.SO_OOBINLINE);

    /** Only to directly connected hosts. */
    public static final SocketOption<Boolean> SO_DONTROUTE =
            flag("SO_DONTROUTE", Constants.SOL_SOCKET, Constants.SO_DONTROUTE);

    /** Receive the credentials of each sender, on a Unix socket. */
    public static final SocketOption<Boolean> SO_PASSCRED =
            flag("SO_PASSCRED", Constants.SOL_SOCKET, Constants.SO_PASSCRED);

    /** Whether the socket listens; read only. */
    public static final SocketOption<Boolean> SO_ACCEPTCONN =
            flag("SO_ACCEPTCONN", Constants.SOL_SOCKET, Constants.SO_ACCEPTCONN);

    /** The size of the send buffer in bytes. */
    public static final SocketOption<Integer> SO_SNDBUF =
            number("SO_SNDBUF", Constants.SOL_SOCKET, Constants.SO_SNDBUF);

    /** The size of the receive buffer in bytes. */
    public static final SocketOption<Integer> SO_RCVBUF =
            number("SO_RCVBUF", Constants.SOL_SOCKET, Constants.SO_RCVBUF);

    /**
     * How many bytes must have come before TCP says that the socket is readable, and so wakes whoever waits. A call that
     * finds fewer bytes there returns them all the same: use MSG_WAITALL to get no fewer.
     */
    public static final SocketOption<Integer> SO_RCVLOWAT =
            number("SO_RCVLOWAT", Constants.SOL_SOCKET, Constants.SO_RCVLOWAT);

    /** The pending error, an errno, which reading clears; read only. */
    public static final SocketOption<Integer> SO_ERROR = number("SO_ERROR", Constants.SOL_SOCKET, Constants.SO_ERROR);

    /** The SOCK_* type; read only. */
    public static final SocketOption<Integer> SO_TYPE = number("SO_TYPE", Constants.SOL_SOCKET, Constants.SO_TYPE);

    /** The AF_* family; read only. */
    public static final SocketOption<Integer> SO_DOMAIN =
            number("SO_DOMAIN", Constants.SOL_SOCKET, Constants.SO_DOMAIN);

    /** The IPPROTO_* protocol; read only. */
    public static final SocketOption<Integer> SO_PROTOCOL =
            number("SO_PROTOCOL", Constants.SOL_SOCKET, Constants.SO_PROTOCOL);

    /** The priority of the packets sent. */
    public static final SocketOption<Integer> SO_PRIORITY =
            number("SO_PRIORITY", Constants.SOL_SOCKET, Constants.SO_PRIORITY);

    /** The firewall mark of the packets sent. */
    public static final SocketOption<Integer> SO_MARK = number("SO_MARK", Constants.SOL_SOCKET, Constants.SO_MARK);

    /** The processor that takes the packets in. */
    public static final SocketOption<Integer> SO_INCOMING_CPU =
            number("SO_INCOMING_CPU", Constants.SOL_SOCKET, Constants.SO_INCOMING_CPU);

    /** The only interface to use, by name; empty: any. */
    public static final SocketOption<String> SO_BINDTODEVICE =
            text("SO_BINDTODEVICE", Constants.SOL_SOCKET, Constants.SO_BINDTODEVICE);

    /** What close does with unsent data. */
    public static final SocketOption<Linger> SO_LINGER = new SocketOption<>(
            "SO_LINGER",
            Linger.class,
            Constants.SOL_SOCKET,
            Constants.SO_LINGER,
            2 * Integer.BYTES,
            linger -> ints(linger.on() ? 1 : 0, linger.seconds()),
            bytes -> new Linger(intAt(bytes, 0) != 0, intAt(bytes, 1)));

    /** Who is at the other end of a Unix socket; read only. */
    public static final SocketOption<PeerCredentials> SO_PEERCRED = new SocketOption<>(
            "SO_PEERCRED",
            PeerCredentials.class,
            Constants.SOL_SOCKET,
            Constants.SO_PEERCRED,
            3 * Integer.BYTES,
            who -> ints(who.pid(), who.uid(), who.gid()),
            bytes -> new PeerCredentials(intAt(bytes, 0), intAt(bytes, 1), intAt(bytes, 2)));

    // tcp(7)

    /** Send small packets at once. */
    public static final SocketOption<Boolean> TCP_NODELAY =
            flag("TCP_NODELAY", Constants.SOL_TCP, Constants.TCP_NODELAY);

    /** Hold partial packets back. */
    public static final SocketOption<Boolean> TCP_CORK = flag("TCP_CORK", Constants.SOL_TCP, Constants.TCP_CORK);

    /** Acknowledge at once. */
    public static final SocketOption<Boolean> TCP_QUICKACK =
            flag("TCP_QUICKACK", Constants.SOL_TCP, Constants.TCP_QUICKACK);

    /** Seconds of idleness before the first keep-alive probe. */
    public static final SocketOption<Integer> TCP_KEEPIDLE =
            number("TCP_KEEPIDLE", Constants.SOL_TCP, Constants.TCP_KEEPIDLE);

    /** Seconds between keep-alive probes. */
    public static final SocketOption<Integer> TCP_KEEPINTVL =
            number("TCP_KEEPINTVL", Constants.SOL_TCP, Constants.TCP_KEEPINTVL);

    /** Unanswered keep-alive probes before the connection is given up. */
    public static final SocketOption<Integer> TCP_KEEPCNT =
            number("TCP_KEEPCNT", Constants.SOL_TCP, Constants.TCP_KEEPCNT);

    /** Milliseconds that data may stay unacknowledged before the connection is given up. */
    public static final SocketOption<Integer> TCP_USER_TIMEOUT =
            number("TCP_USER_TIMEOUT", Constants.SOL_TCP, Constants.TCP_USER_TIMEOUT);

    /** The largest segment in bytes. */
    public static final SocketOption<Integer> TCP_MAXSEG =
            number("TCP_MAXSEG", Constants.SOL_TCP, Constants.TCP_MAXSEG);

    /** Seconds that a connection without data waits before it is accepted. */
    public static final SocketOption<Integer> TCP_DEFER_ACCEPT =
            number("TCP_DEFER_ACCEPT", Constants.SOL_TCP, Constants.TCP_DEFER_ACCEPT);

    /** The length of the queue of TCP Fast Open, on a listening socket. */
    public static final SocketOption<Integer> TCP_FASTOPEN =
            number("TCP_FASTOPEN", Constants.SOL_TCP, Constants.TCP_FASTOPEN);

    /** Unsent bytes above which the socket is not writable. */
    public static final SocketOption<Integer> TCP_NOTSENT_LOWAT =
            number("TCP_NOTSENT_LOWAT", Constants.SOL_TCP, Constants.TCP_NOTSENT_LOWAT);

    /** The congestion control, by name. */
    public static final SocketOption<String> TCP_CONGESTION =
            text("TCP_CONGESTION", Constants.SOL_TCP, Constants.TCP_CONGESTION);

    // ip(7) and ipv6(7)

    /** The type of service of the packets sent. */
    public static final SocketOption<Integer> IP_TOS = number("IP_TOS", Constants.SOL_IP, Constants.IP_TOS);

    /** The time to live of the packets sent. */
    public static final SocketOption<Integer> IP_TTL = number("IP_TTL", Constants.SOL_IP, Constants.IP_TTL);

    /** The time to live of multicast packets sent. */
    public static final SocketOption<Integer> IP_MULTICAST_TTL =
            number("IP_MULTICAST_TTL", Constants.SOL_IP, Constants.IP_MULTICAST_TTL);

    /** Whether this machine receives its own multicast packets. */
    public static final SocketOption<Boolean> IP_MULTICAST_LOOP =
            flag("IP_MULTICAST_LOOP", Constants.SOL_IP, Constants.IP_MULTICAST_LOOP);

    /** Whether the socket refuses IPv4. */
    public static final SocketOption<Boolean> IPV6_V6ONLY =
            flag("IPV6_V6ONLY", Constants.SOL_IPV6, Constants.IPV6_V6ONLY);

    /** The hop limit of the packets sent; -1: the system's default. */
    public static final SocketOption<Integer> IPV6_UNICAST_HOPS =
            number("IPV6_UNICAST_HOPS", Constants.SOL_IPV6, Constants.IPV6_UNICAST_HOPS);

    /** The traffic class of the packets sent. */
    public static final SocketOption<Integer> IPV6_TCLASS =
            number("IPV6_TCLASS", Constants.SOL_IPV6, Constants.IPV6_TCLASS);

    /** The most bytes of a name: of an interface, of a congestion control. */
    private static final int MAX_NAME = 16;

    private SocketOptions() {}

    private static SocketOption<Boolean> flag(String name, int level, int option) {
        return new SocketOption<>(
                name, Boolean.class, level, option, Integer.BYTES, on -> ints(on ? 1 : 0), bytes -> intOf(bytes) != 0);
    }

    private static SocketOption<Integer> number(String name, int level, int option) {
        return new SocketOption<>(
                name, Integer.class, level, option, Integer.BYTES, SocketOptions::ints, SocketOptions::intOf);
    }

    private static SocketOption<String> text(String name, int level, int option) {
        return new SocketOption<>(
                name,
                String.class,
                level,
                option,
                MAX_NAME,
                text -> text.getBytes(StandardCharsets.UTF_8),
                SocketOptions::cString);
    }

    private static String cString(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /** The bytes of C ints. */
    static byte[] ints(int... values) {
        return MemorySegment.ofArray(values).toArray(JAVA_BYTE);
    }

    /** An int value; the kernel answers some options with a single byte, or with none. */
    static int intOf(byte[] bytes) {
        return bytes.length < Integer.BYTES ? bytes.length == 0 ? 0 : bytes[0] & 0xff : intAt(bytes, 0);
    }

    private static int intAt(byte[] bytes, int index) {
        return MemorySegment.ofArray(bytes).get(JAVA_INT_UNALIGNED, (long) index * Integer.BYTES);
    }
}
