package dev.hawser.tls;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Timeouts;
import dev.hawser.socket.Constants;
import dev.hawser.socket.ErrorDetails;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketInterruptedException;
import dev.hawser.socket.TimedOutException;
import dev.hawser.socket.WouldBlockException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Drives a {@link TlsEngine} over a socket: the locks and the deadlines.
 *
 * <p>Each direction has a lock, and a socket of its own on the one descriptor, whose timeout is what is left of the call's
 * deadline. Whoever needs both locks takes {@code reading} first. A reader never waits for {@code writing}, nor for room
 * to send in: what the engine wants to say (a key update) it says only if nobody is writing, or else the writer does,
 * who looks after he has left.
 */
final class TlsConnection {

    /** The most plaintext that a record has, RFC 8446, section 5.1. */
    static final int MAX_RECORD_BYTES = 16 * 1024;

    private final TlsEngine engine;
    private final @Nullable String host;
    private final Socket reader;
    private final Socket writer;
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long timeoutNanos;

    /** Takes the socket's descriptor over. */
    TlsConnection(Socket socket, TlsEngine engine, @Nullable String host) throws IOException {
        this.engine = engine;
        this.host = host;
        this.timeoutNanos = Timeouts.nanos(socket.getTimeout());
        this.reader = socket.share();
        this.writer = reader.share();
        socket.close();
    }

    TlsEngine engine() {
        return engine;
    }

    Socket writer() {
        return writer;
    }

