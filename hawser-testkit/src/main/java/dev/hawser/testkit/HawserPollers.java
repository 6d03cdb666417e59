package dev.hawser.testkit;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;

/**
 * The epoll instances of Hawser's own pollers, which live as long as the process. They are asked for their numbers, by
 * reflection: this module comes before hawser-net in the build. So an epoll instance of anybody else is still a leak.
 */
final class HawserPollers {

    private static final String PLATFORM = "dev.hawser.netpoll.PlatformPoller";
    private static final String VIRTUAL = "dev.hawser.netpoll.VirtualPoller";
    private static final String BASE = "dev.hawser.netpoll.Poller";

    /** Virtual pollers are picked by the low bits of a number: these reach them all. */
    private static final int ENOUGH_NUMBERS = 256;

    private HawserPollers() {}

    /**
     * Their descriptors. Pollers that have not started yet start: ask only when there is an epoll instance to explain.
     */
    static Set<Integer> descriptors() {
        Set<Integer> descriptors = new TreeSet<>();
        try {
            Method epollFd = open(Class.forName(BASE).getDeclaredMethod("epollFd"));
            descriptors.add((int) epollFd.invoke(
                    open(Class.forName(PLATFORM).getDeclaredMethod("instance")).invoke(null)));
            Method virtual = open(Class.forName(VIRTUAL).getDeclaredMethod("of", int.class));
            for (int i = 0; i < ENOUGH_NUMBERS; i++) {
                descriptors.add((int) epollFd.invoke(virtual.invoke(null, i)));
            }
        } catch (ClassNotFoundException withoutHawserNet) {
            return descriptors;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the leak check no longer knows how to ask Hawser's pollers", e);
        }
        return descriptors;
    }

    private static Method open(Method method) {
        method.setAccessible(true);
        return method;
    }
}
