package dev.hawser.reactor.socks;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Transport;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** BIND: one connection of the host that the client expects, to a port of the address that the client has come to. */
final class SocksBind implements Factory, SocksConversation.Undertaking {

    private static final SockaddrIn ANYBODY = new SockaddrIn(0, 0);
    private static final SockaddrIn6 ANYBODY_6 = new SockaddrIn6(0, 0, 0, 0, 0);

    private final SocksConversation client;
    private final SocksRequest request;
    private final List<Sockaddr> expected;
    private final ListeningPort port;
    private boolean done;

    SocksBind(SocksConversation client, SocksRequest request, List<Sockaddr> expected) throws IOException {
        this.client = client;
        this.request = request;
        this.expected = expected.stream()
                .map(address -> SocksMessages.withPort(address, 0))
                .toList();
        Sockaddr here = here(client.transport());
        if (request.version() == SocksMessages.VERSION_4 && !(here instanceof SockaddrIn)) {
            throw new SocksException(
                    SocksException.ADDRESS_TYPE_NOT_SUPPORTED, "version 4 cannot tell the address " + here);
        }
        this.port = client.factory().reactor().listenTcp(here, this, ListenOptions.DEFAULT.withBacklog(1));
        client.setLimit(client.factory().bindTimeout());
        client.grant(port.getHost());
        client.listen();
    }

    /** The address that the client has come to, with a port that the kernel chooses. */
    static Sockaddr here(Transport transport) throws SocksException {
        Sockaddr host = transport.getHost();
        return switch (host) {
            case SockaddrIn in -> SocksMessages.withPort(in, 0);
            case SockaddrIn6 in6 -> SocksMessages.withPort(in6.unmapped(), 0);
            default ->
                throw new SocksException(
                        SocksException.COMMAND_NOT_SUPPORTED, "nobody can come to where this client is: " + host);
        };
    }

    /** The address without the port, the same for IPv4 on a socket of IPv6. */
    static @Nullable Sockaddr hostOf(@Nullable Sockaddr address) {
        Sockaddr plain = address instanceof SockaddrIn6 in6 ? in6.unmapped() : address;
        return plain == null ? null : SocksMessages.withPort(plain, 0);
    }

    @Override
    public @Nullable Protocol buildProtocol(@Nullable Sockaddr address) {
        if (done) {
            return null;
        }
        giveUp();
        boolean isExpected =
                expected.contains(ANYBODY) || expected.contains(ANYBODY_6) || expected.contains(hostOf(address));
        if (!isExpected || address == null) {
            client.refuse(
                    new SocksException(SocksException.NOT_ALLOWED, request + ": not " + address + " is expected"));
            return null;
        }
        return new Unrelayed(target -> connected(target, address));
    }

    private void connected(Transport target, Sockaddr peer) {
        if (client.isEnded()) {
            target.abortConnection();
        } else {
            client.grant(peer);
            client.join(target);
        }
    }

    @Override
    public void giveUp() {
        if (!done) {
            done = true;
            port.stopListening();
        }
    }
}
