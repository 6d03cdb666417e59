package dev.hawser.netlink;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address of a network interface. Its numbers have names in {@link NetlinkConstants}.
 *
 * <p><b>Threading:</b> immutable, for any thread.
 *
 * <p>Source: rtnetlink(7), RTM_NEWADDR.
 *
 * @param linkIndex the interface, see {@link Link#index}
 * @param address the address itself
 * @param prefixLength how many of its bits, or of the peer's where there is one, are those of the network
 * @param peer the other end of a point-to-point link, or null
 * @param broadcast the address that all in the network hear, or null
 * @param scope an RT_SCOPE_* number: how far it is valid
 * @param flags IFA_F_* bits
 * @param label the name of an IPv4 address, such as {@code eth0:1}; null where it has none
 */
public record LinkAddress(
        int linkIndex,
        InetAddress address,
        int prefixLength,
        @Nullable InetAddress peer,
        @Nullable InetAddress broadcast,
        int scope,
        int flags,
        @Nullable String label) {}
