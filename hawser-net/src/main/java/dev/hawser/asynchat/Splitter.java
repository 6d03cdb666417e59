package dev.hawser.asynchat;

import java.util.Arrays;

/**
 * Splits a stream of bytes, whatever the parts it comes in, into elements and what ends them.
 *
 * <p>A delimiter is searched for as Knuth, Morris and Pratt do it, so that every byte is looked at a constant number of times: what a
 * delimiter may begin with is not searched again when the next part comes. The bytes held back at the end of a part are the
 * first of the delimiter itself, so a number is all that is kept of them.
 */
final class Splitter {

    private static final byte[] NOTHING = {};

    /** What {@link #next} has come to. */
    enum Step {
        /** {@link #data} is part of the element. */
        DATA,
        /** The element has ended. */
        FOUND,
        /** Give more input. */
        EXHAUSTED
    }

    private Terminator terminator = Terminator.NONE;
    private byte[] delimiter = NOTHING;

    /** For the first so many bytes of the delimiter, how many of its first bytes they end with, themselves excepted. */
    private int[] borders = {};

    /** How many bytes before the position are held back. They are the delimiter's first; at the end of the input only. */
    private int matched;

    private byte[] input = NOTHING;
    private int position;
    private int end;

    private boolean found;
    private byte[] data = NOTHING;

    Terminator terminator() {
        return terminator;
    }

    /** From the input on that {@link #next} has not returned. */
    void setTerminator(Terminator next) {
        if (matched > 0) {
            input = Arrays.copyOf(delimiter, matched);
            position = 0;
            end = matched;
            matched = 0;
        }
        terminator = next;
        delimiter = next instanceof Terminator.Delimiter(byte[] bytes) ? bytes : NOTHING;
        borders = borders(delimiter);
    }

    /** Adds input. The array may not be copied: it stays as it is until the input is exhausted. */
    void feed(byte[] more, int length) {
        if (position == end) {
            input = more;
            end = length;
        } else {
            byte[] rest = Arrays.copyOfRange(input, position, end + length);
            System.arraycopy(more, 0, rest, end - position, length);
            input = rest;
            end = rest.length;
        }
        position = 0;
    }

    /** Forgets the input, also what is held back. */
    void clear() {
        forgetInput();
        matched = 0;
        found = false;
    }

    private void forgetInput() {
        input = NOTHING;
        position = 0;
        end = 0;
    }

    /** Whether {@link #next} has something to tell, perhaps. */
    boolean hasInput() {
        return found || position < end;
    }

    /** How many bytes are held back. */
    int heldBack() {
        return matched;
    }

    /** The bytes that were held back, which no others will follow. */
    byte[] takeHeldBack() {
        byte[] held = Arrays.copyOf(delimiter, matched);
        matched = 0;
        return held;
    }

    /** What {@link Step#DATA} brought: one or more bytes, in an array that nobody else has. */
    byte[] data() {
        return data;
    }

    /** One step further. */
    Step next() {
        if (found) {
            found = false;
            return Step.FOUND;
        }
        if (position == end) {
            forgetInput();
            return Step.EXHAUSTED;
        }
        return switch (terminator) {
            case Terminator.None _ -> take(end - position);
            case Terminator.Count(long remaining) -> count(remaining);
            case Terminator.Delimiter _ -> search();
        };
    }

    private Step count(long remaining) {
        int available = end - position;
        found = remaining <= available;
        terminator = found ? Terminator.NONE : new Terminator.Count(remaining - available);
        return take(found ? (int) remaining : available);
    }

    private Step take(int length) {
        data = Arrays.copyOfRange(input, position, position + length);
        position += length;
        return Step.DATA;
    }

    private Step search() {
        int start = position;
        int held = matched;
        found = scan();
        int free = held + position - start - (found ? delimiter.length : matched);
        if (free == 0) {
            return next();
        }
        // What was held back comes before the input, and may be free itself in part only.
        int ofHeld = Math.min(free, held);
        data = new byte[free];
        System.arraycopy(delimiter, 0, data, 0, ofHeld);
        System.arraycopy(input, start, data, ofHeld, free - ofHeld);
        return Step.DATA;
    }

    /** Whether the delimiter is found. The position is then behind it, or at the end. */
    private boolean scan() {
        int length = matched;
        while (position < end && length < delimiter.length) {
            byte next = input[position++];
            while (length > 0 && delimiter[length] != next) {
                length = borders[length];
            }
            if (delimiter[length] == next) {
                length++;
            }
        }
        boolean whole = length == delimiter.length;
        matched = whole ? 0 : length;
        return whole;
    }

    private static int[] borders(byte[] delimiter) {
        int[] borders = new int[delimiter.length + 1];
        int length = 0;
        for (int i = 1; i < delimiter.length; i++) {
            while (length > 0 && delimiter[length] != delimiter[i]) {
                length = borders[length];
            }
            if (delimiter[length] == delimiter[i]) {
                length++;
            }
            borders[i + 1] = length;
        }
        return borders;
    }
}
