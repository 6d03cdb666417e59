package dev.hawser.metrics;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.socket.Sockaddr;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Serves the meters of a registry to Prometheus: {@code GET /metrics} over HTTP/1.1, on whatever port or endpoint it is given to. There is nothing else
 * here of a web server: one request for each connection, and no other page.
 *
 * <p>What is asked otherwise is told so: 404 another page, 405 another method, 400 what is no request, 505 what is not HTTP/1, and by the limits 408
 * too slow, 414 and 431 too long. The page has the format that the request accepts: Prometheus's text, or OpenMetrics.
 *
 * <h2>Threading</h2>
 * A factory may serve several reactors.
 *
 * <h2>Blocking and timeouts</h2>
 * The page is made in a virtual thread, for a meter may take its time; the loop does not wait for it. A connection lasts {@link #DEFAULT_LIMIT}, or what
 * the factory was given, and is closed then, whatever its peer does.
 *
 * <h2>Errors</h2>
 * A registry that throws is told as 500, and reported to the logger {@code dev.hawser.metrics}.
 *
 * <p>Source: RFC 9112; Prometheus's exposition formats.
 *
 * {@snippet file="dev/hawser/metrics/MetricsTest.java" region="page"}
 */
public final class PrometheusFactory implements Factory {

    /** How long a connection lasts: 10 seconds, as long as Prometheus waits for a page by default. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);

    private final PrometheusMeterRegistry registry;
    private final Duration limit;

    /**
     * With the default limit.
     *
     * @param registry has the meters
     */
    public PrometheusFactory(PrometheusMeterRegistry registry) {
        this(registry, DEFAULT_LIMIT);
    }

    /**
     * With a limit of its own.
     *
     * @param registry has the meters
     * @param limit how long a connection lasts at most
     * @throws IllegalArgumentException if it is not positive
     */
    public PrometheusFactory(PrometheusMeterRegistry registry, Duration limit) {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("a connection lasts longer than " + limit + "; give it 10 s, say");
        }
        this.registry = registry;
        this.limit = limit;
    }

    @Override
    public Protocol buildProtocol(@Nullable Sockaddr address) {
        return new Exchange(registry::scrape, limit);
    }
}
