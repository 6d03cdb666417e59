package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Reactor;

/** The thread of a reactor: who is to give something away for good, asks before whether the call is one that can succeed. */
final class ReactorThread {

    private ReactorThread() {}

    static void require(Reactor reactor) {
        if (!reactor.isInReactorThread()) {
            throw new IllegalStateException(
                    Thread.currentThread() + " is not the one that runs the reactor: use callFromThread");
        }
    }
}
