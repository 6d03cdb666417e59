package dev.hawser.tls;

import java.nio.ByteBuffer;

/** What came from the peer and is not decrypted: in a buffer of its own, and behind that in one that is lent. */
final class TlsInput {

    static final int HEADER_BYTES = 5;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Filled at its position; {@code unread} is over the same array, and has what is not decrypted. */
    private ByteBuffer received = NOTHING;

    private ByteBuffer unread = NOTHING.duplicate();
    private ByteBuffer loan = NOTHING;

    void lend(ByteBuffer data) {
        loan = data.isReadOnly()
                ? ByteBuffer.allocate(data.remaining()).put(data).flip()
                : data;
    }

    void keep(int largest) {
        if (loan.hasRemaining()) {
            room(Math.max(largest, unreadOwn() + loan.remaining())).put(loan);
        }
        loan = NOTHING;
    }

    /** How many bytes there are. */
    int size() {
        return unreadOwn() + loan.remaining();
    }

    private int unreadOwn() {
        unread.limit(received.position());
        return unread.remaining();
    }

    /** For a whole record at least, of the size that the session has by now: a peer may send larger ones than TLS allows. */
    ByteBuffer room(int largest) {
        int have = unreadOwn();
        if (received.capacity() - unread.position() >= largest) {
            return received.limit(received.capacity());
        }
        ByteBuffer target = received.capacity() < largest ? ByteBuffer.allocate(largest) : received;
        target.clear().put(0, unread, unread.position(), have);
        received = target.position(have);
        unread = received.duplicate().position(0).limit(have);
        return received.limit(received.capacity());
    }

    /** With room for no more than the record that has begun. */
    ByteBuffer roomOfOneRecord(int largest) {
        int missing = missingOfRecord();
        ByteBuffer room = room(largest);
        return room.limit(Math.min(room.capacity(), room.position() + Math.max(1, missing)));
    }

    /** How much of the header, or else of the record, that has begun in the own buffer is still to come. */
    private int missingOfRecord() {
        int have = unreadOwn();
        return have < HEADER_BYTES
                ? HEADER_BYTES - have
                : HEADER_BYTES + Short.toUnsignedInt(unread.getShort(unread.position() + 3)) - have;
    }

    /** Where the next record lies: a part of one that was kept is made whole from the loan. */
    ByteBuffer source(int largest) {
        if (unreadOwn() == 0) {
            return loan.hasRemaining() ? loan : unread;
        }
        for (int missing = missingOfRecord(); missing > 0 && loan.hasRemaining(); missing = missingOfRecord()) {
            ByteBuffer room = room(largest);
            int count = Math.min(Math.min(missing, loan.remaining()), room.remaining());
            if (count == 0) {
                break; // longer than any record: the engine will say so
            }
            room.put(room.position(), loan, loan.position(), count);
            room.position(room.position() + count);
            loan.position(loan.position() + count);
        }
        unreadOwn();
        return unread;
    }

    /** A record may have been taken out. */
    void taken() {
        if (!unread.hasRemaining()) {
            received.clear();
            unread.position(0).limit(0);
        }
    }

    /** Where nothing is unread, no memory is held. */
    void release() {
        if (unreadOwn() == 0) {
            received = NOTHING;
            unread = NOTHING.duplicate();
        }
    }
}
