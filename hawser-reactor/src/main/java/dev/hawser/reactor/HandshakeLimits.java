package dev.hawser.reactor;

import java.time.Duration;

/**
 * How long a handshake may take, and how much the peer may send in it.
 *
 * @param timeout from the beginning to the end
 * @param bytes the number of bytes
 */
record HandshakeLimits(Duration timeout, long bytes) {

    /** Of bytes, far more than the longest chain of certificates takes. */
    static final HandshakeLimits DEFAULT = new HandshakeLimits(Duration.ofSeconds(10), 256 * 1024);

    HandshakeLimits {
        if (!timeout.isPositive() || bytes <= 0) {
            throw new IllegalArgumentException(
                    "a handshake takes some time and some bytes, not " + timeout + " and " + bytes);
        }
    }
}
