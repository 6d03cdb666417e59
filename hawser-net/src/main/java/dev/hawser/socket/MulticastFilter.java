package dev.hawser.socket;

import java.net.Inet4Address;
import java.util.List;

/**
 * Which sources of an IPv4 group a socket hears, RFC 3376: the value of IP_MSFILTER.
 *
 * <p>Immutable.
 *
 * @param group the group, on an interface with an address
 * @param include whether the sources are those heard; else they are those not heard
 * @param sources the sources
 */
public record MulticastFilter(MulticastGroup group, boolean include, List<Inet4Address> sources) {

    /** Copies the list. */
    public MulticastFilter {
        sources = List.copyOf(sources);
    }
}
