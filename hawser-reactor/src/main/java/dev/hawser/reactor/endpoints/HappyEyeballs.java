package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Connector;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One connect of a {@link HostnameEndpoint}: two look-ups, and a race of attempts. The terms are those of RFC 8305. */
final class HappyEyeballs {

    /** How long IPv6 is waited for when IPv4 is known. */
    private static final Duration RESOLUTION_DELAY = Duration.ofMillis(50);

    private final HostnameEndpoint endpoint;
    private final Reactor reactor;
    private final Factory factory;
    private final Candidates candidates = new Candidates();
    private final Map<Sockaddr, Attempt> running = new LinkedHashMap<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final List<String> tried = new ArrayList<>();
    private final List<Deferred<?>> lookUps = new ArrayList<>();
    private final Deferred<Protocol> result = new Deferred<>(cancelled -> end());

    /** Look-ups that have not answered. */
    private int unanswered = 2;

    private boolean racing;
    private boolean ended;
    private @Nullable DelayedCall timeout;

    /** The resolution delay, and then each attempt delay. */
    private @Nullable DelayedCall next;

    HappyEyeballs(HostnameEndpoint endpoint, Factory factory) {
        this.endpoint = endpoint;
        this.reactor = endpoint.reactor();
        this.factory = factory;
    }

    Deferred<Protocol> begin() {
        try {
            start(Hosts.ascii(endpoint.host()));
        } catch (RuntimeException e) {
            end();
            notMade(e);
        }
        return result;
    }

    private void start(String host) {
        timeout = reactor.callLater(endpoint.options().timeout(), this::timedOut);
        Sockaddr literal = Hosts.literal(host, endpoint.port());
        if (literal != null) {
            unanswered = 1;
            found(List.of(literal));
        } else {
            lookUp(host, Constants.AF_INET6);
            lookUp(host, Constants.AF_INET);
        }
    }

    private void lookUp(String host, int family) {
        Deferred<List<Sockaddr>> answer = reactor.resolve(host, family);
        lookUps.add(answer);
        answer.finish(this::found, this::notFound);
    }

    private void found(List<Sockaddr> addresses) {
        unanswered--;
        if (ended) {
            return;
        }
        addresses.forEach(each -> candidates.add(Hosts.withPort(each, endpoint.port())));
        if (racing) {
            raceOn();
        } else if (unanswered == 0 || candidates.hasIpv6()) {
            race();
        } else {
            next = reactor.callLater(RESOLUTION_DELAY, this::race);
        }
    }

    private void notFound(Throwable failure) {
        unanswered--;
        if (ended) {
            return;
        }
        failures.add(failure);
        if (unanswered == 0 && !racing) {
            race();
        } else if (racing) {
            raceOn();
        }
    }

    private void race() {
        racing = true;
        cancelNext();
        tryNext();
    }

    /** More is known than before: somebody waits for it only where nothing goes on. */
    private void raceOn() {
        if (running.isEmpty()) {
            tryNext();
        } else if (next == null && candidates.hasNext()) {
            next = reactor.callLater(endpoint.attemptDelay(), this::tryNextBeside);
        }
    }

    private void tryNextBeside() {
        next = null;
        tryNext();
    }

    private void tryNext() {
        while (!ended && candidates.hasNext()) {
            Sockaddr address = candidates.next();
            Attempt attempt = new Attempt(address);
            running.put(address, attempt);
            tried.add(address.toString());
            if (candidates.hasNext() || unanswered > 0) {
                next = reactor.callLater(endpoint.attemptDelay(), this::tryNextBeside);
            }
            if (attempt.begin()) {
                return;
            }
        }
        failIfNothingIsLeft();
    }

    private void failIfNothingIsLeft() {
        if (!ended && running.isEmpty() && !candidates.hasNext() && unanswered == 0) {
            end();
            result.errback(failure());
        }
    }

