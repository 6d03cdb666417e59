package dev.hawser.reactor.protocols;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.PushProducer;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.Transport;
import dev.hawser.socket.Sockaddr;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a {@link CoroutineProtocol}, as its thread sees it.
 *
 * <h2>Threading</h2>
 * Safe from any thread but the reactor's, which must not wait. One thread reads; several may write.
 *
 * <h2>Blocking and timeouts</h2>
 * Reading waits for the peer to say something, writing for it to read. Each wait ends after {@link #setTimeout}, if that is set, with a
 * {@link SocketTimeoutException}: nothing is lost, and the conversation may go on.
 *
 * <h2>Errors</h2>
 * {@link ConnectionLost} once the connection has ended otherwise than by the peer's last byte, behind what has come before; {@code InterruptedException} when the
 * thread was interrupted.
 */
public final class Conversation {

    private static final int HIGH_WATER_BYTES = 64 * 1024;
    private static final byte[] NOTHING = {};

    private final Transport transport;
    private final Reactor reactor;
    private final @Nullable Sockaddr peer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private final Unread input = new Unread();
    private final LineDecoder lines = new LineDecoder();
    private long inputBytes;
    private boolean readingPaused;
    private boolean readerWaits;
    private boolean inputEnded;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private boolean handOverAsked;
    private boolean writingPaused;

    private @Nullable ConnectionLost lost;
    private @Nullable Duration timeout;

    Conversation(Transport transport, Reactor reactor) {
        this.transport = transport;
        this.reactor = reactor;
        this.peer = transport.getPeer();
        lines.setDelimiter(new byte[] {'\n'});
    }

    /**
     * The peer's address.
     *
     * @return the address; null where it has none
     */
    public @Nullable Sockaddr peer() {
        return peer;
    }

    /**
     * Limits each wait from now on.
     *
     * @param timeout how long a read or a write may wait; null: for ever
     * @throws IllegalArgumentException if it is negative
     */
    public void setTimeout(@Nullable Duration timeout) {
        if (timeout != null && timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout is not negative: " + timeout + "; null is none");
        }
        locked(() -> this.timeout = timeout);
    }

    /**
     * Limits the length of lines that {@link #readLine} reads: 16384 bytes unless it is set.
     *
     * @param bytes the number of bytes, without what ends a line
     * @throws IllegalArgumentException if it is negative, or more than a gibibyte
     */
    public void setMaxLineLength(int bytes) {
        locked(() -> lines.setMaxLength(bytes));
    }

    /**
     * Reads a line, of UTF-8, up to a line feed, or a carriage return and a line feed.
     *
     * @return the line without its end; null if the peer will say no more, whatever of a line it has left unended
     * @throws ProtocolException if it is too long; no line can be read then, but bytes can
     * @throws IOException if the connection was lost, or the time is up
     * @throws InterruptedException if the thread was interrupted
     */
    public @Nullable String readLine() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            Decoder.Step[] step = {Decoder.Step.EXHAUSTED};
            awaitInput("a line", () -> {
                step[0] = lines.next(input);
                return step[0] != Decoder.Step.EXHAUSTED;
            });
            return switch (step[0]) {
                case EXHAUSTED -> null;
                case REFUSED -> throw new ProtocolException("the line is longer than " + lines.maxLength() + " bytes");
                case MESSAGE -> {
                    byte[] line = lines.message();
                    inputBytes -= line.length + 1;
                    boolean hasReturn = line.length > 0 && line[line.length - 1] == '\r';
                    yield new String(line, 0, hasReturn ? line.length - 1 : line.length, UTF_8);
                }
            };
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads what there is; waits only if there is nothing.
     *
     * @param maxBytes how much at most, 1 or more
     * @return the bytes; none if the peer will say no more
     * @throws IOException if the connection was lost, or the time is up
     * @throws InterruptedException if the thread was interrupted
     */
    public byte[] read(int maxBytes) throws IOException, InterruptedException {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("read 1 byte or more, not " + maxBytes);
        }
        lock.lockInterruptibly();
        try {
            boolean some = awaitInput("bytes", () -> input.window().hasRemaining());
            return some ? take((int) Math.min(maxBytes, inputBytes)) : NOTHING;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads so many bytes.
     *
     * @param bytes how many
     * @return the bytes
     * @throws EOFException if the peer has said its last before; what it said can still be read
     * @throws IOException if the connection was lost, or the time is up
     * @throws InterruptedException if the thread was interrupted
     */
    public byte[] readExactly(int bytes) throws IOException, InterruptedException {
        if (bytes < 0) {
            throw new IllegalArgumentException("read 0 bytes or more, not " + bytes);
        }
        lock.lockInterruptibly();
        try {
            if (!awaitInput(bytes + " bytes", () -> inputBytes >= bytes)) {
                throw new EOFException("the peer has ended after " + inputBytes + " of " + bytes + " bytes");
            }
            return take(bytes);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes text, as UTF-8.
     *
     * @param text the text
     * @throws IOException if the connection was lost, or the time is up
     * @throws InterruptedException if the thread was interrupted
     */
    public void write(String text) throws IOException, InterruptedException {
        write(text.getBytes(UTF_8));
    }

    /**
     * Writes bytes: waits while more than 64 KiB of what was written before have not been sent. A write that fails may have written a part.
     *
     * @param data the bytes; the array is the caller's again
     * @throws IOException if the connection was lost, or the time is up
     * @throws InterruptedException if the thread was interrupted
     */
    public void write(byte[] data) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            for (int at = 0; at < data.length; at += HIGH_WATER_BYTES) {
                awaitRoom(() -> !writingPaused && output.size() < HIGH_WATER_BYTES);
                output.write(data, at, Math.min(HIGH_WATER_BYTES, data.length - at));
                if (!handOverAsked) {
                    handOverAsked = true;
                    tellReactor(this::handOver);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the connection has taken all that was written, and keeps little of it.
     *
     * @throws IOException if the connection was lost, or the time is up
     * @throws InterruptedException if the thread was interrupted
     */
    public void flush() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            awaitRoom(() -> !writingPaused && output.size() == 0);
        } finally {
            lock.unlock();
        }
    }

    /** Ends what is written: the peer reads the end behind it, and may go on talking. */
    public void endOutput() {
        tellReactor(() -> {
            handOver();
            transport.unregisterProducer();
            transport.loseWriteConnection();
        });
    }

    /**
     * Calls in the reactor's thread, and waits for what comes of it.
     *
     * @param call what to call
     * @param <T> the type of its result
     * @return its result
     * @throws Exception what it throws
     */
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        reactor.callFromThread(() -> {
            try {
                result.complete(call.call());
            } catch (Exception failure) {
                result.completeExceptionally(failure);
            }
        });
        try {
            return result.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception failure ? failure : failed;
        }
    }

    // In the reactor's thread.

    PushProducer producer() {
        return new PushProducer() {
            @Override
            public void pauseProducing() {
                locked(() -> writingPaused = true);
            }

            @Override
            public void resumeProducing() {
                locked(() -> writingPaused = false);
            }

            @Override
            public void stopProducing() {
                // The end of the connection is told as such.
            }
        };
    }

    void received(ByteBuffer data) {
        boolean tooMuch = locked(() -> {
            inputBytes += data.remaining();
            input.lend(data);
            input.keep();
            readingPaused = inputBytes > HIGH_WATER_BYTES && !readerWaits;
            readerWaits = false;
            return readingPaused;
        });
        if (tooMuch) {
            transport.pauseProducing();
        }
    }

    void ended() {
        locked(() -> inputEnded = true);
    }

    void lost(ConnectionLost reason) {
        locked(() -> lost = reason);
    }

    private void handOver() {
        byte[] taken = locked(() -> {
            byte[] all = output.toByteArray();
            output.reset();
            handOverAsked = false;
            return all;
        });
        transport.write(taken);
    }

    // In the thread of the conversation.

    boolean isLost() {
        return locked(() -> lost != null);
    }

    void close() {
        tellReactor(() -> {
            handOver();
            transport.unregisterProducer();
            transport.loseConnection();
        });
    }

    void abort() {
        tellReactor(transport::abortConnection);
    }

    /** A reactor that is closed has ended the connection, which is told as such. */
    private void tellReactor(Runnable call) {
        try {
            reactor.callFromThread(call);
        } catch (IllegalStateException closed) {
            if (!isLost()) {
                lost(new ConnectionLost(ConnectionLost.Reason.ABORTED, "the reactor was closed", closed));
            }
        }
    }

    private byte[] take(int bytes) {
        inputBytes -= bytes;
        lines.restart();
        return input.take(bytes, 0);
    }

    /** Waits until there is what is wanted: false if there will be none. */
    private boolean awaitInput(String what, BooleanSupplier wanted) throws IOException, InterruptedException {
        Deadline deadline = new Deadline(timeout);
        while (!wanted.getAsBoolean()) {
            if (inputEnded || endedInOrder()) {
                return false;
            }
            checkConnection();
            readerWaits = true;
            if (readingPaused) {
                readingPaused = false;
                tellReactor(transport::resumeProducing);
            }
            deadline.await("the peer has not sent " + what);
        }
        return true;
    }

    private void awaitRoom(BooleanSupplier room) throws IOException, InterruptedException {
        Deadline deadline = new Deadline(timeout);
        checkConnection();
        while (!room.getAsBoolean()) {
            deadline.await("the peer has not taken what was written");
            checkConnection();
        }
    }

    private boolean endedInOrder() {
        return lost != null && lost.reason() == ConnectionLost.Reason.DONE;
    }

    /** In an exception of this thread's own, so that it tells who was waiting. */
    private void checkConnection() throws ConnectionLost {
        if (lost != null) {
            throw new ConnectionLost(lost.reason(), String.valueOf(lost.getMessage()), lost);
        }
    }

    private void locked(Runnable change) {
        locked(() -> {
            change.run();
            return true;
        });
    }

    private <T> T locked(Supplier<T> change) {
        lock.lock();
        try {
            T result = change.get();
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    private final class Deadline {

        private final @Nullable Duration limit;
        private final long startNanos = System.nanoTime();

        Deadline(@Nullable Duration limit) {
            this.limit = limit;
        }

        @SuppressWarnings("WaitNotInLoop") // those who call it loop
        void await(String complaint) throws SocketTimeoutException, InterruptedException {
            if (limit == null) {
                changed.await();
                return;
            }
            long leftNanos = limit.toNanos() - (System.nanoTime() - startNanos);
            if (leftNanos <= 0) {
                throw new SocketTimeoutException(complaint + " within " + limit);
            }
            // What the wait leaves over is told by the clock, not by its result.
            long unused = changed.awaitNanos(leftNanos);
            assert unused <= leftNanos;
        }
    }
}
