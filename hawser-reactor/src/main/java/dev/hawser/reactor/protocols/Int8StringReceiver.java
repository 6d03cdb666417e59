package dev.hawser.reactor.protocols;

import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.PushProducer;
import java.nio.ByteBuffer;

/**
 * Receives strings that follow their length, in one byte: to be extended.
 *
 * <h2>Threading</h2>
 * In the reactor's thread, as all of a {@link Protocol}.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits; for a limit in time see {@link IdleTimeout}.
 *
 * <h2>Errors</h2>
 * A string that is too long goes to {@link #lengthLimitExceeded}. A long string is not kept before it has come.
 *
 * <p>Source: {@code twisted.protocols.basic.Int8StringReceiver}; other than there, where an override leaves the connection open, the bytes of a string
 * that is too long are dropped, and the next one is received.
 */
public abstract class Int8StringReceiver extends Protocol implements PushProducer {

    private static final int PREFIX_BYTES = 1;

    private final Unread unread = new Unread();
    private final CountedDecoder decoder = new CountedDecoder(PREFIX_BYTES);

    @SuppressWarnings("this-escape") // kept, and not called before there is a connection
    private final Delivery delivery = new Delivery(this, unread, this::step);

    /** For subclasses. */
    protected Int8StringReceiver() {}

    /**
     * A string has come.
     *
     * @param string its bytes; the array is yours
     */
    protected abstract void stringReceived(byte[] string);

    /**
     * A string is announced that is longer than {@link #setMaxLength} allows. Unless it is overridden, the connection is closed.
     *
     * @param length the length, in bytes
     */
    protected void lengthLimitExceeded(long length) {
        transport().loseConnection();
    }

    /**
     * Writes the length of a string, and the string.
     *
     * @param string its bytes
     * @throws IllegalArgumentException if it is longer than 255 bytes
     */
    public final void sendString(byte[] string) {
        transport().write(decoder.prefix(string.length));
        transport().write(string);
    }

    /**
     * How long a string may be that is received.
     *
     * @return the number of bytes
     */
    public final int maxLength() {
        return decoder.maxLength();
    }

    /**
     * Sets how long a string may be that is received: 99999 bytes unless it is set.
     *
     * @param bytes the number of bytes
     * @throws IllegalArgumentException if it is negative, or more than a gibibyte
     */
    public final void setMaxLength(int bytes) {
        decoder.setMaxLength(bytes);
    }

    @Override
    public final void dataReceived(ByteBuffer data) {
        delivery.received(data);
    }

    /** Hands over no more strings, and reads no more, until {@link #resumeProducing}; also in the middle of what has come. */
    @Override
    public final void pauseProducing() {
        delivery.pause();
    }

    /** Hands over the strings that have come meanwhile, and then reads again. What they throw comes out of this call. */
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
        switch (decoder.next(unread)) {
            case MESSAGE -> stringReceived(decoder.message());
            case REFUSED -> lengthLimitExceeded(decoder.refusedLength());
            case EXHAUSTED -> {
                return false;
            }
        }
        return true;
    }
}
