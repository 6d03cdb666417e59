package dev.hawser.reactor.protocols;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Transport;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/**
 * Two connections joined: what either says is passed on to the other. What {@link PortForward} does, and every proxy.
 *
 * <p>Neither is read faster than the other one reads. The end of what one says is passed on, and the other way goes on; a connection that ends ends the
 * other one when all that came before is sent.
 *
 * <h2>Threading</h2>
 * In the thread of the reactor that both belong to.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits.
 *
 * <p>Source: {@code twisted.protocols.portforward}.
 *
 * {@snippet file="dev/hawser/reactor/protocols/ProtocolSnippetsTest.java" region="pair"}
 */
public final class ConnectionPair {

    private final Transport front;
    private final Transport back;
    private boolean frontEnded;
    private boolean backEnded;
    private boolean ended;

    private ConnectionPair(Transport front, Transport back) {
        this.front = front;
        this.back = back;
    }

    /**
     * Joins two connections. Their protocols hear no more; what those leave in the buffers of what has come is passed on as well. Both are read from then on.
     *
     * @param front the one, say a client's
     * @param back the other, say its target's
     * @throws IllegalStateException if one of them has ended
     */
    public static void join(Transport front, Transport back) {
        join(front, back, count -> {}, count -> {});
    }

    /**
     * Joins two connections, and counts.
     *
     * @param front the one
     * @param back the other
     * @param fromFront is told the number of bytes whenever the one says something
     * @param fromBack is told the number of bytes whenever the other says something
     * @throws IllegalStateException if one of them has ended
     */
    public static void join(Transport front, Transport back, LongConsumer fromFront, LongConsumer fromBack) {
        ConnectionPair pair = new ConnectionPair(front, back);
        front.setProtocol(pair.new Half(back, fromFront, pair::frontEnded));
        back.setProtocol(pair.new Half(front, fromBack, pair::backEnded));
        front.registerProducer(back);
        back.registerProducer(front);
        front.resumeProducing();
        back.resumeProducing();
    }

    private void frontEnded() {
        frontEnded = true;
        back.unregisterProducer();
        halfEnded(back);
    }

    private void backEnded() {
        backEnded = true;
        front.unregisterProducer();
        halfEnded(front);
    }

    private void halfEnded(Transport listening) {
        if (frontEnded && backEnded) {
            ended = true;
            front.loseConnection();
            back.loseConnection();
        } else {
            listening.loseWriteConnection();
        }
    }

    /** One of the two has ended altogether: the other one sends what it has, and ends. */
    private void end() {
        if (!ended) {
            ended = true;
            unregister();
            front.loseConnection();
            back.loseConnection();
        }
    }

    private void unregister() {
        if (!backEnded) {
            front.unregisterProducer();
        }
        if (!frontEnded) {
            back.unregisterProducer();
        }
    }

    /** What one of the connections has for a protocol. */
    private final class Half extends Protocol {

        private final Transport other;
        private final LongConsumer counter;
        private final Runnable atReadEnd;

        Half(Transport other, LongConsumer counter, Runnable atReadEnd) {
            this.other = other;
            this.counter = counter;
            this.atReadEnd = atReadEnd;
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            counter.accept(data.remaining());
            other.write(data);
        }

        @Override
        public void readConnectionLost() {
            atReadEnd.run();
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            end();
        }
    }
}
