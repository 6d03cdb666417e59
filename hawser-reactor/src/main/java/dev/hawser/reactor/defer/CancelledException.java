package dev.hawser.reactor.defer;

/** A {@link Deferred} was cancelled. */
public final class CancelledException extends java.util.concurrent.CancellationException {

    private static final long serialVersionUID = 1L;

    /**
     * With a message.
     *
     * @param message what happened
     */
    public CancelledException(String message) {
        super(message);
    }
}
