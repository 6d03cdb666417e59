package dev.hawser.reactor.testing;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.Producer;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.ProtocolSlot;
import dev.hawser.reactor.PullProducer;
import dev.hawser.reactor.PushProducer;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.TlsTransport;
import dev.hawser.reactor.Transport;
import dev.hawser.reactor.WriteLimits;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.PeerCredentials;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SocketOption;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection without a kernel: the rules of a real one, in the same order. What a protocol does is kept, and what follows from it is told to the
 * protocol in the next {@link #turn} only, as a loop would.
 */
abstract sealed class MemoryTransport implements Transport permits StringTransport, PairedTransport {

    /** Where the loop's buffer begins to hold what was received: not at 0, so that a protocol that thinks so is found out. */
    private static final int BUFFER_OFFSET = 3;

    private final Bytes output = new Bytes();
    private final Map<SocketOption<?>, Object> options = new HashMap<>();
    private final Sockaddr host;
    private final @Nullable Sockaddr peer;
    private @Nullable Reactor reactor;
    private @Nullable ProtocolSlot protocol;
    private @Nullable Producer producer;
    private @Nullable Throwable failure;
    private Consumer<ConnectionLost> endListener = reason -> {};
    private WriteLimits limits = WriteLimits.DEFAULT;

    private boolean readingPaused;
    private boolean choked;
    private boolean closing;
    private boolean closingOutput;
    private boolean outputClosed;
    private boolean inputEnded;
    private boolean lost;
    private boolean reset;

    /** What ends the connection in the next turn. */
    private @Nullable ConnectionLost ending;

    MemoryTransport(Sockaddr host, @Nullable Sockaddr peer) {
        this.host = host;
        this.peer = peer;
    }

    /** Is told that there is output, which the peer may take. */
    abstract void wrote();

    final Bytes output() {
        return output;
    }

    final void attach(Protocol attached) {
        if (protocol != null) {
            throw new IllegalStateException("the connection has its protocol");
        }
        ProtocolSlot slot = new ProtocolSlot(attached, () -> !readingPaused && !lost && !closing);
        protocol = slot;
        guard(() -> slot.set(attached, this));
    }

    final void setEndListener(Consumer<ConnectionLost> listener) {
        endListener = listener;
    }

    final void setReactor(@Nullable Reactor reactor) {
        this.reactor = reactor;
    }

    // ---- what the peer and the loop do

    @Override
    public final Protocol protocol() {
        return slot().get();
    }

    @Override
    public final void setProtocol(Protocol next) {
        ProtocolSlot slot = slot();
        if (lost) {
            throw new IllegalStateException("the connection has ended: it takes no other protocol");
        }
        guard(() -> slot.set(next, this));
    }

    @Override
    public final @Nullable TlsTransport tls() {
        return protocol != null && protocol.get() instanceof TlsTransport layer ? layer : null;
    }

    private ProtocolSlot slot() {
        ProtocolSlot slot = protocol;
        if (slot == null) {
            throw new IllegalStateException("there is no protocol to tell: connect() one");
        }
        return slot;
    }

    /** Tells the protocol of bytes, in a buffer that is used again. */
    final void received(byte[] data) {
        ProtocolSlot slot = slot();
        if (data.length == 0 || lost || closing) {
            return;
        }
        byte[] loopBuffer = new byte[data.length + 2 * BUFFER_OFFSET];
        System.arraycopy(data, 0, loopBuffer, BUFFER_OFFSET, data.length);
        guard(() -> slot.dataReceived(ByteBuffer.wrap(loopBuffer, BUFFER_OFFSET, data.length)));
        Arrays.fill(loopBuffer, (byte) 0xee);
    }

    /** Tells the protocol that the peer sends no more: whether that is news. */
    final boolean endReceived() {
        if (lost || closing || inputEnded) {
            return false;
        }
        inputEnded = true;
        tell(Protocol::readConnectionLost);
        return true;
    }

    /** The connection breaks: the protocol is told now. */
    final void broken(ConnectionLost reason) {
        if (!lost) {
            finish(reason);
        }
    }

    /** So many bytes left {@link #output}. */
    final void taken() {
        if (output.size() <= limits.lowWaterBytes() && choked) {
            choked = false;
            if (producer instanceof PushProducer push) {
                guard(push::resumeProducing);
            }
        }
    }

    /** What a turn of the loop does for a connection: whether it did anything. */
    final boolean turn() {
        if (lost) {
            return false;
        }
        if (ending != null) {
            finish(ending);
            return true;
        }
        if (protocol != null && protocol.hasRest()) {
            guard(protocol::tellRest);
            return true;
        }
        boolean asked = askPullProducer();
        if (closing && isDrained()) {
            outputClosed = true;
            finish(new ConnectionLost(Reason.DONE, "closed by this side", null));
            return true;
        }
        if (closingOutput && !outputClosed && isDrained()) {
            outputClosed = true;
            tell(Protocol::writeConnectionLost);
            return true;
        }
        return asked;
    }

    private boolean askPullProducer() {
        if (producer instanceof PullProducer pull && output.size() <= limits.lowWaterBytes()) {
            guard(pull::resumeProducing);
            return true;
        }
        return false;
    }

    private boolean isDrained() {
        return producer == null && output.size() == 0;
    }

    private void finish(ConnectionLost reason) {
        lost = true;
        closing = true;
        reset = reason.reason() != Reason.DONE;
        if (reset) {
            output.clear();
        }
        Producer left = producer;
        producer = null;
        if (left != null) {
            guard(left::stopProducing);
        }
        tell(connected -> connected.connectionLost(reason));
        endListener.accept(reason);
    }

    private void tell(Consumer<Protocol> call) {
        ProtocolSlot slot = protocol;
        if (slot != null) {
            guard(() -> call.accept(slot.get()));
        }
    }

    /** What the protocol or its producer throws loses the connection, in the next turn. */
    private void guard(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            failure = e;
            if (!lost) {
                closing = true;
                ending = new ConnectionLost(Reason.LOST, "a method of its protocol has thrown " + e, e);
            }
        }
    }

    final boolean isReading() {
        return !readingPaused && !lost && !closing && !(choked && producer == null);
    }

    final boolean isLost() {
        return lost;
    }

    /** Whether the peer is to be told that the connection is broken. */
    final boolean isReset() {
        return reset;
    }

    /** Whether the peer is to be told of the end: all that was written has been taken. */
    final boolean hasSentEnd() {
        return outputClosed && output.size() == 0;
    }

    /**
     * What a method of the protocol has thrown: the connection is lost by it.
     *
     * @return the exception, or null
     */
    public final @Nullable Throwable failure() {
        return failure;
    }

    /**
     * Whether {@link #loseConnection} or {@link #abortConnection} was called, or the connection was lost.
     *
     * @return true from the call on
     */
    public final boolean isDisconnecting() {
        return closing;
    }

    /**
     * Whether {@link #loseWriteConnection} was called.
     *
     * @return true from the call on
     */
    public final boolean isWriteDisconnecting() {
        return closingOutput;
    }

    /**
     * Whether the protocol wants to be told of what comes.
     *
     * @return false between {@link #pauseProducing} and {@link #resumeProducing}
     */
    public final boolean isPaused() {
        return readingPaused;
    }

    /**
     * What was registered to make the output.
     *
     * @return the producer, or null
     */
    public final @Nullable Producer producer() {
        return producer;
    }

    // ---- Transport

    private boolean takesOutput() {
        boolean ended = (closing || closingOutput) && producer == null;
        return !lost && ending == null && !outputClosed && !ended;
    }

    @Override
    public void write(byte[] data, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, data.length);
        if (takesOutput() && length > 0) {
            output.add(data, offset, length);
            wrote();
            checkMarks();
        }
    }

    private void checkMarks() {
        if (output.size() > limits.maxBytes()) {
            end(Reason.LOST, "more than " + limits.maxBytes() + " bytes were written that the peer does not take");
        } else if (output.size() > limits.highWaterBytes() && !choked) {
            choked = true;
            if (producer instanceof PushProducer push) {
                guard(push::pauseProducing);
            }
        }
    }

    private void end(Reason reason, String message) {
        if (!lost && ending == null) {
            closing = true;
            ending = new ConnectionLost(reason, message, null);
        }
    }

    @Override
    public void write(byte[] data) {
        write(data, 0, data.length);
    }

    @Override
    public void write(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        write(bytes);
    }

    @Override
    public void write(MemorySegment data) {
        write(data.toArray(ValueLayout.JAVA_BYTE));
    }

    @Override
    public void writeSequence(List<ByteBuffer> data) {
        data.forEach(this::write);
    }

    @Override
    public Deferred<Long> sendFile(FileChannel file, long offset, long count) {
        if (!takesOutput()) {
            return Deferred.fail(new ConnectionLost(Reason.DONE, "the connection is closed", null));
        }
        try {
            return Deferred.succeed(copy(file, offset, count));
        } catch (IOException e) {
            return Deferred.fail(e);
        }
    }

    private long copy(FileChannel file, long offset, long count) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(8192);
        long copied = 0;
        while (copied < count) {
            piece.clear().limit((int) Math.min(piece.capacity(), count - copied));
            int n = file.read(piece, offset + copied);
            if (n < 0) {
                break;
            }
            copied += n;
            write(piece.flip());
        }
        return copied;
    }

    @Override
    public void loseConnection() {
        closing = true;
    }

    @Override
    public void loseWriteConnection() {
        closingOutput = true;
    }

    @Override
    public void abortConnection() {
        end(Reason.ABORTED, "aborted by this side");
    }

    @Override
    public boolean isConnected() {
        return !lost && !closing;
    }

    @Override
    public @Nullable Sockaddr getPeer() {
        return peer;
    }

    @Override
    public Sockaddr getHost() {
        return host;
    }

    @Override
    public PeerCredentials getPeerCredentials() throws IOException {
        throw new SocketException("a connection in memory has no process at the other end");
    }

    @Override
    public <T> void setSockOpt(SocketOption<T> option, T value) {
        options.put(option, option.type().cast(value));
    }

    /**
     * What {@link #setSockOpt} was given.
     *
     * @throws SocketException where it was given nothing for this option
     */
    @Override
    public <T> T getSockOpt(SocketOption<T> option) throws IOException {
        T value = option.type().cast(options.get(option));
        if (value == null) {
            throw new SocketException("a connection in memory has no " + option.name() + " that was not set");
        }
        return value;
    }

    @Override
    public void setWriteLimits(WriteLimits limits) {
        this.limits = limits;
        checkMarks();
        taken();
    }

    @Override
    public long bufferedBytes() {
        return output.size();
    }

    @Override
    public Reactor reactor() {
        Reactor given = reactor;
        if (given == null) {
            throw new IllegalStateException("this connection was made without a reactor: give it a MemoryReactor");
        }
        return given;
    }

    @Override
    public void moveTo(Reactor other) {
        reactor = other;
    }

    @Override
    public void registerProducer(Producer made) {
        if (producer != null) {
            throw new IllegalStateException("there is a producer already: " + producer);
        }
        if (lost) {
            made.stopProducing();
            return;
        }
        producer = made;
        if (choked && made instanceof PushProducer push) {
            push.pauseProducing();
        }
    }

    @Override
    public void unregisterProducer() {
        producer = null;
    }

    @Override
    public void pauseProducing() {
        readingPaused = true;
    }

    @Override
    public void resumeProducing() {
        readingPaused = false;
    }

    @Override
    public void stopProducing() {
        loseConnection();
    }
}
