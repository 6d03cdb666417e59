package dev.hawser.reactor;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Sockaddr;
import org.jspecify.annotations.Nullable;

/**
 * A socket that listens.
 *
 * <h2>Threading</h2>
 * For the reactor's thread alone; another one gets an {@link IllegalStateException}, and uses {@link Reactor#callFromThread}.
 *
 * <h2>Errors</h2>
 * A connection that cannot be accepted for want of descriptors or memory is told of once, to the logger {@code dev.hawser.reactor}; the port rests for a moment then, and goes on.
 *
 * <p>Source: Twisted's {@code IListeningPort}; accept(2), listen(2).
 *
 * {@snippet file="dev/hawser/reactor/ReactorSnippetsTest.java" region="port"}
 */
public interface ListeningPort {

    /**
     * Where it listens: the true port, also where port 0 was asked for.
     *
     * @return the address
     */
    Sockaddr getHost();

    /** Takes no connections until {@link #resumeAccepting}: they wait in the kernel's queue. */
    void pauseAccepting();

    /** Takes connections again. */
    void resumeAccepting();

    /**
     * Listens no more. The connections that were accepted go on.
     *
     * @return fires with null when the descriptor is closed
     */
    Deferred<@Nullable Void> stopListening();
}
