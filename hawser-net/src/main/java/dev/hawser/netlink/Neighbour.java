package dev.hawser.netlink;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A machine on the same link, as ARP or neighbour discovery found it. Its numbers have names in {@link
 * NetlinkConstants}.
 *
 * <p><b>Threading:</b> immutable, for any thread.
 *
 * <p>Source: rtnetlink(7), RTM_NEWNEIGH.
 *
 * @param linkIndex the interface, see {@link Link#index}
 * @param address its IPv4 or IPv6 address
 * @param hardwareAddress where it is found, or null while that is not known
 * @param state NUD_* bits
 * @param flags NTF_* bits
 */
public record Neighbour(
        int linkIndex, InetAddress address, @Nullable HardwareAddress hardwareAddress, int state, int flags) {}
