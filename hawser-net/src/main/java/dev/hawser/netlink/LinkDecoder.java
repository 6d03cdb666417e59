package dev.hawser.netlink;

import dev.hawser.posix.Abi;
import dev.hawser.socket.Constants;
import org.jspecify.annotations.Nullable;

/** Links, as the kernel tells of them: RTM_NEWLINK and RTM_DELLINK. */
final class LinkDecoder {

    static final int NEW = Abi.value("RTM_NEWLINK");
    static final int DELETED = Abi.value("RTM_DELLINK");
    static final int GET = Abi.value("RTM_GETLINK");

    private static final int SIZE = Abi.value("sizeof(struct ifinfomsg)");
    private static final int FAMILY = Abi.value("offsetof(struct ifinfomsg,ifi_family)");
    private static final int TYPE = Abi.value("offsetof(struct ifinfomsg,ifi_type)");
    private static final int INDEX = Abi.value("offsetof(struct ifinfomsg,ifi_index)");
    private static final int FLAGS = Abi.value("offsetof(struct ifinfomsg,ifi_flags)");

    private static final int ADDRESS = Abi.value("IFLA_ADDRESS");
    private static final int NAME = Abi.value("IFLA_IFNAME");
    private static final int MTU = Abi.value("IFLA_MTU");
    private static final int PARENT = Abi.value("IFLA_LINK");
    private static final int MASTER = Abi.value("IFLA_MASTER");
    private static final int STATE = Abi.value("IFLA_OPERSTATE");
    private static final int INFO = Abi.value("IFLA_LINKINFO");
    private static final int INFO_KIND = Abi.value("IFLA_INFO_KIND");
    private static final int STATISTICS = Abi.value("IFLA_STATS64");

    private static final int STATISTICS_SIZE = statistic("collisions") + Long.BYTES;

    private LinkDecoder() {}

    static byte[] request() {
        return new byte[SIZE];
    }

    static @Nullable Link added(NetlinkMessage message) throws MalformedNetlinkException {
        return message.type() == NEW ? decode(message) : null;
    }

    /** Null where the message is of a link's part in something else: RTM_DELLINK of a bridge says that it left that. */
    static @Nullable Link decode(NetlinkMessage message) throws MalformedNetlinkException {
        WireBytes link = message.body().as("struct ifinfomsg", SIZE);
        if (link.u8(FAMILY) != Constants.AF_UNSPEC) {
            return null;
        }
        Attributes attributes = Attributes.parse(link.from(SIZE));
        String name = attributes.text(NAME);
        if (name == null) {
            throw new MalformedNetlinkException("link " + link.s32(INDEX) + " has no name");
        }
        WireBytes address = attributes.get(ADDRESS);
        return new Link(
                link.s32(INDEX),
                name,
                link.s32(FLAGS),
                attributes.u32(MTU, 0),
                address == null || address.length() == 0 ? null : new HardwareAddress(address.array()),
                link.u16(TYPE),
                OperationalState.of(attributes.u8(STATE, 0)),
                attributes.s32(MASTER, 0),
                attributes.s32(PARENT, 0),
                attributes.nested(INFO).text(INFO_KIND),
                statistics(attributes.get(STATISTICS)));
    }

    private static @Nullable LinkStatistics statistics(@Nullable WireBytes bytes) throws MalformedNetlinkException {
        if (bytes == null) {
            return null;
        }
        WireBytes counts = bytes.as("struct rtnl_link_stats64", STATISTICS_SIZE);
        return new LinkStatistics(
                traffic(counts, "rx"),
                traffic(counts, "tx"),
                counts.u64(statistic("multicast")),
                counts.u64(statistic("collisions")));
    }

    private static LinkStatistics.Traffic traffic(WireBytes counts, String direction) throws MalformedNetlinkException {
        return new LinkStatistics.Traffic(
                counts.u64(statistic(direction + "_packets")),
                counts.u64(statistic(direction + "_bytes")),
                counts.u64(statistic(direction + "_errors")),
                counts.u64(statistic(direction + "_dropped")));
    }

    private static int statistic(String field) {
        return Abi.value("offsetof(struct rtnl_link_stats64," + field + ")");
    }
}
