package dev.hawser.socket;

import static dev.hawser.socket.OptionCodec.FLAG;
import static dev.hawser.socket.OptionCodec.INT;

import dev.hawser.posix.Abi;

/**
 * The options of UDP, level SOL_UDP, as udp(7) and the kernel's header describe them; and those of UDP-Lite, udplite(7),
 * where the kernel has it.
 *
 * <p>Threading, errors and how an option is set: see {@link SocketOptions}.
 *
 * <p>Source: udp(7), udplite(7), and {@code <linux/udp.h>}.
 */
public final class UdpOptions {

    /** Gather what is sent into one datagram, until the option is off again. Default: off. */
    public static final SocketOption<Boolean> UDP_CORK = option("UDP_CORK", FLAG);

    /** Cut each send into datagrams of so many bytes, 0 to 65535; 0, the default: do not. */
    public static final SocketOption<Integer> UDP_SEGMENT = option("UDP_SEGMENT", INT);

    /** Receive datagrams that came together in one, with their size as ancillary data. Default: off. */
    public static final SocketOption<Boolean> UDP_GRO = option("UDP_GRO", FLAG);

    /** What is carried in the datagrams, a UDP_ENCAP_* value, such as IPsec; 0, the default: nothing. */
    public static final SocketOption<Integer> UDP_ENCAP = option("UDP_ENCAP", INT);

    /** Send over IPv6 without a checksum. Default: off. */
    public static final SocketOption<Boolean> UDP_NO_CHECK6_TX = option("UDP_NO_CHECK6_TX", FLAG);

    /** Receive over IPv6 without a checksum. Default: off. */
    public static final SocketOption<Boolean> UDP_NO_CHECK6_RX = option("UDP_NO_CHECK6_RX", FLAG);

    // UDP-Lite, RFC 3828: sockets of IPPROTO_UDPLITE

    /**
     * How many bytes of each datagram sent the checksum covers, the 8 of its header included: 8 or more, or 0, the default,
     * for all. Level IPPROTO_UDPLITE.
     */
    public static final SocketOption<Integer> UDPLITE_SEND_CSCOV =
            lite("UDPLITE_SEND_CSCOV", Constants.UDPLITE_SEND_CSCOV);

    /**
     * Drop datagrams whose checksum covers fewer bytes, the 8 of the header included: 8 or more, or 0, the default, for
     * all. Level IPPROTO_UDPLITE.
     */
    public static final SocketOption<Integer> UDPLITE_RECV_CSCOV =
            lite("UDPLITE_RECV_CSCOV", Constants.UDPLITE_RECV_CSCOV);

    private UdpOptions() {}

    private static SocketOption<Integer> lite(String name, int option) {
        return SocketOption.of(name, Constants.IPPROTO_UDPLITE, option, INT);
    }

    private static <T> SocketOption<T> option(String name, OptionCodec<T> codec) {
        return SocketOption.of(name, Constants.SOL_UDP, Abi.value(name), codec);
    }
}
