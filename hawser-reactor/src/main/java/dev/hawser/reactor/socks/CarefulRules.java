package dev.hawser.reactor.socks;

import dev.hawser.reactor.protocols.AddressPrefix;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** See {@link SocksRules#CAREFUL}. */
final class CarefulRules implements SocksRules {

    private static final List<AddressPrefix> LOOPBACK = prefixes("127.0.0.0/8", "::1");
    private static final List<AddressPrefix> ANYBODY = prefixes("0.0.0.0", "::");
    private static final List<AddressPrefix> SPECIAL =
            prefixes("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "::", "::1", "fe80::/10", "ff00::/8");

    private static List<AddressPrefix> prefixes(String... texts) {
        return Stream.of(texts).map(AddressPrefix::parse).toList();
    }

    private static boolean isOf(List<AddressPrefix> prefixes, @Nullable Sockaddr address) {
        return prefixes.stream().anyMatch(prefix -> prefix.contains(address));
    }

    @Override
    public boolean allows(SocksRequest request, Sockaddr target) {
        boolean isKnown = request.version() == SocksMessages.VERSION_5 && request.user() != null;
        boolean isNear = request.client() instanceof SockaddrUn || isOf(LOOPBACK, request.client());
        boolean isAnybody = request.command() != SocksCommand.CONNECT && isOf(ANYBODY, target);
        return (isKnown || isNear) && (isAnybody || !isOf(SPECIAL, target));
    }
}
