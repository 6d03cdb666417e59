package dev.hawser.socket;

import java.net.SocketAddress;

/**
 * A netlink address: {@code struct sockaddr_nl} of netlink(7).
 *
 * <p>Immutable.
 *
 * @param pid the port of a socket, unsigned; 0 is the kernel, and at {@code bind} lets the kernel choose. The first socket
 *     of a process often has its process number, hence the name
 * @param groups the mask of multicast groups, a bit for each of the first 32
 */
public record SockaddrNl(int pid, int groups) implements Sockaddr {

    /** The kernel itself, and at {@code bind} any free port. */
    public static final SockaddrNl KERNEL = new SockaddrNl(0, 0);

    @Override
    public int family() {
        return Constants.AF_NETLINK;
    }

    @Override
    public SocketAddress toJavaNet() {
        throw new UnsupportedOperationException("java.net has no netlink addresses: " + this);
    }

    /**
     * The text that {@link Sockaddr#parse} reads: {@code netlink:1234/0x11}.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return "netlink:" + Integer.toUnsignedString(pid) + "/0x" + Integer.toHexString(groups);
    }
}
