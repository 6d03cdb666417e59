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

    /** Checks that the address is one of a group; the zone of an IPv6 address is its interface. */
    public MulticastGroup {
        if (!group.isMulticastAddress()) {
            throw new IllegalArgumentException(
                    "give the address of a group, 224.0.0.0/4 or ff00::/8: " + group.getHostAddress());
        }
        if (group instanceof Inet6Address six) {
            on = interfaceOf(six, on);
        }
    }

    private static MulticastInterface interfaceOf(Inet6Address group, MulticastInterface on) {
        if (on.address() != 0) {
            throw new IllegalArgumentException(
                    "give the interface of an IPv6 group by its index: " + group.getHostAddress() + " on " + on);
        }
        int zone = group.getScopeId();
        if (zone != 0 && on.index() != 0 && on.index() != zone) {
            throw new IllegalArgumentException("give an address without a zone, or the interface of its zone: "
                    + group.getHostAddress() + " on " + on);
        }
        return zone == 0 ? on : MulticastInterface.ofIndex(zone);
    }

    /**
     * The group with an address, on the interface that the kernel chooses by its routes, or that of the address's zone.
     *
     * @param group the text of an IPv4 or IPv6 address, such as {@code ff02::fb%eth0}; no name of a host is looked up
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