    private void attemptFailed(Attempt attempt, Throwable reason) {
        if (ended || !running.remove(attempt.address, attempt)) {
            return;
        }
        failures.add(reason);
        cancelNext();
        tryNext();
    }

    /** Null where the factory makes none. */
    private @Nullable Protocol won(Attempt attempt, @Nullable Sockaddr address) {
        if (ended) {
            return null;
        }
        running.remove(attempt.address, attempt);
        attempt.hasWon = true;
        end();
        return Handover.build(factory, address, this::made, this::notMade);
    }

    private void made(Protocol protocol) {
        if (!result.isCalled()) {
            result.callback(protocol);
        } else {
            protocol.transport().loseConnection(); // cancelled by the very factory or protocol
        }
    }

    private void notMade(Throwable reason) {
        if (!result.isCalled()) {
            result.errback(reason);
        }
    }

    private void timedOut() {
        if (!ended) {
            end();
            ConnectionLost late = new ConnectionLost(
                    ConnectionLost.Reason.TIMED_OUT,
                    "connect " + destination() + ": timed out after "
                            + endpoint.options().timeout() + ", "
                            + (tried.isEmpty() ? "while its addresses were looked up" : "at " + join(tried)),
                    null);
            failures.forEach(late::addSuppressed);
            result.errback(late);
        }
    }

    private String destination() {
        return Hosts.withPort(endpoint.host(), endpoint.port());
    }

    /** Of one address, or none at all: its own failure. Of several: one that has all. */
    private Throwable failure() {
        if (tried.isEmpty() || failures.size() == 1) {
            Throwable first = failures.getFirst();
            failures.stream().skip(1).forEach(first::addSuppressed);
            return first;
        }
        ConnectException all = new ConnectException("connect " + destination() + ": none of its addresses answers, "
                + join(tried) + ": "
                + failures.stream().map(Throwable::getMessage).collect(Collectors.joining("; ")));
        failures.forEach(all::addSuppressed);
        return all;
    }

    private static String join(List<String> words) {
        return String.join(", ", words);
    }

    /** All that goes on is ended, and nobody told. */
    private void end() {
        ended = true;
        cancelNext();
        DelayedCall limit = timeout;
        if (limit != null && limit.isActive()) {
            limit.cancel();
        }
        for (Deferred<?> lookUp : lookUps) {
            lookUp.cancel();
        }
        List<Attempt> losers = List.copyOf(running.values());
        running.clear();
        losers.forEach(Attempt::stop);
    }

    private void cancelNext() {
        DelayedCall waiting = next;
        next = null;
        if (waiting != null && waiting.isActive()) {
            waiting.cancel();
        }
    }

    /** One address. */
    private final class Attempt implements ClientFactory {

        private final Sockaddr address;
        private @Nullable Connector connector;
        private boolean hasWon;

        Attempt(Sockaddr address) {
            this.address = address;
        }

        /** False where it has failed at once, and why is noted. */
        boolean begin() {
            try {
                reactor.connectStream(address, this, endpoint.options());
                return true;
            } catch (RuntimeException e) {
                running.remove(address, this);
                cancelNext();
                failures.add(e);
                return false;
            }
        }

        void stop() {
            Connector begun = connector;
            if (begun != null) {
                begun.disconnect();
            }
        }

        @Override
        public void startedConnecting(Connector begun) {
            connector = begun;
        }

        @Override
        public @Nullable Protocol buildProtocol(@Nullable Sockaddr peer) {
            return won(this, peer);
        }

        @Override
        public void clientConnectionFailed(Connector failed, IOException reason) {
            attemptFailed(this, reason);
        }

        @Override
        public void clientConnectionLost(Connector lost, ConnectionLost reason) {
            if (hasWon) {
                notMade(Handover.cause(reason));
            }
        }

        @Override
        public void doStart() {
            factory.doStart();
        }

        @Override
        public void doStop() {
            factory.doStop();
        }
    }
}
