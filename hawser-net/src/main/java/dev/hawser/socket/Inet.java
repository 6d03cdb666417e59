package dev.hawser.socket;

import dev.hawser.posix.Abi;
import dev.hawser.posix.SystemCalls;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

/**
 * The byte order of the network, and addresses as text and as bytes: the functions of {@code <arpa/inet.h>}.
 *
 * <p>Numbers of 16 bits are ints from 0 to 65535, those of 32 bits longs from 0 to 4294967295.
 *
 * <h2>Threading</h2>
 * Safe from any thread.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits: no name is looked up.
 *
 * <h2>Errors</h2>
 * {@link IllegalArgumentException} where a number is out of range, a text is no address, or the bytes are not as many as
 * an address has.
 *
 * <h2>Platform notes</h2>
 * Which texts are addresses is up to the C library. {@link SockaddrIn#of} and {@link SockaddrIn6#of} are stricter, and the
 * same everywhere.
 *
 * <p>Source: byteorder(3), inet(3), inet_pton(3), inet_ntop(3).
 *
 * {@snippet file="dev/hawser/socket/SocketSnippetsTest.java" region="inet"}
 */
public final class Inet {

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int TEXT_ROOM = Abi.value("INET6_ADDRSTRLEN");

    private Inet() {}

    /**
     * Turns 32 bits from the network's byte order into this machine's.
     *
     * @param network 0 to 4294967295
     * @return 0 to 4294967295
     */
    public static long ntohl(long network) {
        return htonl(network);
    }

    /**
     * Turns 16 bits from the network's byte order into this machine's.
     *
     * @param network 0 to 65535
     * @return 0 to 65535
     */
    public static int ntohs(int network) {
        return htons(network);
    }

    /**
     * Turns 32 bits from this machine's byte order into the network's.
     *
     * @param host 0 to 4294967295
     * @return 0 to 4294967295
     */
    public static long htonl(long host) {
        if (host < 0 || host > 0xffff_ffffL) {
            throw new IllegalArgumentException(host + " is not within 0..4294967295");
        }
        return Integer.toUnsignedLong(Integer.reverseBytes((int) host));
    }

    /**
     * Turns 16 bits from this machine's byte order into the network's.
     *
     * @param host 0 to 65535
     * @return 0 to 65535
     */
    public static int htons(int host) {
        if (host < 0 || host > 0xffff) {
            throw new IllegalArgumentException(host + " is not within 0..65535");
        }
        return Short.toUnsignedInt(Short.reverseBytes((short) host));
    }

    /**
     * Reads an IPv4 address in any form that inet_aton(3) takes: {@code 127.0.0.1}, {@code 127.1}, {@code 0x7f000001},
     * {@code 0177.0.0.1}. In what comes from outside, such forms may pass for another address than they are: prefer
     * {@link #inetPton}.
     *
     * @param text the text
     * @return its 4 bytes
     */
    public static byte[] inetAton(String text) {
        HostNames.requireCString("text", text);
        byte[] address = new byte[IPV4_BYTES];
        if (SystemCalls.installed().inetAton(text, MemorySegment.ofArray(address)) == 0) {
            throw new IllegalArgumentException("\"" + text + "\" is not an IPv4 address that inet_aton takes");
        }
        return address;
    }

    /**
     * Writes an IPv4 address.
     *
     * @param address its 4 bytes
     * @return four decimal numbers with dots
     */
    public static String inetNtoa(byte[] address) {
        return inetNtop(Constants.AF_INET, address);
    }

    /**
     * Reads an address in the one form that its family has: four decimal numbers with dots, or that of RFC 4291.
     *
     * @param family AF_INET or AF_INET6
     * @param text the text; a scope is no part of it
     * @return its 4 or 16 bytes
     */
    public static byte[] inetPton(int family, String text) {
        byte[] address = new byte[bytesOf(family)];
        HostNames.requireCString("text", text);
        if (SystemCalls.installed().inetPton(family, text, MemorySegment.ofArray(address)) != 1) {
            throw new IllegalArgumentException("\"" + text + "\" is not an "
                    + (family == Constants.AF_INET
                            ? "IPv4 address, such as 127.0.0.1"
                            : "IPv6 address, such as ::1, without brackets and scope"));
        }
        return address;
    }

    /**
     * Writes an address.
     *
     * @param family AF_INET or AF_INET6
     * @param address its 4 or 16 bytes
     * @return its text
     */
    public static String inetNtop(int family, byte[] address) {
        if (address.length != bytesOf(family)) {
            throw new IllegalArgumentException("an address has " + bytesOf(family) + " bytes, not " + address.length
                    + ": " + HexFormat.of().formatHex(address));
        }
        byte[] text = new byte[TEXT_ROOM];
        int result =
                SystemCalls.installed().inetNtop(family, MemorySegment.ofArray(address), MemorySegment.ofArray(text));
        if (result < 0) {
            throw new IllegalStateException("inet_ntop failed: " + Errno.name(-result));
        }
        return MemorySegment.ofArray(text).getString(0);
    }

    private static int bytesOf(int family) {
        if (family == Constants.AF_INET) {
            return IPV4_BYTES;
        } else if (family == Constants.AF_INET6) {
            return IPV6_BYTES;
        }
        throw new IllegalArgumentException("family " + family + " has no such text: AF_INET and AF_INET6 have");
    }
}
