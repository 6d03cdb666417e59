package dev.hawser.socket;

import static dev.hawser.socket.OptionCodec.FLAG;
import static dev.hawser.socket.OptionCodec.INT;

import dev.hawser.posix.Abi;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * The options of TCP, level SOL_TCP, as tcp(7) describes them.
 *
 * {@snippet file="dev/hawser/socket/OptionSnippetsTest.java" region="tcpInfo"}
 *
 * <p>Threading, errors and how an option is set: see {@link SocketOptions}.
 *
 * <p>Source: tcp(7), {@code <netinet/tcp.h>} and {@code <linux/tcp.h>}.
 */
public final class TcpOptions {

    private static final OptionCodec<Duration> SECONDS = OptionCodec.duration(ChronoUnit.SECONDS);

    /** The most bytes of the name of a congestion control or of a protocol above TCP, with its zero. */
    private static final int MAX_NAME = 16;

    private static final int MAX_HEADERS = 512;

    // When data go

    /** Send small packets at once. Default: off. */
    public static final SocketOption<Boolean> TCP_NODELAY = option("TCP_NODELAY", FLAG);

    /** Hold partial packets back, for 200 ms at most. Default: off. */
    public static final SocketOption<Boolean> TCP_CORK = option("TCP_CORK", FLAG);

    /** Acknowledge at once; the kernel goes back on it by itself. Default: on at first. */
    public static final SocketOption<Boolean> TCP_QUICKACK = option("TCP_QUICKACK", FLAG);

    /** Unsent bytes above which the socket is not writable; 0: {@code net.ipv4.tcp_notsent_lowat}. Default: 0. */
    public static final SocketOption<Integer> TCP_NOTSENT_LOWAT = option("TCP_NOTSENT_LOWAT", INT);

    /** Delay what is sent, in microseconds, to try out a long way. Default: 0. */
    public static final SocketOption<Duration> TCP_TX_DELAY =
            option("TCP_TX_DELAY", OptionCodec.duration(ChronoUnit.MICROS));

    // When a connection is given up

    /** Idleness before the first keep-alive probe, whole seconds, 1 to 32767. Default: 2 hours. */
    public static final SocketOption<Duration> TCP_KEEPIDLE = option("TCP_KEEPIDLE", SECONDS);

    /** Time between keep-alive probes, whole seconds, 1 to 32767. Default: 75 seconds. */
    public static final SocketOption<Duration> TCP_KEEPINTVL = option("TCP_KEEPINTVL", SECONDS);

    /** Unanswered keep-alive probes before the connection is given up, 1 to 127. Default: 9. */
    public static final SocketOption<Integer> TCP_KEEPCNT = option("TCP_KEEPCNT", INT);

    /** How long data may stay unacknowledged before the connection is given up, whole milliseconds; 0, the default: as the system is set. */
    public static final SocketOption<Duration> TCP_USER_TIMEOUT =
            option("TCP_USER_TIMEOUT", OptionCodec.duration(ChronoUnit.MILLIS));

    /** How often connect sends its SYN again, 1 to 127. Default: {@code net.ipv4.tcp_syn_retries}, 6. */
    public static final SocketOption<Integer> TCP_SYNCNT = option("TCP_SYNCNT", INT);

    /**
     * How long a closed socket waits for the peer's end in FIN_WAIT2, whole seconds; 0: as the system is set; -1: not at
     * all. Read back, -1 or the time in force. Default: {@code net.ipv4.tcp_fin_timeout}, 60 seconds.
     */
    public static final SocketOption<Duration> TCP_LINGER2 = option("TCP_LINGER2", SECONDS);

    // Listening

    /**
     * How long a connection without data waits before it is accepted, whole seconds; the kernel rounds to the times at
     * which it sends a SYN-ACK again: 1, 3, 7, 15. Default: 0, not at all.
     */
    public static final SocketOption<Duration> TCP_DEFER_ACCEPT = option("TCP_DEFER_ACCEPT", SECONDS);

    /** The length of the queue of TCP Fast Open, RFC 7413, on a listening socket. Default: 0. */
    public static final SocketOption<Integer> TCP_FASTOPEN = option("TCP_FASTOPEN", INT);

