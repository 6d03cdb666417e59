package dev.hawser.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.hawser.posix.Abi;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The structs of multicast, {@code <netinet/in.h>}. */
final class MulticastCodecs {

    private static final int MREQN_SIZE = Abi.value("sizeof(struct ip_mreqn)");
    private static final int MREQN_GROUP = Abi.value("offsetof(struct ip_mreqn,imr_multiaddr)");
    private static final int MREQN_ADDRESS = Abi.value("offsetof(struct ip_mreqn,imr_address)");
    private static final int MREQN_INDEX = Abi.value("offsetof(struct ip_mreqn,imr_ifindex)");

    private static final int SOURCE_SIZE = Abi.value("sizeof(struct ip_mreq_source)");
    private static final int SOURCE_GROUP = Abi.value("offsetof(struct ip_mreq_source,imr_multiaddr)");
    private static final int SOURCE_INTERFACE = Abi.value("offsetof(struct ip_mreq_source,imr_interface)");
    private static final int SOURCE_SOURCE = Abi.value("offsetof(struct ip_mreq_source,imr_sourceaddr)");

    private static final int MREQ6_SIZE = Abi.value("sizeof(struct ipv6_mreq)");
    private static final int MREQ6_GROUP = Abi.value("offsetof(struct ipv6_mreq,ipv6mr_multiaddr)");
    private static final int MREQ6_INDEX = Abi.value("offsetof(struct ipv6_mreq,ipv6mr_interface)");

    private static final int ANY_SIZE = Abi.value("sizeof(struct group_req)");
    private static final int ANY_INDEX = Abi.value("offsetof(struct group_req,gr_interface)");
    private static final int ANY_GROUP = Abi.value("offsetof(struct group_req,gr_group)");

    private static final int ANY_SOURCE_SIZE = Abi.value("sizeof(struct group_source_req)");
    private static final int ANY_SOURCE_INDEX = Abi.value("offsetof(struct group_source_req,gsr_interface)");
    private static final int ANY_SOURCE_GROUP = Abi.value("offsetof(struct group_source_req,gsr_group)");
    private static final int ANY_SOURCE_SOURCE = Abi.value("offsetof(struct group_source_req,gsr_source)");

    private static final int FILTER_GROUP = Abi.value("offsetof(struct ip_msfilter,imsf_multiaddr)");
    private static final int FILTER_INTERFACE = Abi.value("offsetof(struct ip_msfilter,imsf_interface)");
    private static final int FILTER_MODE = Abi.value("offsetof(struct ip_msfilter,imsf_fmode)");
    private static final int FILTER_COUNT = Abi.value("offsetof(struct ip_msfilter,imsf_numsrc)");
    static final int FILTER_SOURCES = Abi.value("offsetof(struct ip_msfilter,imsf_slist)");

    private static final int IPV4_BYTES = Abi.value("sizeof(struct in_addr)");

    private static final int INCLUDE = Abi.value("MCAST_INCLUDE");
    private static final int EXCLUDE = Abi.value("MCAST_EXCLUDE");

    /** {@code struct ip_mreqn}. */
    static final OptionCodec<MulticastGroup> GROUP4 =
            OptionCodec.writeOnly(MulticastGroup.class, MulticastCodecs::group4);

    /** {@code struct ip_mreq_source}. */
    static final OptionCodec<MulticastSource> SOURCE4 =
            OptionCodec.writeOnly(MulticastSource.class, MulticastCodecs::source4);

    /** {@code struct ipv6_mreq}. */
    static final OptionCodec<MulticastGroup> GROUP6 =
            OptionCodec.writeOnly(MulticastGroup.class, MulticastCodecs::group6);

    /** {@code struct group_req}, of either family. */
    static final OptionCodec<MulticastGroup> ANY_FAMILY =
            OptionCodec.writeOnly(MulticastGroup.class, MulticastCodecs::anyGroup);

    /** {@code struct group_source_req}, of either family. */
    static final OptionCodec<MulticastSource> ANY_FAMILY_SOURCE =
            OptionCodec.writeOnly(MulticastSource.class, MulticastCodecs::anySource);

    /** {@code struct ip_mreqn} on the way in, {@code struct in_addr} on the way out. */
    static final OptionCodec<MulticastInterface> INTERFACE4 = OptionCodec.of(
            MulticastInterface.class,
            IPV4_BYTES,
            IPV4_BYTES,
            MulticastCodecs::interface4,
            bytes -> new MulticastInterface(0, ByteBuffer.wrap(bytes).getInt()));

