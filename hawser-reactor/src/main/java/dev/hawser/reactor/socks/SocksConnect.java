package dev.hawser.reactor.socks;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.Connector;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Transport;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CONNECT: to the first of the addresses that answers. */
final class SocksConnect implements ClientFactory, SocksConversation.Undertaking {

    private final SocksConversation client;
    private final SocksRequest request;
    private final Deque<Sockaddr> left;
    private @Nullable Connector connector;
    private boolean givenUp;

    SocksConnect(SocksConversation client, SocksRequest request, List<Sockaddr> addresses) {
        this.client = client;
        this.request = request;
        this.left = new ArrayDeque<>(addresses);
        next();
    }

    private void next() {
        ConnectOptions options =
                ConnectOptions.DEFAULT.withTimeout(client.factory().connectTimeout());
        connector = client.factory().reactor().connectStream(left.remove(), this, options);
    }

    @Override
    public Protocol buildProtocol(@Nullable Sockaddr address) {
        return new Unrelayed(this::connected);
    }

    private void connected(Transport target) {
        if (givenUp) {
            target.abortConnection();
        } else {
            client.grant(target.getHost());
            client.join(target);
        }
    }

    @Override
    public void clientConnectionFailed(Connector failed, IOException reason) {
        if (givenUp) {
            return;
        }
        if (left.isEmpty()) {
            client.refuse(new IOException(request + ": " + reason.getMessage(), reason));
        } else {
            next();
        }
    }

    @Override
    public void giveUp() {
        givenUp = true;
        if (connector != null) {
            connector.disconnect();
        }
    }
}
