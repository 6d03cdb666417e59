package dev.hawser.asynchat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What ends an element of a chat's input, see {@link AsyncChat#setTerminator}.
 *
 * <h2>Threading</h2>
 * Immutable.
 */
public sealed interface Terminator {

    /** Nothing ends it: whatever comes is collected as it comes. */
    Terminator NONE = new None();

    /** What {@link Terminator#NONE} is. */
    record None() implements Terminator {}

    /**
     * So many bytes.
     *
     * @param remaining how many are to come yet, at least one
     */
    record Count(long remaining) implements Terminator {

        /** Refuses what is no count of bytes to come. */
        public Count {
            if (remaining < 1) {
                throw new IllegalArgumentException(
                        "an element that ends after a count has 1 byte or more, not " + remaining);
            }
        }
    }

    /**
     * These bytes, which are not part of the element.
     *
     * @param bytes at least one; they are copied, on the way in and out
     */
    @SuppressWarnings("ArrayRecordComponent") // copied, and compared by content
    record Delimiter(byte[] bytes) implements Terminator {

        /** Refuses no bytes at all. */
        public Delimiter {
            if (bytes.length == 0) {
                throw new IllegalArgumentException("a delimiter has 1 byte or more; nothing ends at Terminator.NONE");
            }
            bytes = bytes.clone();
        }

        /**
         * The bytes.
         *
         * @return a copy
         */
        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Delimiter that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return "Delimiter[" + text.replace("\r", "\\r").replace("\n", "\\n") + "]";
        }
    }
}
