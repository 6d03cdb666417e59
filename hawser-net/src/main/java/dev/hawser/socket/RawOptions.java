package dev.hawser.socket;

import dev.hawser.posix.Abi;
import java.util.BitSet;

/**
 * The options of raw sockets of ICMP: which messages they get.
 *
 * {@snippet file="dev/hawser/socket/OptionSnippetsTest.java" region="icmp"}
 *
 * <p>Threading, errors and how an option is set: see {@link SocketOptions}. A set of types that goes beyond the last is an
 * IllegalArgumentException.
 *
 * <p>Source: raw(7), RFC 3542 section 3.2, {@code <linux/icmp.h>} and {@code <netinet/icmp6.h>}.
 */
public final class RawOptions {

    /**
     * The types of ICMP messages to drop: the bits with their numbers, 0 to 31, are set; other types come in. Default: none
     * are dropped. Sockets of IPPROTO_ICMP, level SOL_RAW.
     */
    public static final SocketOption<BitSet> ICMP_FILTER =
            SocketOption.of("ICMP_FILTER", Constants.SOL_RAW, Abi.value("ICMP_FILTER"), types(32));

    /**
     * The types of ICMPv6 messages to drop: the bits with their numbers, 0 to 255, are set. Default: none are dropped.
     * Sockets of IPPROTO_ICMPV6, which is the level too.
     */
    public static final SocketOption<BitSet> ICMP6_FILTER =
            SocketOption.of("ICMP6_FILTER", Constants.IPPROTO_ICMPV6, Abi.value("ICMP6_FILTER"), types(256));

    private RawOptions() {}

    private static OptionCodec<BitSet> types(int count) {
        int bytes = count / Byte.SIZE;
        return OptionCodec.of(
                BitSet.class, bytes, bytes, set -> toBytes(set, count), answer -> CBytes.toBits(CBytes.toInts(answer)));
    }

    private static byte[] toBytes(BitSet types, int count) {
        if (types.length() > count) {
            throw new IllegalArgumentException("give types from 0 to " + (count - 1) + ": " + types);
        }
        int[] words = new int[count / Integer.SIZE];
        types.stream().forEach(type -> words[type / Integer.SIZE] |= 1 << type % Integer.SIZE);
        return CBytes.ints(words);
    }
}
