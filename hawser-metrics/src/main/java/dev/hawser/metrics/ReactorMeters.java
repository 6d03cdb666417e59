package dev.hawser.metrics;

import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.ReactorGroup;
import dev.hawser.reactor.ReactorMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The figures of reactors as meters: connections, bytes, errors, and how late the loop is. All begin with {@code hawser.reactor}, and have a tag
 * {@code reactor} with the reactor's name.
 *
 * <table>
 *   <caption>The meters, as Prometheus names them</caption>
 *   <tr><th>name</th><th>what it is</th></tr>
 *   <tr><td>{@code hawser_reactor_connections_open}</td><td>connections that stand</td></tr>
 *   <tr><td>{@code hawser_reactor_connections_accepted_total}</td><td>connections that ports have taken</td></tr>
 *   <tr><td>{@code hawser_reactor_connections_lost_total}</td><td>connections that were broken</td></tr>
 *   <tr><td>{@code hawser_reactor_accept_errors_total}</td><td>accepts that have failed</td></tr>
 *   <tr><td>{@code hawser_reactor_errors_total}</td><td>failures that were reported: what handlers have thrown, above all</td></tr>
 *   <tr><td>{@code hawser_reactor_bytes_received_total}, {@code ..._sent_total}</td><td>bytes of connections</td></tr>
 *   <tr><td>{@code hawser_reactor_lag_seconds}, {@code ..._lag_max_seconds}</td><td>how late calls are made: the last one, and the worst so far</td></tr>
 *   <tr><td>{@code hawser_reactor_stalls_total}</td><td>turns that have taken too long</td></tr>
 *   <tr><td>{@code hawser_reactor_turns_total}, {@code ..._events_total}, {@code ..._calls_total}</td><td>what the loop does</td></tr>
 *   <tr><td>{@code hawser_reactor_timers_pending}, {@code ..._timers_fired_total}</td><td>delayed calls</td></tr>
 * </table>
 *
 * <h2>Threading</h2>
 * Safe from any thread: the loop counts by itself, and is not asked to.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits. A reactor pays nothing for being looked at.
 *
 * <h2>Errors</h2>
 * None. A registry does not keep a reactor alive, and tells NaN or the last figure of one that has gone.
 *
 * <p>Source: {@link ReactorMetrics}; Micrometer's {@code MeterBinder}.
 *
 * {@snippet file="dev/hawser/metrics/MetricsTest.java" region="meters"}
 */
public final class ReactorMeters implements MeterBinder {

    private static final String PREFIX = "hawser.reactor.";

    private final List<Reactor> reactors;
    private final @Nullable String name;

    private ReactorMeters(List<Reactor> reactors, @Nullable String name) {
        this.reactors = List.copyOf(reactors);
        this.name = name;
    }

    /**
     * Of one reactor.
     *
     * @param reactor the reactor
     * @param name its name, the value of the tag {@code reactor}: each needs one of its own
     * @return what binds its meters
     */
    public static ReactorMeters of(Reactor reactor, String name) {
        return new ReactorMeters(List.of(reactor), name);
    }

    /**
     * Of all reactors of a group, whose names are 1, 2, and so on.
     *
     * @param group the group
     * @return what binds their meters
     */
    public static ReactorMeters of(ReactorGroup group) {
        return new ReactorMeters(group.reactors(), null);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (int i = 0; i < reactors.size(); i++) {
            new Binding(registry, reactors.get(i), Tags.of("reactor", name == null ? Integer.toString(i + 1) : name))
                    .bindAll();
        }
    }

    /** The meters of one reactor. */
    private record Binding(MeterRegistry registry, Reactor reactor, Tags tags) {

        void bindAll() {
            gauge("connections.open", "Connections that stand", ReactorMetrics::connectionsOpen);
            count("connections.accepted", "Connections that ports have taken", ReactorMetrics::connectionsAccepted);
            count("connections.lost", "Connections that were broken", ReactorMetrics::connectionsLost);
            count("accept.errors", "Accepts that have failed", ReactorMetrics::acceptErrors);
            count("errors", "Failures that were reported", ReactorMetrics::errors);
            count("bytes.received", "Bytes that connections have received", ReactorMetrics::bytesReceived);
            count("bytes.sent", "Bytes that connections have sent", ReactorMetrics::bytesSent);
            time("lag", "How late the last call was made", ReactorMetrics::lagNanos);
            time("lag.max", "How late the latest call so far was made", ReactorMetrics::maxLagNanos);
            count("stalls", "Turns of the loop that have taken too long", ReactorMetrics::stalls);
            count("turns", "Turns of the loop", ReactorMetrics::turns);
            count("events", "Descriptors that were ready", ReactorMetrics::events);
            count("calls", "Calls of other threads", ReactorMetrics::calls);
            count("timers.fired", "Delayed calls that were made", ReactorMetrics::timersFired);
            gauge("timers.pending", "Delayed calls that are to be made", ReactorMetrics::timersPending);
        }

        private void gauge(String what, String description, ToLongFunction<ReactorMetrics> figure) {
            Gauge.builder(PREFIX + what, reactor, each -> figure.applyAsLong(each.metrics()))
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }

        private void count(String what, String description, ToLongFunction<ReactorMetrics> figure) {
            FunctionCounter.builder(PREFIX + what, reactor, each -> figure.applyAsLong(each.metrics()))
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }

        private void time(String what, String description, ToLongFunction<ReactorMetrics> figure) {
            TimeGauge.builder(PREFIX + what, reactor, TimeUnit.NANOSECONDS, each -> figure.applyAsLong(each.metrics()))
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }
    }
}
