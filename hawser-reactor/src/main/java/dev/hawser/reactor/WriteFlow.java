package dev.hawser.reactor;

import org.jspecify.annotations.Nullable;

/** The producer of a connection: told when to pause and when to go on. */
final class WriteFlow {

    /** What the producer writes to. */
    interface Owner {

        /** The loop that it belongs to now. */
        LoopReactor loop();

        /** Whether all that was written has gone to the kernel. */
        boolean isFlushed();

        /** Has it look, at the end of the event, what is to be done. */
        void flushLater();

        /** A method has thrown. */
        void failed(String method, Throwable thrown);
    }

    private final Owner connection;
    private @Nullable Producer producer;
    private boolean paused;

    /** The loop that will ask the producer for more; null where none will. */
    private @Nullable LoopReactor asking;

    WriteFlow(Owner connection) {
        this.connection = connection;
    }

    boolean isProducing() {
        return producer != null;
    }

    void requireNone() {
        if (producer != null) {
            throw new IllegalStateException("there is a producer already, " + producer + ": unregister it first");
        }
    }

    void register(Producer registered, long buffered, WriteLimits limits) {
        producer = registered;
        paused = false;
        if (registered instanceof PushProducer) {
            written(buffered, limits);
        }
    }

    void unregister() {
        producer = null;
        paused = false;
    }

    /** Pauses it above the mark. */
    void written(long buffered, WriteLimits limits) {
        if (!paused && buffered > limits.highWaterBytes() && producer instanceof PushProducer push) {
            paused = true;
            push.pauseProducing();
        }
    }

    /**
     * The buffer is at or below the low mark. The producer is asked in the next turn: one that answers at once, to a peer that is as quick, would
     * keep the loop in this one.
     */
    void roomAgain(boolean empty) {
        boolean wanted = producer instanceof PullProducer ? empty : paused;
        LoopReactor loop = connection.loop();
        if (wanted && asking != loop) {
            asking = loop;
            loop.callFromThread(() -> ask(loop));
        }
    }

    private void ask(LoopReactor asked) {
        if (connection.loop() != asked) {
            return; // it has moved, and the other loop asks
        }
        asking = null;
        try {
            askForMore();
        } catch (Throwable e) {
            connection.failed("resumeProducing of its producer", e);
        }
    }

    private void askForMore() {
        switch (producer) {
            case PullProducer pull
            when connection.isFlushed() -> {
                pull.resumeProducing();
                connection.flushLater();
            }
            case PushProducer push
            when paused -> {
                paused = false;
                push.resumeProducing();
            }
            case null, default -> {}
        }
    }

    /** The connection has ended. */
    void stop(LoopReactor loop) {
        Producer stopped = producer;
        if (stopped == null) {
            return;
        }
        producer = null;
        try {
            stopped.stopProducing();
        } catch (Throwable e) {
            loop.report(stopped.getClass().getName() + ".stopProducing has thrown", e);
        }
    }

    @Override
    public String toString() {
        return String.valueOf(producer);
    }
}
