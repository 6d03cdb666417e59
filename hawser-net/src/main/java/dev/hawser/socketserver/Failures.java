package dev.hawser.socketserver;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Errno;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
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

    private final ServeLoop loop;
    private @Nullable Socket spare;

    /** In a row. */
    private int count;

    /** What has been told, by kind, so that failures which take turns are told once each. */
    private final Set<Object> reported = new HashSet<>();

    private boolean rested;
    private int turnedAway;

    Failures(ServeLoop loop) {
        this.loop = loop;
    }

    /** A request was taken, or could have been. */
    void forget() {
        if (count > 0) {
            count = 0;
            reported.clear();
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

    <R> void handle(BaseServer<R> server, Throwable failure) throws IOException {
        if (loop.ends()) {
            return;
        }
        boolean shortage = failure instanceof SocketError error && error.isShortage();
        count++;
        if (reported.add(shortage ? SocketError.class : failure.getClass())) {
            ServerLog.cannotTake(server.serverAddress(), failure);
        }
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

    private static boolean isForDescriptors(Throwable failure) {
        return failure instanceof SocketError error && (error.errno() == Errno.EMFILE || error.errno() == Errno.ENFILE);
    }

    private <R> void turnAway(BaseServer<R> server) throws IOException {
        close();
        try {
            ReceivedRequest<R> received = server.getRequest();
            if (received != null) {
                server.shutdownRequest(received.request());
            }
        } catch (IOException | RuntimeException | Error e) {
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
