package dev.hawser.socket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/** The values of C, in the byte order of this machine. */
final class CBytes {

    private CBytes() {}

    /** A view of the bytes. */
    static ByteBuffer of(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    /** The bytes of C ints. */
    static byte[] ints(int... values) {
        byte[] bytes = new byte[values.length * Integer.BYTES];
        of(bytes).asIntBuffer().put(values);
        return bytes;
    }

    /** The bytes of an int, the highest first. */
    static byte[] networkInt(int value) {
        return ints(ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value));
    }

    /** The ints that the bytes are. */
    static int[] toInts(byte[] bytes) {
        int[] ints = new int[bytes.length / Integer.BYTES];
        of(bytes).asIntBuffer().get(ints);
        return ints;
    }

    /** The bits that are set in words of 32, the lowest of the first word being bit 0. */
    static BitSet toBits(int[] words) {
        BitSet bits = new BitSet();
        for (int bit = 0; bit < words.length * Integer.SIZE; bit++) {
            bits.set(bit, (words[bit / Integer.SIZE] >>> (bit % Integer.SIZE) & 1) != 0);
        }
        return bits;
    }

    /** The bytes of a C string, with the zero that ends it. */
    static byte[] string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /** The text up to the first zero, or to the end where there is none. */
    static String string(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
