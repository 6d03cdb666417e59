package dev.hawser.netlink;

import org.jspecify.annotations.Nullable;

/**
 * A network interface. Its flags and type have names in {@link NetlinkConstants}.
 *
 * <p><b>Threading:</b> immutable, for any thread.
 *
 * <p>Source: rtnetlink(7), RTM_NEWLINK; netdevice(7).
 *
 * @param index the number that the kernel gave it
 * @param name such as {@code eth0}
 * @param flags IFF_* bits
 * @param mtu the most bytes of a packet
 * @param address of the hardware, or null where there is none
 * @param type an ARPHRD_* number
 * @param state whether it can carry packets
 * @param masterIndex the bridge or bond that it belongs to, or 0
 * @param parentIndex the link that it stands on, or its other end; 0 where there is none
 * @param kind what made it, such as {@code veth} or {@code bridge}; null where it is a device
 * @param statistics what has gone through it, or null where the kernel did not tell
 */
public record Link(
        int index,
        String name,
        int flags,
        long mtu,
        @Nullable HardwareAddress address,
        int type,
        OperationalState state,
        int masterIndex,
        int parentIndex,
        @Nullable String kind,
        @Nullable LinkStatistics statistics) {

    /**
     * Whether it is in use: IFF_UP, what {@code ip link set up} sets.
     *
     * @return true where it is, with or without a cable
     */
    public boolean isUp() {
        return (flags & NetlinkConstants.IFF_UP) != 0;
    }
}
