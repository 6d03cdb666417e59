package dev.hawser.reactor.socks;

import dev.hawser.reactor.DatagramOptions;
import dev.hawser.reactor.DatagramProtocol;
import dev.hawser.reactor.DatagramTransport;
import dev.hawser.reactor.Reactor;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * UDP ASSOCIATE: datagrams of one client, as long as its connection stands. They go out of a socket of their own, and only hosts that the client has sent to
 * may answer. What is not allowed, in pieces, or not to be sent, is dropped, as datagrams are.
 */
final class SocksAssociation implements SocksConversation.Undertaking {

    private static final Sockaddr ANYBODY = new SockaddrIn(0, 0);
    private static final Sockaddr ANYBODY_6 = new SockaddrIn6(0, 0, 0, 0, 0);
    private static final DatagramOptions OPTIONS = DatagramOptions.DEFAULT.withMaxPacketSize(0xffff);

    /** How many hosts may answer; the one that was sent to longest ago is forgotten. */
    private static final int MAX_HOSTS = 1024;

    /** How many names are looked up at a time. */
    private static final int MAX_LOOK_UPS = 16;

    /** Two bytes that are 0, and the number of the piece. */
    private static final int HEADER_BYTES = 3;

    private final Reactor reactor;
    private final SocksRules rules;
    private final SocksRequest request;
    private final Inside inside = new Inside();
    private final Outside outside = new Outside();
    private final DatagramTransport toClient;
    private final DatagramTransport toHosts;
    private final @Nullable Sockaddr clientHost;

    /** Null until it has sent something, where it has not told before. */
    private @Nullable Sockaddr client;

    private int lookUps;
    private boolean ended;

    @SuppressWarnings("serial") // is not written
    private final Map<Sockaddr, Boolean> hosts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Sockaddr, Boolean> eldest) {
            return size() > MAX_HOSTS;
        }
    };

    SocksAssociation(SocksConversation conversation, SocksRequest request) throws IOException {
        this.reactor = conversation.factory().reactor();
        this.rules = conversation.factory().rules();
        this.request = request;
        this.clientHost = SocksBind.hostOf(request.client());
        this.client =
                request.port() == 0 || clientHost == null ? null : SocksMessages.withPort(clientHost, request.port());
        Sockaddr here = SocksBind.here(conversation.transport());
        if (!rules.allows(request, ANYBODY)) {
            throw new SocksException(SocksException.NOT_ALLOWED, "the rules do not allow " + request);
        }
        this.toHosts = outside();
        this.toClient = inside(here);
        conversation.setLimit(null);
        conversation.grant(toClient.getHost());
        conversation.listen();
    }

    private DatagramTransport outside() throws IOException {
        try {
            return reactor.listenUdp(ANYBODY_6, outside, OPTIONS);
        } catch (IOException noIpv6) {
            return reactor.listenUdp(ANYBODY, outside, OPTIONS);
        }
    }

    private DatagramTransport inside(Sockaddr here) throws IOException {
        try {
            return reactor.listenUdp(here, inside, OPTIONS);
        } catch (IOException e) {
            toHosts.stopListening();
            throw e;
        }
    }

    @Override
    public void giveUp() {
        ended = true;
        toClient.stopListening();
        toHosts.stopListening();
    }

    /** To the client. */
    private final class Inside extends DatagramProtocol {

        @Override
        public void datagramReceived(ByteBuffer data, @Nullable Sockaddr sender) {
            Sockaddr from = sender instanceof SockaddrIn6 in6 ? in6.unmapped() : sender;
            boolean isClient = client == null
                    ? clientHost != null && clientHost.equals(SocksBind.hostOf(from))
                    : client.equals(from);
            if (isClient && data.remaining() > HEADER_BYTES + 1 && data.get(data.position() + 2) == 0) {
                client = from;
                data.position(data.position() + HEADER_BYTES);
                send(data);
            }
        }
    }

    private void send(ByteBuffer data) {
        String host;
        int port;
        try {
            int needed = SocksMessages.datagramHeaderBytes(data);
            if (data.remaining() < needed) {
                return;
            }
            host = SocksMessages.host(data);
            port = Short.toUnsignedInt(data.getShort());
        } catch (SocksException e) {
            return; // a host that cannot be sent to
        }
        Sockaddr address = SocksMessages.literal(host, port);
        if (address != null) {
            sendTo(List.of(address), port, data);
        } else if (lookUps < MAX_LOOK_UPS) {
            lookUps++;
            ByteBuffer copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
            reactor.resolve(host)
                    .addBoth(outcome -> lookUps--)
                    .finish(addresses -> sendTo(addresses, port, copy), nobody -> {});
        }
    }

    /** To the first that is allowed, and that there is a way to. */
    private void sendTo(List<Sockaddr> addresses, int port, ByteBuffer data) {
        for (Sockaddr address : addresses) {
            Sockaddr target = SocksMessages.withPort(address, port);
            Sockaddr host = SocksBind.hostOf(target);
            boolean isSomebody = !ANYBODY.equals(host) && !ANYBODY_6.equals(host);
            if (!ended && isSomebody && rules.allows(request, target) && trySend(data.duplicate(), target)) {
                return;
            }
        }
    }

    private boolean trySend(ByteBuffer data, Sockaddr target) {
        try {
            toHosts.write(data, target);
            hosts.put(SocksBind.hostOf(target), true);
            return true;
        } catch (IOException e) {
            return false; // as if it were lost on the way
        }
    }

    /** To everybody else. */
    private final class Outside extends DatagramProtocol {

        @Override
        public void datagramReceived(ByteBuffer data, @Nullable Sockaddr sender) {
            Sockaddr to = client;
            Sockaddr from = sender instanceof SockaddrIn6 in6 ? in6.unmapped() : sender;
            if (to != null && from != null && hosts.containsKey(SocksBind.hostOf(from))) {
                tell(SocksMessages.datagram(from, data), to);
            }
        }

        private void tell(ByteBuffer datagram, Sockaddr to) {
            try {
                toClient.write(datagram, to);
            } catch (IOException e) {
                // As if it were lost on the way: one that has become too long, say.
            }
        }
    }
}
