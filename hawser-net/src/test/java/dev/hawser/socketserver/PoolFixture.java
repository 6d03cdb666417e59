package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** A pool of two spare workers and four at most, which serve three requests each; fake workers, and time that stands still. */
final class PoolFixture implements Closeable {

    static final Sockaddr CLIENT = SockaddrIn.of("127.0.0.1", 4711);
    static final Sockaddr ANYWHERE = SockaddrIn.of("127.0.0.1", 0);
    static final Duration TIME_LIMIT = Duration.ofMinutes(5);

    final PoolServer server = new PoolServer();
    final FakeWorkers workers = new FakeWorkers();
    final ManualTimers timers = new ManualTimers();
    final WorkerPool<String> pool;

    PoolFixture() throws IOException {
        this(new WorkerLimits(4, 2, 3, TIME_LIMIT, 2));
    }

    PoolFixture(WorkerLimits limits) throws IOException {
        pool = new WorkerPool<>(server, limits, workers, timers);
    }

    /** The spare workers are started and ready. */
    PoolFixture ready() {
        pool.keepSpare();
        timers.run();
        for (int i = 0; i < 2; i++) {
            workers.get(i).ready();
        }
        return this;
    }

    /** The spare workers have had a request each for so long that two more were started. */
    PoolFixture startMore() {
        ready().give("a", "b");
        timers.pass(WorkerPool.STEP.multipliedBy(2));
        return this;
    }

    /** And those are ready. */
    PoolFixture readyMore() {
        startMore();
        workers.get(2).ready();
        workers.get(3).ready();
        return this;
    }

    void give(String... requests) {
        for (String request : requests) {
            pool.give(request, CLIENT);
        }
        timers.run();
    }

    @Override
    public void close() throws IOException {
        server.state().socket().close();
    }
}
