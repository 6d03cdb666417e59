package dev.hawser.reactor;

import dev.hawser.reactor.ConnectionLost.Reason;
import org.jspecify.annotations.Nullable;

/** How far a connection has come: what of it was asked to end, and what has ended. */
final class StreamState {

    /** It is in the loop's list of those to be flushed. */
    boolean dirty;

    /** The backend was told to receive. */
    boolean receiving;

    /** The backend sends on by itself, until the queue is empty. */
    boolean sending;

    /** The protocol wants nothing for now. */
    boolean paused;

    /** Nothing is received as too much is waiting to be sent. */
    private boolean heldBack;

    /** The peer sends no more. */
    boolean readEnded;

    /** loseConnection was called. */
    boolean closing;

    /** loseWriteConnection was called. */
    boolean writeEnding;

    /** Nothing can be written any more. */
    boolean writeEnded;

    /** The peer is to be told by a reset. */
    boolean aborted;

    /** The socket is closed. */
    boolean lost;

    /** Why it ends, from the moment that it must. */
    private @Nullable ConnectionLost ending;

    /** The first reason counts. */
    void end(ConnectionLost reason) {
        if (ending == null) {
            ending = reason;
        }
    }

    /** It has ended, and is counted where it was broken. */
    void lose(ConnectionLost reason, LoopCounts counts) {
        lost = true;
        if (reason.reason() == Reason.LOST) {
            counts.add(LoopCounts.CONNECTIONS_LOST, 1);
        }
    }

    /** As {@link #end}, and the peer is told by a reset. */
    void abort(ConnectionLost reason) {
        aborted = true;
        end(reason);
    }

    /** Whether so many bytes more may wait: where they may not, it ends. */
    boolean hasRoom(long bytes, long waiting, WriteLimits limits) {
        if (bytes <= limits.maxBytes() - waiting) {
            return true;
        }
        abort(new ConnectionLost(
                Reason.LOST,
                "the peer does not read: " + bytes + " bytes more than the " + waiting
                        + " that wait for it would be beyond the limit of " + limits.maxBytes() + " (setWriteLimits)",
                null));
        return false;
    }

    @Nullable
    ConnectionLost ending() {
        return ending;
    }

    boolean mayReceive() {
        return ending == null && !closing && !paused && !readEnded;
    }

    boolean wantsToReceive() {
        return mayReceive() && !heldBack;
    }

    /** While it closes, a producer may end what it has begun, and nobody else. */
    boolean mayWrite(boolean producing) {
        return ending == null && !writeEnded && (producing || !(closing || writeEnding));
    }

    /** Why nothing can be written any more. */
    ConnectionLost whyNotWritable() {
        ConnectionLost reason = ending;
        return reason != null
                ? reason
                : new ConnectionLost(Reason.DONE, "the connection was closed by this side", null);
    }

    boolean wantsToShutDown() {
        return writeEnding && !writeEnded;
    }

    /** Without a producer to be paused, it is the peer's questions that make the answers which wait. */
    void holdBack(long buffered, WriteLimits limits, boolean producing) {
        if (producing || buffered <= limits.lowWaterBytes()) {
            heldBack = false;
        } else if (buffered > limits.highWaterBytes()) {
            heldBack = true;
        }
    }

    /** All that was written has gone. */
    void endIfDone() {
        if (closing) {
            String by = readEnded ? "closed by both sides" : "closed by this side";
            end(new ConnectionLost(Reason.DONE, by, null));
        } else if (readEnded && writeEnded) {
            end(new ConnectionLost(Reason.DONE, "closed by both sides", null));
        }
    }

    /** The loop it has left does nothing for it any more. */
    void leave() {
        dirty = false;
        receiving = false;
        sending = false;
    }
}
