package dev.hawser.reactor.testing;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Protocol;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A protocol that keeps what comes: for the other end of what is tested.
 *
 * <h2>Threading</h2>
 * For the thread of its connection.
 */
public class AccumulatingProtocol extends Protocol {

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private boolean made;
    private boolean readEnded;
    private @Nullable ConnectionLost lost;

    /** One that has no connection yet. */
    public AccumulatingProtocol() {}

    @Override
    public void connectionMade() {
        made = true;
    }

    @Override
    public void dataReceived(ByteBuffer received) {
        byte[] bytes = new byte[received.remaining()];
        received.get(bytes);
        data.writeBytes(bytes);
    }

    /** Notes the end, and closes as every protocol does. */
    @Override
    public void readConnectionLost() {
        readEnded = true;
        super.readConnectionLost();
    }

    @Override
    public void connectionLost(ConnectionLost reason) {
        if (lost != null) {
            throw new IllegalStateException("connectionLost was called before: " + lost, reason);
        }
        lost = reason;
    }

    /**
     * All that has come.
     *
     * @return the bytes
     */
    public byte[] data() {
        return data.toByteArray();
    }

    /**
     * All that has come, as UTF-8.
     *
     * @return the text
     */
    public String text() {
        return data.toString(StandardCharsets.UTF_8);
    }

    /** Forgets what has come. */
    public void clear() {
        data.reset();
    }

    /**
     * Whether it had a connection.
     *
     * @return true from {@code connectionMade} on
     */
    public boolean isMade() {
        return made;
    }

    /**
     * Whether the peer has said that it sends no more.
     *
     * @return true from {@code readConnectionLost} on
     */
    public boolean hasReadEnded() {
        return readEnded;
    }

    /**
     * Why the connection has ended.
     *
     * @return the reason; null while it stands
     */
    public @Nullable ConnectionLost lost() {
        return lost;
    }
}
