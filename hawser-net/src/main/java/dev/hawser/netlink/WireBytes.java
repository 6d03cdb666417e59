package dev.hawser.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A part of a message. Every read is checked, and what lies outside is a {@link MalformedNetlinkException} that has the
 * name of the part. Numbers have the byte order of the machine, as netlink(7) wants it, except {@link #networkU16}.
 */
final class WireBytes {

    private static final ValueLayout.OfShort NETWORK_SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment bytes;
    private final String what;

    private WireBytes(MemorySegment bytes, String what) {
        this.bytes = bytes;
        this.what = what;
    }

    static WireBytes of(byte[] bytes, String what) {
        return new WireBytes(MemorySegment.ofArray(bytes), what);
    }

    int length() {
        return (int) bytes.byteSize();
    }

    int u8(int offset) throws MalformedNetlinkException {
        return bytes.get(JAVA_BYTE, checked(offset, Byte.BYTES)) & 0xff;
    }

    int u16(int offset) throws MalformedNetlinkException {
        return bytes.get(JAVA_SHORT_UNALIGNED, checked(offset, Short.BYTES)) & 0xffff;
    }

    int networkU16(int offset) throws MalformedNetlinkException {
        return bytes.get(NETWORK_SHORT, checked(offset, Short.BYTES)) & 0xffff;
    }

    int s32(int offset) throws MalformedNetlinkException {
        return bytes.get(JAVA_INT_UNALIGNED, checked(offset, Integer.BYTES));
    }

    long u32(int offset) throws MalformedNetlinkException {
        return Integer.toUnsignedLong(s32(offset));
    }

    long u64(int offset) throws MalformedNetlinkException {
        return bytes.get(JAVA_LONG_UNALIGNED, checked(offset, Long.BYTES));
    }

    byte[] array() {
        return bytes.toArray(JAVA_BYTE);
    }

    byte[] array(int offset, int length) throws MalformedNetlinkException {
        return part(offset, length, what).array();
    }

    WireBytes part(int offset, int length, String name) throws MalformedNetlinkException {
        return new WireBytes(bytes.asSlice(checked(offset, length), length), name);
    }

    /** From the offset to the end; nothing, where the end lies before. */
    WireBytes from(int offset) {
        return new WireBytes(bytes.asSlice(Math.min(offset, length())), what);
    }

    /** The same bytes, which must be as many as the structure has at least. */
    WireBytes as(String structure, int size) throws MalformedNetlinkException {
        if (length() < size) {
            throw new MalformedNetlinkException(
                    structure + " takes " + size + " bytes, and " + what + " has " + length());
        }
        return new WireBytes(bytes, structure);
    }

    /** Up to the zero that ends it, or to the end. What is no UTF-8 becomes U+FFFD. */
    String text() {
        byte[] all = array();
        int end = 0;
        while (end < all.length && all[end] != 0) {
            end++;
        }
        return new String(all, 0, end, StandardCharsets.UTF_8);
    }

    private long checked(int offset, int size) throws MalformedNetlinkException {
        if (offset < 0 || size < 0 || size > length() - offset) {
            throw new MalformedNetlinkException(
                    what + " has " + length() + " bytes; " + size + " were to be read at " + offset);
        }
        return offset;
    }
}
