package dev.hawser.asynchat;

import java.io.ByteArrayOutputStream;

/** The element of the input that comes now: how long it is so far, and what was kept of it. */
final class Element {

    private long maxBytes = AsyncChat.DEFAULT_MAX_ELEMENT_BYTES;
    private ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
    private long bytes;

    /** It is longer than the limit, which was told: the rest of it is dropped. */
    private boolean tooLong;

    long maxBytes() {
        return maxBytes;
    }

    void setMaxBytes(long bytes) {
        maxBytes = bytes;
    }

    boolean isTooLong() {
        return tooLong;
    }

    /** Counts what has come of it. */
    void grow(int length, AsyncChat chat) throws ChatLimitException {
        bytes += length;
        tooLong = bytes > maxBytes;
        if (tooLong) {
            throw beyondLimit(chat);
        }
    }

    void keep(byte[] part, AsyncChat chat) throws ChatLimitException {
        if (kept.size() + (long) part.length > maxBytes) {
            throw beyondLimit(chat);
        }
        kept.writeBytes(part);
    }

    private ChatLimitException beyondLimit(AsyncChat chat) {
        forget();
        return new ChatLimitException(
                "an element is longer than the limit of " + maxBytes
                        + " bytes: the peer is no friend, or call setMaxElementBytes: " + chat,
                maxBytes);
    }

    /** What was kept, which it is no longer. */
    byte[] take() {
        byte[] all = kept.toByteArray();
        forget();
        return all;
    }

    /** One long element does not keep its memory for as long as the chat lasts. */
    void forget() {
        kept = new ByteArrayOutputStream(0);
    }

    /** What comes is of the next one: whether this one was within the limit. */
    boolean end() {
        boolean whole = !tooLong;
        bytes = 0;
        tooLong = false;
        return whole;
    }
}
