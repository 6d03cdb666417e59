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
 * @param name the bytes of {@code sun_path} without the zero that ends a path
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, and compared by content
public record SockaddrUn(byte[] name) implements Sockaddr {

    /** The most bytes of a path, and the most of an abstract name with its leading zero. */
    private static final int MAX_PATH = 107;

    private static final int MAX_ABSTRACT = 108;

    /** The unnamed address. */
    public static final SockaddrUn UNNAMED = new SockaddrUn(new byte[0]);

    /** Checks the length, and that a path has no zero byte in it. */
    public SockaddrUn {
        name = name.clone();
        boolean isAbstract = name.length > 0 && name[0] == 0;
        int max = isAbstract ? MAX_ABSTRACT : MAX_PATH;
        if (name.length > max) {
            throw new IllegalArgumentException("AF_UNIX " + (isAbstract ? "name" : "path") + " of " + name.length
                    + " bytes is too long, at most " + max + ": " + printable(name));
        }
        if (!isAbstract && printable(name).indexOf(0) >= 0) {
            throw new IllegalArgumentException("AF_UNIX path with a zero byte in it: " + printable(name));
        }
    }

    /**
     * The address of a path in the file system.
     *
     * @param path at most 107 bytes
     * @return the address
     */
    public static SockaddrUn of(Path path) {
        return of(path.toString());
    }

    /**
     * The address of a path in the file system.
     *
     * @param path at most 107 bytes of UTF-8; empty: the unnamed address
     * @return the address
     */
    public static SockaddrUn of(String path) {
        return new SockaddrUn(path.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A name in the abstract namespace, which is no file and vanishes with its socket.
     *
     * @param name at most 107 bytes of UTF-8, without the leading zero
     * @return the address
     */
    public static SockaddrUn ofAbstract(String name) {
        return new SockaddrUn(("\0" + name).getBytes(StandardCharsets.UTF_8));
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
        return printable(name);
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

    @Override
    public String toString() {
        String text = path();
        // An abstract name is written with @, so a path that begins with one is written as ./@
        return "unix:" + (isAbstract() ? "@" + text.substring(1) : text.startsWith("@") ? "./" + text : text);
    }

    private static String printable(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
