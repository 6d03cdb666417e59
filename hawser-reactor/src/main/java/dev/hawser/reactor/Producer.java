package dev.hawser.reactor;

/**
 * What makes data for a {@link Consumer} to write. A {@link PushProducer} goes on by itself until it is paused; a {@link PullProducer} makes one
 * piece each time that it is asked.
 */
public sealed interface Producer permits PushProducer, PullProducer {

    /** Nothing more is wanted, ever: the consumer is gone. */
    void stopProducing();
}
