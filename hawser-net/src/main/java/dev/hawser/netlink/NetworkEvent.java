package dev.hawser.netlink;

/**
 * What happened to the network, as a {@link NetworkWatch} tells it. To be taken apart by a {@code switch}.
 *
 * <p><b>Threading:</b> immutable, for any thread.
 */
public sealed interface NetworkEvent {

    /**
     * There is a new interface.
     *
     * @param link the interface
     */
    record LinkAdded(Link link) implements NetworkEvent {}

    /**
     * An interface is not as it was, or was set to what it was already. The kernel may tell of one change several times.
     *
     * @param link the interface as it is now
     */
    record LinkChanged(Link link) implements NetworkEvent {}

    /**
     * An interface is gone.
     *
     * @param link the interface as it was last
     */
    record LinkRemoved(Link link) implements NetworkEvent {}

    /**
     * An interface has a new address, or one of its addresses has other flags now.
     *
     * @param address the address
     */
    record AddressAdded(LinkAddress address) implements NetworkEvent {}

    /**
     * An interface has lost an address.
     *
     * @param address the address
     */
    record AddressRemoved(LinkAddress address) implements NetworkEvent {}

    /**
     * There is a new route, or one was replaced by this.
     *
     * @param route the route
     */
    record RouteAdded(Route route) implements NetworkEvent {}

    /**
     * A route is gone. The kernel does not tell of the routes that it drops because their interface went down.
     *
     * @param route the route
     */
    record RouteRemoved(Route route) implements NetworkEvent {}

    /**
     * There is a new neighbour, or it has another state now.
     *
     * @param neighbour the neighbour
     */
    record NeighbourChanged(Neighbour neighbour) implements NetworkEvent {}

    /**
     * A neighbour is gone.
     *
     * @param neighbour the neighbour
     */
    record NeighbourRemoved(Neighbour neighbour) implements NetworkEvent {}

    /**
     * Events came faster than they were taken, and the kernel dropped some: list again what is of interest.
     *
     * @param reason such as {@code the kernel dropped messages (ENOBUFS)}
     */
    record EventsLost(String reason) implements NetworkEvent {}
}
