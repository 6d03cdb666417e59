package dev.hawser.reactor.protocols;

import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.PushProducer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Receives so many bytes at a time, and lets what they are say how many come next: to be extended.
 *
 * {@snippet file="dev/hawser/reactor/protocols/ProtocolSnippetsTest.java" region="states"}
 *
 * <h2>Threading</h2>
 * In the reactor's thread, as all of a {@link Protocol}.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits; for a limit in time see {@link IdleTimeout}.
 *
 * <h2>Errors</h2>
 * A state that wants too much goes to {@link #lengthLimitExceeded}.
 *
 * <p>Source: {@code twisted.protocols.stateful.StatefulProtocol}.
 */
public abstract class StatefulProtocol extends Protocol implements PushProducer {

    private final Unread unread = new Unread();

    @SuppressWarnings("this-escape") // kept, and not called before there is a connection
    private final Delivery delivery = new Delivery(this, unread, this::step);

    private int maxLength = Limits.DEFAULT_MAX_LENGTH;
    private @Nullable State state;

    /** What is to be done with the next bytes. */
    @FunctionalInterface
    public interface Handler {

        /**
         * The bytes have come.
         *
         * @param data as many as were wanted; the array is yours
         * @return what comes next; null: the same again
         */
        @Nullable
        State received(byte[] data);
    }

    /**
     * What is waited for.
     *
     * @param handler gets the bytes
     * @param bytes how many; 0: it is called at once, and names another state
     */
    public record State(Handler handler, int bytes) {

        /**
         * Checks the number.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public State {
            if (bytes < 0) {
                throw new IllegalArgumentException("a state waits for 0 or more bytes, not " + bytes);
            }
        }
    }

    /** For subclasses. */
    protected StatefulProtocol() {}

    /**
     * What is waited for first.
     *
     * @return the state; asked for when the first bytes have come
     */
    protected abstract State getInitialState();

    /**
     * A state wants more bytes than {@link #setMaxLength} allows. Unless it is overridden, the connection is closed; it stays in that state.
     *
     * @param length how many it wants
     */
    protected void lengthLimitExceeded(int length) {
        transport().loseConnection();
    }

    /**
     * How many bytes a state may want.
     *
     * @return the number of bytes
     */
    public final int maxLength() {
        return maxLength;
    }

    /**
     * Sets how many bytes a state may want: 99999 unless it is set.
     *
     * @param bytes the number of bytes
     * @throws IllegalArgumentException if it is negative, or more than a gibibyte
     */
    public final void setMaxLength(int bytes) {
        maxLength = Limits.checked(bytes);
    }

    @Override
    public final void dataReceived(ByteBuffer data) {
        delivery.received(data);
    }

    /** Hands over no more bytes, and reads no more, until {@link #resumeProducing}; also in the middle of what has come. */
    @Override
    public final void pauseProducing() {
        delivery.pause();
    }

    /** Hands over the bytes that have come meanwhile, and then reads again. What they throw comes out of this call. */
    @Override
    public final void resumeProducing() {
        delivery.resume();
    }

    /** Drops what has come, and closes the connection. */
    @Override
    public final void stopProducing() {
        delivery.stop();
    }

    private boolean step() {
        State now = state == null ? getInitialState() : state;
        state = now;
        if (now.bytes() > maxLength) {
            unread.clear();
            lengthLimitExceeded(now.bytes());
            return false;
        }
        if (!unread.has(now.bytes())) {
            return false;
        }
        State next = now.handler().received(unread.take(now.bytes(), 0));
        if (now.bytes() == 0 && (next == null || next.equals(now))) {
            throw new IllegalStateException("a state that waits for no bytes names another one: " + now);
        }
        state = next == null ? now : next;
        return true;
    }
}
