package dev.hawser.reactor.application;

import dev.hawser.reactor.defer.Deferred;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what it is told. */
final class RecordingService implements Service {

    private final String name;
    private final List<String> told;
    private boolean running;
    private Deferred<@Nullable Void> ready = Deferred.succeed(null);
    private Deferred<@Nullable Void> stopped = Deferred.succeed(null);

    RecordingService(String name, List<String> told) {
        this.name = name;
        this.told = told;
    }

    /** What its privileged start is to return. */
    RecordingService readyWith(Deferred<@Nullable Void> ready) {
        this.ready = ready;
        return this;
    }

    /** What its stop is to return. */
    RecordingService stoppedWith(Deferred<@Nullable Void> stopped) {
        this.stopped = stopped;
        return this;
    }

    @Override
    public Deferred<@Nullable Void> privilegedStartService() {
        told.add(name + " privileged");
        return ready;
    }

    @Override
    public void startService() {
        running = true;
        told.add(name + " start");
    }

    @Override
    public Deferred<@Nullable Void> stopService() {
        running = false;
        told.add(name + " stop");
        return stopped;
    }

    @Override
    public void closeService() {
        told.add(name + " close");
    }

    @Override
    public void abortService() {
        told.add(name + " abort");
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public String toString() {
        return name;
    }
}
