package dev.hawser.reactor;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.PassedDescriptors;
import dev.hawser.socket.PeerCredentials;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketOption;
import dev.hawser.socket.UnixOptions;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connected stream socket in a loop: the calls of its protocol, and what the backend tells of it. How it ends is {@link StreamState}'s to
 * decide, who writes how much {@link WriteFlow}'s; both act when the event has ended.
 */
final class StreamConnection implements Transport, Backend.StreamSink, WriteFlow.Owner, Closeable {

    /** Is told of the end, after the protocol. */
    @FunctionalInterface
    interface EndListener {
        void ended(ConnectionLost reason, LoopReactor where);
    }

    private final StreamSocket socket;
    private final ProtocolCalls protocol;
    private final @Nullable EndListener listener;
    private final OutputQueue output;
    private final StreamState state = new StreamState();
    private final Runnable flush = this::flush;
    private final Traffic traffic = new Traffic();

    private volatile LoopReactor loop;

    /** Where it moves at the end of the event. */
    private @Nullable LoopReactor destination;

    private Backend.@Nullable StreamOperation operation;
    private @Nullable WriteFlow flow;
    private @Nullable FileParts files;
    private WriteLimits limits = WriteLimits.DEFAULT;

    private StreamConnection(
            LoopReactor loop,
            Socket socket,
            @Nullable Sockaddr peer,
            Protocol protocol,
            @Nullable EndListener listener) {
        this.loop = loop;
        this.socket = new StreamSocket(socket, peer);
        this.protocol = new ProtocolCalls(protocol, this, state);
        this.listener = listener;
        this.output = new OutputQueue(loop.chunks());
    }

