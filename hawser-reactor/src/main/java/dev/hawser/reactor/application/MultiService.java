package dev.hawser.reactor.application;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.defer.DeferredList;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Services that start and stop as one: they start in the order in which they were added, one when the one before is ready, and are told to stop in the other order, without
 * waiting for each other. Added to one that runs, a service is started, and removed from it, stopped.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits.
 *
 * <h2>Errors</h2>
 * The first service that cannot start ends the start: those after it are not begun, and those before it are for the caller to stop, by {@link #stopService}. What fails while a
 * service stops is reported to the logger {@code dev.hawser.reactor}, and the others are stopped all the same.
 *
 * <p>Source: {@code twisted.application.service.MultiService}; other than there, the privileged starts wait for each other.
 *
 * {@snippet file="dev/hawser/reactor/application/ApplicationSnippetsTest.java" region="multi"}
 */
public final class MultiService implements Service, Iterable<Service> {

    private static final System.Logger LOG = System.getLogger("dev.hawser.reactor");

    private final List<Service> services = new ArrayList<>();
    private final Map<String, Service> named = new HashMap<>();
    private boolean running;

    /** One without services. */
    public MultiService() {}

    /**
     * Adds a service.
     *
     * @param service the service; started, if this runs
     */
    public void add(Service service) {
        services.add(service);
        if (running) {
            Deferred<@Nullable Void> _ = service.privilegedStartService()
                    .finish(
                            ready -> {
                                if (running && services.contains(service)) {
                                    service.startService();
                                }
                            },
                            failure -> report("cannot start " + service, failure));
        }
    }

    /**
     * Adds a service that has a name.
     *
     * @param name what {@link #get} finds it by
     * @param service the service; started, if this runs
     * @throws IllegalArgumentException if there is one of that name
     */
    public void add(String name, Service service) {
        if (named.putIfAbsent(name, service) != null) {
            throw new IllegalArgumentException(
                    "there is a service named " + name + " already; remove it, or choose another name");
        }
        add(service);
    }

    /**
     * Removes a service.
     *
     * @param service the service
     * @return fires when it has stopped, if this runs; else at once
     * @throws IllegalArgumentException if it is none of these
     */
    public Deferred<@Nullable Void> remove(Service service) {
        if (!services.remove(service)) {
            throw new IllegalArgumentException("not one of these services: " + service);
        }
        named.values().remove(service);
        return running ? stopped(service) : Deferred.succeed(null);
    }

    /**
     * The service of a name.
     *
     * @param name the name
     * @return the service
     * @throws IllegalArgumentException if there is none
     */
    public Service get(String name) {
        Service service = named.get(name);
        if (service == null) {
            throw new IllegalArgumentException("there is no service named " + name + "; there are " + named.keySet());
        }
        return service;
    }

    /**
     * The services, in the order of their start, as they are now.
     *
     * @return an iterator that changes nothing
     */
    @Override
    public Iterator<Service> iterator() {
        return List.copyOf(services).iterator();
    }

    @Override
    public Deferred<@Nullable Void> privilegedStartService() {
        Deferred<@Nullable Void> all = Deferred.succeed(null);
        for (Service each : this) {
            all = all.thenCompose(before -> each.privilegedStartService());
        }
        return all;
    }

    @Override
    public void startService() {
        running = true;
        for (Service each : this) {
            each.startService();
        }
    }

    @Override
    public Deferred<@Nullable Void> stopService() {
        running = false;
        List<Deferred<@Nullable Void>> all = new ArrayList<>();
        for (Service each : List.copyOf(services).reversed()) {
            all.add(stopped(each));
        }
        return DeferredList.of(all).results().addCallback(each -> null);
    }

    /** What fails is no reason to stop the others less. */
    private static Deferred<@Nullable Void> stopped(Service service) {
        return Deferred.<@Nullable Void>compose(service::stopService)
                .finish(end -> {}, failure -> report("has not stopped as it should: " + service, failure));
    }

    @Override
    public void closeService() {
        forEachReported(Service::closeService);
    }

    @Override
    public void abortService() {
        forEachReported(Service::abortService);
    }

    private void forEachReported(Consumer<Service> call) {
        for (Service each : List.copyOf(services).reversed()) {
            try {
                call.accept(each);
            } catch (RuntimeException | Error e) {
                report("cannot be ended: " + each, e);
            }
        }
    }

    private static void report(String what, Throwable failure) {
        LOG.log(Level.ERROR, what, failure);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public String toString() {
        return "MultiService" + services;
    }
}
