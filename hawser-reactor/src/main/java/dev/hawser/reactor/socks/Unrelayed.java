package dev.hawser.reactor.socks;

import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Transport;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** What a connection has for the moment that it takes to hand it on. */
final class Unrelayed extends Protocol {

    private final Consumer<Transport> taker;

    Unrelayed(Consumer<Transport> taker) {
        this.taker = taker;
    }

    @Override
    public void connectionMade() {
        taker.accept(transport());
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        data.position(data.limit()); // of a client that has gone
    }
}
