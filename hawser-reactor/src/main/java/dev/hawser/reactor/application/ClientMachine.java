package dev.hawser.reactor.application;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.endpoints.ClientEndpoint;
import dev.hawser.reactor.protocols.ConnectionObserver;
import dev.hawser.reactor.protocols.ProtocolWrapper;
import dev.hawser.reactor.protocols.WrappingFactory;
import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.reactor.time.ReactorTime;
import dev.hawser.socket.Sockaddr;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a {@link ClientService} is doing. */
final class ClientMachine {

    private static final System.Logger LOG = System.getLogger("dev.hawser.reactor");

    private enum State {
        /** Was never started. */
        NEW,
        /** Has an attempt, which may have its connection, and prepare it. */
        CONNECTING,
        /** Connects again later. */
        WAITING,
        /** Has a connection that may be used. */
        CONNECTED,
        /** Was stopped; its attempt has not ended. */
        DISCONNECTING,
        /** As DISCONNECTING, and was started again meanwhile. */
        RESTARTING,
        /** Was stopped. */
        STOPPED
    }

    private final ReactorTime clock;
    private final ClientEndpoint endpoint;
    private final Factory factory;
    private RetryPolicy policy = RetryPolicy.DEFAULT;
    private ClientService.@Nullable Preparation preparation;

    private State state = State.NEW;

    /** Also the one that is being ended. */
    private @Nullable Attempt attempt;

    private @Nullable DelayedCall retry;
    private int failures;
    private List<Waiting> waiting = new ArrayList<>();
    private List<Deferred<@Nullable Void>> stops = new ArrayList<>();

    /** Somebody who wants the connection. */
    private static final class Waiting {
        final Deferred<Protocol> told;

        /** How many failures more; 0: any number. */
        int patience;

        Waiting(Deferred<Protocol> told, int patience) {
            this.told = told;
            this.patience = patience;
        }
    }

    ClientMachine(ReactorTime clock, ClientEndpoint endpoint, Factory factory) {
        this.clock = clock;
        this.endpoint = endpoint;
        this.factory = factory;
    }

    void policy(RetryPolicy policy) {
        this.policy = policy;
    }

    void preparation(ClientService.Preparation preparation) {
        this.preparation = preparation;
    }

    // ---- what is asked

    void start() {
        switch (state) {
            case NEW, STOPPED -> connect();
            case DISCONNECTING -> {
                failures = 0;
                state = State.RESTARTING;
            }
            default -> {}
        }
    }

    Deferred<@Nullable Void> stop() {
        Deferred<@Nullable Void> stopped = new Deferred<>();
        stops.add(stopped);
        switch (state) {
            case NEW, STOPPED, WAITING -> finishStopping();
            case CONNECTING, CONNECTED -> {
                state = State.DISCONNECTING;
                currentAttempt().end();
            }
            case DISCONNECTING, RESTARTING -> state = State.DISCONNECTING;
        }
        return stopped;
    }

    void abort() {
        if (state == State.DISCONNECTING && attempt != null) {
            attempt.abort();
        }
    }

    Deferred<Protocol> whenConnected(int patience) {
        if (state == State.CONNECTED) {
            return Deferred.succeed(currentAttempt().protocol());
        }
        Deferred<Protocol> told = new Deferred<>(cancelled -> waiting.removeIf(each -> each.told == cancelled));
        if (state == State.STOPPED) {
            told.cancel();
        } else {
            waiting.add(new Waiting(told, patience));
        }
        return told;
    }

    // ---- what happens

    private Attempt currentAttempt() {
        return Objects.requireNonNull(attempt);
    }

    @SuppressWarnings("ReferenceEquality") // this very one
    private boolean currently(Attempt of) {
        return of == attempt;
    }

    private void connect() {
        state = State.CONNECTING;
        Attempt begun = new Attempt();
        attempt = begun;
        begun.begin();
    }

    private void connected(Attempt of) {
        if (!currently(of)) {
            return;
        }
        if (state != State.CONNECTING) {
            of.end();
            return;
        }
        state = State.CONNECTED;
        failures = 0;
        for (Waiting each : takeWaiting()) {
            each.told.callback(of.protocol());
        }
    }

