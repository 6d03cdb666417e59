package dev.hawser.reactor.protocols;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A protocol that is written from top to bottom: its {@link #run} has a virtual thread of its own for each connection, and waits there for what the
 * peer says: to be extended.
 *
 * {@snippet file="dev/hawser/reactor/protocols/ProtocolSnippetsTest.java" region="coroutine"}
 *
 * <p>When {@code run} returns, the connection is closed as soon as all that was written is sent.
 *
 * <h2>Threading</h2>
 * {@code run} is in a virtual thread, all else in the reactor's. What belongs to the reactor is used by {@link Conversation#call}.
 *
 * <h2>Blocking and timeouts</h2>
 * {@code run} may wait for whatever it likes. While it does not read, no more than 64 KiB and one receive are kept, and then the connection is not read from;
 * while the peer does not read, {@link Conversation#write} waits.
 *
 * <h2>Errors</h2>
 * That the connection is lost is an exception of {@link Conversation}'s methods, and may leave {@code run}. What else leaves it is reported to the logger
 * {@code dev.hawser.reactor.protocols}, and aborts the connection.
 */
public abstract class CoroutineProtocol extends Protocol {

    private static final System.Logger LOGGER = System.getLogger("dev.hawser.reactor.protocols");

    private @Nullable Conversation conversation;

    /** For subclasses. */
    protected CoroutineProtocol() {}

    /**
     * Talks to the peer.
     *
     * @param conversation the connection, with methods that wait
     * @throws Exception what goes wrong
     */
    protected abstract void run(Conversation conversation) throws Exception;

    @Override
    public final void connectionMade() {
        Reactor reactor = transport().reactor();
        Conversation made = new Conversation(transport(), reactor);
        conversation = made;
        transport().registerProducer(made.producer());
        reactor.callInThread(() -> runToTheEnd(made));
    }

    @Override
    public final void dataReceived(ByteBuffer data) {
        made().received(data);
    }

    @Override
    public final void readConnectionLost() {
        made().ended();
    }

    @Override
    public final void connectionLost(ConnectionLost reason) {
        made().lost(reason);
    }

    private Conversation made() {
        Conversation made = conversation;
        if (made == null) {
            throw new IllegalStateException("there is no conversation before connectionMade()");
        }
        return made;
    }

    private void runToTheEnd(Conversation made) {
        try {
            run(made);
            made.close();
        } catch (Throwable thrown) {
            if (!made.isLost()) {
                made.abort();
                report(made, thrown);
            } else if (!(thrown instanceof ConnectionLost)) {
                report(made, thrown);
            }
        }
    }

    private void report(Conversation made, Throwable thrown) {
        LOGGER.log(Level.ERROR, getClass().getName() + " has failed, with " + made.peer(), thrown);
    }
}
