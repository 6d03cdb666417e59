package dev.hawser.reactor;

import java.util.IdentityHashMap;

/**
 * How many ports and connectors use each factory, so that it is told of the first and of the last. One factory may serve several reactors.
 *
 * <h2>Threading</h2>
 * Safe from any thread.
 */
final class FactoryUses {

    private static final IdentityHashMap<Factory, Integer> USES = new IdentityHashMap<>();

    private FactoryUses() {}

    /** One more: the first one starts it, and is none where that throws. */
    static void begin(Factory factory) {
        boolean first;
        synchronized (USES) {
            first = USES.merge(factory, 1, Integer::sum) == 1;
        }
        if (first) {
            try {
                factory.doStart();
            } catch (RuntimeException | Error e) {
                forgetOne(factory);
                throw e;
            }
        }
    }

    /** One less: the last one stops it. What that throws is reported. */
    static void end(Factory factory, LoopReactor loop) {
        if (forgetOne(factory)) {
            try {
                factory.doStop();
            } catch (Throwable e) {
                loop.report(factory.getClass().getName() + ".doStop has thrown", e);
            }
        }
    }

    private static boolean forgetOne(Factory factory) {
        synchronized (USES) {
            return USES.computeIfPresent(factory, (key, n) -> n == 1 ? null : n - 1) == null;
        }
    }
}
