package dev.hawser.reactor.protocols;

import dev.hawser.reactor.Protocol;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** Hands the messages of a receiver over one after the other, as long as it is not paused and its connection stands. */
final class Delivery {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Protocol receiver;
    private final Unread unread;
    private final BooleanSupplier step;
    private boolean paused;
    private boolean busy;

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
        busy = true;
        try {
            while (!paused && isConnected() && step.getAsBoolean()) {
                // The step does it.
            }
            if (!isConnected()) {
                unread.clear();
            }
        } finally {
            busy = false;
            unread.keep();
        }
    }

    private boolean isConnected() {
        return receiver.transport().isConnected();
    }
}
