package dev.hawser.socket;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A Unix address: {@code struct sockaddr_un} of unix(7). It is a path, a name in Linux's abstract namespace (a zero
 * byte, then any bytes), or unnamed (no bytes at all), which at {@code bind} lets the kernel choose an abstract name.
 *
 * <p>Immutable. A path's bytes are kept as the kernel has them; {@link #path} decodes them as UTF-8.
 *
 * <p>A path has at most 108 bytes. The zero that ends it goes to the kernel where there is room for it, that is with up
 * to 107; Linux takes the longest path without. Other systems, and programs that take {@code sun_path} for a C string,
 * want 107.
 *
 * @param name the bytes of {@code sun_path} without the zero that ends a path
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, and compared by content
public record SockaddrUn(byte[] name) implements Sockaddr {

    /** The size of {@code sun_path}: the most bytes of a path, and of an abstract name with its leading zero. */
    static final int MAX_BYTES = 108;

    /** The unnamed address. */
    public static final SockaddrUn UNNAMED = new SockaddrUn(new byte[0]);

    /** Checks the length, and that a path has no zero byte in it. */
    public SockaddrUn {
        name = name.clone();
        boolean isAbstract = name.length > 0 && name[0] == 0;
        if (name.length > MAX_BYTES) {
            throw new IllegalArgumentException("AF_UNIX " + (isAbstract ? "name" : "path") + " of " + name.length
                    + " bytes is too long, at most " + MAX_BYTES + ": " + UnixText.write(name));
        }
        if (!isAbstract && hasZero(name)) {
            throw new IllegalArgumentException("AF_UNIX path with a zero byte in it: " + UnixText.write(name));
        }
    }

    /**
     * The address of a path in the file system.
     *
     * @param path at most 108 bytes
     * @return the address
     * @throws IllegalArgumentException if the path is too long, or not of UTF-8
     */
    public static SockaddrUn of(Path path) {
        return of(path.toString());
    }

    /**
     * The address of a path in the file system.
     *
     * @param path at most 108 bytes of UTF-8; empty: the unnamed address
     * @return the address
     * @throws IllegalArgumentException if the path is too long, has a zero byte in it, or half a surrogate pair
     */
    public static SockaddrUn of(String path) {
        return new SockaddrUn(UnixText.utf8(path));
    }

    /**
     * A name in the abstract namespace, which is no file and vanishes with its socket.
     *
     * @param name at most 107 bytes of UTF-8, without the leading zero
     * @return the address
     * @throws IllegalArgumentException if the name is too long, or has half a surrogate pair in it
     */
    public static SockaddrUn ofAbstract(String name) {
        return new SockaddrUn(UnixText.utf8("\0" + name));
    }

    @Override
    public int family() {
        return Constants.AF_UNIX;
    }

    /**
     * The bytes of the path or name.
     *
     * @return a copy
     */
    @Override
    public byte[] name() {
        return name.clone();
    }

    /**
     * Whether this is a name in the abstract namespace.
     *
     * @return true for an abstract name, false for a path and for the unnamed address
     */
    public boolean isAbstract() {
        return name.length > 0 && name[0] == 0;
    }

    /**
     * Whether this is the unnamed address.
     *
     * @return true where there are no bytes
     */
    public boolean isUnnamed() {
        return name.length == 0;
    }

    /**
     * The path.
     *
     * @return the path, empty for the unnamed address; for an abstract name its bytes with the leading zero
     */
    public String path() {
        return new String(name, StandardCharsets.UTF_8);
    }

    @Override
    public SocketAddress toJavaNet() {
        if (isAbstract()) {
            throw new UnsupportedOperationException("java.net has no abstract Unix addresses: " + this);
        }
        return UnixDomainSocketAddress.of(path());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SockaddrUn that && Arrays.equals(name, that.name);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(name);
    }

    /**
     * The text that {@link Sockaddr#parse} reads: {@code unix:/run/x.sock}, {@code unix:@name} for an abstract name. A
     * byte that is no text, because it is a control character or no UTF-8, is written as {@code \x} and its two
     * hexadecimal digits; a path that begins with {@code @} as {@code ./@}.
     *
     * @return the text
     */
    @Override
    public String toString() {
        String text = UnixText.write(isAbstract() ? Arrays.copyOfRange(name, 1, name.length) : name);
        return "unix:" + (isAbstract() ? "@" + text : text.startsWith("@") ? "./" + text : text);
    }

    private static boolean hasZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }
}
