package dev.hawser.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** As much of DER (X.690) as the frames of private keys take: nested values, each with a tag and a length. */
final class Der {

    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int SEQUENCE = 0x30;

    /** A field that is marked [0]. */
    static final int CONTEXT_0 = 0xa0;

    private final ByteBuffer bytes;

    Der(byte[] bytes) {
        this(ByteBuffer.wrap(bytes));
    }

    private Der(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    boolean hasMore() {
        return bytes.hasRemaining();
    }

    /** The tag of the next value. */
    int nextTag() {
        require(bytes.hasRemaining());
        return Byte.toUnsignedInt(bytes.get(bytes.position()));
    }

    /** The next value's inside, if it has this tag. */
    Der enter(int tag) {
        require(nextTag() == tag);
        bytes.get();
        int length = length();
        Der inside = new Der(bytes.slice(bytes.position(), length));
        bytes.position(bytes.position() + length);
        return inside;
    }

    /** The next value with its tag and length. */
    byte[] whole() {
        int start = bytes.position();
        enter(nextTag());
        return Arrays.copyOfRange(bytes.array(), bytes.arrayOffset() + start, bytes.arrayOffset() + bytes.position());
    }

    /** The bytes from here to the end. */
    byte[] rest() {
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return rest;
    }

    private int length() {
        require(bytes.hasRemaining());
        int first = Byte.toUnsignedInt(bytes.get());
        int length = first;
        if (first > 0x7f) {
            int count = first & 0x7f;
            require(count >= 1 && count <= 3 && count <= bytes.remaining());
            length = 0;
            for (int i = 0; i < count; i++) {
                length = length << 8 | Byte.toUnsignedInt(bytes.get());
            }
        }
        require(length <= bytes.remaining());
        return length;
    }

    private static void require(boolean sound) {
        if (!sound) {
            throw new IllegalArgumentException("it is no DER");
        }
    }

    /** A value: its tag, its length, and the parts of its inside. */
    static byte[] value(int tag, byte[]... parts) {
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            inside.writeBytes(part);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        int length = inside.size();
        if (length > 0x7f) {
            value.write(0x83);
            value.write(length >> 16);
            value.write(length >> 8);
        }
        value.write(length);
        value.writeBytes(inside.toByteArray());
        return value.toByteArray();
    }
}
