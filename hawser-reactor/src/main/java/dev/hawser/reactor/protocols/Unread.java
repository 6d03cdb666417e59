package dev.hawser.reactor.protocols;

import java.nio.ByteBuffer;

/**
 * The bytes that have come and belong to no message yet. What comes is lent, and messages are taken out of the lender's own buffer; only the bytes of
 * a message that is not whole when the buffer has to be given back are kept.
 *
 * <p>When such a message goes on, its bytes are put together a step at a time, each step as long as all before it, so that a message is copied a
 * constant number of times, whatever the parts that it comes in; what was copied beyond its end is looked at in the lent buffer again.
 */
final class Unread {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int FIRST_STEP = 64;

    /** Comes before the loan. */
    private ByteBuffer own = NOTHING;

    private ByteBuffer loan = NOTHING;

    /** How many of the own bytes, the last ones, are copies of those before the loan's position. */
    private int copied;

    /** What was taken last is the end of the loan. */
    private boolean tookLoan;

    /** Lends bytes until {@link #keep}. */
    void lend(ByteBuffer data) {
        keep();
        loan = data;
    }

    /** Keeps what is unread: the loan is the lender's again. */
    void keep() {
        if (loan.hasRemaining()) {
            append(loan.remaining());
        }
        loan = NOTHING;
        copied = 0;
        tookLoan = false;
        forgetOwnIfRead();
    }

    /** Leaves what is unread to the lender: false if some of it is older than the loan. */
    boolean leave() {
        if (own.hasRemaining()) {
            return false;
        }
        loan = NOTHING;
        return true;
    }

    void clear() {
        own = NOTHING;
        loan.position(loan.limit());
        copied = 0;
    }

    /** The first of the unread bytes: all of them, unless {@link #more} says otherwise. */
    ByteBuffer window() {
        return own.hasRemaining() ? own : loan;
    }

    /** Makes the window longer: false if it has all that there is. */
    boolean more() {
        if (!own.hasRemaining() || !loan.hasRemaining()) {
            return false;
        }
        append(Math.min(loan.remaining(), Math.max(FIRST_STEP, own.remaining())));
        return true;
    }

    /** Makes the window so long, if there is so much. */
    boolean has(int length) {
        while (window().remaining() < length) {
            if (!more()) {
                return false;
            }
        }
        return true;
    }

    /** Takes a message out of the window, and drops what follows it. */
    byte[] take(int length, int dropped) {
        byte[] message = new byte[length];
        ByteBuffer window = window();
        window.get(message);
        window.position(window.position() + dropped);
        returnToLoan();
        return message;
    }

    /** Drops bytes of the window. */
    void drop(int length) {
        ByteBuffer window = window();
        window.position(window.position() + length);
        returnToLoan();
    }

    /** Takes all that there is. */
    byte[] takeAll() {
        byte[] all = new byte[own.remaining() + loan.remaining()];
        int ofOwn = own.remaining();
        own.get(all, 0, ofOwn);
        loan.get(all, ofOwn, all.length - ofOwn);
        copied = 0;
        forgetOwnIfRead();
        return all;
    }

    /** Takes the window without a copy: empty if there is nothing. */
    ByteBuffer takeWindow() {
        ByteBuffer window = window();
        tookLoan = !own.hasRemaining();
        ByteBuffer taken = window.slice();
        window.position(window.limit());
        forgetOwnIfRead();
        return taken;
    }

    /** Takes back what was not read of the window that was taken last. */
    void giveBack(ByteBuffer rest) {
        if (tookLoan && !own.hasRemaining() && !loan.hasRemaining()) {
            loan.position(loan.limit() - rest.remaining());
        } else {
            putFirst(rest);
        }
    }

    /** Puts bytes before all others. */
    void putFirst(ByteBuffer bytes) {
        ByteBuffer kept = own;
        own = ByteBuffer.allocate(bytes.remaining() + kept.remaining());
        own.put(bytes).put(kept).flip();
    }

    /** How much memory is held beyond the loan. */
    int ownBytes() {
        return own.capacity();
    }

    /** The rest of the own bytes is in the loan as well, if it is short enough. */
    private void returnToLoan() {
        int rest = own.remaining();
        if (rest <= copied) {
            loan.position(loan.position() - rest);
            own = NOTHING;
            copied = 0;
        }
    }

    private void forgetOwnIfRead() {
        if (!own.hasRemaining()) {
            own = NOTHING;
            copied = 0;
        }
    }

    private void append(int count) {
        int needed = own.remaining() + count;
        if (own.capacity() - own.limit() < count) {
            makeRoom(needed);
        }
        int end = own.limit();
        own.limit(end + count);
        own.put(end, loan, loan.position(), count);
        loan.position(loan.position() + count);
        copied += count;
    }

    /** In the same array where it is twice as long, so that its bytes are moved rarely. */
    private void makeRoom(int needed) {
        if (own.capacity() / 2 >= needed) {
            own.compact().flip();
        } else {
            own = ByteBuffer.allocate(Math.max(needed, 2 * own.remaining()))
                    .put(own)
                    .flip();
        }
    }
}
