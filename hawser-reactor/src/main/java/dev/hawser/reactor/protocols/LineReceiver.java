package dev.hawser.reactor.protocols;

import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.PushProducer;
import java.nio.ByteBuffer;

/**
 * Receives lines, and raw data between them: to be extended.
 *
 * {@snippet file="dev/hawser/reactor/protocols/ProtocolSnippetsTest.java" region="lines"}
 *
 * <p>{@link #setRawMode} and {@link #setLineMode()} switch between the two, also in the middle of what has come with one receive.
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
 * <p>Source: {@code twisted.protocols.basic.LineReceiver}; other than there, what {@code rawDataReceived} leaves in its buffer is what the lines begin
 * with.
 */
public abstract class LineReceiver extends Protocol implements PushProducer {

    private final Unread unread = new Unread();
    private final LineDecoder decoder = new LineDecoder();

    @SuppressWarnings("this-escape") // kept, and not called before there is a connection
    private final Delivery delivery = new Delivery(this, unread, this::step);

    private boolean raw;

    /** The lines begin with what was given, not with what is left in the buffer. */
    private boolean extraGiven;

    /** For subclasses: in line mode. */
    protected LineReceiver() {}

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

    /**
     * Raw data have come, in raw mode.
     *
     * @param data the bytes, from position to limit; valid during this call. All of them are taken, unless {@link #setLineMode()} was called: then lines
     *     begin at the position where this leaves the buffer; or unless the connection was given to another protocol, or to TLS, which begins there
     */
    protected void rawDataReceived(ByteBuffer data) {
        throw new IllegalStateException(
                getClass().getName() + " is in raw mode, and has no rawDataReceived(ByteBuffer)");
    }

    /** What comes behind the line that was received last goes to {@link #rawDataReceived}. */
    public final void setRawMode() {
        raw = true;
        decoder.restart();
    }

    /** From here on there are lines again. */
    public final void setLineMode() {
        raw = false;
        decoder.restart();
    }

    /**
     * From here on there are lines again, and the first of them begin with these bytes, whatever {@code rawDataReceived} leaves in its buffer.
     *
     * @param extra the bytes, from position to limit; they are copied, and the position is at the limit then
     */
    public final void setLineMode(ByteBuffer extra) {
        setLineMode();
        unread.putFirst(extra);
        extraGiven = true;
        delivery.goOn();
    }

    /**
     * Takes what has come and was not handed over.
     *
     * @return the bytes
     */
    public final byte[] clearLineBuffer() {
        decoder.restart();
        return unread.takeAll();
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
        return raw ? rawStep() : lineStep();
    }

    private boolean lineStep() {
        switch (decoder.next(unread)) {
            case MESSAGE -> lineReceived(decoder.message());
            case REFUSED -> lineLengthExceeded(unread.takeAll());
            case EXHAUSTED -> {
                return false;
            }
        }
        return true;
    }

    private boolean rawStep() {
        ByteBuffer data = unread.takeWindow();
        if (!data.hasRemaining()) {
            return false;
        }
        extraGiven = false;
        rawDataReceived(data);
        if ((!raw || delivery.isReplaced()) && !extraGiven && data.hasRemaining()) {
            unread.giveBack(data);
        }
        return true;
    }
}
