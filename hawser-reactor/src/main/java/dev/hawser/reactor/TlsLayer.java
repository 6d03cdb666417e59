package dev.hawser.reactor;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.tls.TlsContext;
import dev.hawser.tls.TlsEngine;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS between a transport and a protocol: a protocol to the one, a transport to the other. What the protocol writes is kept in plaintext until the event has
 * ended, and encrypted then, in as few records as it takes; before the handshake is done it waits. What it still has to do about the end is decided by
 * {@link StreamState}, as for a connection.
 */
final class TlsLayer extends Protocol implements TlsTransport, LayeredTransport {

    /** So much plaintext is encrypted within the event: producers learn of it, and the memory is bounded. */
    private static final int MOST_PLAIN_BYTES = 64 * 1024;

    private final TlsEngine engine;
    private final ProtocolSlot inner;
    private final boolean inTheMiddle;
    private final StreamState state = new StreamState();
    private final TlsHandshake handshake;
    private final TlsPlace place = new TlsPlace(this::flush);
    private final TlsWriter writer;
    private final TlsFlow flow = new TlsFlow(this, place);
    private WriteLimits limits = WriteLimits.DEFAULT;

    /** What was decrypted, or kept encrypted, waits for a protocol that has paused. */
    private boolean readingHeld;

    /** The peer has said close_notify; the protocol knows it. */
    private boolean endReceived;

    private boolean endTold;

    /** The transport below has ended, and there is something held that came before. */
    private boolean endedBelow;

    /**
     * A layer.
     *
     * @param inTheMiddle the protocol has its connection already
     */
    TlsLayer(TlsEngine engine, Protocol protocol, HandshakeLimits handshakeLimits, boolean inTheMiddle) {
        this.engine = engine;
        this.inner = new ProtocolSlot(protocol, state::mayReceive);
        this.inTheMiddle = inTheMiddle;
        this.handshake = new TlsHandshake(this, handshakeLimits);
        this.writer = new TlsWriter(this, engine, place);
    }

    static TlsTransport start(Transport under, TlsContext context, @Nullable String serverHostName) {
        if (under.tls() != null) {
            throw new IllegalStateException("the connection speaks TLS already, " + under.tls()
                    + ": who wants a second layer has it of TlsFactory");
        }
        TlsEngine engine = TlsFactory.engine(context, serverHostName, under.getPeer());
        TlsLayer layer = new TlsLayer(engine, under.protocol(), HandshakeLimits.DEFAULT, true);
        under.setProtocol(layer);
        return layer;
    }

    // What the transport below tells.

    @Override
    public void connectionMade() {
        place.enter(transport());
        handshake.begin();
        try {
            if (inTheMiddle) {
                inner.get().replaceTransport(this);
                transport().resumeProducing();
            } else {
                inner.get().makeConnection(this);
            }
            if (state.ending() == null && !engine.isHandshaken()) {
                shake();
            }
        } catch (SSLException e) {
            fail("handshake", e);
        } finally {
            place.leave();
        }
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        if (state.ending() != null) {
            data.position(data.limit());
            return;
        }
        place.enter(transport());
        engine.lend(data);
        try {
            if (!engine.isHandshaken()) {
                handshake.received(data.remaining());
                shake();
            }
            if (engine.isHandshaken()) {
                decrypt();
            }
        } catch (SSLException e) {
            fail(engine.isHandshaken() ? "recv" : "handshake", e);
        } finally {
            engine.keep();
            place.leave();
        }
        if (engine.wantsToSpeak()) {
            place.flushLater();
        }
    }

    /** As far as it comes without the peer. */
    private void shake() throws SSLException {
        if (writer.shake()) {
            handshake.done();
            if (state.paused) {
                readingHeld = true;
                transport().pauseProducing();
            }
            if (inner.get() instanceof HandshakeListener listener && state.ending() == null) {
                listener.handshakeCompleted(this);
            }
            handshake.tell(null);
            place.flushLater();
        } else {
            handshake.requireModest();
        }
    }

    private void decrypt() throws SSLException {
        TlsMemory memory = place.memory();
        ByteBuffer plain = memory.take();
        try {
            boolean more = !endReceived;
            while (more && state.mayReceive()) {
                more = decryptInto(plain.clear());
                if (plain.flip().hasRemaining()) {
                    inner.dataReceived(plain);
                }
            }
            readingHeld |= state.paused;
        } finally {
            memory.giveBack(plain);
        }
        tellEnd();
    }

    /** As many records as there are, and have room for certain. What came before a broken one is told first. */
    private boolean decryptInto(ByteBuffer plain) throws SSLException {
        int room = engine.largestPlaintextBytes();
        do {
            int count;
            try {
                count = engine.read(plain);
            } catch (SSLException e) {
                if (plain.position() > 0) {
                    return true; // it is thrown again
                }
                throw e;
            }
            if (count < 0) {
                endReceived = count == TlsEngine.END;
                return false;
            }
        } while (plain.remaining() >= room);
        return true;
    }

