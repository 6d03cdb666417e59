package dev.hawser.reactor;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Sockaddr;

/** A socket that listens. */
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
    Deferred<Void> stopListening();
}
