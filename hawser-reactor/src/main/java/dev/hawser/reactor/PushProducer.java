package dev.hawser.reactor;

/**
 * A producer that goes on by itself: it is paused when the consumer has had enough, and resumed when there is room. A {@link Transport} is one: it
 * produces what its peer sends.
 *
 * <p>Source: Twisted's {@code IPushProducer}.
 */
public non-sealed interface PushProducer extends Producer {

    /** Enough for now. */
    void pauseProducing();

    /** There is room again. */
    void resumeProducing();
}
