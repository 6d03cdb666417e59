package dev.hawser.netlink;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes events of messages. It knows which links there are, because the kernel calls new ones and changed ones alike. */
final class EventDecoder {

    private final Set<Integer> knownLinks = new HashSet<>();

    /** These, and no others, are the links that there are. */
    void know(List<Link> links) {
        knownLinks.clear();
        links.forEach(link -> knownLinks.add(link.index()));
    }

    /** The event, or null where the message tells of something else. */
    @Nullable
    NetworkEvent decode(NetlinkMessage message) throws MalformedNetlinkException {
        int type = message.type();
        if (type == LinkDecoder.NEW || type == LinkDecoder.DELETED) {
            return link(LinkDecoder.decode(message), type == LinkDecoder.NEW);
        } else if (type == AddressDecoder.NEW || type == AddressDecoder.DELETED) {
            return address(AddressDecoder.decode(message), type == AddressDecoder.NEW);
        } else if (type == RouteDecoder.NEW || type == RouteDecoder.DELETED) {
            return route(RouteDecoder.decode(message), type == RouteDecoder.NEW);
        } else if (type == NeighbourDecoder.NEW || type == NeighbourDecoder.DELETED) {
            return neighbour(NeighbourDecoder.decode(message), type == NeighbourDecoder.NEW);
        }
        return null;
    }

    private @Nullable NetworkEvent link(@Nullable Link link, boolean isThere) {
        if (link == null) {
            return null;
        }
        if (isThere) {
            return knownLinks.add(link.index()) ? new NetworkEvent.LinkAdded(link) : new NetworkEvent.LinkChanged(link);
        }
        return knownLinks.remove(link.index()) ? new NetworkEvent.LinkRemoved(link) : null;
    }

    private static @Nullable NetworkEvent address(@Nullable LinkAddress address, boolean isThere) {
        if (address == null) {
            return null;
        }
        return isThere ? new NetworkEvent.AddressAdded(address) : new NetworkEvent.AddressRemoved(address);
    }

    private static @Nullable NetworkEvent route(@Nullable Route route, boolean isThere) {
        if (route == null) {
            return null;
        }
        return isThere ? new NetworkEvent.RouteAdded(route) : new NetworkEvent.RouteRemoved(route);
    }

    private static @Nullable NetworkEvent neighbour(@Nullable Neighbour neighbour, boolean isThere) {
        if (neighbour == null) {
            return null;
        }
        return isThere ? new NetworkEvent.NeighbourChanged(neighbour) : new NetworkEvent.NeighbourRemoved(neighbour);
    }
}
