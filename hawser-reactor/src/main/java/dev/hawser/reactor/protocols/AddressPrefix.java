package dev.hawser.reactor.protocols;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a network, such as {@code 10.0.0.0/8} or {@code fd00::/8}: who is trusted, and where somebody may go.
 *
 * <p>An IPv4 address is the same when it has come to an IPv6 socket ({@code ::ffff:10.0.0.1}).
 *
 * <h2>Threading</h2>
 * Immutable.
 *
 * <h2>Errors</h2>
 * {@link IllegalArgumentException} where a text is no network; no name is looked up.
 *
 * <p>Source: RFC 4632, RFC 4291; Python's {@code ipaddress.ip_network}.
 *
 * {@snippet file="dev/hawser/reactor/protocols/ProtocolSnippetsTest.java" region="prefix"}
 *
 * @param network the first address; its port is 0
 * @param bits how many of its first bits all addresses have
 */
public record AddressPrefix(Sockaddr network, int bits) {

    /**
     * Checks that the network has nothing behind the prefix.
     *
     * @throws IllegalArgumentException if it has, or is no Internet address, or there are too many bits
     */
    public AddressPrefix {
        if (bits < 0 || bits > width(network)) {
            throw new IllegalArgumentException(
                    "a prefix of " + host(network) + " has 0 to " + width(network) + " bits, not " + bits);
        }
        if (network instanceof SockaddrIn6 in6 && in6.unmapped() instanceof SockaddrIn in) {
            throw new IllegalArgumentException(
                    "IPv4 in IPv6 is matched as IPv4: write " + host(in) + ", not " + host(network));
        }
        if (!network.equals(masked(network, bits))) {
            throw new IllegalArgumentException("bits are set behind the prefix in " + host(network) + "/" + bits
                    + "; the network is " + host(masked(network, bits)) + "/" + bits);
        }
    }

    /**
     * Reads a network.
     *
     * @param text an address, a slash and a number of bits; without the two, one address alone
     * @return the network
     * @throws IllegalArgumentException if it is none
     */
    public static AddressPrefix parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        if (host.isEmpty()) {
            throw new IllegalArgumentException("no address before the slash: " + text);
        }
        Sockaddr network = host.indexOf(':') >= 0 ? SockaddrIn6.of(host, 0) : SockaddrIn.of(host, 0);
        return new AddressPrefix(network, slash < 0 ? width(network) : bits(text, text.substring(slash + 1)));
    }

    private static int bits(String text, String number) {
        if (!number.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("not a number of bits behind the slash: " + text);
        }
        return Integer.parseInt(number);
    }

    /**
     * Whether an address is of this network.
     *
     * @param address any address, or null
     * @return true if its first bits are those of the network; false for what is no Internet address
     */
    public boolean contains(@Nullable Sockaddr address) {
        Sockaddr plain = address instanceof SockaddrIn6 in6 ? in6.unmapped() : address;
        return plain != null && plain.family() == network.family() && network.equals(masked(plain, bits));
    }

    private static int width(Sockaddr network) {
        return switch (network) {
            case SockaddrIn _ -> Integer.SIZE;
            case SockaddrIn6 _ -> 2 * Long.SIZE;
            default -> throw new IllegalArgumentException("a network has Internet addresses, not " + network);
        };
    }

    /** The address with zeros behind its first bits. */
    private static Sockaddr masked(Sockaddr address, int bits) {
        return switch (address) {
            case SockaddrIn in
            when bits <= Integer.SIZE -> new SockaddrIn(in.address() & (int) mask(bits + Integer.SIZE), 0);
            case SockaddrIn6 in6 ->
                new SockaddrIn6(in6.high() & mask(bits), in6.low() & mask(bits - Long.SIZE), 0, 0, 0);
            default -> address;
        };
    }

    /** So many ones, at most 64, then zeros. */
    private static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
    }

    private static String host(Sockaddr address) {
        return switch (address) {
            case SockaddrIn in -> in.host();
            case SockaddrIn6 in6 -> in6.host();
            default -> address.toString();
        };
    }

    /** Such as {@code 10.0.0.0/8}. */
    @Override
    public String toString() {
        return host(network) + "/" + bits;
    }
}
