package dev.hawser.reactor;

/**
 * A producer that makes one piece each time that it is asked.
 *
 * <p>Source: Twisted's {@code IPullProducer}.
 *
 * {@snippet file="dev/hawser/reactor/ReactorSnippetsTest.java" region="producer"}
 */
public non-sealed interface PullProducer extends Producer {

    /** Write once now, or unregister. */
    void resumeProducing();
}
