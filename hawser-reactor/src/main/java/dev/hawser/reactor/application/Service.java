package dev.hawser.reactor.application;

import dev.hawser.reactor.defer.Deferred;
import org.jspecify.annotations.Nullable;

/**
 * Something that is started and stopped, and may be started again. It ends in up to three steps, each harder than the one before: {@link #stopService} lets what goes on
 * come to its end, {@link #closeService} closes it in good order, {@link #abortService} drops it.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <h2>Blocking and timeouts</h2>
 * No method may wait: what takes time is told by a {@link Deferred}. How long a service may take to stop is its {@link Application}'s affair.
 *
 * <h2>Errors</h2>
 * What {@link #privilegedStartService} fails with, or {@link #startService} throws, ends the start of the application. What the others throw is reported.
 *
 * <p>Source: {@code twisted.application.service.IService}; other than there, a service knows no parent, and the steps of the end are three.
 *
 * {@snippet file="dev/hawser/reactor/application/ApplicationSnippetsTest.java" region="service"}
 */
public interface Service {

    /**
     * Does what needs privileges, such as listening on a port below 1024, before {@link #startService} and before they are given up. Nobody is served yet.
     *
     * @return fires when it is done; fails with the reason why the program cannot start
     */
    default Deferred<@Nullable Void> privilegedStartService() {
        return Deferred.succeed(null);
    }

    /** Starts. */
    void startService();

    /**
     * Stops: takes on nothing new, and lets what goes on come to its end. One that was not started, or is stopped, has nothing to do.
     *
     * @return fires when all has ended
     */
    Deferred<@Nullable Void> stopService();

    /** Closes what {@link #stopService} still waits for, in good order: the time for it is over. */
    default void closeService() {}

    /** Ends at once what {@link #stopService} still waits for. */
    default void abortService() {}

    /**
     * Whether it was started, and not stopped since.
     *
     * @return true between the two
     */
    boolean isRunning();
}
