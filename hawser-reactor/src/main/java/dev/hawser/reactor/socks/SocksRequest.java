package dev.hawser.reactor.socks;

import dev.hawser.socket.Sockaddr;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a proxy, for its {@link SocksRules}.
 *
 * @param version 4 or 5
 * @param command what
 * @param client where the client has connected from; null where that has no address
 * @param user who it is: in version 5 one whose password was right; in version 4 whoever it says, which proves nothing; null where none is named
 * @param host the host as the client names it: a name, or an address
 * @param port the port
 */
public record SocksRequest(
        int version,
        SocksCommand command,
        @Nullable Sockaddr client,
        @Nullable String user,
        String host,
        int port) {

    /** What is wanted, in words, without anything that could write into a log what it likes. */
    @Override
    public String toString() {
        return command + " " + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + " of " + client
                + (user == null ? "" : " (" + user.replaceAll("[^ -~]", "?") + ")");
    }
}
