package dev.hawser.reactor.application;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.endpoints.ClientEndpoint;
import dev.hawser.reactor.time.ReactorTime;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection to an endpoint: connects when it starts, and again, after a while, when there was no connection, or it was lost.
 *
 * <h2>Threading</h2>
 * For the reactor's thread.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits. How long a connect may take is the endpoint's affair; how long to wait after one is the {@link RetryPolicy}'s.
 *
 * <h2>Errors</h2>
 * None for the service: failures are told to those who ask by {@link #whenConnected(int)}.
 *
 * <p>Source: {@code twisted.application.internet.ClientService}; other than there, a connection whose preparation fails is closed.
 *
 * {@snippet file="dev/hawser/reactor/application/ApplicationSnippetsTest.java" region="client"}
 */
public final class ClientService implements Service {

    private final ClientMachine machine;
    private boolean running;

    /** What is to be done with a new connection before others may use it: to log in, say. */
    @FunctionalInterface
    public interface Preparation {

        /**
         * Prepares.
         *
         * @param protocol has its connection
         * @return fires when it may be used; null: at once. Where it fails, the connection is closed, and counts as one that failed
         * @throws Exception as if it had failed
         */
        @Nullable
        Deferred<?> prepare(Protocol protocol) throws Exception;
    }

    /**
     * A service that is not started.
     *
     * @param clock tells when to try again: the reactor
     * @param endpoint whom to connect to
     * @param factory makes the protocols
     */
    public ClientService(ReactorTime clock, ClientEndpoint endpoint, Factory factory) {
        this.machine = new ClientMachine(clock, endpoint, factory);
    }

    /**
     * With a policy of one's own.
     *
     * @param policy how long to wait
     * @return this
     */
    public ClientService retry(RetryPolicy policy) {
        machine.policy(policy);
        return this;
    }

    /**
     * With something to be done with each new connection first.
     *
     * @param preparation what
     * @return this
     */
    public ClientService prepareConnection(Preparation preparation) {
        machine.preparation(preparation);
        return this;
    }

    /**
     * The connection: the one there is, or the next.
     *
     * @return fires with the protocol; fails with {@link dev.hawser.reactor.defer.CancelledException} when the service has stopped
     */
    public Deferred<Protocol> whenConnected() {
        return machine.whenConnected(0);
    }

    /**
     * The connection: the one there is, or the next, unless that takes too many attempts.
     *
     * @param failAfterFailures how many attempts may fail from now on: 1, and the first failure is told
     * @return as {@link #whenConnected()}; fails with the reason of the last of these failures
     * @throws IllegalArgumentException if the number is not positive
     */
    public Deferred<Protocol> whenConnected(int failAfterFailures) {
        if (failAfterFailures < 1) {
            throw new IllegalArgumentException(
                    "1 failure or more, not " + failAfterFailures + "; whenConnected() waits for any number");
        }
        return machine.whenConnected(failAfterFailures);
    }

    /** Connects; one that runs goes on. */
    @Override
    public void startService() {
        if (!running) {
            running = true;
            machine.start();
        }
    }

    /**
     * Connects no more, and closes the connection that there is.
     *
     * @return fires when it is closed
     */
    @Override
    public Deferred<@Nullable Void> stopService() {
        running = false;
        return machine.stop();
    }

    @Override
    public void abortService() {
        machine.abort();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public String toString() {
        return machine.toString();
    }
}
