package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.protocols.Backoff;
import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.reactor.time.ReactorTime;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that tries again: what fails to connect is not told before the attempts of a {@link Backoff} are spent.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits. {@link #connect} goes on for as long as its policy says; cancelling ends the attempt, or the wait.
 *
 * <h2>Errors</h2>
 * An {@link IOException} is a reason to try again; anything else is a mistake in the program, and told at once. The last failure has the one before as a suppressed
 * one.
 *
 * <p>Source: Twisted's {@code ClientService} and {@code backoffPolicy}, without the service.
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="retries"}
 */
public final class RetryingClientEndpoint implements ClientEndpoint {

    private final ClientEndpoint under;
    private final ReactorTime clock;
    private final Backoff backoff;
    private final RandomGenerator random;

    /**
     * Around an endpoint.
     *
     * @param under connects
     * @param clock tells the time: the reactor
     * @param backoff how long to wait, and how often
     */
    public RetryingClientEndpoint(ClientEndpoint under, ReactorTime clock, Backoff backoff) {
        this(under, clock, backoff, RandomGenerator.getDefault());
    }

    /**
     * With a jitter of one's own.
     *
     * @param under connects
     * @param clock tells the time: the reactor
     * @param backoff how long to wait, and how often
     * @param random makes the jitter
     */
    public RetryingClientEndpoint(ClientEndpoint under, ReactorTime clock, Backoff backoff, RandomGenerator random) {
        this.under = under;
        this.clock = clock;
        this.backoff = backoff;
        this.random = random;
    }

    @Override
    public Deferred<Protocol> connect(Factory factory) {
        return new Attempts(factory).begin();
    }

    @Override
    public String toString() {
        return under + ", with retries";
    }

    private final class Attempts {

        private final Factory factory;
        private final Deferred<Protocol> result = new Deferred<>(cancelled -> giveUp());
        private int retries;
        private @Nullable Deferred<Protocol> going;
        private @Nullable DelayedCall waiting;
        private @Nullable Throwable last;
        private boolean givenUp;

        Attempts(Factory factory) {
            this.factory = factory;
        }

        Deferred<Protocol> begin() {
            attempt();
            return result;
        }

        private void attempt() {
            Deferred<Protocol> attempt = connect();
            going = attempt;
            attempt.finish(this::succeeded, this::failed);
            if (givenUp) {
                attempt.cancel(); // by what it has called
            }
        }

        private Deferred<Protocol> connect() {
            try {
                return under.connect(factory);
            } catch (RuntimeException e) {
                return Deferred.fail(e);
            }
        }

        private void succeeded(Protocol made) {
            if (givenUp) {
                made.transport().loseConnection(); // nobody else knows of it
            } else {
                result.callback(made);
            }
        }

        private void failed(Throwable reason) {
            if (givenUp) {
                return; // the deferred fails by itself
            }
            Throwable before = last;
            last = reason;
            boolean spent = backoff.maxRetries() >= 0 && retries >= backoff.maxRetries();
            if (spent || !(reason instanceof IOException)) {
                // The last two alone: attempts without end must not make a chain without end.
                if (before != null && !before.equals(reason)) {
                    reason.addSuppressed(before);
                }
                result.errback(reason);
                return;
            }
            retries++;
            waiting = clock.callLater(backoff.delay(retries, random), this::attempt);
        }

        private void giveUp() {
            givenUp = true;
            DelayedCall pause = waiting;
            Deferred<Protocol> attempt = going;
            if (pause != null && pause.isActive()) {
                pause.cancel();
            } else if (attempt != null) {
                attempt.cancel();
            }
        }
    }
}
