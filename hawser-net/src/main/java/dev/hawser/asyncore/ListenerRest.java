package dev.hawser.asyncore;

import dev.hawser.socket.Accepted;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.WouldBlockException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a listener that could not accept for want of descriptors or memory. Its connection stays in the backlog, so that
 * a selector would tell of it again at once, and again.
 */
final class ListenerRest {

    private boolean resting;
    private boolean reported;
    private long end;

    /** Takes a connection; null where there is none to be had now. */
    @Nullable
    Accepted accept(Dispatcher listener) throws IOException {
        try {
            Accepted accepted = listener.socket().accept();
            reported = false;
            return accepted;
        } catch (WouldBlockException e) {
            return null;
        } catch (IOException e) {
            if (!(e instanceof SocketError error) || !error.isShortage()) {
                throw e;
            }
            begin(listener, e);
            return null;
        }
    }

    /** Told once until a connection is accepted again. */
    private void begin(Dispatcher listener, IOException shortage) {
        boolean first = !reported;
        resting = true;
        reported = true;
        end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AsyncLoop.REST_MILLIS);
        if (first) {
            listener.log(Level.WARNING, "cannot accept for now: " + Dispatcher.describe(listener), shortage);
        }
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
