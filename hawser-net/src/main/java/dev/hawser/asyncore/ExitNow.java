package dev.hawser.asyncore;

/**
 * Ends the loop: thrown by a handler, it passes through {@link AsyncLoop#loop} to the caller, and through no
 * {@link Dispatcher#handleError}. The dispatchers stay open, and the loop may be run again.
 *
 * <p>Source: {@code asyncore.ExitNow}.
 */
public final class ExitNow extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public ExitNow() {}

    /**
     * With a message.
     *
     * @param message why the loop ends
     */
    public ExitNow(String message) {
        super(message);
    }
}
