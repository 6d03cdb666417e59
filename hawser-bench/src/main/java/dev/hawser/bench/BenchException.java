package dev.hawser.bench;

/** A failure of the bench that its user can understand from the message alone. */
final class BenchException extends Exception {
    private static final long serialVersionUID = 1L;

    BenchException(String message) {
        super(message);
    }
}
