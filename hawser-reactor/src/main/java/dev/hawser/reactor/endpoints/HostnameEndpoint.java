package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import java.time.Duration;

/**
 * A host's TCP port, by whichever of its addresses answers first: {@code host:www.example.com:80}. IPv6 and IPv4 take turns, IPv6 first, a new attempt each quarter
 * of a second while none before has succeeded or all have failed; the first that succeeds is the connection, and the others are closed (happy eyeballs).
 *
 * <p>The addresses of the two families are looked up apart: where those of IPv4 are known first, IPv6 has another 50 milliseconds.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <h2>Blocking and timeouts</h2>
 * {@link #connect} fails when the timeout of the options has passed, look-up and all attempts included.
 *
 * <h2>Errors</h2>
 * Where no address answers, {@code connect} fails with a {@link java.net.ConnectException} that names them all, and has their failures as suppressed ones; where
 * the host has no address, with that of the look-up.
 *
 * <p>Source: RFC 8305; Twisted's {@code HostnameEndpoint}.
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="objects"}
 *
 * @param reactor connects
 * @param host a name or an address
 * @param port the port
 * @param options how
 * @param attemptDelay how long an attempt is alone, before the next begins beside it: 10 milliseconds at the least
 */
public record HostnameEndpoint(Reactor reactor, String host, int port, ConnectOptions options, Duration attemptDelay)
        implements ClientEndpoint {

    /** RFC 8305's Connection Attempt Delay. */
    public static final Duration ATTEMPT_DELAY = Duration.ofMillis(250);

    /** RFC 8305's Minimum Connection Attempt Delay. */
    static final Duration LEAST_ATTEMPT_DELAY = Duration.ofMillis(10);

    /**
     * Checks port and delay.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public HostnameEndpoint {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
        if (attemptDelay.compareTo(LEAST_ATTEMPT_DELAY) < 0) {
            throw new IllegalArgumentException(
                    "an attempt is alone for 10 milliseconds at the least, not " + attemptDelay);
        }
    }

    /**
     * A port of a host, with a timeout of 30 seconds.
     *
     * @param reactor connects
     * @param host a name or an address
     * @param port the port
     * @return the endpoint
     */
    public static HostnameEndpoint of(Reactor reactor, String host, int port) {
        return new HostnameEndpoint(reactor, host, port, ConnectOptions.DEFAULT, ATTEMPT_DELAY);
    }

    @Override
    public Deferred<Protocol> connect(Factory factory) {
        return new HappyEyeballs(this, factory).begin();
    }

    /** The description that {@link Endpoints#client} reads. */
    @Override
    public String toString() {
        return new EndpointText("host")
                .value(host)
                .value(port)
                .seconds("timeout", options.timeout(), ConnectOptions.DEFAULT.timeout())
                .named("bindAddress", BindAddress.write(options.bindAddress()), null)
                .seconds("attemptDelay", attemptDelay, ATTEMPT_DELAY)
                .toString();
    }
}
