package dev.hawser.netlink;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The address of a link's hardware, such as the six bytes of Ethernet's.
 *
 * <p><b>Threading:</b> immutable, for any thread.
 *
 * @param bytes as many as the type of link has
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, and compared by content
public record HardwareAddress(byte[] bytes) {

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    /** Copies the bytes. */
    public HardwareAddress {
        bytes = bytes.clone();
    }

    /**
     * The bytes.
     *
     * @return a copy
     */
    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HardwareAddress that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /**
     * The text that {@code ip} prints of an Ethernet address.
     *
     * @return such as {@code 02:fc:00:00:00:01}
     */
    @Override
    public String toString() {
        return COLONS.formatHex(bytes);
    }
}