    private void tellEnd() {
        if (endReceived && !endTold && state.mayReceive()) {
            endTold = true;
            state.readEnded = true;
            inner.get().readConnectionLost();
            place.flushLater();
        }
    }

    /** Without a close_notify the end may be an attacker's. */
    @Override
    public void readConnectionLost() {
        if (endReceived || state.ending() != null) {
            return;
        }
        if (!engine.isHandshaken()) {
            fail("handshake", new SSLException("the peer closed the connection during the handshake"));
        } else if (readingHeld) {
            endedBelow = true; // what is held may have the close_notify
        } else if (!state.closing) {
            lose(TlsEngine.truncated("recv", getHost(), getPeer()));
        }
    }

    @Override
    public void writeConnectionLost() {
        inner.get().writeConnectionLost();
    }

    @Override
    public void connectionLost(ConnectionLost reason) {
        state.end(reason);
        state.lost = true;
        ConnectionLost told = Objects.requireNonNull(state.ending());
        handshake.end();
        writer.clear();
        flow.stop();
        writer.files().fail(told);
        handshake.tell(told);
        inner.get().connectionLost(told);
    }

    // The end of each event.

    private void flush() {
        if (state.ending() != null) {
            return;
        }
        try {
            deliverHeld();
            if (engine.isHandshaken()) {
                encrypt();
                goOn();
            } else if (state.closing && writer.isEmpty() && !flow.isProducing()) {
                transport().loseConnection();
            }
        } catch (SSLException e) {
            writingFailed(e);
        } catch (RuntimeException | Error e) {
            state.end(new ConnectionLost(Reason.LOST, "a method of its protocol has thrown " + e, e));
            transport().abortConnection();
            place.report(this, e);
        }
    }

    /** What a protocol that had paused has not seen comes before what is still below. */
    private void deliverHeld() throws SSLException {
        if (!readingHeld || state.paused || state.ending() != null || !engine.isHandshaken()) {
            return;
        }
        inner.tellRest();
        readingHeld = false;
        decrypt();
        tellEnd();
        if (!readingHeld && endedBelow) {
            readConnectionLost();
        } else if (!readingHeld) {
            transport().resumeProducing();
        }
    }

    private void encrypt() throws SSLException {
        if (!writer.isEmpty() || engine.wantsToSpeak()) {
            writer.encrypt();
        }
        flow.attach(limits);
    }

    /** What comes when all that was written is below: a file, the end. */
    private void goOn() throws SSLException {
        if (flow.isProducing() || writer.files().goOn()) {
            return;
        }
        if (state.closing) {
            writer.sayGoodbye();
            transport().loseConnection();
        } else if (state.wantsToShutDown()) {
            state.writeEnded = true;
            writer.sayGoodbye();
            if (endTold) {
                transport().loseConnection();
            } else {
                transport().loseWriteConnection();
            }
        } else if (endTold && state.writeEnded) {
            transport().loseConnection();
        }
    }

    /** Up to TLS 1.2 the peer's end ends both directions. */
    private void writingFailed(SSLException reason) {
        if (endReceived) {
            writer.clear();
            flow.detach();
            state.writeEnded = true;
            state.closing = true;
            transport().loseConnection();
        } else {
            fail("send", reason);
        }
    }

    // The end.

    /** TLS cannot go on: the peer is told why by an alert. */
    void fail(String operation, SSLException reason) {
        if (state.ending() == null) {
            SSLException told = engine.explain(operation, getHost(), getPeer(), reason);
            writer.alert();
            lose(told);
        }
    }

    private void lose(Exception why) {
        endWith(new ConnectionLost(Reason.LOST, String.valueOf(why.getMessage()), why));
        transport().loseConnection();
    }

    private void endWith(ConnectionLost reason) {
        state.end(reason);
        handshake.end();
        writer.clear();
        flow.detach();
    }

    /** The handshake has taken too long. */
    void timedOut(String message) {
        endWith(new ConnectionLost(Reason.TIMED_OUT, message, null));
        transport().abortConnection();
    }

    TlsEngine engine() {
        return engine;
    }

    boolean isEnding() {
        return state.ending() != null;
    }

    // What the protocol asks for.

    @Override
    public void write(ByteBuffer data) {
        if (takes(data.remaining())) {
            writer.queue().add(data);
            written();
        } else {
            data.position(data.limit());
        }
    }

