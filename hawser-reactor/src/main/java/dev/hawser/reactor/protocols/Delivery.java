package dev.hawser.reactor.protocols;

import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Transport;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Hands the messages of a receiver over one after the other, as long as it is not paused and its connection stands. */
final class Delivery {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Protocol receiver;
    private final Unread unread;
    private final BooleanSupplier step;
    private boolean paused;
    private boolean busy;

    /** Who has lent what is being delivered, and whom it told: one that replaces it takes over. Null outside of a delivery. */
    private @Nullable Transport transport;

    private @Nullable Protocol told;

    /**
     * A delivery.
     *
     * @param step hands over the next message: false if there is none
     */
    Delivery(Protocol receiver, Unread unread, BooleanSupplier step) {
        this.receiver = receiver;
        this.unread = unread;
        this.step = step;
    }

    void received(ByteBuffer data) {
        unread.lend(data);
        if (busy) {
            unread.keep();
        } else {
            deliver();
        }
    }

    void pause() {
        paused = true;
        receiver.transport().pauseProducing();
    }

    /** What was kept comes before what the transport will read. */
    void resume() {
        paused = false;
        goOn();
        if (!paused && isConnected()) {
            receiver.transport().resumeProducing();
        }
    }

    /** Hands over what is unread. */
    void goOn() {
        if (!busy) {
            unread.lend(NOTHING);
            deliver();
        }
    }

    void stop() {
        paused = true;
        unread.clear();
        receiver.transport().stopProducing();
    }

    private void deliver() {
        Transport lender = receiver.transport();
        transport = lender;
        told = lender.protocol();
        busy = true;
        try {
            while (!paused && isConnected() && step.getAsBoolean() && !isReplaced()) {
                // The step does it.
            }
            if (isReplaced()) {
                leave(lender, told);
            } else if (!isConnected()) {
                unread.clear();
            }
        } finally {
            busy = false;
            transport = null;
            told = null;
            unread.keep();
        }
    }

    /** Whether the message that was handed over last has put another protocol, or a layer such as TLS, in the receiver's place. */
    @SuppressWarnings("ReferenceEquality") // it is a matter of who has the place
    boolean isReplaced() {
        return transport != null && transport.protocol() != told;
    }

    /** What is unread is the other's: in the buffer, from where the transport takes it, unless it came earlier. */
    @SuppressWarnings("ReferenceEquality") // it is a matter of who has the place
    private void leave(Transport lender, @Nullable Protocol first) {
        if (!unread.leave()) {
            ByteBuffer rest = ByteBuffer.wrap(unread.takeAll());
            for (Protocol next = first; next != lender.protocol() && rest.hasRemaining(); ) {
                next = lender.protocol();
                next.dataReceived(rest);
            }
        }
    }

    private boolean isConnected() {
        return receiver.transport().isConnected();
    }
}
