package dev.hawser.reactor;

import dev.hawser.socket.Interfaces;
import dev.hawser.socket.MulticastGroup;
import dev.hawser.socket.MulticastInterface;
import dev.hawser.socket.MulticastSource;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Multicast groups as the socket package names them. */
final class Groups {

    private Groups() {}

    static MulticastGroup of(Sockaddr group, @Nullable String interfaceName) throws IOException {
        MulticastInterface on = interfaceName == null
                ? MulticastInterface.ANY
                : MulticastInterface.ofIndex(Interfaces.ifNameToIndex(interfaceName));
        return new MulticastGroup(inet(group), on);
    }

    static MulticastSource of(Sockaddr group, @Nullable String interfaceName, Sockaddr source) throws IOException {
        return new MulticastSource(of(group, interfaceName), inet(source));
    }

    private static InetAddress inet(Sockaddr address) {
        if (address.toJavaNet() instanceof InetSocketAddress inet) {
            return inet.getAddress();
        }
        throw new IllegalArgumentException("give an address of IPv4 or IPv6, as multicast groups have: " + address);
    }
}
