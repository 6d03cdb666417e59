package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Workers that do what the test says, when it says so. */
final class FakeWorkers implements WorkerStarter<String> {

    final List<Fake> started = new ArrayList<>();
    boolean closed;
    /** What {@link #start} throws. */
    @Nullable
    Throwable cannotStart;
    /** Runs within {@link Fake#give}, of every worker. */
    Runnable whileGiving = () -> {};

    @Override
    public Worker<String> start(WorkerEvents<String> events) throws IOException {
        switch (cannotStart) {
            case IOException e -> throw e;
            case Error e -> throw e;
            case null, default -> {}
        }
        Fake worker = new Fake(events, 1000L + started.size());
        started.add(worker);
        return worker;
    }

    @Override
    public void close() {
        closed = true;
    }

    Fake get(int index) {
        return started.get(index);
    }

    List<Fake> busy() {
        return started.stream().filter(worker -> worker.busyWith != null).toList();
    }

    final class Fake implements Worker<String> {

        private final WorkerEvents<String> events;
        private final long pid;
        final List<String> given = new ArrayList<>();

        @Nullable
        String busyWith;

        boolean gone;

        @Nullable
        Throwable cannotPass;

        boolean retired;
        boolean killed;

        private Fake(WorkerEvents<String> events, long pid) {
            this.events = events;
            this.pid = pid;
        }

        @Override
        public long pid() {
            return pid;
        }

        @Override
        public boolean give(String request, Sockaddr clientAddress) throws IOException {
            switch (cannotPass) {
                case IOException e -> throw e;
                case Error e -> throw e;
                case null, default -> {}
            }
            if (!gone) {
                given.add(request);
                busyWith = request;
            }
            boolean taken = !gone;
            whileGiving.run();
            return taken;
        }

        @Override
        public void retire() {
            retired = true;
        }

        @Override
        public void kill() {
            killed = true;
        }

        void ready() {
            events.ready(this);
        }

        void done() {
            done(null);
        }

        void done(@Nullable WorkerException failure) {
            busyWith = null;
            events.done(this, failure);
        }

        void leaving(@Nullable WorkerException reason) {
            events.leaving(this, reason);
        }

        void ended(int exitStatus) {
            gone = true;
            busyWith = null;
            events.ended(this, exitStatus);
        }
    }
}
