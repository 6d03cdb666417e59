package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Look-ups that the test answers, one family after the other. */
final class SlowResolver {

    private final Map<Integer, Deferred<List<Sockaddr>>> asked = new HashMap<>();
    private boolean cancelled;

    /** A reactor that looks up here, and does everything else as another. */
    Reactor over(Reactor reactor) {
        return (Reactor) Proxy.newProxyInstance(
                Reactor.class.getClassLoader(), new Class<?>[] {Reactor.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("resolve")) {
                        return asked.computeIfAbsent(
                                (Integer) arguments[1], family -> new Deferred<>(ended -> cancelled = true));
                    }
                    try {
                        return method.invoke(reactor, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    void answer(Sockaddr... addresses) {
        asked.get(addresses[0].family()).callback(List.of(addresses));
    }

    void failIpv6(Exception failure) {
        asked.get(Constants.AF_INET6).errback(failure);
    }

    boolean isCancelled() {
        return cancelled;
    }
}
