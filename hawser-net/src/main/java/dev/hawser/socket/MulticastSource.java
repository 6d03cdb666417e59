package dev.hawser.socket;

import java.net.InetAddress;

/**
 * One source of a multicast group, RFC 4607: what a socket joins to hear from that source alone, or blocks.
 *
 * <p>Immutable.
 *
 * @param group the group, and the interface
 * @param source the address that the packets come from
 */
public record MulticastSource(MulticastGroup group, InetAddress source) {

    /** Checks that group and source are of one family. */
    public MulticastSource {
        if (group.group().getClass() != source.getClass()) {
            throw new IllegalArgumentException("give a source of the group's family: "
                    + group.group().getHostAddress() + " and " + source.getHostAddress());
        }
    }
}
