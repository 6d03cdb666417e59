package dev.hawser.reactor;

import dev.hawser.socket.Accepted;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Errno;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a port does when it cannot accept a connection that waits: it tells of it once, and rests, as the backend would tell of the connection again at once.
 * Where there is still no descriptor after a rest, a spare one is given up to accept the connection and close it, so that its client need not wait.
 */
final class AcceptRest implements Closeable {

    private final Socket listener;
    private final int mostTurnedAway;
    private @Nullable Socket spare;
    private final Set<Object> told = new HashSet<>();
    private int inARow;
    private boolean rested;
    private int turnedAway;

    AcceptRest(Socket listener, int mostTurnedAway) {
        this.listener = listener;
        this.mostTurnedAway = Math.max(1, mostTurnedAway);
        takeSpare();
    }

    /** A connection was accepted. */
    void forget() {
        if (inARow > 0) {
            inARow = 0;
            told.clear();
            rested = false;
            turnedAway = 0;
        }
        takeSpare();
    }

    private void takeSpare() {
        if (spare == null) {
            try {
                spare = new Socket(Constants.AF_UNIX, Constants.SOCK_DGRAM);
            } catch (IOException e) {
                // The next accept tells of it.
            }
        }
    }

    /** Whether this failure is news. */
    boolean isNews(IOException failure) {
        return told.add(isShortage(failure) ? SocketError.class : failure.getClass());
    }

    /** Whether the port has to rest after this failure. */
    boolean needsRest(IOException failure) {
        inARow++;
        if (isForDescriptors(failure) && rested && turnedAway < mostTurnedAway && turnAway()) {
            turnedAway++;
            return false;
        }
        // One failure may be that of one client. The second would be followed by a third at once.
        boolean rest = isShortage(failure) || inARow > 1;
        rested |= rest;
        turnedAway = rest ? 0 : turnedAway;
        return rest;
    }

    private static boolean isShortage(IOException failure) {
        return failure instanceof SocketError error && error.isShortage();
    }

    private static boolean isForDescriptors(IOException failure) {
        return failure instanceof SocketError error && (error.errno() == Errno.EMFILE || error.errno() == Errno.ENFILE);
    }

    /** False where another thread was quicker to use the descriptor. */
    private boolean turnAway() {
        try {
            close();
            Accepted accepted = listener.acceptNow();
            if (accepted != null) {
                accepted.socket().close();
            }
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            takeSpare();
        }
    }

    @Override
    public void close() throws IOException {
        Socket held = spare;
        if (held != null) {
            spare = null;
            held.close();
        }
    }
}
