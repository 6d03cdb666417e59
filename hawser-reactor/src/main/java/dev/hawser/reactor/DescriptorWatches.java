package dev.hawser.reactor;

import dev.hawser.select.Selector;
import dev.hawser.socket.HasFileno;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What {@link Reactor#addReader} and {@link Reactor#addWriter} have begun. */
final class DescriptorWatches {

    private static final int FIRST_PRUNING = 64;

    private final Backend backend;
    private final BiConsumer<String, Throwable> report;
    private final Map<HasFileno, Watch> watches = new HashMap<>();
    private int pruneAt = FIRST_PRUNING;

    DescriptorWatches(Backend backend, BiConsumer<String, Throwable> report) {
        this.backend = backend;
        this.report = report;
    }

    void setReader(HasFileno file, Runnable ready) throws IOException {
        change(file, ready, true);
    }

    void setWriter(HasFileno file, Runnable ready) throws IOException {
        change(file, ready, false);
    }

    void removeReader(HasFileno file) {
        remove(file, true);
    }

    void removeWriter(HasFileno file) {
        remove(file, false);
    }

    private void remove(HasFileno file, boolean reader) {
        try {
            change(file, null, reader);
        } catch (IOException e) {
            report.accept("cannot wait for the rest any more: " + file, e);
        }
    }

    private void change(HasFileno file, @Nullable Runnable ready, boolean reader) throws IOException {
        Watch watch = watches.get(file);
        if (watch == null) {
            if (ready == null) {
                return;
            }
            watch = add(file);
        }
        if (reader) {
            watch.reader = ready;
        } else {
            watch.writer = ready;
        }
        watch.update();
    }

    private Watch add(HasFileno file) throws IOException {
        if (watches.size() >= pruneAt) {
            // Closed without being removed: the backend has forgotten them by itself.
            watches.keySet().removeIf(each -> each.fileno() < 0);
            pruneAt = Math.max(FIRST_PRUNING, 2 * watches.size());
        }
        Watch watch = new Watch(file);
        watches.put(file, watch);
        return watch;
    }

    void clear() {
        watches.values().forEach(watch -> watch.operation.close());
        watches.clear();
    }

    private final class Watch {

        private final HasFileno file;
        private final Backend.WatchOperation operation;
        private @Nullable Runnable reader;
        private @Nullable Runnable writer;

        Watch(HasFileno file) throws IOException {
            this.file = file;
            this.operation = backend.watch(file, this::ready);
        }

        private void update() throws IOException {
            int events = (reader == null ? 0 : Selector.EVENT_READ) | (writer == null ? 0 : Selector.EVENT_WRITE);
            if (events == 0) {
                end();
                return;
            }
            try {
                operation.setEvents(events);
            } catch (IOException | RuntimeException | Error e) {
                end();
                throw e;
            }
        }

        private void end() {
            watches.remove(file, this);
            operation.close();
        }

        private void ready(int events) {
            if ((events & Selector.EVENT_READ) != 0) {
                call(reader, true);
            }
            if ((events & Selector.EVENT_WRITE) != 0) {
                call(writer, false);
            }
        }

        private void call(@Nullable Runnable ready, boolean isReader) {
            if (ready == null) {
                return;
            }
            try {
                ready.run();
            } catch (Throwable e) {
                report.accept((isReader ? "a reader" : "a writer") + " has thrown, and is removed: " + file, e);
                remove(file, isReader);
            }
        }
    }
}
