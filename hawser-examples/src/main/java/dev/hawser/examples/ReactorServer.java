package dev.hawser.examples;

import dev.hawser.reactor.Reactor;
import java.io.IOException;

/** What the examples on the reactor share: each has a reactor of its own, which serves until it is closed. */
interface ReactorServer extends Server {

    /** The reactor, which is closed with the server. */
    Reactor reactor();

    @Override
    default void serve() throws IOException {
        try (Reactor reactor =
                reactor()) { // whatever ended the loop, the clients must not wait for a server that is gone
            reactor.run();
        }
    }

    /** Ends {@link #serve}: the clients are disconnected. */
    @Override
    default void close() {
        reactor().close();
    }
}