    /** There was no connection, or its preparation has failed, or it was lost. */
    private void ended(Attempt of, Throwable failure) {
        if (!currently(of)) {
            return;
        }
        attempt = null;
        switch (state) {
            case CONNECTING, CONNECTED -> waitForRetry(failure);
            case RESTARTING -> {
                connect();
                tellStops();
            }
            default -> finishStopping();
        }
    }

    private void waitForRetry(Throwable failure) {
        state = State.WAITING;
        failures++;
        Duration delay = delay();
        LOG.log(Level.DEBUG, "connects to {0} again in {1}, attempt {2}", endpoint, delay, failures);
        retry = clock.callLater(delay, () -> {
            retry = null;
            connect();
        });
        tellImpatient(failure);
    }

    /** A policy that fails does not end the service for good. */
    private Duration delay() {
        try {
            Duration delay = policy.delay(failures);
            if (!delay.isNegative()) {
                return delay;
            }
            LOG.log(Level.ERROR, "a retry policy wants to wait for {0}: another one is used", delay);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a retry policy has failed: another one is used", e);
        }
        return RetryPolicy.DEFAULT.delay(failures);
    }

    private void tellImpatient(Throwable failure) {
        List<Waiting> gone = waiting.stream().filter(each -> each.patience == 1).toList();
        waiting.removeAll(gone);
        for (Waiting each : waiting) {
            each.patience = Math.max(0, each.patience - 1);
        }
        gone.forEach(each -> each.told.errback(failure));
    }

    private void finishStopping() {
        state = State.STOPPED;
        DelayedCall pending = retry;
        retry = null;
        if (pending != null) {
            pending.cancel();
        }
        for (Waiting each : takeWaiting()) {
            each.told.cancel();
        }
        tellStops();
    }

    private List<Waiting> takeWaiting() {
        List<Waiting> all = waiting;
        waiting = new ArrayList<>();
        return all;
    }

    private void tellStops() {
        List<Deferred<@Nullable Void>> all = stops;
        stops = new ArrayList<>();
        for (Deferred<@Nullable Void> each : all) {
            each.callback(null);
        }
    }

    @Override
    public String toString() {
        return "client of " + endpoint + ", " + state;
    }

    /** One attempt, and the connection that it comes to. */
    private final class Attempt extends WrappingFactory implements ConnectionObserver {

        private @Nullable ProtocolWrapper connection;
        private @Nullable Deferred<?> pending;

        /** The connection was refused in the end, or is not wanted any more. */
        private @Nullable Throwable refused;

        Attempt() {
            super(factory);
        }

        void begin() {
            Deferred<Protocol> connecting = Deferred.<Protocol>compose(() -> endpoint.connect(this));
            pending = connecting;
            Deferred<@Nullable Void> _ =
                    connecting.thenCompose(this::prepared).finish(done -> connected(this), this::failed);
        }

        private Deferred<?> prepared(Protocol made) throws Exception {
            ClientService.Preparation wanted = preparation;
            Deferred<?> prepared = wanted == null ? null : wanted.prepare(protocol());
            return prepared == null ? Deferred.succeed(made) : prepared;
        }

        Protocol protocol() {
            return Objects.requireNonNull(connection, "the endpoint has made no protocol of its factory")
                    .wrapped();
        }

        private void failed(Throwable failure) {
            ProtocolWrapper made = connection;
            if (made == null) {
                ended(this, failure);
            } else {
                refused = failure;
                made.loseConnection();
            }
        }

        /** Ends it, and tells the machine when that is done: perhaps before this returns. */
        void end() {
            ProtocolWrapper made = connection;
            if (pending != null) {
                pending.cancel();
            }
            if (made != null) {
                made.loseConnection();
            }
        }

        void abort() {
            if (connection != null) {
                connection.abortConnection();
            }
        }

        @Override
        protected ProtocolWrapper wrap(Protocol protocol, @Nullable Sockaddr address) {
            return new ProtocolWrapper(protocol, this);
        }

        @Override
        public void connectionMade(ProtocolWrapper made) {
            connection = made;
        }

        /** A connection that comes although it was given up is not wanted. */
        @Override
        protected boolean accepts(@Nullable Sockaddr address) {
            return currently(this);
        }

        @Override
        public void connectionEnded(ProtocolWrapper lost, ConnectionLost reason) {
            ended(this, refused != null ? refused : reason);
            if (pending != null) {
                pending.cancel();
            }
        }
    }
}
