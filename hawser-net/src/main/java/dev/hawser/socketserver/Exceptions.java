package dev.hawser.socketserver;

/** Two exceptions at once. */
final class Exceptions {

    private Exceptions() {}

    /** Has the first of two tell of the second; the very same one cannot be added to itself. */
    @SuppressWarnings("ReferenceEquality") // identity is what is asked for
    static void add(Throwable first, Throwable second) {
        if (first != second) {
            first.addSuppressed(second);
        }
    }
}