    /** The key, or two, that make the cookies of TCP Fast Open: 16 or 32 bytes. */
    public static final SocketOption<byte[]> TCP_FASTOPEN_KEY = option("TCP_FASTOPEN_KEY", OptionCodec.bytes(2 * 16));

    /** Fast Open without cookies. Default: off. */
    public static final SocketOption<Boolean> TCP_FASTOPEN_NO_COOKIE = option("TCP_FASTOPEN_NO_COOKIE", FLAG);

    /** Connect with Fast Open: the SYN goes with the first data. Default: off. */
    public static final SocketOption<Boolean> TCP_FASTOPEN_CONNECT = option("TCP_FASTOPEN_CONNECT", FLAG);

    /** Keep the headers of the SYN: 0, the default, no; 1, of IP and TCP; 2, of the link too. */
    public static final SocketOption<Integer> TCP_SAVE_SYN = option("TCP_SAVE_SYN", INT);

    /** The kept headers, on the accepted socket; empty where there are none; reading frees them; read only. */
    public static final SocketOption<byte[]> TCP_SAVED_SYN =
            option("TCP_SAVED_SYN", OptionCodec.bytes(MAX_HEADERS).readOnly());

    // Segments and windows

    /** The largest segment in bytes, 88 to 32767, before connect; read back, what came of it. Default: the path's. */
    public static final SocketOption<Integer> TCP_MAXSEG = option("TCP_MAXSEG", INT);

    /** The largest window to offer, in bytes; the kernel has a minimum of its own. Default: 0 on a new socket. */
    public static final SocketOption<Integer> TCP_WINDOW_CLAMP = option("TCP_WINDOW_CLAMP", INT);

    /** The congestion control, by name. Default: {@code net.ipv4.tcp_congestion_control}. */
    public static final SocketOption<String> TCP_CONGESTION = option("TCP_CONGESTION", OptionCodec.text(MAX_NAME));

    /** What the congestion control knows, a struct of its own; read only. */
    public static final SocketOption<byte[]> TCP_CC_INFO =
            option("TCP_CC_INFO", OptionCodec.bytes(MAX_HEADERS).readOnly());

    /** No exponential back-off for a stream with few packets in flight. Default: off. */
    public static final SocketOption<Boolean> TCP_THIN_LINEAR_TIMEOUTS = option("TCP_THIN_LINEAR_TIMEOUTS", FLAG);

    /** The time in TCP timestamps, milliseconds; setting it takes TCP_REPAIR. */
    public static final SocketOption<Integer> TCP_TIMESTAMP = option("TCP_TIMESTAMP", INT);

    // What the connection is doing

    /** All that the kernel knows of the connection; read only. */
    public static final SocketOption<TcpInfo> TCP_INFO = option("TCP_INFO", TcpInfo.CODEC);

    /** Receive the number of bytes left to read as ancillary data, TCP_CM_INQ. Default: off. */
    public static final SocketOption<Boolean> TCP_INQ = option("TCP_INQ", FLAG);

    // Above and below

    /** The protocol above TCP in the kernel, by name, such as {@code tls}; for good. Default: empty, none. */
    public static final SocketOption<String> TCP_ULP = option("TCP_ULP", OptionCodec.text(MAX_NAME));

    /** A key of RFC 2385 for a peer, the bytes of {@code struct tcp_md5sig}; set only. */
    public static final SocketOption<byte[]> TCP_MD5SIG =
            option("TCP_MD5SIG", OptionCodec.bytes(MAX_HEADERS).writeOnly());

    /** The same for a network or an interface; set only. */
    public static final SocketOption<byte[]> TCP_MD5SIG_EXT =
            option("TCP_MD5SIG_EXT", OptionCodec.bytes(MAX_HEADERS).writeOnly());

    private TcpOptions() {}

    private static <T> SocketOption<T> option(String name, OptionCodec<T> codec) {
        return SocketOption.of(name, Constants.SOL_TCP, Abi.value(name), codec);
    }
}
