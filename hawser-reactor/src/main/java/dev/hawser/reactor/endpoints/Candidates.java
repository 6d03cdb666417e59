package dev.hawser.reactor.endpoints;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/** The addresses that are still to be tried: the families take turns, IPv6 first, and within each the order is that of the look-up. */
final class Candidates {

    private final ArrayDeque<Sockaddr> ipv6 = new ArrayDeque<>();
    private final ArrayDeque<Sockaddr> others = new ArrayDeque<>();
    private final Set<Sockaddr> known = new HashSet<>();
    private boolean ipv6IsNext = true;

    void add(Sockaddr address) {
        if (known.add(address)) {
            (address.family() == Constants.AF_INET6 ? ipv6 : others).add(address);
        }
    }

    boolean hasIpv6() {
        return !ipv6.isEmpty();
    }

    boolean hasNext() {
        return !ipv6.isEmpty() || !others.isEmpty();
    }

    Sockaddr next() {
        boolean six = others.isEmpty() || (ipv6IsNext && !ipv6.isEmpty());
        ipv6IsNext = !six;
        return (six ? ipv6 : others).remove();
    }
}
