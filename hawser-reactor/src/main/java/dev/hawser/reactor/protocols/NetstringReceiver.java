package dev.hawser.reactor.protocols;

import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.PushProducer;
import java.nio.ByteBuffer;

/**
 * Receives netstrings, such as {@code 5:hello,}: to be extended.
 *
 * {@snippet file="dev/hawser/reactor/protocols/ProtocolSnippetsTest.java" region="netstrings"}
 *
 * <h2>Threading</h2>
 * In the reactor's thread, as all of a {@link Protocol}.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits; for a limit in time see {@link IdleTimeout}.
 *
 * <h2>Errors</h2>
 * What is no netstring, or one that is too long, goes to {@link #illegalStringReceived}, and nothing more is handed over. A length is digits, without a
 * zero before others. A long string is not kept before it has come.
 *
 * <p>Source: <a href="https://cr.yp.to/proto/netstrings.txt">Netstrings</a>, {@code twisted.protocols.basic.NetstringReceiver}.
 */
public abstract class NetstringReceiver extends Protocol implements PushProducer {

    private static final byte[] COMMA = {','};

    private final Unread unread = new Unread();
    private final NetstringDecoder decoder = new NetstringDecoder();

    @SuppressWarnings("this-escape") // kept, and not called before there is a connection
    private final Delivery delivery = new Delivery(this, unread, this::step);

    /** For subclasses. */
    protected NetstringReceiver() {}

    /**
     * A string has come.
     *
     * @param string its bytes; the array is yours
     */
    protected abstract void stringReceived(byte[] string);

    /**
     * What has come is no netstring: nothing more will be understood. Unless it is overridden, the connection is closed.
     *
     * @param complaint what is wrong with it
     */
    protected void illegalStringReceived(String complaint) {
        transport().loseConnection();
    }

    /**
     * Writes a string as a netstring.
     *
     * @param string its bytes
     */
    public final void sendString(byte[] string) {
        transport().write(NetstringDecoder.prefix(string.length));
        transport().write(string);
        transport().write(COMMA);
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
        boolean wasLegal = decoder.complaint().isEmpty();
        switch (decoder.next(unread)) {
            case MESSAGE -> stringReceived(decoder.message());
            case REFUSED -> {
                unread.clear();
                if (wasLegal) {
                    illegalStringReceived(decoder.complaint());
                }
                return false;
            }
            case EXHAUSTED -> {
                return false;
            }
        }
        return true;
    }
}
