package dev.hawser.reactor;

import dev.hawser.select.Selector;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads one end of a pipe: once for each event, until it ends. */
final class PipeReader {

    /** Is told of what comes. */
    interface Sink {

        /** Bytes have come, in a buffer that is valid during the call. */
        void received(ByteBuffer data);

        /** It has ended; with an error, or null. */
        void ended(@Nullable IOException error);
    }

    private final LoopReactor reactor;
    private final PipeEnd end;
    private final Sink sink;
    private final PipeWatch watch;
    private boolean closed;

    PipeReader(LoopReactor reactor, PipeEnd end, Sink sink) throws IOException {
        this.reactor = reactor;
        this.end = end;
        this.sink = sink;
        this.watch = new PipeWatch(reactor, end, events -> read());
    }

    /** Whether what comes is read and told. */
    void setReading(boolean reading) throws IOException {
        if (!closed) {
            watch.setEvents(reading ? Selector.EVENT_READ : 0);
        }
    }

    private void read() {
        byte[] buffer = reactor.pipes().buffer();
        int n;
        try {
            n = end.read(buffer);
        } catch (IOException e) {
            close();
            sink.ended(e);
            return;
        }
        if (n > 0) {
            reactor.counts().add(LoopCounts.BYTES_RECEIVED, n);
            sink.received(ByteBuffer.wrap(buffer, 0, n));
        } else if (n == 0) {
            close();
            sink.ended(null);
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** The sink is not told. */
    void close() {
        if (!closed) {
            closed = true;
            watch.close();
            end.close();
        }
    }
}
