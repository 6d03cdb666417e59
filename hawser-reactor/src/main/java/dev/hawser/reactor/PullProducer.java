package dev.hawser.reactor;

/** A producer that makes one piece each time that it is asked. */
public non-sealed interface PullProducer extends Producer {

    /** Write once now, or unregister. */
    void resumeProducing();
}
