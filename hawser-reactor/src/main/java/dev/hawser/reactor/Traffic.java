package dev.hawser.reactor;

import org.jspecify.annotations.Nullable;

/** What has gone through one connection: for the counts of its loop, and for the recording, where there is one. */
final class Traffic {

    private final @Nullable ConnectionEvent event = ConnectionEvent.started();
    private long bytesReceived;
    private long bytesSent;

    void received(long bytes, LoopReactor loop) {
        bytesReceived += bytes;
        loop.counts().add(LoopCounts.BYTES_RECEIVED, bytes);
    }

    void sent(long bytes, LoopReactor loop) {
        bytesSent += bytes;
        loop.counts().add(LoopCounts.BYTES_SENT, bytes);
    }

    /** The connection has ended. */
    void end(String protocol, @Nullable Object peer, ConnectionLost reason) {
        if (event != null) {
            event.end(protocol, peer, bytesReceived, bytesSent, reason);
        }
    }
}
