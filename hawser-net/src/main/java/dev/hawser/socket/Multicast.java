package dev.hawser.socket;

import dev.hawser.posix.Abi;
import java.io.IOException;

/**
 * Multicast groups: joins and leaves them on any datagram socket, for IPv4 and IPv6, for all sources or some, with the
 * interface given by index or, for IPv4, by address. It picks the option that fits; {@link IpOptions} and
 * {@link Ipv6Options} have them all.
 *
 * {@snippet file="dev/hawser/socket/OptionSnippetsTest.java" region="multicast"}
 *
 * <p>To receive, bind to the group's port; bound to the group's address as well, the socket gets nothing else. To send,
 * choose the interface with IP_MULTICAST_IF or IPV6_MULTICAST_IF, and how far with IP_MULTICAST_TTL or
 * IPV6_MULTICAST_HOPS.
 *
 * <p><b>Threading:</b> safe from any thread.
 *
 * <p><b>Errors:</b> those of {@link Socket#setSockOpt(SocketOption, Object)}: ENODEV where no interface fits, EADDRINUSE where
 * the group is joined already, EADDRNOTAVAIL where it is not joined, ENOBUFS at the limit
 * {@code net.ipv4.igmp_max_memberships}.
 *
 * <p>Source: ip(7), ipv6(7), RFC 3678.
 */
public final class Multicast {

    private static final int MOST_SOURCES = 8192;
    private static final int FIRST_SOURCES = 64;
    private static final int COUNT = Abi.value("offsetof(struct ip_msfilter,imsf_numsrc)");

    private Multicast() {}

    /**
     * Joins a group, to hear all its sources.
     *
     * @param socket a datagram or raw socket
     * @param group the group, and the interface
     * @throws IOException if the kernel refuses
     */
    public static void join(Socket socket, MulticastGroup group) throws IOException {
        socket.setSockOpt(group.isIpv6() ? Ipv6Options.IPV6_JOIN_GROUP : IpOptions.IP_ADD_MEMBERSHIP, group);
    }

    /**
     * Leaves a group, with all its sources.
     *
     * @param socket the socket that joined
     * @param group the group, and the interface as it was joined
     * @throws IOException if the kernel refuses
     */
    public static void leave(Socket socket, MulticastGroup group) throws IOException {
        socket.setSockOpt(group.isIpv6() ? Ipv6Options.IPV6_LEAVE_GROUP : IpOptions.IP_DROP_MEMBERSHIP, group);
    }

    /**
     * Joins a group to hear one source; again, to hear another as well.
     *
     * @param socket a datagram or raw socket
     * @param source the source, the group, and the interface
     * @throws IOException if the kernel refuses
     */
    public static void join(Socket socket, MulticastSource source) throws IOException {
        SocketOption<MulticastSource> any =
                source.group().isIpv6() ? Ipv6Options.MCAST_JOIN_SOURCE_GROUP : IpOptions.MCAST_JOIN_SOURCE_GROUP;
        socket.setSockOpt(byAddress(source) ? IpOptions.IP_ADD_SOURCE_MEMBERSHIP : any, source);
    }

    /**
     * Hears one source no more, of those joined one by one; with the last, the group is left.
     *
     * @param socket the socket that joined
     * @param source the source, the group, and the interface as it was joined
     * @throws IOException if the kernel refuses
     */
    public static void leave(Socket socket, MulticastSource source) throws IOException {
        SocketOption<MulticastSource> any =
                source.group().isIpv6() ? Ipv6Options.MCAST_LEAVE_SOURCE_GROUP : IpOptions.MCAST_LEAVE_SOURCE_GROUP;
        socket.setSockOpt(byAddress(source) ? IpOptions.IP_DROP_SOURCE_MEMBERSHIP : any, source);
    }

    /**
     * Hears one source no more, of a group joined for all.
     *
     * @param socket the socket that joined
     * @param source the source, the group, and the interface as it was joined
     * @throws IOException if the kernel refuses
     */
    public static void block(Socket socket, MulticastSource source) throws IOException {
        SocketOption<MulticastSource> any =
                source.group().isIpv6() ? Ipv6Options.MCAST_BLOCK_SOURCE : IpOptions.MCAST_BLOCK_SOURCE;
        socket.setSockOpt(byAddress(source) ? IpOptions.IP_BLOCK_SOURCE : any, source);
    }

    /**
     * Hears a blocked source again.
     *
     * @param socket the socket that joined
     * @param source the source, the group, and the interface as it was joined
     * @throws IOException if the kernel refuses: EADDRNOTAVAIL where the source is not blocked
     */
    public static void unblock(Socket socket, MulticastSource source) throws IOException {
        SocketOption<MulticastSource> any =
                source.group().isIpv6() ? Ipv6Options.MCAST_UNBLOCK_SOURCE : IpOptions.MCAST_UNBLOCK_SOURCE;
        socket.setSockOpt(byAddress(source) ? IpOptions.IP_UNBLOCK_SOURCE : any, source);
    }

    /**
     * Which sources of an IPv4 group the socket hears; IP_MSFILTER sets them.
     *
     * @param socket the socket that joined
     * @param group the group, on an interface given by address
     * @return the sources
     * @throws IOException if the kernel refuses: EADDRNOTAVAIL where the group is not joined
     */
    public static MulticastFilter filter(Socket socket, MulticastGroup group) throws IOException {
        int room = FIRST_SOURCES;
        for (; ; ) {
            CStruct question = MulticastCodecs.filterHead(group, room);
            byte[] answer = OptionCalls.exchange(
                    socket.state(), Constants.SOL_IP, IpOptions.IP_MSFILTER.option(), question.bytes());
            if (answer.length < MulticastCodecs.FILTER_SOURCES) {
                throw Errors.ofAnswer(
                        socket.state().attempt("getSockOpt", "getsockopt"),
                        "the kernel's value of option " + IpOptions.IP_MSFILTER + " has " + answer.length + " bytes");
            }
            int count = CBytes.of(answer).getInt(COUNT);
            if (count <= room || room == MOST_SOURCES) {
                return MulticastCodecs.filter4(group, answer);
            }
            room = Math.min(count, MOST_SOURCES);
        }
    }

    private static boolean byAddress(MulticastSource source) {
        return source.group().on().address() != 0;
    }
}
