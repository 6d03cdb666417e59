package dev.hawser.reactor.application;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.task.LoopingCall;
import dev.hawser.reactor.time.ReactorTime;
import dev.hawser.socket.Systemd;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the service manager is told, sd_notify(3). The manager's queue may be full: so what is to be told goes to a thread, one after the other, and the loop does not wait. Where no
 * manager listens, nothing happens at all.
 */
final class ManagerNotes implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.hawser.reactor");
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final @Nullable ExecutorService thread;
    private @Nullable LoopingCall watchdog;

    ManagerNotes() {
        boolean managed = !System.getenv().getOrDefault("NOTIFY_SOCKET", "").isEmpty();
        thread = managed
                ? Executors.newSingleThreadExecutor(
                        Thread.ofVirtual().name("hawser-sd-notify").factory())
                : null;
    }

    void tell(String state) {
        ExecutorService teller = thread;
        if (teller != null && !teller.isShutdown()) {
            teller.execute(() -> send(state));
        }
    }

    private static void send(String state) {
        try {
            Systemd.notify(state);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "the service manager cannot be told " + state, e);
        }
    }

    /** The manager wants the time, to know this reload from the one before. */
    void reloading() {
        tell("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
    }

    /** Tells from the loop's thread, twice in the manager's interval: a loop that hangs is found dead. */
    void startWatchdog(ReactorTime reactor) {
        Duration interval = thread == null ? null : Systemd.watchdogInterval();
        if (interval != null) {
            LoopingCall call = LoopingCall.of(reactor, () -> tell("WATCHDOG=1"));
            Deferred<@Nullable Void> _ = call.start(interval.dividedBy(2))
                    .finish(end -> {}, failure -> LOG.log(Level.ERROR, "the watchdog is told no more", failure));
            watchdog = call;
        }
    }

    /** Waits a little for what has not been told yet. */
    @Override
    public void close() {
        LoopingCall call = watchdog;
        if (call != null && call.isRunning()) {
            call.stop();
        }
        if (thread != null) {
            thread.shutdown();
            try {
                if (!thread.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                    thread.shutdownNow();
                }
            } catch (InterruptedException e) {
                thread.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
    }
}
