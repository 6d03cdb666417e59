package dev.hawser.reactor.protocols;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.FileDescriptorReceiver;
import dev.hawser.reactor.LayeredTransport;
import dev.hawser.reactor.Producer;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.ProtocolSlot;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.TlsTransport;
import dev.hawser.reactor.WriteLimits;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.PassedDescriptors;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a connection and its protocol: to the connection it is the protocol, to the protocol the connection. An observer is told of what passes, and a
 * policy may hold up reading and writing. Wrappers may be wrapped.
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits.
 *
 * <h2>Errors</h2>
 * What the observer throws loses the connection, as what the protocol throws.
 *
 * <p>Source: {@code twisted.protocols.policies.ProtocolWrapper}.
 */
public class ProtocolWrapper extends Protocol
        implements LayeredTransport, FileDescriptorReceiver, TlsTransport.HandshakeListener {

    private static final int BY_PROTOCOL = 1;
    private static final int BY_READ_LIMIT = 2;
    private static final int BY_WRITE_LIMIT = 4;

    private final ProtocolSlot wrapped;
    private final ConnectionObserver observer;

    @SuppressWarnings("this-escape") // kept, and not called before there is a connection
    private final Gate reading =
            new Gate(() -> transport().pauseProducing(), () -> transport().resumeProducing());

    private @Nullable HeldProducer producer;
    private boolean pausedByProtocol;
    private boolean writingHeld;
    private @Nullable String timeoutMessage;

    /**
     * Around a protocol.
     *
     * @param wrapped the protocol
     * @param observer is told what passes
     */
    @SuppressWarnings("this-escape") // kept, and not called before there is a connection
    public ProtocolWrapper(Protocol wrapped, ConnectionObserver observer) {
        this.wrapped = new ProtocolSlot(wrapped, () -> !pausedByProtocol && isConnected());
        this.observer = observer;
    }

    /**
     * The protocol inside: the same as {@link #protocol}.
     *
     * @return the protocol
     */
    public final Protocol wrapped() {
        return wrapped.get();
    }

    /**
     * Who is told what passes.
     *
     * @return the observer
     */
    public final ConnectionObserver observer() {
        return observer;
    }

    /**
     * Holds up reading, or lets it go on, whatever the protocol wants.
     *
     * @param held whether nothing is to be read
     */
    public final void holdReading(boolean held) {
        reading.set(BY_READ_LIMIT, held);
    }

    /**
     * Holds up writing, or lets it go on: the producer that is registered is paused, and where there is none, nothing is read that could be answered. What is
     * written all the same is written.
     *
     * @param held whether nothing is to be produced
     */
    public final void holdWriting(boolean held) {
        writingHeld = held;
        reading.set(BY_WRITE_LIMIT, held && producer == null);
        if (producer != null) {
            producer.setHeld(held);
        }
    }

    /** The end that comes now is one of a limit in time. */
    final void timedOut(String message) {
        timeoutMessage = message;
    }

    // What the connection tells the protocol.

    @Override
    public void connectionMade() {
        observer.connectionMade(this);
        wrapped.get().makeConnection(this);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        observer.dataReceived(this, data);
        wrapped.dataReceived(data);
    }

    /** Tells the protocol, if it wants to know. */
    @Override
    public void handshakeCompleted(TlsTransport tls) {
        if (wrapped.get() instanceof TlsTransport.HandshakeListener listener) {
            listener.handshakeCompleted(tls);
        }
    }

    @Override
    public boolean takesFileDescriptors() {
        return wrapped() instanceof FileDescriptorReceiver receiver && receiver.takesFileDescriptors();
    }

    @Override
    public void fileDescriptorsReceived(PassedDescriptors descriptors) {
        if (wrapped() instanceof FileDescriptorReceiver receiver) {
            receiver.fileDescriptorsReceived(descriptors);
        }
    }

    @Override
    public void fileDescriptorsLost() {
        if (wrapped() instanceof FileDescriptorReceiver receiver) {
            receiver.fileDescriptorsLost();
        }
    }

    @Override
    public void readConnectionLost() {
        wrapped.get().readConnectionLost();
    }

    @Override
    public void writeConnectionLost() {
        wrapped.get().writeConnectionLost();
    }

    @Override
    public void connectionLost(ConnectionLost reason) {
        ConnectionLost told = timeoutMessage == null
                ? reason
                : new ConnectionLost(ConnectionLost.Reason.TIMED_OUT, timeoutMessage, reason);
        try {
            observer.connectionLost(this, told);
        } finally {
            tellOfTheEnd(told);
        }
    }

    private void tellOfTheEnd(ConnectionLost reason) {
        try {
            wrapped.get().connectionLost(reason);
        } finally {
            observer.connectionEnded(this, reason);
        }
    }

    // What the protocol tells the connection.

    @Override
    public final Protocol protocol() {
        return wrapped.get();
    }

    @Override
    public final void setProtocol(Protocol next) {
        wrapped.set(next, this);
    }

    /** Also where TLS is below this wrapper. */
    @Override
    public final @Nullable TlsTransport tls() {
        return wrapped.get() instanceof TlsTransport layer ? layer : transport().tls();
    }

    @Override
    public void write(ByteBuffer data) {
        observer.dataWritten(this, data);
        transport().write(data);
    }

    @Override
    public final void write(byte[] data) {
        write(ByteBuffer.wrap(data));
    }

    @Override
    public final void write(byte[] data, int offset, int length) {
        write(ByteBuffer.wrap(data, offset, length));
    }

    @Override
    public final void write(MemorySegment data) {
        write(data.asByteBuffer());
    }

    @Override
    public final void writeSequence(List<ByteBuffer> data) {
        data.forEach(this::write);
    }

    @Override
    public Deferred<Long> sendFile(FileChannel file, long offset, long count) {
        observer.fileWritten(this, count);
        return transport().sendFile(file, offset, count);
    }

    @Override
    public void sendFileDescriptor(HasFileno file) throws IOException {
        transport().sendFileDescriptor(file);
    }

    @Override
    public void registerProducer(Producer producer) {
        HeldProducer held = HeldProducer.of(producer);
        transport().registerProducer(held.asProducer());
        this.producer = held;
        holdWriting(writingHeld);
    }

    @Override
    public void unregisterProducer() {
        transport().unregisterProducer();
        producer = null;
        holdWriting(writingHeld);
    }

    @Override
    public void pauseProducing() {
        pausedByProtocol = true;
        reading.hold(BY_PROTOCOL);
    }

    /** What another protocol has left to this one comes before what the transport will read. */
    @Override
    public void resumeProducing() {
        pausedByProtocol = false;
        wrapped.tellRest();
        if (!pausedByProtocol) {
            reading.release(BY_PROTOCOL);
        }
    }

    @Override
    public void stopProducing() {
        transport().stopProducing();
    }

    @Override
    public void loseConnection() {
        observer.losingConnection(this);
        transport().loseConnection();
    }

    @Override
    public void loseWriteConnection() {
        transport().loseWriteConnection();
    }

    @Override
    public void abortConnection() {
        transport().abortConnection();
    }

    @Override
    public boolean isConnected() {
        return transport().isConnected();
    }

    @Override
    public @Nullable Sockaddr getPeer() {
        return observer.peer(this);
    }

    @Override
    public Sockaddr getHost() {
        return observer.host(this);
    }

    @Override
    public void setWriteLimits(WriteLimits limits) {
        transport().setWriteLimits(limits);
    }

    @Override
    public long bufferedBytes() {
        return transport().bufferedBytes();
    }

    @Override
    public void moveTo(Reactor other) {
        transport().moveTo(other);
    }
}
