package dev.hawser.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One end of a TLS connection as a machine from bytes to bytes: it never waits and knows no sockets. Whoever drives it
 * puts what came from the peer into {@link #input}, and sends what is in {@link #output}.
 *
 * <h2>Threading</h2>
 * It has two sides. The reading side is {@link #input}, {@link #inputOfOneRecord} and {@link #read}; the writing side is
 * {@link #output}, {@link #write}, {@link #speak} and {@link #closeOutput}. One thread at a time in each, so one may read
 * while another writes; {@link #handshake} needs both. {@link SSLEngine} itself has a lock, which is held while it
 * computes.
 *
 * <h2>Errors</h2>
 * After a failure, every call fails for the same reason: the JDK's engine would take a second look for a clean end.
 */
final class TlsEngine {

    /** What a handshake cannot go on without. */
    enum Handshake {
        /** {@link #output} must be sent. */
        SEND,
        /** {@link #input} is needed. */
        RECEIVE,
        /** Nothing: it is done. */
        DONE
    }

    /** {@link #read}: there is no plaintext before there is more {@link #input}. */
    static final int NEED_INPUT = -2;

    /** {@link #read}: the peer has said that nothing more comes. */
    static final int END = -1;

    /** Nobody has a reason for more than one at a time. Each makes the engine keep an answer and a cipher. */
    private static final int MAX_UNANSWERED = 100;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int HEADER_BYTES = 5;

    private final SSLEngine engine;

    /** From the peer: filled at its position; {@code unread} is over the same array, and has what is not decrypted. */
    private ByteBuffer received;

    private ByteBuffer unread;

    /** Plaintext that found no room in the reader's buffer. */
    private ByteBuffer plain = NOTHING;

    /** For the peer: filled at its position; {@code unsent} is over the same array, and has what is not sent. */
    private ByteBuffer made = NOTHING;

    private ByteBuffer unsent = NOTHING;

    /** How many records without plaintext have come since the engine last had nothing to say. */
    private int unanswered;

    private boolean begun;
    private long begunMillis;
    private boolean recognized;
    private volatile boolean handshaken;
    private volatile @Nullable SSLException failure;

    TlsEngine(SSLEngine engine) {
        this.engine = engine;
        this.received = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        this.unread = received.duplicate().limit(0);
    }

    /** Goes on with the handshake, as far as it comes without the peer. */
    Handshake handshake() throws SSLException {
        requireSound();
        try {
            if (!begun) {
                begun = true;
                begunMillis = System.currentTimeMillis();
                engine.beginHandshake();
            }
            return shake();
        } catch (SSLException e) {
            throw fail(e);
        } catch (RuntimeException e) {
            throw fail(new SSLHandshakeException(e.toString(), e));
        }
    }

    private Handshake shake() throws SSLException {
        for (; ; ) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    if (!hasRoomForRecord()) {
                        return Handshake.SEND;
                    }
                    if (wrap(NOTHING).getStatus() == Status.CLOSED) {
                        return finish();
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (hasOutput()) {
                        return Handshake.SEND; // a whole flight at once
                    }
                    if (!recognize() || unwrap(NOTHING).getStatus() == Status.BUFFER_UNDERFLOW) {
                        return Handshake.RECEIVE;
                    }
                }
                default -> {
                    return finish();
                }
            }
        }
    }

    private Handshake finish() throws SSLException {
        if (engine.isInboundDone() || engine.isOutboundDone()) {
            throw new SSLHandshakeException("the peer ended the connection during the handshake");
        }
        if (hasOutput()) {
            return Handshake.SEND;
        }
        // A flight takes more than a record: from now on one is enough.
        made = NOTHING;
        unsent = NOTHING;
        handshaken = true;
        return Handshake.DONE;
    }

    /** On this very thread: certificates are checked and signatures made, which takes milliseconds and waits for nothing. */
    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** Whether enough of the first record has come to tell that it is one. */
    private boolean recognize() throws SSLException {
        if (!recognized && unreadInput() >= HEADER_BYTES) {
            Plaintext.requireTls(unread);
            recognized = true;
        }
        return recognized;
    }

    boolean isHandshaken() {
        return handshaken;
    }

    /** Where to put what came from the peer: at the buffer's position, which moves on. There is room. */
    ByteBuffer input() {
        makeRoom();
        return received.limit(received.capacity());
    }

    /** As {@link #input}, with room for no more than the record that has begun: what follows it stays with the driver. */
    ByteBuffer inputOfOneRecord() {
        syncUnread();
        int have = unread.remaining();
        int need = HEADER_BYTES - have;
        if (need <= 0) {
            need = HEADER_BYTES + Short.toUnsignedInt(unread.getShort(unread.position() + 3)) - have;
        }
        ByteBuffer room = input();
        return room.limit(Math.min(room.capacity(), room.position() + Math.max(1, need)));
    }

    /** How many bytes from the peer lie here that were not decrypted. */
    int unreadInput() {
        syncUnread();
        return unread.remaining();
    }

    /** How many bytes of plaintext can be read without any input. */
    int pending() {
        return plain.remaining();
    }

    /**
     * Decrypts.
     *
     * @return how many bytes were put into the buffer, at least one; or {@link #NEED_INPUT}, or {@link #END}
     */
    int read(ByteBuffer destination) throws SSLException {
        if (plain.hasRemaining()) {
            return take(destination);
        }
        requireSound();
        try {
            return decrypt(destination);
        } catch (SSLException e) {
            throw fail(e);
        } catch (RuntimeException e) {
            throw fail(new SSLException(e.toString(), e));
        }
    }

    private int decrypt(ByteBuffer destination) throws SSLException {
        for (; ; ) {
            SSLEngineResult result = unwrap(destination);
            if (plain.hasRemaining()) {
                return take(destination);
            }
            if (result.bytesProduced() > 0) {
                return result.bytesProduced();
            }
            if (result.getStatus() == Status.CLOSED) {
                return END;
            }
            if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
                return NEED_INPUT;
            }
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                // TLS 1.2 only; neither HTTP/2 nor RFC 9325 wants it, and two directions in use could not have it.
                throw new SSLProtocolException("the peer asks for a renegotiation, which is refused");
            }
            requireAnswersTaken();
            if (result.bytesConsumed() == 0) {
                throw new SSLException("the engine makes no progress: " + result);
            }
        }
    }

    /** The peer who asks for key updates, and lets no answer out, would fill the memory. */
    private void requireAnswersTaken() throws SSLException {
        unanswered = wantsToSpeak() ? unanswered + 1 : 0;
        if (unanswered > MAX_UNANSWERED) {
            throw new SSLProtocolException("the peer asks for new keys again and again, and takes no answer");
        }
    }

    private int take(ByteBuffer destination) {
        int count = Math.min(plain.remaining(), destination.remaining());
        destination.put(destination.position(), plain, plain.position(), count);
        destination.position(destination.position() + count);
        plain.position(plain.position() + count);
        return count;
    }

    /** Decrypts a record: where it does not fit, into {@code plain}. */
    private SSLEngineResult unwrap(ByteBuffer destination) throws SSLException {
        syncUnread();
        SSLEngineResult result = engine.unwrap(unread, destination);
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            int largest = engine.getSession().getApplicationBufferSize();
            plain = plain.capacity() < largest ? ByteBuffer.allocate(largest) : plain.clear();
            try {
                result = engine.unwrap(unread, plain);
            } finally {
                plain.flip();
            }
        }
        if (!unread.hasRemaining()) {
            received.clear();
            unread.position(0).limit(0);
        }
        return result;
    }

    private void syncUnread() {
        unread.limit(received.position());
    }

    /** For a whole record, of the size that the session has by now: a peer may send larger ones than TLS allows. */
    private void makeRoom() {
        syncUnread();
        int largest = engine.getSession().getPacketBufferSize();
        if (received.capacity() - unread.position() >= largest) {
            return;
        }
        int have = unread.remaining();
        ByteBuffer target = received.capacity() < largest ? ByteBuffer.allocate(largest) : received;
        target.clear().put(0, unread, unread.position(), have);
        received = target.position(have);
        unread = received.duplicate().position(0).limit(have);
    }

    /** What is to be sent, in this order. What was sent is told by moving the position on. */
    ByteBuffer output() {
        if (!unsent.hasRemaining()) {
            made.clear();
            unsent.position(0).limit(0);
        }
        return unsent;
    }

    boolean hasOutput() {
        return output().hasRemaining();
    }

    /**
     * Encrypts one record, or says what the engine has to say first. {@link #output} must have been sent.
     *
     * @return how many bytes were taken from the buffer
     */
    int write(ByteBuffer source) throws SSLException {
        requireSound();
        try {
            SSLEngineResult result = wrap(source);
            if (result.getStatus() == Status.CLOSED) {
                requireSound();
                throw new SSLException("the TLS connection is closed for writing");
            }
            return result.bytesConsumed();
        } catch (RuntimeException e) {
            throw fail(new SSLException(e.toString(), e));
        }
    }

    /** Whether the engine has to answer the peer (a key update, a close_notify), or to alert it. */
    boolean wantsToSpeak() {
        return engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
    }

    /** Puts what the engine has to say into {@link #output}, as far as there is room. */
    void speak() throws SSLException {
        boolean spoke = true;
        while (spoke && wantsToSpeak() && hasRoomForRecord()) {
            spoke = wrap(NOTHING).bytesProduced() > 0;
        }
    }

    /** Nothing more will be written: makes the close_notify alert, once. */
    void closeOutput() throws SSLException {
        engine.closeOutbound();
        speak();
    }

    private SSLEngineResult wrap(ByteBuffer source) throws SSLException {
        hasRoomForRecord();
        SSLEngineResult result = engine.wrap(source, made);
        unsent.limit(made.position());
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            throw new SSLException("the engine makes no progress: " + result);
        }
        return result;
    }

    /** The engine refuses less room than the largest record takes. Makes it where nothing is in the way. */
    private boolean hasRoomForRecord() {
        int largest = engine.getSession().getPacketBufferSize();
        if (!hasOutput() && made.capacity() < largest) {
            made = ByteBuffer.allocate(handshaken ? largest : 2 * largest);
            unsent = made.duplicate().limit(0);
        }
        return made.remaining() >= largest;
    }

    private void requireSound() throws SSLException {
        SSLException before = failure;
        if (before != null) {
            throw TlsErrors.again(before);
        }
    }

    /** Keeps the reason; {@link #speak} then makes the alert that tells the peer. */
    private SSLException fail(SSLException reason) {
        failure = reason;
        engine.closeOutbound();
        return reason;
    }

    /** What was negotiated. */
    SSLSession session() {
        return engine.getSession();
    }

    /** Whether the session is older than the handshake. */
    boolean isSessionReused() {
        return handshaken && engine.getSession().getCreationTime() < begunMillis;
    }

    @Nullable
    String applicationProtocol() {
        String protocol = engine.getApplicationProtocol();
        return protocol == null || protocol.isEmpty() ? null : protocol;
    }
}
