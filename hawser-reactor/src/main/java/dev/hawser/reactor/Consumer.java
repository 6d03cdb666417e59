package dev.hawser.reactor;

import java.nio.ByteBuffer;

/**
 * What takes data, and can tell a producer when to pause: a {@link Transport}, a {@link ProcessTransport}. {@link PullProducer} shows one in use.
 *
 * <h2>Threading</h2>
 * For the reactor's thread alone.
 *
 * <p>Source: Twisted's {@code IConsumer}.
 */
public interface Consumer {

    /**
     * Takes bytes: all of them, at once, without waiting; it keeps no part of the buffer.
     *
     * @param data the bytes, from position to limit; the position is at the limit then
     */
    void write(ByteBuffer data);

    /**
     * Has a producer make the data from now on, as there is room.
     *
     * @param producer one at a time
     * @throws IllegalStateException if there is one already
     */
    void registerProducer(Producer producer);

    /** The producer has made its last piece. */
    void unregisterProducer();
}
