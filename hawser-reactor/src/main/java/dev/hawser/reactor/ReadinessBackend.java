package dev.hawser.reactor;

import dev.hawser.select.Selector;
import dev.hawser.select.SelectorKey;
import dev.hawser.socket.Accepted;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.ReceivedMessageInto;
import dev.hawser.socket.Socket;
import dev.hawser.socket.WouldBlockException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A backend over a {@link Selector}: when the kernel says that a call would not wait, it is made. Level-triggered: what one call leaves is told
 * again, so that there is one receive for an event, and no connection keeps the others waiting.
 */
final class ReadinessBackend implements Backend {

    /** One receive for each event; a critical call copies no more than this. */
    private static final int BUFFER_BYTES = 64 * 1024;

    /** The others have their turn, too. */
    private static final int MOST_ACCEPTS = 100;

    private final Selector selector;
    private final Turn turn;
    private final Selector.Handler dispatch = this::dispatch;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final MemorySegment memory = MemorySegment.ofArray(buffer.array());
    private Duration lastTimeout = Duration.ZERO;

    ReadinessBackend(Selector selector, Turn turn) {
        this.selector = selector;
        this.turn = turn;
    }

    @Override
    public int collect(long timeoutNanos) throws IOException {
        return selector.select(timeoutNanos == NO_TIMEOUT ? null : timeout(timeoutNanos), dispatch);
    }

    private Duration timeout(long nanos) {
        if (nanos == 0) {
            return Duration.ZERO;
        }
        if (lastTimeout.toNanos() != nanos) {
            lastTimeout = Duration.ofNanos(nanos);
        }
        return lastTimeout;
    }

    private void dispatch(SelectorKey key, int events) {
        if (key.attachment() instanceof Watched watched) {
            watched.ready(events);
        }
    }

    @Override
    public void wakeUp() {
        selector.wakeUp();
    }

    @Override
    public StreamOperation stream(Socket socket, StreamSink sink) {
        return new Stream(socket, sink);
    }

    @Override
    public Operation accept(Socket listener, AcceptSink sink) throws IOException {
        Accepting accepting = new Accepting(listener, sink);
        accepting.watch(Selector.EVENT_READ);
        return accepting;
    }

    @Override
    public WatchOperation watch(HasFileno file, WatchSink sink) {
        return new Watching(file, sink);
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }

    /** An event of a descriptor; what its sink throws is the reactor's to report. */
    private void tell(Watched watched, int event) {
        Throwable thrown = null;
        turn.begins();
        try {
            watched.handle(event);
        } catch (Throwable e) {
            thrown = e;
        }
        turn.ended(thrown);
    }

    /** A descriptor and what is waited for. A selector wants at least one event, so without any it is not registered. */
    private abstract sealed class Watched implements Operation {

        private final HasFileno file;
        private int watched;
        private boolean closed;

        Watched(HasFileno file) {
            this.file = file;
        }

        /** The selector has said so. */
        void ready(int events) {
            tell(this, events);
        }

        /** Makes the call that would not wait, and tells the sink. */
        abstract void handle(int events);

        final boolean isClosed() {
            return closed;
        }

        final void watch(int events) throws IOException {
            int before = watched;
            if (closed || events == before) {
                return;
            }
            watched = 0; // where the kernel refuses, nothing is registered
            if (before == 0) {
                selector.register(file, events, this);
            } else if (events == 0) {
                selector.unregister(file);
            } else {
                selector.modify(file, events, this);
            }
            watched = events;
        }

        @Override
        public final void close() {
            if (closed || watched == 0) {
                closed = true;
                return;
            }
            closed = true;
            try {
                selector.unregister(file);
            } catch (ClosedSelectorException e) {
                // Then nothing is registered.
            }
        }
    }

    /** Receives and sends. */
    private final class Stream extends Watched implements StreamOperation {

        private final Socket socket;
        private final StreamSink sink;
        private boolean receiving;

        /** What the kernel has not taken all of. */
        private @Nullable OutputQueue sending;

        Stream(Socket socket, StreamSink sink) {
            super(socket);
            this.socket = socket;
            this.sink = sink;
        }

        @Override
        public void setReceiving(boolean receiving) throws IOException {
            this.receiving = receiving;
            update();
        }

        @Override
        public long send(OutputQueue queue) throws IOException {
            if (sending != null) {
                return 0;
            }
            long sent = queue.sendTo(socket);
            if (!queue.isEmpty()) {
                sending = queue;
                update();
            }
            return sent;
        }

        private void update() throws IOException {
            watch((receiving ? Selector.EVENT_READ : 0) | (sending == null ? 0 : Selector.EVENT_WRITE));
        }

        @Override
        void ready(int events) {
            if ((events & Selector.EVENT_READ) != 0) {
                tell(this, Selector.EVENT_READ);
            }
            if ((events & Selector.EVENT_WRITE) != 0 && sending != null && !isClosed()) {
                tell(this, Selector.EVENT_WRITE);
            }
        }

        @Override
        void handle(int event) {
            if (event == Selector.EVENT_READ) {
                receive();
            } else {
                sendOn();
            }
        }

        private void receive() {
            int received;
            ReceivedMessageInto message = null;
            try {
                if (sink.takesDescriptors()) {
                    message = DescriptorPassing.receive(socket, memory);
                }
                received = message == null ? socket.recvInto(memory, 0) : message.count();
                if (received == 0) {
                    setReceiving(false);
                }
            } catch (WouldBlockException e) {
                return;
            } catch (IOException e) {
                breakOff(e);
                return;
            }
            if (received == 0) {
                sink.endReceived();
                return;
            }
            ByteBuffer data = buffer.order(ByteOrder.BIG_ENDIAN).limit(received).position(0);
            if (message == null) {
                sink.received(data);
            } else {
                sink.received(data, message.descriptors(), message.isControlTruncated());
            }
        }

        private void sendOn() {
            OutputQueue queue = sending;
            if (queue == null) {
                return;
            }
            long sent;
            try {
                sent = queue.sendTo(socket);
                if (queue.isEmpty()) {
                    sending = null;
                    update();
                }
            } catch (IOException e) {
                close();
                sink.sendingFailed(e);
                return;
            }
            if (sent > 0) {
                sink.sent(sent);
            }
        }

        private void breakOff(IOException error) {
            close();
            sink.broken(error);
        }
    }

    /** Accepts. */
    private final class Accepting extends Watched {

        private final Socket listener;
        private final AcceptSink sink;

        /** There may be another one. */
        private boolean more;

        Accepting(Socket listener, AcceptSink sink) {
            super(listener);
            this.listener = listener;
            this.sink = sink;
        }

        @Override
        void ready(int events) {
            more = true;
            for (int i = 0; i < MOST_ACCEPTS && more && !isClosed(); i++) {
                tell(this, events);
            }
        }

        @Override
        void handle(int events) {
            more = false;
            Accepted accepted;
            try {
                accepted = listener.acceptNow();
            } catch (IOException e) {
                sink.failed(e);
                return;
            }
            if (accepted != null) {
                more = true;
                sink.accepted(accepted);
            }
        }
    }

    /** Tells. */
    private final class Watching extends Watched implements WatchOperation {

        private final WatchSink sink;

        Watching(HasFileno file, WatchSink sink) {
            super(file);
            this.sink = sink;
        }

        @Override
        public void setEvents(int events) throws IOException {
            watch(events);
        }

        @Override
        void handle(int events) {
            sink.ready(events);
        }
    }
}
