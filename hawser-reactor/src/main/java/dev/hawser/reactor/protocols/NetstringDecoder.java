package dev.hawser.reactor.protocols;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** Takes netstrings out of what has come; after one that is illegal, nothing more. */
final class NetstringDecoder implements Decoder {

    private static final int NONE = -1;
    private static final int DECIMAL = 10;

    private int maxLength = Limits.DEFAULT_MAX_LENGTH;

    /** What the digits that have come say, or {@link #NONE}. */
    private int length = NONE;

    /** The colon has come. */
    private boolean inPayload;

    private String complaint = "";
    private byte[] message = {};

    /** What goes before and behind a string. */
    static byte[] prefix(int length) {
        return (length + ":").getBytes(US_ASCII);
    }

    int maxLength() {
        return maxLength;
    }

    void setMaxLength(int bytes) {
        maxLength = Limits.checked(bytes);
    }

    /** Why a string is illegal: empty until one is. */
    String complaint() {
        return complaint;
    }

    @Override
    public byte[] message() {
        return message;
    }

    @Override
    public Step next(Unread unread) {
        while (complaint.isEmpty()) {
            ByteBuffer window = unread.window();
            if (!window.hasRemaining()) {
                return Step.EXHAUSTED;
            }
            if (inPayload) {
                return payload(unread);
            }
            byte next = window.get(window.position());
            unread.drop(1);
            prefix(next);
        }
        return Step.REFUSED;
    }

    private void prefix(byte next) {
        if (next == ':' && length != NONE) {
            inPayload = true;
        } else if (next < '0' || next > '9') {
            complaint = "its length is not digits and a colon";
        } else if (length == 0) {
            complaint = "its length begins with a zero";
        } else {
            long value = Math.max(0, length) * (long) DECIMAL + (next - '0');
            if (value > maxLength) {
                complaint = "it is longer than " + maxLength + " bytes";
            }
            length = (int) Math.min(value, Integer.MAX_VALUE);
        }
    }

    private Step payload(Unread unread) {
        if (!unread.has(length + 1)) {
            return Step.EXHAUSTED;
        }
        ByteBuffer window = unread.window();
        if (window.get(window.position() + length) != ',') {
            complaint = "no comma ends it";
            return Step.REFUSED;
        }
        message = unread.take(length, 1);
        length = NONE;
        inPayload = false;
        return Step.MESSAGE;
    }
}
