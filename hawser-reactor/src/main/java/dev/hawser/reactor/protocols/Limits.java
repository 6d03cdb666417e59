package dev.hawser.reactor.protocols;

/** How long a message may be. */
final class Limits {

    static final int DEFAULT_MAX_LENGTH = 99_999;

    private static final int HIGHEST = 1 << 30;

    private Limits() {}

    static int checked(int maxLength) {
        if (maxLength < 0 || maxLength > HIGHEST) {
            throw new IllegalArgumentException("a limit of length is 0 to " + HIGHEST + " bytes, not " + maxLength);
        }
        return maxLength;
    }
}
