package dev.hawser.reactor.defer;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Prints what a deferred costs, and what the refusal to fire it again says: for a JVM that leaves the places out. */
final class SparingProgram {

    private static final int MANY = 100_000;

    private SparingProgram() {}

    public static void main(String[] arguments) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Object[] kept = new Object[MANY];
        new Deferred<>();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < MANY; i++) {
            kept[i] = new Deferred<>();
        }
        System.out.println((threads.getCurrentThreadAllocatedBytes() - before) / kept.length);
        try {
            Deferred.succeed(1).callback(2);
        } catch (AlreadyCalledException refusal) {
            System.out.println(refusal.getMessage());
        }
    }
}
