package dev.hawser.reactor.defer;

/** A {@link Deferred} was fired a second time. */
public final class AlreadyCalledException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * With a message.
     *
     * @param message what happened
     */
    public AlreadyCalledException(String message) {
        super(message);
    }
}
