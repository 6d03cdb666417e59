package dev.hawser.reactor.testing;

import java.util.Arrays;

/** Bytes that are put in at the end and taken from the front. */
final class Bytes {

    private static final int FIRST_CAPACITY = 256;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int begin;
    private int end;

    int size() {
        return end - begin;
    }

    void add(byte[] data, int offset, int length) {
        if (bytes.length - end < length) {
            bytes = Arrays.copyOf(toArray(), Math.max(2 * (size() + length), FIRST_CAPACITY));
            end -= begin;
            begin = 0;
        }
        System.arraycopy(data, offset, bytes, end, length);
        end += length;
    }

    byte[] take(int atMost) {
        int length = Math.min(atMost, size());
        byte[] taken = Arrays.copyOfRange(bytes, begin, begin + length);
        begin += length;
        return taken;
    }

    byte[] toArray() {
        return Arrays.copyOfRange(bytes, begin, end);
    }

    void clear() {
        begin = 0;
        end = 0;
    }
}
