package dev.hawser.reactor;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files that a connection sends, in order with what is written. As a disk may keep its reader waiting, a thread of its own sends each, over a
 * socket that shares the descriptor, while the loop sends nothing; what is written meanwhile waits behind the file.
 *
 * <h2>Threading</h2>
 * For the loop's thread, but for the sending itself.
 */
final class FileParts {

    private final StreamConnection connection;
    private final Socket socket;
    private final ArrayDeque<Part> parts = new ArrayDeque<>();
    private @Nullable Socket sending;

    /** The loop that all of this belongs to: while the connection moves, still the one that it has left. */
    private LoopReactor home;

    /** A part of a file, and what was written behind it. */
    private record Part(FileChannel file, long offset, long count, Deferred<Long> answer, OutputQueue behind) {}

    FileParts(StreamConnection connection, Socket socket) {
        this.connection = connection;
        this.socket = socket;
        this.home = connection.loop();
    }

    static void check(FileChannel file, long offset, long count) {
        Objects.requireNonNull(file);
        if (offset < 0 || count < 0) {
            throw new IllegalArgumentException("offset and count are not negative: " + offset + ", " + count);
        }
    }

    /** Adds a part behind what was written before; descriptors that wait for a byte go with one that is written. */
    Deferred<Long> add(OutputQueue before, FileChannel file, long offset, long count) {
        Deferred<Long> answer = new Deferred<>();
        OutputQueue behind = new OutputQueue(connection.loop().chunks());
        before.leaveDescriptorsTo(behind);
        parts.add(new Part(file, offset, count, answer, behind));
        return answer;
    }

    /** Where the next bytes belong. */
    OutputQueue outputBehind(OutputQueue first) {
        Part last = parts.peekLast();
        return last == null ? first : last.behind();
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** How many bytes wait behind files. */
    long bufferedBytes() {
        long sum = 0;
        for (Part each : parts) {
            sum += each.behind().size();
        }
        return sum;
    }

    /** All that was written before the first file has gone: false where there is no file. */
    boolean goOn() throws IOException {
        Part next = parts.peek();
        if (next == null) {
            return false;
        }
        if (sending == null) {
            start(next);
        }
        return true;
    }

    private void start(Part part) throws IOException {
        Socket shared = socket.share();
        shared.setBlocking(true);
        sending = shared;
        connection.loop().callInThread(() -> send(part, shared));
    }

    private void send(Part part, Socket shared) {
        long sent = 0;
        Exception failure = null;
        try (shared) {
            sent = part.count() == 0 ? 0 : shared.sendFile(part.file(), part.offset(), part.count());
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        long count = sent;
        Exception thrown = failure;
        inLoop(() -> ended(part, count, thrown));
    }

    /** The connection may move meanwhile. */
    private void inLoop(Runnable call) {
        LoopReactor loop = connection.loop();
        try {
            loop.callFromThread(() -> {
                if (connection.loop() == loop && home == loop) {
                    call.run();
                } else {
                    inLoop(call);
                }
            });
        } catch (IllegalStateException closed) {
            // The connection ended with its reactor, and so did the answer.
        }
    }

    @SuppressWarnings("ReferenceEquality") // this very part
    private void ended(Part part, long sent, @Nullable Exception failure) {
        if (parts.peek() != part) {
            return; // the connection has ended
        }
        sending = null;
        if (failure instanceof SocketError && failure instanceof IOException broken) {
            connection.sendingFailed(broken);
            return;
        }
        parts.remove();
        connection.fileEnded(part.behind(), sent);
        if (failure != null) {
            part.answer().errback(failure);
        } else {
            part.answer().callback(sent);
        }
    }

    /** Ends the sending that goes on. */
    void close(LoopReactor loop) {
        Socket shared = sending;
        if (shared != null) {
            try {
                shared.close();
            } catch (IOException e) {
                loop.report("a file that is on its way cannot be stopped", e);
            }
        }
    }

    /** The connection has ended. */
    void fail(ConnectionLost reason) {
        for (Part part = parts.poll(); part != null; part = parts.poll()) {
            part.behind().clear();
            part.answer().errback(reason);
        }
    }

    void moveTo(LoopReactor loop) {
        home = loop;
        parts.forEach(part -> part.behind().moveTo(loop.chunks()));
    }
}
