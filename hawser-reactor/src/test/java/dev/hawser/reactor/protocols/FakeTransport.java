package dev.hawser.reactor.protocols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Producer;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.Transport;
import dev.hawser.reactor.WriteLimits;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.testing.Clock;
import dev.hawser.socket.PeerCredentials;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SocketOption;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection that goes nowhere: it keeps what is written, and what else is done to it. */
final class FakeTransport implements Transport {

    final ByteArrayOutputStream written = new ByteArrayOutputStream();
    Sockaddr peer = SockaddrIn.of("127.0.0.1", 54321);

    @Nullable
    Producer producer;

    @Nullable
    Protocol protocol;

    boolean paused;
    boolean closing;
    boolean aborted;
    boolean writeClosed;
    boolean lost;
    long buffered;

    static FakeTransport connect(Protocol protocol) {
        FakeTransport transport = new FakeTransport();
        transport.protocol = protocol;
        protocol.makeConnection(transport);
        return transport;
    }

    /** Hands it over in parts. */
    static void feed(Protocol protocol, String data, int partLength) {
        byte[] bytes = data.getBytes(ISO_8859_1);
        for (int at = 0; at < bytes.length; at += partLength) {
            protocol.dataReceived(ByteBuffer.wrap(bytes, at, Math.min(partLength, bytes.length - at)));
        }
    }

    static void feed(Protocol protocol, String data) {
        feed(protocol, data, Integer.MAX_VALUE / 2);
    }

    /** How long until the calls that wait. */
    static List<Duration> waits(Clock clock) {
        return clock.delayedCalls().stream()
                .map(call -> Duration.ofNanos(call.timeNanos() - clock.nanoTime()))
                .toList();
    }

    static ConnectionLost done() {
        return new ConnectionLost(ConnectionLost.Reason.DONE, "done", null);
    }

    String takeWritten() {
        String text = written.toString(ISO_8859_1);
        written.reset();
        return text;
    }

    @Override
    public void write(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        write(bytes);
    }

    @Override
    public Protocol protocol() {
        return Objects.requireNonNull(protocol);
    }

    @Override
    public void setProtocol(Protocol next) {
        protocol = next;
        next.makeConnection(this);
    }

    @Override
    public void write(byte[] data) {
        write(data, 0, data.length);
    }

    @Override
    public void write(byte[] data, int offset, int length) {
        if (isConnected()) {
            written.write(data, offset, length);
        }
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
        return Deferred.succeed(count);
    }

    @Override
    public void loseConnection() {
        closing = true;
    }

    @Override
    public void loseWriteConnection() {
        writeClosed = true;
    }

    @Override
    public void abortConnection() {
        closing = true;
        aborted = true;
    }

    @Override
    public boolean isConnected() {
        return !closing && !lost;
    }

    @Override
    public Sockaddr getPeer() {
        return peer;
    }

    @Override
    public Sockaddr getHost() {
        return SockaddrIn.of("127.0.0.1", 7);
    }

    @Override
    public PeerCredentials getPeerCredentials() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> void setSockOpt(SocketOption<T> option, T value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T getSockOpt(SocketOption<T> option) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setWriteLimits(WriteLimits limits) {}

    @Override
    public long bufferedBytes() {
        return buffered;
    }

    @Override
    public Reactor reactor() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void moveTo(Reactor other) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void registerProducer(Producer producer) {
        if (this.producer != null) {
            throw new IllegalStateException("there is a producer already");
        }
        this.producer = producer;
    }

    @Override
    public void unregisterProducer() {
        producer = null;
    }

    @Override
    public void pauseProducing() {
        paused = true;
    }

    @Override
    public void resumeProducing() {
        paused = false;
    }

    @Override
    public void stopProducing() {
        loseConnection();
    }
}
