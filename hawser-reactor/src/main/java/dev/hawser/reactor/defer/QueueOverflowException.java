package dev.hawser.reactor.defer;

/** A {@link DeferredQueue} is full. */
public final class QueueOverflowException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * With a message.
     *
     * @param message what happened
     */
    public QueueOverflowException(String message) {
        super(message);
    }
}
