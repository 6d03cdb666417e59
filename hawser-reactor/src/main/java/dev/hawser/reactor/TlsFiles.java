package dev.hawser.reactor;

import dev.hawser.reactor.defer.Deferred;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files that go through a layer of TLS, in order with what is written. The kernel cannot encrypt them, so they are read, a piece each time that the transport
 * below has room, by a thread of its own: a disk may keep its reader waiting.
 */
final class TlsFiles implements PullProducer {

    private static final int PIECE_BYTES = 128 * 1024;

    private final TlsLayer layer;
    private final TlsWriter writer;
    private final TlsPlace place;
    private final ArrayDeque<Part> parts = new ArrayDeque<>();
    private @Nullable ByteBuffer piece;

    /** The transport below tells when there is room. */
    private boolean waiting;

    private boolean reading;

    /** A part of a file, and what was written behind it. */
    private static final class Part {
        final FileChannel file;
        final long offset;
        final long count;
        final Deferred<Long> answer = new Deferred<>();
        final OutputQueue behind;
        long done;

        Part(FileChannel file, long offset, long count, OutputQueue behind) {
            this.file = file;
            this.offset = offset;
            this.count = count;
            this.behind = behind;
        }
    }

    TlsFiles(TlsLayer layer, TlsWriter writer, TlsPlace place) {
        this.layer = layer;
        this.writer = writer;
        this.place = place;
    }

    Deferred<Long> add(FileChannel file, long offset, long count) {
        Part part = new Part(file, offset, count, new OutputQueue(place.chunks()));
        parts.add(part);
        return part.answer;
    }

    OutputQueue queueBehind(OutputQueue first) {
        Part last = parts.peekLast();
        if (last == null) {
            return first;
        }
        last.behind.moveTo(place.chunks());
        return last.behind;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** How many bytes wait behind files. */
    long bufferedBytes() {
        long sum = 0;
        for (Part each : parts) {
            sum += each.behind.size();
        }
        return sum;
    }

    /** All that was written before the first file has gone below: false where there is no file. */
    boolean goOn() {
        if (!parts.isEmpty() && !waiting && !reading) {
            waiting = true;
            layer.transport().registerProducer(this);
        }
        return !parts.isEmpty();
    }

    /** There is room. */
    @Override
    public void resumeProducing() {
        waiting = false;
        layer.transport().unregisterProducer();
        Part part = parts.peek();
        if (part == null) {
            return;
        }
        reading = true;
        ByteBuffer into = piece == null ? ByteBuffer.allocate(PIECE_BYTES) : piece;
        piece = into;
        into.clear().limit((int) Math.min(PIECE_BYTES, part.count - part.done));
        place.callInThread(() -> read(part, into));
    }

    private void read(Part part, ByteBuffer into) {
        IOException failure = null;
        try {
            while (into.hasRemaining() && part.file.read(into, part.offset + part.done + into.position()) > 0) {
                // A file may be read in pieces.
            }
        } catch (IOException e) {
            failure = e;
        }
        IOException thrown = failure;
        place.callInLoop(() -> ended(part, into.flip(), thrown));
    }

    @SuppressWarnings("ReferenceEquality") // this very part
    private void ended(Part part, ByteBuffer data, @Nullable IOException failure) {
        reading = false;
        if (parts.peek() != part) {
            return; // the connection has ended
        }
        int count = data.remaining();
        part.done += count;
        writer.add(data);
        if (failure != null || part.done == part.count || count < PIECE_BYTES) {
            parts.remove();
            piece = null;
            part.behind.moveTo(place.chunks());
            writer.addAll(part.behind);
            if (failure != null) {
                part.answer.errback(failure);
            } else {
                part.answer.callback(part.done);
            }
        }
        place.flushLater();
    }

    /** The connection has ended. */
    void fail(ConnectionLost reason) {
        for (Part part = parts.poll(); part != null; part = parts.poll()) {
            part.behind.moveTo(place.chunks());
            part.behind.clear();
            part.answer.errback(Objects.requireNonNull(reason));
        }
    }

    @Override
    public void stopProducing() {
        waiting = false; // connectionLost follows
    }
}
