package dev.hawser.reactor.protocols;

import dev.hawser.reactor.Transport;

/** Two connections, each the producer of what the other one sends. */
final class Pair {

    private final Transport front;
    private final Transport back;
    private boolean frontEnded;
    private boolean backEnded;
    private boolean ended;

    Pair(Transport front, Transport back) {
        this.front = front;
        this.back = back;
    }

    Transport front() {
        return front;
    }

    Transport back() {
        return back;
    }

    void begin() {
        front.registerProducer(back);
        back.registerProducer(front);
    }

    /** The client says no more. */
    void frontEnded() {
        frontEnded = true;
        back.unregisterProducer();
        halfEnded(back);
    }

    /** The target says no more. */
    void backEnded() {
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
    void end() {
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
}
