package dev.hawser.reactor.testing;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose other end is the test: it reads what the protocol has written, and says what comes.
 *
 * <p>What a protocol's calls lead to comes in the next {@code turn()}, as in a loop's: {@code connectionLost} after {@link #loseConnection},
 * {@link #abortConnection} and an exception of the protocol's, {@code writeConnectionLost} after {@link #loseWriteConnection}; and a pull producer is asked
 * for its next piece.
 *
 * <p>The peer takes everything at once, unless the test says {@link #holdOutput}: then what is written piles up, marks and limits have their
 * effect, and nothing ends in an orderly way before {@link #releaseOutput}.
 *
 * <h2>Threading</h2>
 * For the test's thread.
 *
 * <h2>Errors</h2>
 * What a method of the protocol throws loses the connection, as anywhere, and is kept for the test: {@code failure()}.
 *
 * {@snippet file="dev/hawser/reactor/testing/TestingSnippetsTest.java" region="string-transport"}
 */
public final class StringTransport extends MemoryTransport {

    private static final Sockaddr HOST = SockaddrIn.of("127.0.0.1", 7);
    private static final Sockaddr PEER = SockaddrIn.of("127.0.0.2", 50_000);

    private final Bytes value = new Bytes();
    private boolean held;

    /** One from 127.0.0.2:50000 to 127.0.0.1:7. */
    public StringTransport() {
        this(HOST, PEER);
    }

    /**
     * One with these addresses.
     *
     * @param host what {@link #getHost} tells
     * @param peer what {@link #getPeer} tells, or null
     */
    public StringTransport(Sockaddr host, @Nullable Sockaddr peer) {
        super(host, peer);
    }

    /**
     * Gives it a reactor, for protocols that ask for it.
     *
     * @param reactor what {@code reactor()} tells
     * @return this
     */
    public StringTransport withReactor(Reactor reactor) {
        setReactor(reactor);
        return this;
    }

    /**
     * Gives the connection its protocol: {@code connectionMade} is called.
     *
     * @param protocol the protocol
     * @param <P> its type
     * @return the protocol
     */
    public <P extends Protocol> P connect(P protocol) {
        attach(protocol);
        return protocol;
    }

    /**
     * What the protocol has written since the last {@link #clear}.
     *
     * @return the bytes
     */
    public byte[] value() {
        return value.toArray();
    }

    /**
     * What the protocol has written since the last {@link #clear}, as UTF-8.
     *
     * @return the text
     */
    public String text() {
        return text(StandardCharsets.UTF_8);
    }

    /**
     * What the protocol has written since the last {@link #clear}, as text.
     *
     * @param charset how it is written
     * @return the text
     */
    public String text(Charset charset) {
        return new String(value(), charset);
    }

    /** Forgets what was written so far. */
    public void clear() {
        value.clear();
    }

    /**
     * Bytes come, in one piece. After {@link #loseConnection} they are not told, as nothing is read any more.
     *
     * @param data the bytes
     */
    public void receive(byte[] data) {
        received(data);
    }

    /**
     * Text comes as UTF-8, in one piece.
     *
     * @param text the text
     */
    public void receive(String text) {
        received(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Text comes as UTF-8, in pieces of one byte.
     *
     * @param text the text
     */
    public void receiveByteByByte(String text) {
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            received(new byte[] {each});
        }
    }

    /** The peer says that it will send no more. */
    public void receiveEnd() {
        endReceived();
    }

    /**
     * The connection ends, for this reason: the protocol is told now.
     *
     * @param reason why
     */
    public void lose(ConnectionLost reason) {
        broken(reason);
    }

    /** Makes one turn of a loop: tells the protocol what follows from what was done. */
    public void runTurn() {
        turn();
    }

    /** The peer takes nothing from now on. */
    public void holdOutput() {
        held = true;
    }

    /** The peer takes what was held up, and everything from now on. */
    public void releaseOutput() {
        held = false;
        wrote();
        taken();
    }

    @Override
    void wrote() {
        byte[] written = held ? new byte[0] : output().take(output().size());
        value.add(written, 0, written.length);
    }
}
