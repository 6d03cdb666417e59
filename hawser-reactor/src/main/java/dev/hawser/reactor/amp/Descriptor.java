package dev.hawser.reactor.amp;

import dev.hawser.socket.HasFileno;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import java.io.Closeable;
import java.io.IOException;

/**
 * An open descriptor that passes with a call, over a Unix socket. One that was received is whoever's who has it: to be taken or closed.
 *
 * <h2>Threading</h2>
 * For one thread at a time.
 *
 * <h2>Errors</h2>
 * {@link IllegalStateException} where it was taken or closed before.
 *
 * <p>Source: Twisted's {@code amp.Descriptor}.
 *
 * {@snippet file="dev/hawser/reactor/amp/AmpSnippetsTest.java" region="descriptor"}
 */
public final class Descriptor implements HasFileno, Closeable {

    private final boolean owned;
    private HasFileno file;

    private Descriptor(HasFileno file, boolean owned) {
        this.file = file;
        this.owned = owned;
    }

    /**
     * A descriptor to pass. It stays the caller's, and is duplicated when the call is made, or the answer is written.
     *
     * @param file what has it
     * @return the same, as a value
     */
    public static Descriptor of(HasFileno file) {
        return new Descriptor(file, false);
    }

    /**
     * A descriptor to give away: it is closed here when it has passed. For an answer, which is written when the responder has returned.
     *
     * @param number the descriptor, which is this object's from now on
     * @return the same, as a value
     */
    public static Descriptor giving(int number) {
        return new Descriptor(() -> number, true);
    }

    /** It has passed. */
    void passed() throws IOException {
        close();
    }

    @Override
    public int fileno() {
        return file.fileno();
    }

    /**
     * Gives the descriptor away: whoever gets the number closes it.
     *
     * @return the number
     * @throws IllegalStateException if it was taken or closed before
     */
    public int take() {
        int number = file.fileno();
        if (number < 0) {
            throw new IllegalStateException("the descriptor was taken or closed before");
        }
        file = () -> -1;
        return number;
    }

    /**
     * Makes a socket of it.
     *
     * @return the socket, which has the descriptor from now on
     * @throws IOException if it is no socket; it is closed then
     * @throws IllegalStateException if it was taken or closed before
     */
    public Socket takeSocket() throws IOException {
        int number = take();
        try {
            return Sockets.adopt(number);
        } catch (IOException | RuntimeException e) {
            Sockets.close(number);
            throw e;
        }
    }

    /** Closes one that was received, unless it was taken. Closing twice is fine. */
    @Override
    public void close() throws IOException {
        if (owned && file.fileno() >= 0) {
            Sockets.close(take());
        }
    }

    @Override
    public String toString() {
        return "Descriptor[" + file.fileno() + "]";
    }
}
