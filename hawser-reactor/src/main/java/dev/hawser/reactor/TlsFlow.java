package dev.hawser.reactor;

import org.jspecify.annotations.Nullable;

/** The producer of a layer of TLS: the transport below asks it for more, from the end of the handshake on. */
final class TlsFlow {

    private final TlsLayer layer;
    private final TlsPlace place;
    private @Nullable Producer producer;

    /** The transport below has it. */
    private boolean attached;

    /** Before the handshake was done, it was told to pause. */
    private boolean held;

    TlsFlow(TlsLayer layer, TlsPlace place) {
        this.layer = layer;
        this.place = place;
    }

    boolean isProducing() {
        return producer != null;
    }

    void register(Producer registered) {
        producer = registered;
    }

    /** What waits for the handshake has become too much. */
    void hold() {
        if (producer instanceof PushProducer push && !held) {
            held = true;
            push.pauseProducing();
        }
    }

    /** Below, the marks are those of the ciphertext. */
    void attach(WriteLimits limits) {
        Producer now = producer;
        if (now == null || attached) {
            return;
        }
        attached = true;
        layer.transport().registerProducer(now);
        if (held && layer.transport().bufferedBytes() <= limits.highWaterBytes()) {
            held = false;
            if (now instanceof PushProducer push) {
                push.resumeProducing();
            }
        }
    }

    /** What it would still write goes nowhere, and the transport below would wait for it to come to its end. */
    void detach() {
        if (attached) {
            attached = false;
            layer.transport().unregisterProducer();
        }
    }

    /**
     * It is done.
     *
     * @param mayBeBelow one that was registered before TLS has begun is the transport's below
     */
    void unregister(boolean mayBeBelow) {
        if (mayBeBelow && producer == null) {
            layer.transport().unregisterProducer();
        }
        detach();
        producer = null;
    }

    /** The connection has ended: the transport below stops its own. */
    void stop() {
        Producer left = producer;
        producer = null;
        if (left != null && !attached) {
            try {
                left.stopProducing();
            } catch (RuntimeException | Error e) {
                place.report(layer, e);
            }
        }
    }

    @Override
    public String toString() {
        return String.valueOf(producer);
    }
}
