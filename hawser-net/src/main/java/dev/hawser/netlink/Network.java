package dev.hawser.netlink;

import java.io.IOException;
import java.util.List;

/**
 * Lists the network interfaces of this machine, their addresses, routes and neighbours, as {@code ip link}, {@code ip
 * addr}, {@code ip route show table all} and {@code ip neigh} do.
 *
 * <h2>Threading</h2>
 * Safe from any thread.
 *
 * <h2>Blocking and timeouts</h2>
 * The kernel answers at once. A list is one moment's: where something changes meanwhile, it is asked for again, up to
 * twenty times.
 *
 * <h2>Errors</h2>
 * {@link NetlinkException} where the kernel refuses, {@link MalformedNetlinkException} for answers that are none, else a
 * {@link dev.hawser.socket.SocketError}. A thread that is interrupted gets an {@link java.io.InterruptedIOException}.
 *
 * <h2>Platform notes</h2>
 * What is listed is the network namespace of the process. No privilege is needed.
 *
 * <p>Source: rtnetlink(7).
 *
 * {@snippet file="dev/hawser/netlink/NetlinkSnippetsTest.java" region="network"}
 */
public final class Network {

    private Network() {}

    /**
     * All interfaces.
     *
     * @return the interfaces, in the kernel's order
     * @throws IOException if the kernel refuses
     */
    public static List<Link> links() throws IOException {
        return NetlinkSocket.list(
                "list links", NetlinkSocket.ROUTE, LinkDecoder.GET, LinkDecoder.request(), LinkDecoder::added);
    }

    /**
     * The IPv4 and IPv6 addresses of all interfaces.
     *
     * @return the addresses, in the kernel's order
     * @throws IOException if the kernel refuses
     */
    public static List<LinkAddress> addresses() throws IOException {
        return NetlinkSocket.list(
                "list addresses",
                NetlinkSocket.ROUTE,
                AddressDecoder.GET,
                AddressDecoder.request(),
                AddressDecoder::added);
    }

    /**
     * The IPv4 and IPv6 routes of all tables, without those that the kernel keeps for single destinations.
     *
     * @return the routes, in the kernel's order
     * @throws IOException if the kernel refuses
     */
    public static List<Route> routes() throws IOException {
        return NetlinkSocket.list(
                "list routes", NetlinkSocket.ROUTE, RouteDecoder.GET, RouteDecoder.request(), RouteDecoder::added);
    }

    /**
     * The IPv4 and IPv6 neighbours on all links, those included that {@code ip neigh} leaves out: NUD_NOARP.
     *
     * @return the neighbours, in the kernel's order
     * @throws IOException if the kernel refuses
     */
    public static List<Neighbour> neighbours() throws IOException {
        return NetlinkSocket.list(
                "list neighbours",
                NetlinkSocket.ROUTE,
                NeighbourDecoder.GET,
                NeighbourDecoder.request(),
                NeighbourDecoder::added);
    }
}
