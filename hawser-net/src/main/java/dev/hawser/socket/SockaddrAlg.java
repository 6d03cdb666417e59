package dev.hawser.socket;

import java.net.SocketAddress;

/**
 * An algorithm of the kernel: {@code struct sockaddr_alg}. A socket that is bound to one is not used itself: what
 * {@code accept} gives does the work, after the options of level SOL_ALG were set.
 *
 * <p>Immutable. The kernel tells nobody what a socket is bound to: {@code getSockName} fails.
 *
 * <p>Source: the kernel's documentation, <cite>User Space Interface</cite> of the Crypto API.
 *
 * @param type the kind of algorithm, 1 to 13 letters of ASCII: {@code hash}, {@code skcipher}, {@code aead},
 *     {@code rng}
 * @param name the algorithm, 1 to 63 letters of ASCII: {@code sha256}, {@code cbc(aes)}; /proc/crypto lists them
 * @param feat features wanted
 * @param mask which features matter
 */
public record SockaddrAlg(String type, String name, int feat, int mask) implements Sockaddr {

    /** The sizes of the fields of the struct, without the zero that ends them. */
    static final int MAX_TYPE_BYTES = 13;

    static final int MAX_NAME_BYTES = 63;

    /** Checks the lengths and the letters. */
    public SockaddrAlg {
        if (!isWord(type, MAX_TYPE_BYTES) || type.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "\"" + type + "\" is no type of algorithm: 1 to 13 letters, such as hash or skcipher");
        }
        if (!isWord(name, MAX_NAME_BYTES)) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name of an algorithm: 1 to 63 letters, such as sha256 or cbc(aes)");
        }
    }

    /**
     * An algorithm by its name.
     *
     * @param type the kind of algorithm
     * @param name the algorithm
     * @return the address
     */
    public static SockaddrAlg of(String type, String name) {
        return new SockaddrAlg(type, name, 0, 0);
    }

    /** Whether a text fits into a field, and is readable. */
    static boolean isWord(String text, int maxBytes) {
        return !text.isEmpty() && text.length() <= maxBytes && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    @Override
    public int family() {
        return Constants.AF_ALG;
    }

    @Override
    public SocketAddress toJavaNet() {
        throw new UnsupportedOperationException("java.net has no algorithm addresses: " + this);
    }

    /**
     * The text that {@link Sockaddr#parse} reads: {@code alg:hash:sha256}, with features and mask where there are some:
     * {@code alg:hash:sha256/0x1/0x1}.
     *
     * @return the text
     */
    @Override
    public String toString() {
        boolean plain = feat == 0 && mask == 0 && name.indexOf('/') < 0;
        return "alg:" + type + ":" + name
                + (plain ? "" : "/0x" + Integer.toHexString(feat) + "/0x" + Integer.toHexString(mask));
    }
}
