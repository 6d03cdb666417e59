package dev.hawser.reactor.amp;

/**
 * How much one peer may ask for, beside what the format itself bounds: a key has 255 bytes at most, a value 65535.
 *
 * @param maxKeys the most keys in a box that comes
 * @param maxBoxBytes the most bytes of a box that comes
 * @param maxQuestions the most questions of this side that wait for an answer; and of the peer's: beyond, it is not read from until some are answered
 */
public record AmpLimits(int maxKeys, int maxBoxBytes, int maxQuestions) {

    /** 1000 keys, 16 MiB, 10 000 questions. */
    public static final AmpLimits DEFAULT = new AmpLimits(1000, 16 * 1024 * 1024, 10_000);

    /** Checks that something is allowed at all. */
    public AmpLimits {
        if (maxKeys < 1 || maxBoxBytes < 1 || maxQuestions < 1) {
            throw new IllegalArgumentException(
                    "limits are 1 at least, not " + maxKeys + ", " + maxBoxBytes + ", " + maxQuestions);
        }
    }
}
