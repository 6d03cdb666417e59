package dev.hawser.reactor.application;

import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.Reactor.Phase;
import dev.hawser.reactor.Reactor.SystemEvent;
import dev.hawser.reactor.Reactor.Trigger;
import dev.hawser.reactor.defer.CancelledException;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.socket.Privileges;
import dev.hawser.socket.SockaddrUn;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One run of an application, from its start to its end. */
final class ApplicationRun {

    private static final System.Logger LOG = System.getLogger("dev.hawser.reactor");

    /** How long those have whose connections were closed in good order, before they are dropped. */
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Application application;
    private final Reactor reactor;
    private final MultiService services;
    private final ManagerNotes manager = new ManagerNotes();

    /** Fires when all has ended, or is not waited for any more. */
    private final Deferred<@Nullable Void> ended = new Deferred<>();

    private @Nullable Deferred<@Nullable Void> starting;
    private @Nullable DelayedCall nextStep;
    private @Nullable Throwable failure;
    private boolean started;
    private boolean stopping;
    private boolean over;

    /** What SIGHUP has asked for during the start is done at its end. */
    private boolean reloadIsDue;

    /** Null where nobody is to take over. */
    private final @Nullable HotRestart restart;

    /** The process that has taken over; 0: none. */
    private int successor;

    /** The one that has ended it. */
    private int signal;

    /** Somebody has asked by a signal for the end: the next one is impatient. */
    private boolean askedToEnd;

    ApplicationRun(Application application) {
        this.application = application;
        this.reactor = application.reactor();
        this.services = application.services();
        SockaddrUn control = application.control();
        this.restart = control == null ? null : new HotRestart(reactor, control, this::replaced, Handover.PATIENCE);
    }

    int run() throws IOException {
        if (reactor.isRunning()) {
            throw new IllegalStateException(
                    "the reactor runs already: an application runs its reactor itself; add services to a MultiService that one starts oneself");
        }
        try (manager;
                ProcessSignals _ = new ProcessSignals(this::signalled, signals())) {
            reactor.callWhenRunning(this::start);
            Trigger stop = reactor.addSystemEventTrigger(Phase.BEFORE, SystemEvent.SHUTDOWN, this::stop);
            try {
                reactor.run();
            } finally {
                over = true;
                stop.remove();
                cancelNextStep();
                closeRestart();
            }
        }
        throwFailure();
        return signal;
    }

    private int[] signals() {
        if (!application.handlesSignals()) {
            return new int[0];
        }
        return application.reload() == null
                ? new int[] {ProcessSignals.SIGTERM, ProcessSignals.SIGINT}
                : new int[] {ProcessSignals.SIGTERM, ProcessSignals.SIGINT, ProcessSignals.SIGHUP};
    }

    private void throwFailure() throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IOException("a service cannot start", failure);
        }
    }

    // ---- the start

    private void start() {
        Deferred<@Nullable Void> begun = takeOver()
                .thenCompose(inherited -> services.privilegedStartService())
                .thenCompose(ready -> dropPrivileges())
                .thenCompose(dropped -> serve());
        starting = begun;
        Deferred<@Nullable Void> _ = begun.finish(started -> started(), this::notStarted);
    }

    private Deferred<@Nullable Void> serve() {
        services.startService();
        return restart == null ? Deferred.succeed(null) : restart.succeed();
    }

    private Deferred<@Nullable Void> takeOver() {
        String user = application.user();
        return restart == null
                ? Deferred.succeed(null)
                : restart.takeOver(() -> user == null ? Privileges.effectiveUserId() : Privileges.userId(user));
    }

    /** The name service may wait. */
    private Deferred<@Nullable Void> dropPrivileges() {
        String user = application.user();
        if (user == null) {
            return Deferred.succeed(null);
        }
        return Waiting.run(reactor, () -> Privileges.drop(user, application.group()));
    }

    private void started() {
        manager.tell(
                restart == null
                        ? "READY=1"
                        : "READY=1\nMAINPID=" + ProcessHandle.current().pid());
        manager.startWatchdog(reactor);
        started = true;
        if (reloadIsDue) {
            reload();
        }
    }

    private void notStarted(Throwable reason) {
        if (stopping && reason instanceof CancelledException) {
            return;
        }
        failure = reason;
        reactor.stop();
    }

    // ---- what is said meanwhile

    void status(String line) {
        manager.tell("STATUS=" + line);
    }

    /** In a thread of the JVM's. */
    void signalled(int number) {
        reactor.callFromThread(() -> {
            if (over) {
                return; // what is left of it when its reactor runs again
            }
            if (number == ProcessSignals.SIGHUP) {
                reload();
            } else if (askedToEnd) {
                abort();
            } else {
                endBy(number);
            }
        });
    }

    /** One that ends already, since another process has its place or the program says so, is not hurried by the first. */
    private void endBy(int number) {
        askedToEnd = true;
        if (!stopping) {
            signal = number;
            reactor.stop();
        }
    }

    private void reload() {
        Runnable hook = application.reload();
        if (hook == null || stopping) {
            return;
        }
        if (!started) {
            reloadIsDue = true;
            return;
        }
        manager.reloading();
        try {
            hook.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "what should be read again on SIGHUP stays as it was", e);
        }
        manager.tell("READY=1");
    }

    // ---- the end

    /** The service goes on, in another process: the manager is told which, and not that it ends. */
    private void replaced(int by) {
        successor = by;
        manager.tell("MAINPID=" + by);
        reactor.stop();
    }

    private void closeRestart() {
        if (restart != null) {
            restart.close();
        }
    }

    /** The reactor stops, for whatever reason: it waits for what this returns. */
    private Deferred<@Nullable Void> stop() {
        stopping = true;
        closeRestart();
        if (successor == 0) {
            manager.tell("STOPPING=1");
        }
        if (starting != null) {
            starting.cancel();
        }
        nextStep = reactor.callLater(application.graceful(), this::close);
        Deferred<@Nullable Void> _ = services.stopService().finish(stopped -> end(), this::stoppedBadly);
        return ended;
    }

    private void stoppedBadly(Throwable reason) {
        LOG.log(Level.ERROR, "the services have not stopped as they should", reason);
        end();
    }

    private void close() {
        services.closeService();
        nextStep = reactor.callLater(CLOSING, this::abort);
    }

    /** What the end of a connection brings about is done in this turn and the next; then nobody is waited for. */
    private void abort() {
        cancelNextStep();
        services.abortService();
        nextStep = reactor.callLater(Duration.ZERO, this::end);
    }

    private void end() {
        cancelNextStep();
        if (!ended.isCalled()) {
            ended.callback(null);
        }
    }

    private void cancelNextStep() {
        DelayedCall next = nextStep;
        nextStep = null;
        if (next != null && next.isActive()) {
            next.cancel();
        }
    }
}
