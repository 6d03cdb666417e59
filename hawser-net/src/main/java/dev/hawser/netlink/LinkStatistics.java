package dev.hawser.netlink;

/**
 * What has gone through a link since it came up: {@code struct rtnl_link_stats64}. The counts are unsigned.
 *
 * @param received what came in
 * @param sent what went out
 * @param multicast how many packets for groups came in
 * @param collisions how many collisions there were
 */
public record LinkStatistics(Traffic received, Traffic sent, long multicast, long collisions) {

    /**
     * One direction.
     *
     * @param packets how many packets
     * @param bytes how many bytes
     * @param errors how many packets were spoilt
     * @param dropped how many packets there was no room for
     */
    public record Traffic(long packets, long bytes, long errors, long dropped) {}
}
