package dev.hawser.asynchat;

import java.io.Closeable;
import java.io.IOException;

/**
 * Makes output when there is room for it, see {@link AsyncChat#pushWithProducer}: what is long need not be in memory as a
 * whole.
 *
 * {@snippet file="dev/hawser/asynchat/AsynchatSnippetsTest.java" region="producer"}
 *
 * <h2>Threading</h2>
 * {@link #more} is called in the thread of the loop; {@link #close} there, or in the thread that closes the chat, which waits
 * while {@code more} is at it.
 *
 * <h2>Blocking and timeouts</h2>
 * A producer that waits holds up every chat of its loop.
 *
 * <h2>Errors</h2>
 * What it throws goes to {@link AsyncChat#handleError} of its chat, and it is not asked again.
 *
 * <p>Source: the object with a method {@code more} of Python's {@code asynchat}.
 */
@FunctionalInterface
public interface Producer extends Closeable {

    /**
     * Makes the next part. It is asked for when all parts before it are sent.
     *
     * @return the bytes to send; none at the end. They are sent from this very array, which must stay as it is until the next
     *     call of this method, or of {@link #close}
     * @throws IOException if there should be more, but is not
     */
    byte[] more() throws IOException;

    /**
     * Gives back what the producer holds. Called once: at its end, when it has failed, or when the chat closes or forgets its
     * output before.
     *
     * @throws IOException if that fails
     */
    @Override
    default void close() throws IOException {}
}
