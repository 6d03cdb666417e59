package dev.hawser.reactor.application;

import dev.hawser.reactor.Reactor;
import dev.hawser.socket.SockaddrUn;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs services as a process of Unix: starts them, gives up privileges, reports to the service manager, and ends on SIGTERM and SIGINT in good
 * order; a second signal ends it at once. The order of it all is in the documentation of the package.
 *
 * <h2>Threading</h2>
 * For the thread that runs it, but for {@link #status}, which is safe from any thread. Signals are of the process: one application at a time handles them.
 *
 * <h2>Blocking and timeouts</h2>
 * {@link #run} waits until the end. The services have {@link #graceful} to stop; then what they still have is closed, and two seconds later dropped.
 *
 * <h2>Errors</h2>
 * What keeps a service from starting ends the run, and is thrown by it, when the services that had started have stopped.
 *
 * <h2>Platform notes</h2>
 * Signals need the module {@code jdk.unsupported}, which every JDK has, and a JVM without {@code -Xrs}. A signal that the process was started to ignore stays ignored.
 *
 * <p>Source: Twisted's {@code twisted.application.service.Application} and {@code twistd}; sd_notify(3), daemon(7).
 *
 * {@snippet file="dev/hawser/reactor/application/ApplicationSnippetsTest.java" region="application"}
 */
public final class Application {

    private final Reactor reactor;
    private final MultiService services = new MultiService();
    private Duration graceful = Duration.ofSeconds(10);
    private boolean handlesSignals = true;
    private @Nullable Runnable reload;
    private @Nullable String user;
    private @Nullable String group;
    private @Nullable SockaddrUn control;
    private volatile @Nullable ApplicationRun current;

    /**
     * An application without services.
     *
     * @param reactor what they run on
     */
    public Application(Reactor reactor) {
        this.reactor = reactor;
    }

    /**
     * Adds a service. To one that runs it is started; the privileges may be gone by then.
     *
     * @param service the service
     * @return this
     */
    public Application add(Service service) {
        services.add(service);
        return this;
    }

    /**
     * How long the services may take to stop before what they still have is closed.
     *
     * @param limit the time from the first signal on; zero: nobody is waited for
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Application graceful(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("a limit is not negative: " + limit + "; zero waits for nobody");
        }
        graceful = limit;
        return this;
    }

    /**
     * Whether SIGTERM, SIGINT and SIGHUP are handled while it runs: they are, unless one says otherwise. For programs whose signals are somebody else's affair: they end the run by
     * {@link Reactor#stop}.
     *
     * @param handled whether
     * @return this
     */
    public Application handleSignals(boolean handled) {
        handlesSignals = handled;
        return this;
    }

    /**
     * What SIGHUP asks for: to read certificates and settings again. Without it, SIGHUP does what it does to every program: it ends it.
     *
     * @param hook called in the reactor's thread, so it must not wait; what it throws is reported, and all goes on as before
     * @return this
     */
    public Application onReload(Runnable hook) {
        reload = hook;
        return this;
    }

    /**
     * Gives up root's rights when everything listens, before anybody is served. See {@link dev.hawser.socket.Privileges#drop}.
     *
     * @param user whom to become
     * @param group the group; null: the user's own
     * @return this
     */
    public Application runAs(String user, @Nullable String group) {
        this.user = user;
        this.group = group;
        return this;
    }

    /**
     * Lets a new process take this one's place without a connection refused or lost: started with the same control socket, it gets what listens here, starts its services, and then has this one
     * accept no more, finish what it has begun, and end: {@link #run} returns 0. What listens in the new one at an address of the old one's has the old one's socket; other addresses are opened, and
     * those that are not wanted any more closed. A new process that does not come so far has changed nothing. Where no process is at the control socket, this one just starts.
     *
     * <p>The control socket's directory must be one into which nobody else may write, but the user that this process becomes. Only processes of that user, or of root, are listened to.
     *
     * {@snippet file="dev/hawser/reactor/application/ApplicationSnippetsTest.java" region="hot-restart"}
     *
     * @param control a path or an abstract name
     * @return this
     */
    public Application hotRestart(SockaddrUn control) {
        this.control = control;
        return this;
    }

    /**
     * Tells the service manager how it is, in a line for those who read {@code systemctl status}. Safe from any thread; does nothing while it does not run, and where there is
     * no manager.
     *
     * @param line the line
     * @throws IllegalArgumentException if there is more than one line
     */
    public void status(String line) {
        if (line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("one line, not " + line.lines().count() + ": " + line);
        }
        ApplicationRun run = current;
        if (run != null) {
            run.status(line);
        }
    }

    /**
     * Starts the services, and runs until a signal, or {@link Reactor#stop}. It may be run again.
     *
     * @return the number of the signal that ended it; 0 where none did. As an exit code, a shell has 128 more
     * @throws IOException if a service cannot start, or the reactor fails
     * @throws IllegalStateException if the reactor runs already, or signals cannot be handled
     */
    public int run() throws IOException {
        ApplicationRun run = new ApplicationRun(this);
        current = run;
        try {
            return run.run();
        } finally {
            current = null;
        }
    }

    Reactor reactor() {
        return reactor;
    }

    MultiService services() {
        return services;
    }

    Duration graceful() {
        return graceful;
    }

    boolean handlesSignals() {
        return handlesSignals;
    }

    @Nullable
    Runnable reload() {
        return reload;
    }

    @Nullable
    String user() {
        return user;
    }

    @Nullable
    String group() {
        return group;
    }

    @Nullable
    SockaddrUn control() {
        return control;
    }
}
