package dev.hawser.netlink;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 route. Its numbers have names in {@link NetlinkConstants}.
 *
 * <p><b>Threading:</b> immutable, for any thread.
 *
 * <p>Source: rtnetlink(7), RTM_NEWROUTE.
 *
 * @param destination the network that it leads to; all zeros in the default route
 * @param prefixLength how many bits of the destination count; 0 in the default route
 * @param hops where the packets go: one, or several among which they are shared out; none where they go nowhere
 * @param metric of several routes the lowest is taken
 * @param preferredSource the address that packets get as their source, or null
 * @param table an RT_TABLE_* number, or any other
 * @param protocol an RTPROT_* number: who made it
 * @param scope an RT_SCOPE_* number: how far the destination is
 * @param type an RTN_* number: what becomes of the packets
 */
public record Route(
        InetAddress destination,
        int prefixLength,
        List<Hop> hops,
        long metric,
        @Nullable InetAddress preferredSource,
        long table,
        int protocol,
        int scope,
        int type) {

    /** Copies the hops. */
    public Route {
        hops = List.copyOf(hops);
    }

    /**
     * Where packets go next.
     *
     * @param gateway the router, or null where the destination is on the link itself
     * @param linkIndex the interface, see {@link Link#index}; 0 where there is none
     * @param weight its share among several, from 1
     */
    public record Hop(@Nullable InetAddress gateway, int linkIndex, int weight) {}

    /**
     * Whether it is the way to everywhere.
     *
     * @return true for a prefix of no bits
     */
    public boolean isDefault() {
        return prefixLength == 0;
    }
}
