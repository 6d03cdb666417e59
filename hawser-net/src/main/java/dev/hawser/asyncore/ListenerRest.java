package dev.hawser.asyncore;

import static dev.hawser.socket.Errno.EMFILE;
import static dev.hawser.socket.Errno.ENFILE;
import static dev.hawser.socket.Errno.ENOBUFS;
import static dev.hawser.socket.Errno.ENOMEM;

import dev.hawser.socket.SocketError;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The rest of a listener that could not accept for want of descriptors or memory. Its connection stays in the backlog, so that
 * a selector would tell of it again at once, and again.
 */
final class ListenerRest {

    private boolean resting;
    private boolean reported;
    private long end;

    static boolean isShortage(IOException e) {
        return e instanceof SocketError error
                && (error.errno() == EMFILE
                        || error.errno() == ENFILE
                        || error.errno() == ENOBUFS
                        || error.errno() == ENOMEM);
    }

    /** True for the first one since a connection was last accepted. */
    boolean begin() {
        boolean first = !reported;
        resting = true;
        reported = true;
        end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AsyncLoop.REST_MILLIS);
        return first;
    }

    void over() {
        reported = false;
    }

    /** {@link Long#MAX_VALUE} where there is no rest. */
    long leftNanos() {
        if (!resting) {
            return Long.MAX_VALUE;
        }
        long left = end - System.nanoTime();
        resting = left > 0;
        return resting ? left : Long.MAX_VALUE;
    }
}
