package dev.hawser.socket;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * A multicast group on an interface: what a socket joins and leaves.
 *
 * <p>Immutable.
 *
 * @param group the group's address: 224.0.0.0/4, or ff00::/8
 * @param on the interface
 */
public record MulticastGroup(InetAddress group, MulticastInterface on) {

    /** Checks that the address is one of a group. */
    public MulticastGroup {
        if (!group.isMulticastAddress()) {
            throw new IllegalArgumentException(
                    "give the address of a group, 224.0.0.0/4 or ff00::/8: " + group.getHostAddress());
        }
    }

    /**
     * The group with an address, on the interface that the kernel chooses by its routes.
     *
     * @param group the text of an IPv4 or IPv6 address; no name is looked up
     * @return the group
     */
    public static MulticastGroup of(String group) {
        return new MulticastGroup(InetAddress.ofLiteral(group), MulticastInterface.ANY);
    }

    /**
     * The same group on the interface with an index.
     *
     * @param index the index, as if_nametoindex(3) gives it
     * @return the group there
     */
    public MulticastGroup onIndex(int index) {
        return new MulticastGroup(group, MulticastInterface.ofIndex(index));
    }

    /**
     * The same group on the interface with an IPv4 address.
     *
     * @param address four decimal numbers with dots
     * @return the group there
     */
    public MulticastGroup onAddress(String address) {
        return new MulticastGroup(group, MulticastInterface.ofAddress(address));
    }

    /**
     * One source of the group.
     *
     * @param source the text of an address of the group's family; no name is looked up
     * @return the source
     */
    public MulticastSource from(String source) {
        return new MulticastSource(this, InetAddress.ofLiteral(source));
    }

    /**
     * Whether the group is one of IPv6.
     *
     * @return false for IPv4
     */
    public boolean isIpv6() {
        return group instanceof Inet6Address;
    }
}
