package dev.hawser.reactor.protocols;

import java.nio.ByteBuffer;

/** Takes lines out of what has come: every byte is searched once. */
final class LineDecoder implements Decoder {

    static final int DEFAULT_MAX_LENGTH = 16_384;

    private static final long EVERY_LOW_BIT = 0x0101_0101_0101_0101L;
    private static final long EVERY_HIGH_BIT = 0x8080_8080_8080_8080L;

    private byte[] delimiter = {'\r', '\n'};
    private int maxLength = DEFAULT_MAX_LENGTH;

    /** In so many of the unread bytes no delimiter begins. */
    private int searched;

    private byte[] line = {};

    byte[] delimiter() {
        return delimiter.clone();
    }

    /** The array itself, which is not to be changed. */
    byte[] delimiterToSend() {
        return delimiter;
    }

    void setDelimiter(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a delimiter has one byte at least");
        }
        delimiter = bytes.clone();
        searched = 0;
    }

    int maxLength() {
        return maxLength;
    }

    void setMaxLength(int bytes) {
        maxLength = Limits.checked(bytes);
    }

    /** What is unread has been taken by somebody else. */
    void restart() {
        searched = 0;
    }

    @Override
    public byte[] message() {
        return line;
    }

    @Override
    public Step next(Unread unread) {
        do {
            ByteBuffer window = unread.window();
            int length = search(window);
            if (length >= 0) {
                searched = 0;
                if (length > maxLength) {
                    return Step.REFUSED;
                }
                line = unread.take(length, delimiter.length);
                return Step.MESSAGE;
            }
            if (window.remaining() >= (long) maxLength + delimiter.length) {
                searched = 0;
                return Step.REFUSED;
            }
            searched = Math.max(0, window.remaining() - delimiter.length + 1);
        } while (unread.more());
        return Step.EXHAUSTED;
    }

    /** Where the delimiter begins, from the position on, or -1. */
    private int search(ByteBuffer window) {
        int start = window.position();
        int last = window.limit() - delimiter.length;
        for (int at = find(window, start + searched, last); at >= 0; at = find(window, at + 1, last)) {
            int matched = 1;
            while (matched < delimiter.length && window.get(at + matched) == delimiter[matched]) {
                matched++;
            }
            if (matched == delimiter.length) {
                return at - start;
            }
        }
        return -1;
    }

    /** Where the delimiter's first byte is, from one index to another, both included, or -1: eight bytes at a time. */
    private int find(ByteBuffer window, int from, int last) {
        byte wanted = delimiter[0];
        long pattern = EVERY_LOW_BIT * (wanted & 0xff);
        int at = from;
        for (; at <= last - Long.BYTES + 1; at += Long.BYTES) {
            long differs = window.getLong(at) ^ pattern;
            if (((differs - EVERY_LOW_BIT) & ~differs & EVERY_HIGH_BIT) != 0) {
                // It is one of these eight.
                break;
            }
        }
        while (at <= last && window.get(at) != wanted) {
            at++;
        }
        return at <= last ? at : -1;
    }
}