    /** {@code struct ip_msfilter}. */
    static final OptionCodec<MulticastFilter> FILTER4 =
            OptionCodec.writeOnly(MulticastFilter.class, MulticastCodecs::filter4);

    private MulticastCodecs() {}

    private static byte[] interface4(MulticastInterface on) {
        return new CStruct(MREQN_SIZE)
                .put(MREQN_ADDRESS, ipv4(on.address()))
                .putInt(MREQN_INDEX, on.index())
                .bytes();
    }

    private static byte[] group4(MulticastGroup group) {
        return new CStruct(MREQN_SIZE)
                .put(MREQN_GROUP, ipv4(group))
                .put(MREQN_ADDRESS, ipv4(group.on().address()))
                .putInt(MREQN_INDEX, group.on().index())
                .bytes();
    }

    private static byte[] source4(MulticastSource source) {
        return new CStruct(SOURCE_SIZE)
                .put(SOURCE_GROUP, ipv4(source.group()))
                .put(SOURCE_INTERFACE, ipv4(addressOf(source.group())))
                .put(SOURCE_SOURCE, source.source().getAddress())
                .bytes();
    }

    private static byte[] group6(MulticastGroup group) {
        if (!group.isIpv6()) {
            throw new IllegalArgumentException("give a group of IPv6: " + group);
        }
        return new CStruct(MREQ6_SIZE)
                .put(MREQ6_GROUP, group.group().getAddress())
                .putInt(MREQ6_INDEX, indexOf(group))
                .bytes();
    }

    private static byte[] anyGroup(MulticastGroup group) {
        CStruct struct = new CStruct(ANY_SIZE).putInt(ANY_INDEX, indexOf(group));
        return struct.put(ANY_GROUP, sockaddr(group.group())).bytes();
    }

    private static byte[] anySource(MulticastSource source) {
        return new CStruct(ANY_SOURCE_SIZE)
                .putInt(ANY_SOURCE_INDEX, indexOf(source.group()))
                .put(ANY_SOURCE_GROUP, sockaddr(source.group().group()))
                .put(ANY_SOURCE_SOURCE, sockaddr(source.source()))
                .bytes();
    }

    private static byte[] filter4(MulticastFilter filter) {
        int count = filter.sources().size();
        CStruct struct = filterHead(filter.group(), count)
                .putInt(FILTER_MODE, filter.include() ? INCLUDE : EXCLUDE)
                .putInt(FILTER_COUNT, count);
        for (int i = 0; i < count; i++) {
            struct.put(FILTER_SOURCES + i * IPV4_BYTES, filter.sources().get(i).getAddress());
        }
        return struct.bytes();
    }

    /** The question to IP_MSFILTER: the group, and room for so many sources. */
    static CStruct filterHead(MulticastGroup group, int sources) {
        return new CStruct(FILTER_SOURCES + sources * IPV4_BYTES)
                .put(FILTER_GROUP, ipv4(group))
                .put(FILTER_INTERFACE, ipv4(addressOf(group)))
                .putInt(FILTER_COUNT, sources);
    }

    /** The kernel's answer to that question. */
    static MulticastFilter filter4(MulticastGroup group, byte[] answer) throws UnknownHostException {
        ByteBuffer struct = CBytes.of(answer);
        int count = Math.min(struct.getInt(FILTER_COUNT), (answer.length - FILTER_SOURCES) / IPV4_BYTES);
        List<Inet4Address> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] four = new byte[IPV4_BYTES];
            struct.get(FILTER_SOURCES + i * IPV4_BYTES, four);
            sources.add((Inet4Address) InetAddress.getByAddress(four));
        }
        return new MulticastFilter(group, struct.getInt(FILTER_MODE) == INCLUDE, sources);
    }

    private static byte[] sockaddr(InetAddress address) {
        Sockaddr sockaddr = Sockaddr.of(new InetSocketAddress(address, 0));
        return SockaddrCodec.encode(sockaddr).toArray(JAVA_BYTE);
    }

    private static int indexOf(MulticastGroup group) {
        if (group.on().address() != 0) {
            throw new IllegalArgumentException("give the interface by its index: " + group);
        }
        return group.on().index();
    }

    private static int addressOf(MulticastGroup group) {
        if (group.on().index() != 0) {
            throw new IllegalArgumentException("give the interface by its address: " + group);
        }
        return group.on().address();
    }

    private static byte[] ipv4(MulticastGroup group) {
        if (group.isIpv6()) {
            throw new IllegalArgumentException("give a group of IPv4: " + group);
        }
        return group.group().getAddress();
    }

    private static byte[] ipv4(int address) {
        return CBytes.networkInt(address);
    }
}
