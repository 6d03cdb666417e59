package dev.hawser.tls;

import dev.hawser.socket.Sockaddr;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
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
 * puts what came from the peer into {@link #input}, or lends it by {@link #lend}, and sends what is in {@link #output}. CPython has it as
 * {@code ssl.SSLObject} with two {@code ssl.MemoryBIO}s.
 *
 * {@snippet file="dev/hawser/tls/TlsSnippetsTest.java" region="engine"}
 *
 * <h2>Threading</h2>
 * It has two sides. The reading side is {@link #input}, {@link #lend} and {@link #read}; the writing side is
 * {@link #output}, {@link #write}, {@link #speak} and {@link #closeOutput}. One thread at a time in each, so one may read
 * while another writes; {@link #handshake} needs both. The JDK's {@code SSLEngine} itself has a lock, which is held while it
 * computes.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits. A handshake checks certificates and makes signatures, which takes milliseconds of the calling thread.
 *
 * <h2>Errors</h2>
 * After a failure, every call fails for the same reason. {@link #speak} then makes the alert that tells the peer. A renegotiation is refused, and
 * so is a peer who changes keys, or sends empty records, again and again.
 *
 * <p>Source: RFC 8446, RFC 5246; CPython's {@code ssl} module.
 */
public final class TlsEngine {

    /** What a handshake cannot go on without. */
    public enum Handshake {
        /** {@link #output} must be sent. */
        SEND,
        /** {@link #input} is needed. */
        RECEIVE,
        /** Nothing: it is done. */
        DONE
    }

    /** {@link #read}: there is no plaintext before there is more {@link #input}. */
    public static final int NEED_INPUT = -2;

    /** {@link #read}: the peer has said that nothing more comes. */
    public static final int END = -1;

    /** Records without data in a row. A few tickets and key updates have their reason; each makes the engine keep an answer, and a cipher. */
    private static final int MAX_WITHOUT_DATA = 100;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static final ByteBuffer[] NO_SOURCES = {NOTHING};

    private final SSLEngine engine;
    private final @Nullable String host;

    private final TlsInput input = new TlsInput();

    /** Plaintext that found no room in the reader's buffer. */
    private ByteBuffer plain = NOTHING;

    /** For the peer: filled at its position; {@code unsent} is over the same array, and has what is not sent. */
    private ByteBuffer made = NOTHING;

    private ByteBuffer unsent = NOTHING;

    /** What was lent last as the memory of {@code made}, and the view of it that is {@code unsent}. */
    private ByteBuffer lentMemory = NOTHING;

    private ByteBuffer lentView = NOTHING;
    private boolean inLentMemory;

    /** How many records without plaintext have come since the last that had some. */
    private int withoutData;

    private boolean begun;
    private long begunMillis;
    private boolean recognized;
    private volatile boolean handshaken;
    private volatile @Nullable SSLException failure;

    /**
     * One end.
     *
     * @param host the name that the peer must have; null for a server
     */
    TlsEngine(SSLEngine engine, @Nullable String host) {
        this.engine = engine;
        this.host = host;
    }

    /**
     * Goes on with the handshake, as far as it comes without the peer.
     *
     * @return what it needs
     * @throws SSLException if there is none, or it has failed
     */
    public Handshake handshake() throws SSLException {
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
                    if (wrap(NO_SOURCES, 1).getStatus() == Status.CLOSED) {
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
        forgetMemory();
        input.release();
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
        ByteBuffer first = recognized ? NOTHING : input.source(largestRecordBytes());
        if (first.remaining() >= TlsInput.HEADER_BYTES) {
            Plaintext.requireTls(first);
            recognized = true;
        }
        return recognized;
    }

    /**
     * Whether the handshake is done.
     *
     * @return true from then on
     */
    public boolean isHandshaken() {
        return handshaken;
    }

    /**
     * Lends bytes that came from the peer, until {@link #keep}: they are decrypted where they lie, so that the buffer holds nothing of use then.
     *
     * @param data the bytes, from position to limit; the position moves on with each record that is read
     */
    public void lend(ByteBuffer data) {
        input.lend(data);
    }

    /** Keeps what is left of the loan, mostly a part of a record, and gives the buffer back, its position at its limit. */
    public void keep() {
        input.keep(largestRecordBytes());
    }

    /**
     * Where to put what came from the peer: at the buffer's position, which moves on. There is room.
     *
     * @return the buffer
     */
    public ByteBuffer input() {
        return input.room(largestRecordBytes());
    }

    /** As {@link #input}, with room for no more than the record that has begun: what follows it stays with the driver. */
    ByteBuffer inputOfOneRecord() {
        return input.roomOfOneRecord(largestRecordBytes());
    }

    /**
     * How many bytes from the peer lie here that were not decrypted.
     *
     * @return the number of bytes
     */
    public int unreadInput() {
        return input.size();
    }

    /**
     * How many bytes of plaintext can be read without any input.
     *
     * @return the number of bytes
     */
    public int pending() {
        return plain.remaining();
    }

    /**
     * Decrypts.
     *
     * @param destination gets the plaintext of a record, at its position, which moves on
     * @return how many bytes were put into the buffer, at least one; or {@link #NEED_INPUT}, or {@link #END}
     * @throws SSLException if the peer does not keep to the protocol, or has sent an alert
     */
    public int read(ByteBuffer destination) throws SSLException {
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
                withoutData = 0;
                return take(destination);
            }
            if (result.bytesProduced() > 0) {
                withoutData = 0;
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
            requireData();
            if (result.bytesConsumed() == 0) {
                throw new SSLException("the engine makes no progress: " + result);
            }
        }
    }

    /** The peer who asks for key updates, and lets no answer out, would fill the memory; and all of it costs time. */
    private void requireData() throws SSLException {
        withoutData++;
        if (withoutData > MAX_WITHOUT_DATA) {
            throw new SSLProtocolException("the peer asks for new keys again and again, or sends records without data");
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
        ByteBuffer source = input.source(largestRecordBytes());
        SSLEngineResult result = engine.unwrap(source, destination);
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            int largest = engine.getSession().getApplicationBufferSize();
            plain = plain.capacity() < largest ? ByteBuffer.allocate(largest) : plain.clear();
            try {
                result = engine.unwrap(source, plain);
            } finally {
                plain.flip();
            }
        }
        input.taken();
        return result;
    }

    /**
     * Lends memory to encrypt into, for a driver that has many engines. Not needed: an engine makes its own.
     *
     * @param memory at least {@link #largestRecordBytes}; the engine's until {@link #returnMemory}
     */
    @SuppressWarnings("ReferenceEquality") // this very buffer
    public void lendMemory(ByteBuffer memory) {
        if (hasOutput()) {
            return; // it is in memory of its own
        }
        if (memory != lentMemory) {
            lentMemory = memory;
            lentView = memory.duplicate();
        }
        made = memory.clear();
        unsent = lentView.position(0).limit(0);
        inLentMemory = true;
    }

    /** Gives the memory back, when {@link #output} was sent. What was not is copied. */
    public void returnMemory() {
        if (!inLentMemory) {
            return;
        }
        ByteBuffer rest = unsent;
        forgetMemory();
        if (rest.hasRemaining()) {
            made = ByteBuffer.allocate(rest.remaining() + largestRecordBytes()).put(rest);
            unsent = made.duplicate().flip();
        }
    }

    private void forgetMemory() {
        made = NOTHING;
        unsent = NOTHING;
        inLentMemory = false;
    }

    /**
     * How much memory a record takes at most, in this session.
     *
     * @return the number of bytes
     */
    public int largestRecordBytes() {
        return engine.getSession().getPacketBufferSize();
    }

    /**
     * How much plaintext a record has at most, in this session: {@link #read} into a buffer with so much room copies nothing.
     *
     * @return the number of bytes
     */
    public int largestPlaintextBytes() {
        return engine.getSession().getApplicationBufferSize();
    }

    /**
     * What is to be sent, in this order. What was sent is told by moving the position on.
     *
     * @return the bytes; none where there is nothing to send
     */
    public ByteBuffer output() {
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
     * @param source the plaintext, from position to limit; the position moves on
     * @return how many bytes were taken from the buffer
     * @throws SSLException if nothing more can be written
     */
    public int write(ByteBuffer source) throws SSLException {
        return write(new ByteBuffer[] {source}, 1);
    }

    /**
     * Encrypts one record of what lies in several places.
     *
     * @param sources the plaintext, as for {@link #write(ByteBuffer)}
     * @param count how many of them
     * @return how many bytes were taken from the buffers
     * @throws SSLException if nothing more can be written
     */
    public int write(ByteBuffer[] sources, int count) throws SSLException {
        requireSound();
        try {
            SSLEngineResult result = wrap(sources, count);
            if (result.getStatus() == Status.CLOSED) {
                requireSound();
                throw new SSLException("the TLS connection is closed for writing");
            }
            return result.bytesConsumed();
        } catch (RuntimeException e) {
            throw fail(new SSLException(e.toString(), e));
        }
    }

    /**
     * Whether the engine has to answer the peer (a key update, a close_notify), or to alert it.
     *
     * @return whether {@link #speak} would make something
     */
    public boolean wantsToSpeak() {
        return engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
    }

    /**
     * Puts what the engine has to say into {@link #output}, as far as there is room.
     *
     * @throws SSLException if it cannot
     */
    public void speak() throws SSLException {
        boolean spoke = true;
        while (spoke && wantsToSpeak() && hasRoomForRecord()) {
            spoke = wrap(NO_SOURCES, 1).bytesProduced() > 0;
        }
    }

    /**
     * Nothing more will be written: makes the close_notify alert, once.
     *
     * @throws SSLException if it cannot
     */
    public void closeOutput() throws SSLException {
        engine.closeOutbound();
        speak();
    }

    private SSLEngineResult wrap(ByteBuffer[] sources, int count) throws SSLException {
        hasRoomForRecord();
        SSLEngineResult result = engine.wrap(sources, 0, count, made);
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
            inLentMemory = false;
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

    /**
     * Whether the session is older than the handshake.
     *
     * @return whether one was resumed; false before the handshake is done
     */
    public boolean isSessionReused() {
        return handshaken && engine.getSession().getCreationTime() < begunMillis;
    }

    /**
     * What was agreed on by ALPN.
     *
     * @return the protocol; null where none was, or before the handshake is done
     */
    public @Nullable String applicationProtocol() {
        String protocol = engine.getApplicationProtocol();
        return protocol == null || protocol.isEmpty() ? null : protocol;
    }

    /**
     * Which end this is.
     *
     * @return true for the server's
     */
    public boolean isServer() {
        return !engine.getUseClientMode();
    }

    /**
     * The version of TLS.
     *
     * @return such as {@code TLSv1.3}; null before the handshake is done
     */
    public @Nullable String version() {
        return handshaken ? engine.getSession().getProtocol() : null;
    }

    /**
     * The cipher suite.
     *
     * @return such as {@code TLS_AES_256_GCM_SHA384}; null before the handshake is done
     */
    public @Nullable String cipher() {
        return handshaken ? engine.getSession().getCipherSuite() : null;
    }

    /**
     * The certificates that the peer has shown, its own first.
     *
     * @return the chain; empty where it has shown none, or before the handshake is done
     */
    public List<X509Certificate> peerCertificates() {
        return handshaken ? Sessions.peerCertificates(engine.getSession()) : List.of();
    }

    /**
     * The name that the client has asked for (SNI).
     *
     * @return the name, at either end; null where none was told, or before the handshake is done
     */
    public @Nullable String serverName() {
        return handshaken ? Sessions.serverName(engine.getSession()) : null;
    }

    /**
     * A failure of this engine in an exception of the same type that tells who talked to whom.
     *
     * @param operation what was tried
     * @param local this side's address, if it is known
     * @param remote the peer's, if it is known
     * @param reason what a call of this engine has thrown
     * @return the exception, whose cause is the reason
     */
    public SSLException explain(
            String operation, @Nullable Sockaddr local, @Nullable Sockaddr remote, SSLException reason) {
        return TlsErrors.of(operation, local, remote, host, reason);
    }

    /**
     * The failure that the peer has gone without {@link #END}.
     *
     * @param operation what was tried
     * @param local this side's address, if it is known
     * @param remote the peer's, if it is known
     * @return the exception
     */
    public static TlsTruncatedException truncated(
            String operation, @Nullable Sockaddr local, @Nullable Sockaddr remote) {
        return new TlsTruncatedException(TlsErrors.truncation(operation, local, remote));
    }
}
