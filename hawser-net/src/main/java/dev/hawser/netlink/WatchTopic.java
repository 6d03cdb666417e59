package dev.hawser.netlink;

import dev.hawser.posix.Abi;

/** What a {@link NetworkWatch} tells of. Source: rtnetlink(7), RTMGRP_*. */
public enum WatchTopic {
    /** Interfaces. */
    LINKS(Abi.value("RTMGRP_LINK")),
    /** Their IPv4 and IPv6 addresses. */
    ADDRESSES(Abi.value("RTMGRP_IPV4_IFADDR") | Abi.value("RTMGRP_IPV6_IFADDR")),
    /** IPv4 and IPv6 routes. */
    ROUTES(Abi.value("RTMGRP_IPV4_ROUTE") | Abi.value("RTMGRP_IPV6_ROUTE")),
    /** Neighbours; there is much to tell of them. */
    NEIGHBOURS(Abi.value("RTMGRP_NEIGH"));

    private final int groups;

    WatchTopic(int groups) {
        this.groups = groups;
    }

    /** The mask of the multicast groups. */
    int groups() {
        return groups;
    }
}