    boolean isClosed() {
        return closed.get();
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    void setTimeout(@Nullable Duration timeout) {
        timeoutNanos = Timeouts.nanos(timeout);
    }

    @Nullable
    Duration getTimeout() {
        return Timeouts.duration(timeoutNanos);
    }

    void handshake(long deadline) throws IOException {
        if (engine.isHandshaken()) {
            return;
        }
        Call call = new Call("doHandshake", timeoutNanos, deadline);
        call.lock(reading);
        try {
            call.lock(writing);
            shakeAndUnlock(call);
        } finally {
            reading.unlock();
        }
    }

    private void shakeAndUnlock(Call call) throws IOException {
        try {
            TlsEngine.Handshake next = engine.isHandshaken() ? TlsEngine.Handshake.DONE : engine.handshake();
            while (next != TlsEngine.Handshake.DONE) {
                if (next == TlsEngine.Handshake.SEND) {
                    call.sendOutput();
                } else if (call.receive(engine.input()) == 0) {
                    throw new SSLHandshakeException("the peer closed the connection during the handshake");
                }
                next = engine.handshake();
            }
        } catch (SSLException e) {
            speakWithoutWaiting();
            throw call.failure(e);
        } finally {
            writing.unlock();
        }
    }

    int read(ByteBuffer destination) throws IOException {
        Call call = new Call("recv");
        call.requireOpen();
        handshake(call.deadline);
        if (!destination.hasRemaining()) {
            return 0;
        }
        call.lock(reading);
        try {
            call.requireOpen();
            int count = engine.read(destination);
            while (count == TlsEngine.NEED_INPUT) {
                answer();
                call.receiveOrTruncated(engine.input());
                count = engine.read(destination);
            }
            return count == TlsEngine.END ? 0 : count;
        } catch (SSLException e) {
            throw call.failure(e);
        } finally {
            answer();
            reading.unlock();
        }
    }

    void writeAll(ByteBuffer source) throws IOException {
        Call call = new Call("sendAll");
        int before = source.remaining();
        try {
            write(call, source, true);
        } catch (InterruptedIOException e) {
            e.bytesTransferred = before - source.remaining();
            throw e;
        }
    }

    int writeSome(ByteBuffer source) throws IOException {
        int before = source.remaining();
        try {
            write(new Call("send"), source, false);
        } catch (InterruptedIOException | WouldBlockException e) {
            if (source.remaining() == before) {
                throw e;
            }
        }
        return before - source.remaining();
    }

    private void write(Call call, ByteBuffer source, boolean all) throws IOException {
        call.requireOpen();
        handshake(call.deadline);
        call.lock(writing);
        try {
            call.requireOpen();
            call.sendOutput();
            int start = source.position();
            while (source.hasRemaining() && (all || source.position() == start)) {
                engine.write(source);
                call.sendOutput();
            }
        } catch (SSLException e) {
            throw call.failure(e);
        } finally {
            unlockWriting();
        }
    }

    /** A reader that found us writing has left it to us to answer the peer. */
    private void unlockWriting() {
        writing.unlock();
        answer();
    }

    /** Says what the engine has to say, unless somebody is writing: he will look afterwards. */
    private void answer() {
        if (engine.wantsToSpeak() && writing.tryLock()) {
            try {
                speakWithoutWaiting();
            } finally {
                writing.unlock();
            }
        }
    }

    /**
     * What cannot go out now goes before the next record. To wait would be a deadlock where the peer waits as well, for us to read.
     * A failure here is the next call's, in its own direction.
     */
    private void speakWithoutWaiting() {
        try {
            engine.speak();
            ByteBuffer output = engine.output();
            while (output.hasRemaining()) {
                writer.send(output, Constants.MSG_DONTWAIT);
            }
        } catch (IOException unsaid) {
            // The peer is gone, or does not read: it will not miss this.
        }
    }

    void shutdownOutput() throws IOException {
        Call call = new Call("shutdownOutput");
        call.requireOpen();
        handshake(call.deadline);
        call.lock(writing);
        try {
            sayGoodbye(call);
        } finally {
            writing.unlock();
        }
    }

    private void sayGoodbye(Call call) throws IOException {
        try {
            call.sendOutput();
            engine.closeOutput();
            call.sendOutput();
        } catch (SSLException e) {
            throw call.failure(e);
        }
    }

    Socket unwrap() throws IOException {
        Call call = new Call("unwrap");
        call.requireOpen();
        handshake(call.deadline);
        call.lock(reading);
        try {
            call.lock(writing);
            unwrapAndUnlock(call);
        } catch (SSLException e) {
            throw call.failure(e);
        } finally {
            reading.unlock();
        }
        writer.setTimeout(getTimeout());
        return writer;
    }

    private void unwrapAndUnlock(Call call) throws IOException {
        try {
            call.requireOpen();
            requireNothingLeft("was not read: read the stream to its end first", engine.pending());
            sayGoodbye(call);
            ByteBuffer noRoom = ByteBuffer.allocate(0);
            while (engine.read(noRoom) == TlsEngine.NEED_INPUT) {
                call.receiveOrTruncated(engine.inputOfOneRecord());
            }
            requireNothingLeft("came when unwrap had said goodbye: read the stream to its end first", engine.pending());
            requireNothingLeft("came in plaintext before unwrap was called", engine.unreadInput());
            call.sendOutput();
            if (closed.compareAndSet(false, true)) {
                reader.close();
            }
        } finally {
            writing.unlock();
        }
    }

    private static void requireNothingLeft(String where, int bytes) throws SSLException {
        if (bytes > 0) {
            throw new SSLException("the peer's data would be lost, which " + where);
        }
    }

    void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            if (engine.isHandshaken() && writing.tryLock()) {
                try {
                    closeOutput();
                } finally {
                    writing.unlock();
                }
            }
            reader.close();
            writer.close();
        }
    }

    private void closeOutput() {
        try {
            engine.closeOutput();
        } catch (SSLException e) {
            // The peer was told of the failure when it came.
        }
        speakWithoutWaiting();
    }

    /** Null before the handshake is done. */
    @Nullable
    SSLSession sessionOrNull() {
        return engine.isHandshaken() ? engine.session() : null;
    }

    List<X509Certificate> peerCertificates() {
        if (!engine.isHandshaken()) {
            throw new IllegalStateException("the handshake is not done: call doHandshake first");
        }
        return engine.peerCertificates();
    }

    /** One call of a user's, and the moment until which it may wait. */
    private final class Call {

        private final String operation;
        private final long timeout;
        private final long deadline;

        Call(String operation) {
            this.operation = operation;
            this.timeout = timeoutNanos;
            this.deadline = Deadline.after(timeout);
        }

        Call(String operation, long timeout, long deadline) {
            this.operation = operation;
            this.timeout = timeout;
            this.deadline = deadline;
        }

        void requireOpen() throws SocketClosedException {
            if (closed.get()) {
                throw new SocketClosedException(details("the socket is closed"));
            }
        }

        /** Waits its turn; close ends the wait too, by ending the call that is before it. */
        void lock(ReentrantLock lock) throws IOException {
            if (lock.tryLock()) {
                return;
            }
            if (deadline == Deadline.NOW) {
                throw new WouldBlockException(details("another thread is in a call in this direction"));
            }
            try {
                if (!lock.tryLock(Deadline.remainingNanos(deadline), TimeUnit.NANOSECONDS)) {
                    throw timedOut();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SocketInterruptedException(details("interrupted while waiting"));
            }
        }

        /** Sends all that the engine has made: after a failure, the rest is still there. */
        void sendOutput() throws IOException {
            ByteBuffer output = engine.output();
            while (output.hasRemaining()) {
                limit(writer);
                try {
                    writer.send(output, 0);
                } catch (TimedOutException e) {
                    throw timedOut();
                }
            }
        }

        int receive(ByteBuffer room) throws IOException {
            limit(reader);
            try {
                return reader.recvInto(room, 0);
            } catch (TimedOutException e) {
                throw timedOut();
            }
        }

        void receiveOrTruncated(ByteBuffer room) throws IOException {
            if (receive(room) == 0) {
                requireOpen();
                throw TlsErrors.truncated(operation, writer);
            }
        }

        private void limit(Socket socket) throws IOException {
            if (deadline == Deadline.NOW || deadline == Deadline.NEVER) {
                socket.setBlocking(deadline == Deadline.NEVER);
                return;
            }
            long left = Deadline.remainingNanos(deadline);
            if (left <= 0) {
                throw timedOut();
            }
            socket.setTimeout(Duration.ofNanos(left));
        }

        private TimedOutException timedOut() {
            return new TimedOutException(details("timed out after " + Timeouts.text(timeout)));
        }

        SSLException failure(SSLException reason) {
            return TlsErrors.of(operation, writer, host, reason);
        }

        private ErrorDetails details(String reason) {
            return TlsErrors.details(operation, writer, reason);
        }
    }
}
