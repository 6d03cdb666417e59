package dev.hawser.testkit;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;

/**
 * The epoll instances of Hawser's own pollers, which live as long as the process. They are asked for their numbers, by
 * reflection: this module comes before hawser-net in the build. So an epoll instance of anybody else is still a leak.
 */
final class HawserPollers {

    private HawserPollers() {}

    /** Their descriptors; none where no thread has waited yet. */
    static Set<Integer> descriptors() {
        try {
            Method epollFds = Class.forName("dev.hawser.netpoll.Pollers").getDeclaredMethod("epollFds");
            epollFds.setAccessible(true);
            Set<Integer> descriptors = new TreeSet<>();
            for (int fd : (int[]) epollFds.invoke(null)) {
                descriptors.add(fd);
            }
            return descriptors;
        } catch (ClassNotFoundException withoutHawserNet) {
            return Set.of();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the leak check no longer knows how to ask Hawser's pollers", e);
        }
    }
}
