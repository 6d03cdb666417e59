package dev.hawser.reactor.defer;

/** A {@link DeferredQueue} has as many who wait for it as it may have. */
public final class QueueUnderflowException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * With a message.
     *
     * @param message what happened
     */
    public QueueUnderflowException(String message) {
        super(message);
    }
}
