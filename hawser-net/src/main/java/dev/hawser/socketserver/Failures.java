package dev.hawser.socketserver;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Errno;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a loop does when it cannot take a request that is there: it tells of it once, and rests, so that it does not come back at once to
 * the same failure. Where there is no descriptor for a connection even after a rest, a spare one is given up to accept and close it,
 * so that its client is told; then another is tried.
 *
 * <h2>Threading</h2>
 * For the loop's thread.
 */
final class Failures implements Closeable {

    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final String SHORTAGE = "shortage";

    private final ServeLoop loop;
    private @Nullable Socket spare;

    /** In a row. */
    private int count;

    private @Nullable String reported;
    private boolean rested;
    private int turnedAway;

    Failures(ServeLoop loop) {
        this.loop = loop;
    }

    /** A request was taken, or could have been. */
    void forget() {
        if (count > 0) {
            count = 0;
            reported = null;
            rested = false;
            turnedAway = 0;
        }
        prepare();
    }

    /** Takes the spare descriptor while there are some. */
    void prepare() {
        if (spare == null && loop.accepts()) {
            try {
                spare = new Socket(Constants.AF_UNIX, Constants.SOCK_DGRAM);
            } catch (IOException e) {
                // The next request tells of it.
            }
        }
    }

    <R> void handle(BaseServer<R> server, Exception failure) throws IOException {
        if (loop.ends()) {
            return;
        }
        boolean shortage = failure instanceof SocketError error && error.isShortage();
        count++;
        report(server, shortage ? SHORTAGE : failure.toString(), failure);
        if (isForDescriptors(failure) && rested && turnedAway < Math.max(1, server.requestQueueSize())) {
            turnedAway++;
            turnAway(server);
        } else if (shortage || count > 1) {
            // One failure may be that of one client. The second would be followed by a third at once.
            loop.rest(REST_NANOS);
            rested = true;
            turnedAway = 0;
        }
    }

    private void report(BaseServer<?> server, String what, Exception failure) {
        if (!what.equals(reported)) {
            reported = what;
            ServerLog.cannotTake(server.serverAddress(), failure);
        }
    }

    private static boolean isForDescriptors(Exception failure) {
        return failure instanceof SocketError error && (error.errno() == Errno.EMFILE || error.errno() == Errno.ENFILE);
    }

    private <R> void turnAway(BaseServer<R> server) throws IOException {
        close();
        try {
            ReceivedRequest<R> received = server.getRequest();
            if (received != null) {
                server.shutdownRequest(received.request());
            }
        } catch (IOException | RuntimeException e) {
            // Another thread was quicker to use the descriptor. It is tried again after a rest.
            turnedAway = Integer.MAX_VALUE;
        } finally {
            prepare();
        }
    }

    @Override
    public void close() {
        Socket held = spare;
        if (held != null) {
            spare = null;
            ServerLog.close(held);
        }
    }
}
