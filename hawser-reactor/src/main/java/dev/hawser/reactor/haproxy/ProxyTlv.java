package dev.hawser.reactor.haproxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * One of the fields behind the addresses of a version 2 header: a type, a length, and a value. Those that have a meaning here are read from the header,
 * as {@link ProxyHeader#alpn} and its kin; the others are kept as they came.
 *
 * <h2>Threading</h2>
 * Immutable.
 *
 * <h2>Errors</h2>
 * {@link IllegalArgumentException} for a type or a length that does not fit.
 *
 * <p>Source: proxy-protocol.txt, section 2.2.
 *
 * @param type 0 to 255
 * @param value at most 65535 bytes; copied
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, and compared by content
public record ProxyTlv(int type, byte[] value) {

    /** {@code PP2_TYPE_ALPN}: what is spoken. */
    public static final int ALPN = 0x01;

    /** {@code PP2_TYPE_AUTHORITY}: the name that the client has asked for (SNI). */
    public static final int AUTHORITY = 0x02;

    /** {@code PP2_TYPE_CRC32C}: a checksum over the header. */
    public static final int CRC32C = 0x03;

    /** {@code PP2_TYPE_NOOP}: to be ignored; fills up. */
    public static final int NOOP = 0x04;

    /** {@code PP2_TYPE_UNIQUE_ID}: what the proxy calls the connection, at most 128 bytes. */
    public static final int UNIQUE_ID = 0x05;

    /** {@code PP2_TYPE_SSL}: the client's TLS, see {@link ProxySsl}. */
    public static final int SSL = 0x20;

    /** {@code PP2_TYPE_NETNS}: the namespace that the connection came from. */
    public static final int NETNS = 0x30;

    static final int CRC_BYTES = 4;

    /** Type and length. */
    static final int OVERHEAD_BYTES = 3;

    private static final int MAX_UNIQUE_ID_BYTES = 128;
    private static final int MAX_BYTES = 0xffff;

    /** Checks type and length. */
    public ProxyTlv {
        value = value.clone();
        if (type < 0 || type > 0xff) {
            throw new IllegalArgumentException("the type of a TLV is 0 to 255, not " + type);
        }
        if (value.length > MAX_BYTES
                || (type == CRC32C && value.length != CRC_BYTES)
                || (type == UNIQUE_ID && value.length > MAX_UNIQUE_ID_BYTES)) {
            throw new IllegalArgumentException("a TLV of type " + type + " has not " + value.length + " bytes");
        }
    }

    /**
     * A field of text.
     *
     * @param type such as {@link #AUTHORITY}
     * @param value its text
     * @return the field
     */
    public static ProxyTlv of(int type, String value) {
        return new ProxyTlv(type, value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A checksum: it is put in when the header is encoded.
     *
     * @return the field, with zeros
     */
    public static ProxyTlv crc32c() {
        return new ProxyTlv(CRC32C, new byte[CRC_BYTES]);
    }

    /**
     * A field without a meaning.
     *
     * @param length how many zeros it has
     * @return the field
     */
    public static ProxyTlv noop(int length) {
        return new ProxyTlv(NOOP, new byte[length]);
    }

    /**
     * The bytes.
     *
     * @return a copy
     */
    @Override
    public byte[] value() {
        return value.clone();
    }

    /**
     * The value as text.
     *
     * @return UTF-8, with a sign for what is none
     */
    public String text() {
        return new String(value, StandardCharsets.UTF_8);
    }

    /** How many bytes it takes. */
    int encodedBytes() {
        return OVERHEAD_BYTES + value.length;
    }

    void encodeTo(ByteBuffer to) {
        to.put((byte) type).putShort((short) value.length).put(value);
    }

    /** Reads all that there are. */
    static List<ProxyTlv> decode(ByteBuffer from) throws ProxyHeaderException {
        List<ProxyTlv> fields = new ArrayList<>();
        while (from.hasRemaining()) {
            if (from.remaining() < OVERHEAD_BYTES) {
                throw new ProxyHeaderException("the header ends in the middle of a TLV's type and length");
            }
            int type = Byte.toUnsignedInt(from.get());
            int length = Short.toUnsignedInt(from.getShort());
            if (length > from.remaining()) {
                throw new ProxyHeaderException("a TLV of type " + type + " claims " + length + " bytes where "
                        + from.remaining() + " are left");
            }
            byte[] value = new byte[length];
            from.get(value);
            fields.add(checked(type, value));
        }
        return List.copyOf(fields);
    }

    private static ProxyTlv checked(int type, byte[] value) throws ProxyHeaderException {
        try {
            return new ProxyTlv(type, value);
        } catch (IllegalArgumentException e) {
            throw new ProxyHeaderException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProxyTlv that && type == that.type && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * type + Arrays.hashCode(value);
    }

    /** The type and the bytes, as hexadecimal digits. */
    @Override
    public String toString() {
        return "0x" + HexFormat.of().toHexDigits((byte) type) + "="
                + HexFormat.of().formatHex(value);
    }
}
