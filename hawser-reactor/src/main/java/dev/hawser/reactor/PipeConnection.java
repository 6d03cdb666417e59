package dev.hawser.reactor;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Errno;
import dev.hawser.socket.ErrorDetails;
import dev.hawser.socket.PeerCredentials;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.SocketFailedException;
import dev.hawser.socket.SocketOption;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection of two descriptors, one that is read and one that is written: standard input and output. It ends as one of a socket does. */
final class PipeConnection implements Transport, WriteFlow.Owner, Closeable {

    /** Opens one of the two. */
    @FunctionalInterface
    interface Opener {
        PipeEnd open() throws IOException;
    }

    private final LoopReactor reactor;
    private final ProtocolCalls protocol;
    private final PipeReader reader;
    private final PipeWriter writer;
    private final Runnable atEnd;
    private final WriteFlow flow = new WriteFlow(this);
    private final StreamState state = new StreamState();
    private final Runnable flush = this::flush;
    private WriteLimits limits = WriteLimits.DEFAULT;

    private PipeConnection(LoopReactor reactor, Protocol protocol, PipeEnd input, PipeEnd output, Runnable atEnd)
            throws IOException {
        this.reactor = reactor;
        this.protocol = new ProtocolCalls(protocol, this, state);
        this.atEnd = atEnd;
        this.reader = new PipeReader(reactor, input, new InputSink());
        this.writer = new PipeWriter(reactor, output, false, new OutputSink());
    }

    /**
     * Opens both, and tells the protocol.
     *
     * @param atEnd called when it has ended, after the protocol was told
     */
    static PipeConnection open(LoopReactor reactor, Protocol protocol, Opener input, Opener output, Runnable atEnd)
            throws IOException {
        PipeEnd in = input.open();
        PipeEnd out = null;
        PipeConnection made;
        try {
            out = output.open();
            made = new PipeConnection(reactor, protocol, in, out, atEnd);
            made.reader.setReading(true);
            made.state.receiving = true;
            made.writer.start();
            reactor.own(made);
        } catch (IOException | RuntimeException | Error e) {
            in.close();
            if (out != null) {
                out.close();
            }
            throw e;
        }
        made.protocol.set(protocol, made);
        return made;
    }

    private final class InputSink implements PipeReader.Sink {

        @Override
        public void received(ByteBuffer data) {
            if (state.mayReceive()) {
                protocol.dataReceived(data);
            }
        }

        @Override
        public void ended(@Nullable IOException error) {
            if (error != null) {
                lose("standard input is broken: " + error.getMessage(), error);
                return;
            }
            state.readEnded = true;
            flushLater();
            if (state.ending() == null && !state.closing) {
                protocol.readConnectionLost();
            }
        }
    }

    private final class OutputSink implements PipeWriter.Sink {

        @Override
        public void flushed() {
            flushLater();
        }

        @Override
        public void broken(IOException error) {
            PipeConnection.this.broken(error);
        }
    }

    /** A full disk is not a reader that has gone. */
    private void broken(IOException error) {
        lose("standard output is broken: " + error.getMessage(), error);
    }

    private void lose(String message, @Nullable Throwable cause) {
        state.end(new ConnectionLost(Reason.LOST, message, cause));
        flushLater();
    }

    @Override
    public void failed(String what, Throwable thrown) {
        reactor.report(protocol.name() + "." + what + " has thrown; its connection is lost", thrown);
        lose(what + " has thrown " + thrown, thrown);
    }

    // The end of each event.

    @Override
    public void flushLater() {
        if (!state.dirty && !state.lost) {
            state.dirty = true;
            reactor.afterEvent(flush);
        }
    }

    private void flush() {
        state.dirty = false;
        if (state.ending() == null) {
            try {
                writer.flush();
                protocol.tellRest();
                advance();
                reader.setReading(state.wantsToReceive());
            } catch (IOException e) {
                broken(e);
            }
        }
        ConnectionLost reason = state.ending();
        if (reason != null) {
            finish(reason);
        }
    }

    private void advance() {
        if (bufferedBytes() <= limits.lowWaterBytes()) {
            flow.roomAgain(isFlushed());
        }
        state.holdBack(bufferedBytes(), limits, flow.isProducing());
        if (!isFlushed() || flow.isProducing()) {
            return;
        }
        if (state.wantsToShutDown()) {
            state.writeEnded = true;
            writer.close();
            if (!state.closing) {
                protocol.writeConnectionLost();
            }
        }
        state.endIfDone();
    }

    private void finish(ConnectionLost reason) {
        if (state.lost) {
            return;
        }
        state.lost = true;
        reader.close();
        writer.close();
        reactor.disown(this);
        flow.stop(reactor);
        protocol.connectionLost(reason, reactor);
        atEnd.run();
    }

