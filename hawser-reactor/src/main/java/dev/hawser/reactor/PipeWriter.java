package dev.hawser.reactor;

import dev.hawser.select.Selector;
import java.io.IOException;

/** Writes to one end of a pipe: at the end of each event what the event has written, and the rest as the kernel takes it. */
final class PipeWriter {

    /** The others have their turn, too. */
    private static final long MOST_AT_ONCE = 1024 * 1024;

    /** Is told when the kernel takes something, and when it takes no more. */
    interface Sink {

        /** All that is said now of the queue may have changed. */
        void flushed();

        /** Nobody reads any more. */
        void broken(IOException error);
    }

    private final LoopReactor reactor;
    private final PipeEnd end;
    private final Sink sink;
    private final PipeWatch watch;
    private final OutputQueue queue;

    /** What is waited for even where nothing is to be written. */
    private final int always;

    private boolean closed;

    /**
     * A writer.
     *
     * @param seesReaders whether it is told as soon as nobody reads any more: of a pipe, which for reading is never ready otherwise
     */
    PipeWriter(LoopReactor reactor, PipeEnd end, boolean seesReaders, Sink sink) throws IOException {
        this.reactor = reactor;
        this.end = end;
        this.sink = sink;
        this.always = seesReaders ? Selector.EVENT_READ : 0;
        this.queue = new OutputQueue(reactor.chunks());
        this.watch = new PipeWatch(reactor, end, this::ready);
    }

    void start() throws IOException {
        watch.setEvents(always);
    }

    /** What is to be written: whoever puts something there calls {@link #flush} when the event has ended. */
    OutputQueue queue() {
        return queue;
    }

    private void ready(int events) {
        if (queue.isEmpty()) {
            if ((events & always) != 0) {
                sink.broken(new IOException("nobody reads any more"));
            }
            return;
        }
        try {
            flush();
            sink.flushed();
        } catch (IOException e) {
            sink.broken(e);
        }
    }

    /** Writes what the kernel takes at once. */
    void flush() throws IOException {
        if (closed) {
            return;
        }
        long written = 0;
        while (!queue.isEmpty() && written < MOST_AT_ONCE) {
            ChunkPool.Chunk chunk = queue.requireFirst();
            int length = chunk.length();
            int n = end.write(chunk.bytes, chunk.begin, length);
            queue.remove(n);
            written += n;
            if (n < length) {
                break;
            }
        }
        reactor.counts().add(LoopCounts.BYTES_SENT, written);
        watch.setEvents(always | (queue.isEmpty() ? 0 : Selector.EVENT_WRITE));
    }

    boolean isClosed() {
        return closed;
    }

    /** What was not written is lost; the sink is not told. */
    void close() {
        if (!closed) {
            closed = true;
            watch.close();
            queue.clear();
            end.close();
        }
    }
}
