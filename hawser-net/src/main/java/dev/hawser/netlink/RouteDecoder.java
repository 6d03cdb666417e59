package dev.hawser.netlink;

import dev.hawser.posix.Abi;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Routes, as the kernel tells of them: RTM_NEWROUTE and RTM_DELROUTE. */
final class RouteDecoder {

    static final int NEW = Abi.value("RTM_NEWROUTE");
    static final int DELETED = Abi.value("RTM_DELROUTE");
    static final int GET = Abi.value("RTM_GETROUTE");

    private static final int SIZE = Abi.value("sizeof(struct rtmsg)");
    private static final int FAMILY = Abi.value("offsetof(struct rtmsg,rtm_family)");
    private static final int PREFIX_LENGTH = Abi.value("offsetof(struct rtmsg,rtm_dst_len)");
    private static final int OLD_TABLE = Abi.value("offsetof(struct rtmsg,rtm_table)");
    private static final int PROTOCOL = Abi.value("offsetof(struct rtmsg,rtm_protocol)");
    private static final int SCOPE = Abi.value("offsetof(struct rtmsg,rtm_scope)");
    private static final int TYPE = Abi.value("offsetof(struct rtmsg,rtm_type)");
    private static final int FLAGS = Abi.value("offsetof(struct rtmsg,rtm_flags)");
    private static final int CLONED = Abi.value("RTM_F_CLONED");

    private static final int DESTINATION = Abi.value("RTA_DST");
    private static final int LINK = Abi.value("RTA_OIF");
    private static final int GATEWAY = Abi.value("RTA_GATEWAY");
    private static final int GATEWAY_OF_ANY_FAMILY = Abi.value("RTA_VIA");
    private static final int METRIC = Abi.value("RTA_PRIORITY");
    private static final int PREFERRED_SOURCE = Abi.value("RTA_PREFSRC");
    private static final int HOPS = Abi.value("RTA_MULTIPATH");
    private static final int TABLE = Abi.value("RTA_TABLE");
    private static final int VIA_ADDRESS = Abi.value("offsetof(struct rtvia,rtvia_addr)");

    private static final int HOP_SIZE = Abi.value("sizeof(struct rtnexthop)");
    private static final int HOP_LENGTH = Abi.value("offsetof(struct rtnexthop,rtnh_len)");
    private static final int HOP_WEIGHT_LESS_ONE = Abi.value("offsetof(struct rtnexthop,rtnh_hops)");
    private static final int HOP_LINK = Abi.value("offsetof(struct rtnexthop,rtnh_ifindex)");
    private static final int HOP_ALIGNMENT = Abi.value("RTNH_ALIGNTO");

    private RouteDecoder() {}

    static byte[] request() {
        return new byte[SIZE];
    }

    static @Nullable Route added(NetlinkMessage message) throws MalformedNetlinkException {
        return message.type() == NEW ? decode(message) : null;
    }

    static @Nullable Route decode(NetlinkMessage message) throws MalformedNetlinkException {
        WireBytes route = message.body().as("struct rtmsg", SIZE);
        int family = route.u8(FAMILY);
        if (!InetBytes.isInternet(family) || (route.s32(FLAGS) & CLONED) != 0) {
            return null;
        }
        Attributes attributes = Attributes.parse(route.from(SIZE));
        InetAddress destination = InetBytes.address(attributes.get(DESTINATION));
        return new Route(
                destination == null ? InetBytes.unspecified(family) : destination,
                route.u8(PREFIX_LENGTH),
                hops(attributes),
                attributes.u32(METRIC, 0),
                InetBytes.address(attributes.get(PREFERRED_SOURCE)),
                attributes.u32(TABLE, route.u8(OLD_TABLE)),
                route.u8(PROTOCOL),
                route.u8(SCOPE),
                route.u8(TYPE));
    }

    private static List<Route.Hop> hops(Attributes route) throws MalformedNetlinkException {
        WireBytes several = route.get(HOPS);
        if (several != null) {
            return several(several);
        }
        InetAddress gateway = gateway(route);
        int link = route.s32(LINK, 0);
        return gateway == null && link == 0 ? List.of() : List.of(new Route.Hop(gateway, link, 1));
    }

    private static List<Route.Hop> several(WireBytes bytes) throws MalformedNetlinkException {
        List<Route.Hop> hops = new ArrayList<>();
        int at = 0;
        while (at < bytes.length()) {
            WireBytes header = bytes.part(at, HOP_SIZE, "struct rtnexthop");
            int length = header.u16(HOP_LENGTH);
            if (length < HOP_SIZE) {
                throw new MalformedNetlinkException(
                        "a hop is to have " + length + " bytes, its header takes " + HOP_SIZE);
            }
            Attributes attributes =
                    Attributes.parse(bytes.part(at, length, "a hop").from(HOP_SIZE));
            hops.add(new Route.Hop(gateway(attributes), header.s32(HOP_LINK), header.u8(HOP_WEIGHT_LESS_ONE) + 1));
            at += Attributes.align(length, HOP_ALIGNMENT);
        }
        return hops;
    }

    /** The gateway of an IPv4 route may be an IPv6 address: then it has its family before it. */
    private static @Nullable InetAddress gateway(Attributes attributes) throws MalformedNetlinkException {
        WireBytes via = attributes.get(GATEWAY_OF_ANY_FAMILY);
        if (via == null) {
            return InetBytes.address(attributes.get(GATEWAY));
        }
        return InetBytes.address(via.as("struct rtvia", VIA_ADDRESS).from(VIA_ADDRESS));
    }
}