    /** The reactor is closed. */
    @Override
    public void close() {
        ConnectionLost aborted = new ConnectionLost(Reason.ABORTED, "the reactor was closed", null);
        state.end(aborted);
        ConnectionLost first = state.ending();
        finish(first == null ? aborted : first);
    }

    @Override
    public Protocol protocol() {
        return protocol.get();
    }

    @Override
    public void setProtocol(Protocol next) {
        reactor.requireThread();
        protocol.replace(next, this);
    }

    @Override
    public @Nullable TlsTransport tls() {
        return protocol.get() instanceof TlsTransport layer ? layer : null;
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
    public void write(byte[] data) {
        write(data, 0, data.length);
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

    @Override
    public void writeSequence(List<ByteBuffer> data) {
        data.forEach(this::write);
    }

    private boolean takes(long bytes) {
        reactor.requireThread();
        if (bytes == 0 || !state.mayWrite(flow.isProducing())) {
            return false;
        }
        if (bufferedBytes() + bytes > limits.maxBytes()) {
            lose(
                    "nobody reads the standard output: " + (bufferedBytes() + bytes)
                            + " bytes would wait, and the limit is " + limits.maxBytes() + " (setWriteLimits)",
                    null);
            return false;
        }
        return true;
    }

    private void written() {
        flushLater();
        flow.written(bufferedBytes(), limits);
    }

    /** As what was written: a pipe has nothing better for it. */
    @Override
    public Deferred<Long> sendFile(FileChannel file, long offset, long count) {
        reactor.requireThread();
        FileCopy copy = new FileCopy(this, file, offset, count);
        registerProducer(copy);
        return copy.sent();
    }

    @Override
    public void registerProducer(Producer producer) {
        reactor.requireThread();
        if (flow.isProducing()) {
            throw new IllegalStateException("there is a producer already, " + flow + ": unregister it first");
        }
        if (!state.mayWrite(false)) {
            producer.stopProducing();
            return;
        }
        flow.register(producer, bufferedBytes(), limits);
        flushLater();
    }

    @Override
    public void unregisterProducer() {
        reactor.requireThread();
        flow.unregister();
        flushLater();
    }

    @Override
    public boolean isFlushed() {
        return writer.queue().isEmpty();
    }

    @Override
    public LoopReactor loop() {
        return reactor;
    }

    @Override
    public void loseConnection() {
        reactor.requireThread();
        state.closing = true;
        flushLater();
    }

    @Override
    public void loseWriteConnection() {
        reactor.requireThread();
        state.writeEnding = true;
        flushLater();
    }

    @Override
    public void abortConnection() {
        reactor.requireThread();
        state.end(new ConnectionLost(Reason.ABORTED, "abortConnection() was called", null));
        flushLater();
    }

    @Override
    public void pauseProducing() {
        reactor.requireThread();
        state.paused = true;
        flushLater();
    }

    @Override
    public void resumeProducing() {
        reactor.requireThread();
        state.paused = false;
        flushLater();
    }

    @Override
    public void stopProducing() {
        loseConnection();
    }

    @Override
    public boolean isConnected() {
        return state.ending() == null && !state.closing;
    }

    @Override
    public @Nullable Sockaddr getPeer() {
        return null;
    }

    @Override
    public Sockaddr getHost() {
        return SockaddrUn.UNNAMED;
    }

    @Override
    public PeerCredentials getPeerCredentials() throws IOException {
        throw noSocket("getPeerCredentials");
    }

    @Override
    public <T> void setSockOpt(SocketOption<T> option, T value) throws IOException {
        throw noSocket("setSockOpt");
    }

    @Override
    public <T> T getSockOpt(SocketOption<T> option) throws IOException {
        throw noSocket("getSockOpt");
    }

    private static IOException noSocket(String operation) {
        return new SocketFailedException(new ErrorDetails(
                operation, "standard input and output", null, null, null, Errno.ENOTSOCK, "ENOTSOCK: no socket"));
    }

    @Override
    public void setWriteLimits(WriteLimits limits) {
        reactor.requireThread();
        this.limits = Objects.requireNonNull(limits);
        flushLater();
    }

    @Override
    public long bufferedBytes() {
        return writer.queue().size();
    }

    @Override
    public Reactor reactor() {
        return reactor;
    }

    @Override
    public void moveTo(Reactor other) {
        throw new IllegalStateException(
                "standard input and output stay with their reactor: close them, and open them there");
    }

    @Override
    public String toString() {
        return protocol.get().getClass().getSimpleName() + " on standard input and output";
    }
}