    @Override
    public void write(byte[] data, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, data.length);
        if (takes(length)) {
            writer.queue().add(data, offset, length);
            written();
        }
    }

    @Override
    public void write(MemorySegment data) {
        if (takes(data.byteSize())) {
            writer.queue().add(data);
            written();
        }
    }

    private boolean takes(long bytes) {
        place.requireThread(transport());
        if (bytes == 0 || !state.mayWrite(flow.isProducing())) {
            return false;
        }
        if (!state.hasRoom(bytes, bufferedBytes(), limits)) {
            endWith(Objects.requireNonNull(state.ending()));
            transport().abortConnection();
            return false;
        }
        return true;
    }

    private void written() {
        if (!engine.isHandshaken()) {
            if (writer.size() > limits.highWaterBytes()) {
                flow.hold();
            }
            return;
        }
        if (writer.size() >= MOST_PLAIN_BYTES && writer.files().isEmpty()) {
            try {
                writer.encrypt();
            } catch (SSLException e) {
                writingFailed(e);
            }
        }
        place.flushLater();
    }

    @Override
    public Deferred<Long> sendFile(FileChannel file, long offset, long count) {
        place.requireThread(transport());
        Objects.requireNonNull(file);
        if (offset < 0 || count < 0) {
            throw new IllegalArgumentException("offset and count are not negative: " + offset + ", " + count);
        }
        if (flow.isProducing()) {
            throw new IllegalStateException("a file is sent by a producer of its own: unregister " + flow);
        }
        if (!state.mayWrite(false)) {
            ConnectionLost lost = state.ending();
            return Deferred.fail(
                    lost != null
                            ? lost
                            : new ConnectionLost(Reason.DONE, "the connection was closed by this side", null));
        }
        place.flushLater();
        return writer.files().add(file, offset, count);
    }

    @Override
    public void registerProducer(Producer registered) {
        place.requireThread(transport());
        Objects.requireNonNull(registered);
        if (flow.isProducing() || !writer.files().isEmpty()) {
            throw new IllegalStateException(
                    "there is a producer already, " + (flow.isProducing() ? flow : "a file") + ": unregister it first");
        }
        if (!state.mayWrite(false)) {
            registered.stopProducing();
            return;
        }
        flow.register(registered);
        if (engine.isHandshaken()) {
            place.flushLater();
        }
    }

    @Override
    public void unregisterProducer() {
        place.requireThread(transport());
        flow.unregister(inTheMiddle && writer.files().isEmpty());
        place.flushLater();
    }

    @Override
    public void loseConnection() {
        place.requireThread(transport());
        if (state.ending() == null) {
            state.closing = true;
            place.flushLater();
        }
    }

    @Override
    public void loseWriteConnection() {
        place.requireThread(transport());
        state.writeEnding = true;
        place.flushLater();
    }

    @Override
    public void abortConnection() {
        place.requireThread(transport());
        if (state.ending() == null) {
            endWith(new ConnectionLost(Reason.ABORTED, "abortConnection() was called", null));
        }
        transport().abortConnection();
    }

    @Override
    public void pauseProducing() {
        place.requireThread(transport());
        state.paused = true;
        if (engine.isHandshaken()) {
            readingHeld = true;
            transport().pauseProducing();
        }
    }

    @Override
    public void resumeProducing() {
        place.requireThread(transport());
        state.paused = false;
        place.flushLater();
    }

    @Override
    public boolean isConnected() {
        return state.ending() == null && !state.closing && transport().isConnected();
    }

    @Override
    public void setWriteLimits(WriteLimits limits) {
        this.limits = limits;
        transport().setWriteLimits(TlsWriter.limitsBelow(limits));
    }

    @Override
    public long bufferedBytes() {
        return writer.size() + transport().bufferedBytes();
    }

    /** What the event writes after this is encrypted at once: when it has ended, all of this belongs to another thread. */
    @Override
    public void moveTo(Reactor other) {
        place.requireThread(transport());
        transport().moveTo(other);
        if (!other.equals(reactor())) {
            place.willMove();
        }
    }

    @Override
    public Protocol protocol() {
        return inner.get();
    }

    @Override
    public void setProtocol(Protocol next) {
        if (state.lost) {
            throw new IllegalStateException("the connection has ended: it takes no other protocol");
        }
        readingHeld = true; // there may be something that the one before has left
        inner.set(next, this);
        place.flushLater();
    }

    // What is known of TLS.

    @Override
    public TlsTransport tls() {
        return this;
    }

    @Override
    public Deferred<TlsTransport> whenHandshakeDone() {
        return handshake.whenDone();
    }

    @Override
    public void setHandshakeLimits(Duration timeout, long bytes) {
        handshake.setLimits(new HandshakeLimits(timeout, bytes));
    }

    @Override
    public List<X509Certificate> peerCertificates() {
        return engine.peerCertificates();
    }

    @Override
    public @Nullable String applicationProtocol() {
        return engine.isHandshaken() ? engine.applicationProtocol() : null;
    }

    @Override
    public @Nullable String version() {
        return engine.version();
    }

    @Override
    public @Nullable String cipher() {
        return engine.cipher();
    }

    @Override
    public @Nullable String serverName() {
        return engine.serverName();
    }

    @Override
    public boolean isSessionReused() {
        return engine.isSessionReused();
    }

    @Override
    public String toString() {
        return inner.get().getClass().getSimpleName() + " on "
                + (engine.isHandshaken() ? version() + " " + cipher() : "TLS before its handshake") + " with "
                + getPeer();
    }
}
