package dev.hawser.socket;

import dev.hawser.posix.Abi;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An address of a family that has no record of its own here.
 *
 * <p>Immutable. Its text is for reading by people: {@link Sockaddr#parse} does not take it.
 *
 * @param family an AF_* number
 * @param data the bytes of the {@code struct sockaddr} after the family, at most 126
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, and compared by content
public record SockaddrOther(int family, byte[] data) implements Sockaddr {

    static final int MAX_BYTES = Abi.value("sizeof(struct sockaddr_storage)") - Short.BYTES;

    /** Checks the length, and copies the bytes. */
    public SockaddrOther {
        data = data.clone();
        if (data.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "an address of " + data.length + " bytes after the family is too long, at most " + MAX_BYTES);
        }
    }

    /**
     * The bytes after the family.
     *
     * @return a copy
     */
    @Override
    public byte[] data() {
        return data.clone();
    }

    @Override
    public SocketAddress toJavaNet() {
        throw new UnsupportedOperationException("java.net has no addresses of family " + family);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SockaddrOther that && family == that.family && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * family + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "family " + family + ":" + HexFormat.of().formatHex(data);
    }
}
