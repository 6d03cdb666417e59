package dev.hawser.reactor;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.time.DelayedCall;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** The handshake of a layer of TLS: its limits, and who waits for it. */
final class TlsHandshake {

    private final TlsLayer layer;
    private HandshakeLimits limits;
    private long receivedBytes;
    private boolean over;
    private @Nullable DelayedCall timer;
    private @Nullable Reactor timersReactor;
    private @Nullable List<Deferred<TlsTransport>> waiting;

    TlsHandshake(TlsLayer layer, HandshakeLimits limits) {
        this.layer = layer;
        this.limits = limits;
    }

    void begin() {
        Reactor reactor = layer.reactor();
        timersReactor = reactor;
        timer = reactor.callLater(limits.timeout(), () -> timeUp(reactor));
    }

    void setLimits(HandshakeLimits changed) {
        limits = changed;
        if (!over && timer != null) {
            end();
            over = false;
            begin();
        }
    }

    private void timeUp(Reactor where) {
        Reactor now = layer.reactor();
        if (!now.equals(where)) {
            inReactor(now); // it has moved
        } else if (!over && !layer.isEnding()) {
            layer.timedOut("the TLS handshake with " + layer.getPeer() + " was not done in "
                    + limits.timeout().toMillis() + " ms");
        }
    }

    private void inReactor(Reactor now) {
        try {
            now.callFromThread(() -> timeUp(now));
        } catch (IllegalStateException closed) {
            // The connection ended with its reactor.
        }
    }

    void received(int bytes) {
        receivedBytes += bytes;
    }

    /** Whoever has sent so much and is not done never will be. */
    void requireModest() throws SSLHandshakeException {
        if (receivedBytes > limits.bytes()) {
            throw new SSLHandshakeException("the peer has sent " + receivedBytes
                    + " bytes, and the handshake is not done: the limit is " + limits.bytes());
        }
    }

    void done() {
        end();
    }

    /** There is nothing to wait for any more. */
    void end() {
        over = true;
        DelayedCall running = timer;
        timer = null;
        if (running != null && layer.reactor().equals(timersReactor) && running.isActive()) {
            running.cancel();
        }
    }

    Deferred<TlsTransport> whenDone() {
        if (layer.engine().isHandshaken()) {
            return Deferred.succeed(layer);
        }
        Deferred<TlsTransport> done = new Deferred<>();
        if (waiting == null) {
            waiting = new ArrayList<>();
        }
        waiting.add(done);
        return done;
    }

    /** Tells those who wait: of the failure, if there is one. */
    void tell(@Nullable ConnectionLost failure) {
        List<Deferred<TlsTransport>> told = waiting;
        waiting = null;
        if (told != null) {
            for (Deferred<TlsTransport> each : told) {
                if (failure == null) {
                    each.callback(layer);
                } else {
                    each.errback(failure);
                }
            }
        }
    }
}
