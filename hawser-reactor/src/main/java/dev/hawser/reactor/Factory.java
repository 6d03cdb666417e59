package dev.hawser.reactor;

import dev.hawser.socket.Sockaddr;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Protocol} for each connection, and holds what they share.
 *
 * <h2>Threading</h2>
 * In the reactor's thread. A factory that serves several reactors is called in all of their threads.
 *
 * <h2>Errors</h2>
 * What {@link #buildProtocol} throws is reported, and the connection is closed.
 *
 * <p>Source: Twisted's {@code IProtocolFactory}.
 *
 * {@snippet file="dev/hawser/reactor/ReactorSnippetsTest.java" region="factory"}
 */
@FunctionalInterface
public interface Factory {

    /**
     * Makes the protocol of a new connection.
     *
     * @param address the peer's; null where it has none
     * @return the protocol; null refuses the connection, which is closed
     */
    @Nullable
    Protocol buildProtocol(@Nullable Sockaddr address);

    /** Called before the first port or connector uses this factory. */
    default void doStart() {}

    /** Called when the last port or connector that uses this factory has ended. */
    default void doStop() {}

    /**
     * A factory without a state of its own.
     *
     * @param protocol makes a protocol
     * @return the factory
     */
    static Factory of(Supplier<? extends Protocol> protocol) {
        return address -> protocol.get();
    }
}