    /**
     * Has a loop look after a connected socket, and tells the protocol of it.
     *
     * @throws IOException if the backend refuses it: nothing was told then, and the socket is closed
     */
    static StreamConnection open(
            LoopReactor loop, Socket socket, @Nullable Sockaddr peer, Protocol protocol, @Nullable EndListener listener)
            throws IOException {
        StreamConnection connection = new StreamConnection(loop, socket, peer, protocol, listener);
        try {
            socket.setBlocking(false);
            connection.enter(loop);
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
        connection.protocol.set(protocol, connection);
        return connection;
    }

    /** Belongs to a loop from now on. */
    private void enter(LoopReactor entered) throws IOException {
        operation = entered.backend().stream(socket.socket(), this);
        entered.own(this);
        entered.counts().add(LoopCounts.CONNECTIONS_OPEN, 1);
        flushLater();
    }

    private void leave(LoopReactor left) {
        Backend.StreamOperation ended = operation;
        if (ended != null) {
            operation = null;
            ended.close();
        }
        left.disown(this);
        left.counts().add(LoopCounts.CONNECTIONS_OPEN, -1);
    }

    // What the backend tells.

    @Override
    public void received(ByteBuffer data) {
        if (state.mayReceive()) {
            deliver(data);
        }
    }

    @Override
    public boolean takesDescriptors() {
        return socket.isUnix() && DescriptorPassing.isWantedBy(protocol.get());
    }

    @Override
    public void received(ByteBuffer data, PassedDescriptors passed, boolean truncated) {
        try (passed) {
            if (state.mayReceive()
                    && DescriptorPassing.tell(this, protocol.get(), passed, truncated)
                    && isConnected()) {
                deliver(data);
            }
        }
    }

    private void deliver(ByteBuffer data) {
        traffic.received(data.remaining(), loop);
        protocol.dataReceived(data);
    }

    @Override
    public void endReceived() {
        state.readEnded = true;
        flushLater();
        if (state.ending() == null) {
            protocol.readConnectionLost();
        }
    }

    @Override
    public void sent(long bytes) {
        traffic.sent(bytes, loop);
        state.sending = !output.isEmpty();
        flush();
    }

    @Override
    public void broken(IOException error) {
        operation = null; // it has closed itself
        state.end(new ConnectionLost(Reason.LOST, "the connection is broken: " + error.getMessage(), error));
        flushLater();
    }

    // The end of each event.

    /** Has it flushed when the event has ended. */
    @Override
    public void flushLater() {
        if (!state.dirty && (operation != null || state.ending() != null)) {
            state.dirty = true;
            loop.afterEvent(flush);
        }
    }

    /** Whether all that was written has gone. */
    @Override
    public boolean isFlushed() {
        return bufferedBytes() == 0 && (files == null || files.isEmpty());
    }

    /** Sends what the event has written, and takes the steps that this makes possible. */
    private void flush() {
        state.dirty = false;
        Backend.StreamOperation open = operation;
        if (open != null && state.ending() == null) {
            try {
                send(open);
                protocol.tellRest();
                advance();
                receiveOrNot(open);
            } catch (IOException e) {
                sendingFailed(e);
            } catch (Throwable e) {
                failed("a call of its producer", e);
            }
        }
        ConnectionLost reason = state.ending();
        if (reason != null) {
            finish(reason);
        } else if (destination != null && !state.dirty) {
            handOver(destination);
        }
    }

    private void send(Backend.StreamOperation open) throws IOException {
        if (!output.isEmpty() && !state.sending) {
            traffic.sent(open.send(output), loop);
            state.sending = !output.isEmpty();
        }
    }

    /** What comes after the bytes in the queue: more of the producer, a file, the end. */
    private void advance() throws IOException {
        long buffered = bufferedBytes();
        boolean producing = isProducing();
        state.holdBack(buffered, limits, producing);
        if (producing && buffered <= limits.lowWaterBytes()) {
            Objects.requireNonNull(flow).roomAgain(isFlushed());
        }
        boolean busy = !output.isEmpty() || (files != null && files.goOn()) || producing;
        if (!busy && state.wantsToShutDown()) {
            shutDownWriting();
        }
        if (!busy) {
            state.endIfDone();
        }
    }

    private boolean isProducing() {
        return flow != null && flow.isProducing();
    }

    private void shutDownWriting() throws IOException {
        state.writeEnded = true;
        if (!state.closing) {
            socket.shutDownWriting();
            protocol.writeConnectionLost();
        }
    }

    private void receiveOrNot(Backend.StreamOperation open) throws IOException {
        boolean wanted = state.wantsToReceive();
        if (wanted != state.receiving && state.ending() == null) {
            state.receiving = wanted;
            open.setReceiving(wanted);
        }
    }

    // The end.

    /** What the peer has sent before is still told. */
    @Override
    public void sendingFailed(IOException error) {
        output.clear();
        state.writeEnded = true;
        ConnectionLost lost = new ConnectionLost(Reason.LOST, "the peer takes no more: " + error.getMessage(), error);
        if (state.mayReceive()) {
            LastWords.receive(socket.socket(), this);
        }
        state.end(lost);
        flushLater();
    }

    /** A method of the protocol has thrown: it has lost its connection, and nobody else has. */
    @Override
    public void failed(String method, Throwable thrown) {
        loop.report(
                protocol.name() + "." + method + " has thrown; its connection with " + getPeer() + " is lost", thrown);
        state.abort(new ConnectionLost(Reason.LOST, method + " has thrown " + thrown, thrown));
        flushLater();
    }

    private void finish(ConnectionLost reason) {
        if (state.lost) {
            return;
        }
        state.lose(reason, loop.counts());
        LoopReactor left = loop;
        leave(left);
        output.clear();
        if (files != null) {
            files.close(left);
        }
        socket.close(state.aborted, left);
        WriteFlow producing = flow;
        if (producing != null) {
            producing.stop(left);
        }
        if (files != null) {
            files.fail(reason);
        }
        traffic.end(protocol.name(), getPeer(), reason);
        protocol.connectionLost(reason, left);
        if (listener != null) {
            listener.ended(reason, left);
        }
    }

    /** The reactor is closed. */
    @Override
    public void close() {
        endNow(new ConnectionLost(Reason.ABORTED, "the reactor was closed", null));
    }

    private void endNow(ConnectionLost reason) {
        state.end(reason);
        finish(Objects.requireNonNull(state.ending()));
    }

    @Override
    public Protocol protocol() {
        return protocol.get();
    }

    @Override
    public void setProtocol(Protocol next) {
        loop.requireThread();
        protocol.replace(next, this);
    }

    @Override
    public @Nullable TlsTransport tls() {
        return protocol.get() instanceof TlsTransport layer ? layer : null;
    }

    // What the protocol asks for.

    @Override
    public void write(ByteBuffer data) {
        loop.requireThread();
        if (takes(data.remaining())) {
            outputBehindFiles().add(data);
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
        loop.requireThread();
        if (takes(length)) {
            outputBehindFiles().add(data, offset, length);
            written();
        }
    }

    @Override
    public void write(MemorySegment data) {
        loop.requireThread();
        if (takes(data.byteSize())) {
            outputBehindFiles().add(data);
            written();
        }
    }

    @Override
    public void writeSequence(List<ByteBuffer> data) {
        data.forEach(this::write);
    }

    /** Whether so many bytes may be put into the queue: one that would grow beyond all limits ends the connection. */
    private boolean takes(long bytes) {
        if (bytes == 0 || !state.mayWrite(isProducing())) {
            return false;
        }
        boolean room = state.hasRoom(bytes, bufferedBytes(), limits);
        if (!room) {
            flushLater();
        }
        return room;
    }

    @Override
    public void sendFileDescriptor(HasFileno file) throws IOException {
        loop.requireThread();
        socket.requireUnix();
        if (state.mayWrite(isProducing())) {
            outputBehindFiles().add(file);
        }
    }

    private OutputQueue outputBehindFiles() {
        return files == null ? output : files.outputBehind(output);
    }

    private void written() {
        flushLater();
        WriteFlow producing = flow;
        if (producing != null) {
            producing.written(bufferedBytes(), limits);
        }
    }

    @Override
    public Deferred<Long> sendFile(FileChannel file, long offset, long count) {
        loop.requireThread();
        FileParts.check(file, offset, count);
        if (!state.mayWrite(isProducing())) {
            return Deferred.fail(state.whyNotWritable());
        }
        FileParts parts = files;
        if (parts == null) {
            parts = new FileParts(this, socket.socket());
            files = parts;
        }
        flushLater();
        return parts.add(outputBehindFiles(), file, offset, count);
    }

    /** A file has been sent, or cannot be read: what was written behind it is next. Called in the loop's thread. */
    void fileEnded(OutputQueue behind, long bytes) {
        traffic.sent(bytes, loop);
        output.takeAll(behind);
        flushLater();
    }

    @Override
    public void registerProducer(Producer producer) {
        loop.requireThread();
        Objects.requireNonNull(producer);
        WriteFlow producing = flow;
        if (producing == null) {
            producing = new WriteFlow(this);
            flow = producing;
        }
        producing.requireNone();
        if (!state.mayWrite(false)) {
            producer.stopProducing();
            return;
        }
        producing.register(producer, bufferedBytes(), limits);
        flushLater();
    }

    @Override
    public void unregisterProducer() {
        loop.requireThread();
        WriteFlow producing = flow;
        if (producing != null) {
            producing.unregister();
            flushLater();
        }
    }

    @Override
    public void loseConnection() {
        loop.requireThread();
        if (state.ending() == null) {
            state.closing = true;
            flushLater();
        }
    }

    @Override
    public void loseWriteConnection() {
        loop.requireThread();
        state.writeEnding = true;
        flushLater();
    }

    @Override
    public void abortConnection() {
        loop.requireThread();
        if (state.ending() == null) {
            state.abort(new ConnectionLost(Reason.ABORTED, "abortConnection() was called", null));
            output.clear();
            flushLater();
        }
    }

    @Override
    public void pauseProducing() {
        loop.requireThread();
        state.paused = true;
        flushLater();
    }

    @Override
    public void resumeProducing() {
        loop.requireThread();
        state.paused = false;
        flushLater();
    }

    /** Here a connection is a producer: of what its peer sends. */
    @Override
    public void stopProducing() {
        loseConnection();
    }

    @Override
    public boolean isConnected() {
        loop.requireThread();
        return state.ending() == null && !state.closing;
    }

    @Override
    public @Nullable Sockaddr getPeer() {
        return socket.peer();
    }

    @Override
    public Sockaddr getHost() {
        loop.requireThread();
        return socket.host();
    }

    @Override
    public PeerCredentials getPeerCredentials() throws IOException {
        return getSockOpt(UnixOptions.SO_PEERCRED);
    }

    @Override
    public <T> void setSockOpt(SocketOption<T> option, T value) throws IOException {
        loop.requireThread();
        socket.socket().setSockOpt(option, value);
    }

    @Override
    public <T> T getSockOpt(SocketOption<T> option) throws IOException {
        loop.requireThread();
        return socket.socket().getSockOpt(option);
    }

    @Override
    public void setWriteLimits(WriteLimits limits) {
        loop.requireThread();
        this.limits = Objects.requireNonNull(limits);
        flushLater();
    }

    @Override
    public long bufferedBytes() {
        loop.requireThread();
        return output.size() + (files == null ? 0 : files.bufferedBytes());
    }

    /** The number of its descriptor. */
    int fileno() {
        return socket.socket().fileno();
    }

    @Override
    public Reactor reactor() {
        return loop;
    }

    /** The loop that it belongs to now. */
    @Override
    public LoopReactor loop() {
        return loop;
    }

    @Override
    public void moveTo(Reactor other) {
        loop.requireThread();
        LoopReactor to = LoopReactor.openOne(other);
        destination = to == loop ? null : to;
        flushLater();
    }

    /** The event in which it was to move has ended: from here on nothing of it belongs to this thread. */
    private void handOver(LoopReactor to) {
        LoopReactor from = loop;
        destination = null;
        leave(from);
        state.leave();
        loop = to;
        try {
            to.callFromThread(() -> arrive(to));
        } catch (IllegalStateException closed) {
            loop = from;
            lostOnTheWay(from, closed);
        }
    }

    private void arrive(LoopReactor to) {
        output.moveTo(to.chunks());
        if (files != null) {
            files.moveTo(to);
        }
        try {
            enter(to);
        } catch (IOException | RuntimeException e) {
            lostOnTheWay(to, e);
        }
    }

    private void lostOnTheWay(LoopReactor last, Exception e) {
        last.counts().add(LoopCounts.CONNECTIONS_OPEN, 1); // as the end takes it away
        endNow(new ConnectionLost(Reason.LOST, "the reactor does not take the connection: " + e.getMessage(), e));
    }

    @Override
    public String toString() {
        return protocol.get().getClass().getSimpleName() + " with " + getPeer();
    }
}
