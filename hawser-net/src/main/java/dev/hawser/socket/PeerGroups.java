package dev.hawser.socket;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The supplementary groups of whoever is at the other end of a Unix socket, the value of SO_PEERGROUPS.
 *
 * @param gids the numbers of the groups
 */
public record PeerGroups(List<Integer> gids) {

    static final OptionCodec<PeerGroups> CODEC = OptionCodec.readOnly(
            PeerGroups.class,
            0,
            OptionCalls.MAX_BYTES,
            bytes -> new PeerGroups(IntStream.of(CBytes.toInts(bytes)).boxed().toList()));

    /** Copies the list. */
    public PeerGroups {
        gids = List.copyOf(gids);
    }
}
