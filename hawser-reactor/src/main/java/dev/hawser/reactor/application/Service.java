package dev.hawser.reactor.application;

import dev.hawser.reactor.defer.Deferred;
import org.jspecify.annotations.Nullable;

/**
 * Something that is started and stopped, and may be started again.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <p>Source: {@code twisted.application.service.IService}.
 */
public interface Service {

    /**
     * Does what needs privileges, such as listening on a port below 1024, before {@link #startService} and before they are given up.
     *
     * @return fires when it is done; fails with the reason why the program cannot start
     */
    default Deferred<@Nullable Void> privilegedStartService() {
        return Deferred.succeed(null);
    }

    /** Starts. */
    void startService();

    /**
     * Stops: takes on nothing new, and lets what goes on come to its end.
     *
     * @return fires when all has ended
     */
    Deferred<@Nullable Void> stopService();

    /** Ends now what {@link #stopService} still waits for: the time for it is over. */
    default void abortService() {}

    /**
     * Whether it was started, and not stopped since.
     *
     * @return true between the two
     */
    boolean isRunning();
}
