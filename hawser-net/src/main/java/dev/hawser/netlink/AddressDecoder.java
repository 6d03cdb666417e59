package dev.hawser.netlink;

import dev.hawser.posix.Abi;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Addresses of links, as the kernel tells of them: RTM_NEWADDR and RTM_DELADDR. */
final class AddressDecoder {

    static final int NEW = Abi.value("RTM_NEWADDR");
    static final int DELETED = Abi.value("RTM_DELADDR");
    static final int GET = Abi.value("RTM_GETADDR");

    private static final int SIZE = Abi.value("sizeof(struct ifaddrmsg)");
    private static final int FAMILY = Abi.value("offsetof(struct ifaddrmsg,ifa_family)");
    private static final int PREFIX_LENGTH = Abi.value("offsetof(struct ifaddrmsg,ifa_prefixlen)");
    private static final int OLD_FLAGS = Abi.value("offsetof(struct ifaddrmsg,ifa_flags)");
    private static final int SCOPE = Abi.value("offsetof(struct ifaddrmsg,ifa_scope)");
    private static final int INDEX = Abi.value("offsetof(struct ifaddrmsg,ifa_index)");

    private static final int ADDRESS = Abi.value("IFA_ADDRESS");
    private static final int LOCAL = Abi.value("IFA_LOCAL");
    private static final int LABEL = Abi.value("IFA_LABEL");
    private static final int BROADCAST = Abi.value("IFA_BROADCAST");
    private static final int FLAGS = Abi.value("IFA_FLAGS");

    private AddressDecoder() {}

    static byte[] request() {
        return new byte[SIZE];
    }

    static @Nullable LinkAddress added(NetlinkMessage message) throws MalformedNetlinkException {
        return message.type() == NEW ? decode(message) : null;
    }

    /** IFA_ADDRESS is the other end's where there is IFA_LOCAL, and on most links both are the same. */
    static @Nullable LinkAddress decode(NetlinkMessage message) throws MalformedNetlinkException {
        WireBytes struct = message.body().as("struct ifaddrmsg", SIZE);
        if (!InetBytes.isInternet(struct.u8(FAMILY))) {
            return null;
        }
        Attributes attributes = Attributes.parse(struct.from(SIZE));
        InetAddress there = InetBytes.address(attributes.get(ADDRESS));
        InetAddress local = InetBytes.address(attributes.get(LOCAL));
        InetAddress address = local == null ? there : local;
        if (address == null) {
            throw new MalformedNetlinkException("an address of link " + struct.s32(INDEX) + " is missing");
        }
        return new LinkAddress(
                struct.s32(INDEX),
                address,
                struct.u8(PREFIX_LENGTH),
                address.equals(there) ? null : there,
                InetBytes.address(attributes.get(BROADCAST)),
                struct.u8(SCOPE),
                attributes.s32(FLAGS, struct.u8(OLD_FLAGS)),
                attributes.text(LABEL));
    }
}
