package dev.hawser.reactor;

import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.socket.Errno;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.SocketError;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits for a descriptor of any kind. What epoll(7) does not take, a regular file or /dev/null, is always ready: it is told in each turn. */
final class PipeWatch {

    private final LoopReactor reactor;
    private final Backend.WatchSink sink;
    private final Backend.WatchOperation watch;
    private boolean alwaysReady;
    private int events;
    private @Nullable DelayedCall next;

    PipeWatch(LoopReactor reactor, HasFileno file, Backend.WatchSink sink) throws IOException {
        this.reactor = reactor;
        this.sink = sink;
        this.watch = reactor.backend().watch(file, sink);
    }

    /** As {@link Backend.WatchOperation#setEvents}. */
    void setEvents(int wanted) throws IOException {
        events = wanted;
        if (!alwaysReady) {
            try {
                watch.setEvents(wanted);
                return;
            } catch (IOException e) {
                if (!(e instanceof SocketError error && error.errno() == Errno.EPERM)) {
                    throw e;
                }
                alwaysReady = true;
            }
        }
        if (wanted != 0 && next == null) {
            next = reactor.callLater(Duration.ZERO, this::tell);
        }
    }

    private void tell() {
        next = null;
        if (events != 0) {
            sink.ready(events);
        }
        if (events != 0 && next == null) {
            next = reactor.callLater(Duration.ZERO, this::tell);
        }
    }

    void close() {
        events = 0;
        watch.close();
        if (next != null) {
            next.cancel();
            next = null;
        }
    }
}
