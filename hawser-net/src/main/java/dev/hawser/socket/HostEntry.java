package dev.hawser.socket;

import java.util.List;

/**
 * All that is known of a host: the answer of {@link NameService#getHostByNameEx(String) getHostByNameEx} and
 * {@link NameService#getHostByAddr(String) getHostByAddr}.
 *
 * @param name the official name
 * @param aliases its other names
 * @param addresses its addresses as text, all of one family
 */
public record HostEntry(String name, List<String> aliases, List<String> addresses) {

    /** Copies the lists. */
    public HostEntry {
        aliases = List.copyOf(aliases);
        addresses = List.copyOf(addresses);
    }
}
