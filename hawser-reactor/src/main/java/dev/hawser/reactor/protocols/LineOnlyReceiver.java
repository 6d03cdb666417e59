package dev.hawser.reactor.protocols;

import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.PushProducer;
import java.nio.ByteBuffer;

/**
 * Receives lines, and nothing but lines: to be extended. {@link LineReceiver} has a raw mode as well.
 *
 * <h2>Threading</h2>
 * In the reactor's thread, as all of a {@link Protocol}.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits; for a limit in time see {@link IdleTimeout}.
 *
 * <h2>Errors</h2>
 * A line that is too long goes to {@link #lineLengthExceeded}, so a peer can make a receiver keep no more than that and one receive.
 *
 * <p>Source: {@code twisted.protocols.basic.LineOnlyReceiver}.
 */
public abstract class LineOnlyReceiver extends Protocol implements PushProducer {

    private final Unread unread = new Unread();
    private final LineDecoder decoder = new LineDecoder();

    @SuppressWarnings("this-escape") // kept, and not called before there is a connection
    private final Delivery delivery = new Delivery(this, unread, this::step);

    /** For subclasses. */
    protected LineOnlyReceiver() {}

    /**
     * A line has come.
     *
     * @param line its bytes, without the delimiter; the array is yours
     */
    protected abstract void lineReceived(byte[] line);

    /**
     * A line is longer than {@link #setMaxLength} allows. Unless it is overridden, the connection is closed; else lines begin again with what comes
     * next.
     *
     * @param data what has come of it, and all that has come behind it
     */
    protected void lineLengthExceeded(byte[] data) {
        transport().loseConnection();
    }

    /**
     * Writes a line, and the delimiter.
     *
     * @param line its bytes, without the delimiter
     */
    public final void sendLine(byte[] line) {
        transport().write(line);
        transport().write(decoder.delimiterToSend());
    }

    /**
     * What ends a line.
     *
     * @return the delimiter: a carriage return and a line feed, unless it is set
     */
    public final byte[] delimiter() {
        return decoder.delimiter();
    }

    /**
     * Sets what ends a line, from the next one on.
     *
     * @param delimiter one or more bytes
     * @throws IllegalArgumentException if there are none
     */
    public final void setDelimiter(byte[] delimiter) {
        decoder.setDelimiter(delimiter);
    }

    /**
     * How long a line may be.
     *
     * @return the number of bytes, without the delimiter
     */
    public final int maxLength() {
        return decoder.maxLength();
    }

    /**
     * Sets how long a line may be: 16384 bytes unless it is set.
     *
     * @param bytes the number of bytes, without the delimiter
     * @throws IllegalArgumentException if it is negative, or more than a gibibyte
     */
    public final void setMaxLength(int bytes) {
        decoder.setMaxLength(bytes);
    }

    @Override
    public final void dataReceived(ByteBuffer data) {
        delivery.received(data);
    }

    /** Hands over no more lines, and reads no more, until {@link #resumeProducing}; also in the middle of what has come. */
    @Override
    public final void pauseProducing() {
        delivery.pause();
    }

    /** Hands over the lines that have come meanwhile, and then reads again. What they throw comes out of this call. */
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
            case MESSAGE -> lineReceived(decoder.message());
            case REFUSED -> lineLengthExceeded(unread.takeAll());
            case EXHAUSTED -> {
                return false;
            }
        }
        return true;
    }
}
