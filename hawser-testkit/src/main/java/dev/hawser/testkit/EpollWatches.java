package dev.hawser.testkit;

import dev.hawser.posix.Abi;
import dev.hawser.posix.SystemCalls;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which descriptors epoll watches, so that one that was told a false EAGAIN can be given the edge that must follow.
 *
 * <p>EPOLL_CTL_MOD has epoll look again, and report what is ready. Where there is no registration yet, the
 * EPOLL_CTL_ADD to come does the same.
 */
final class EpollWatches {

    private static final int CTL_DEL = Abi.value("EPOLL_CTL_DEL");
    private static final int CTL_MOD = Abi.value("EPOLL_CTL_MOD");
    private static final int ET = Abi.value("EPOLLET");
    private static final int ONESHOT = Abi.value("EPOLLONESHOT");

    /** The real call. */
    @FunctionalInterface
    interface Control {
        Object make() throws Throwable;
    }

    private record Watch(int events, long data) {

        /** Without ET epoll repeats itself; with ONESHOT the watcher must arm it anyway, and until then wants none. */
        boolean needsEdge() {
            return (events & ET) != 0 && (events & ONESHOT) == 0;
        }
    }

    private final SystemCalls calls;

    /** By the watched descriptor, then by epoll's. */
    private final Map<Integer, Map<Integer, Watch>> watches = new ConcurrentHashMap<>();

    EpollWatches(SystemCalls calls) {
        this.calls = calls;
    }

    /** Makes the call and keeps in mind what it did. */
    Object control(SystemCall call, Control real) throws Throwable {
        int epollFd = call.intArgument(0);
        int operation = call.intArgument(1);
        Map<Integer, Watch> ofDescriptor = watches.computeIfAbsent(call.fd(), fd -> new ConcurrentHashMap<>());
        if (operation == CTL_DEL) {
            ofDescriptor.remove(epollFd);
            return real.make();
        }
        // Before the call: another thread that is told EAGAIN during it would otherwise find nothing to arm.
        Watch watch = new Watch(call.intArgument(3), call.longArgument(4));
        Watch before = ofDescriptor.put(epollFd, watch);
        Object result = real.make();
        if (!Integer.valueOf(0).equals(result)) {
            restore(ofDescriptor, epollFd, before);
        }
        return result;
    }

    private static void restore(Map<Integer, Watch> ofDescriptor, int epollFd, @Nullable Watch before) {
        if (before == null) {
            ofDescriptor.remove(epollFd);
        } else {
            ofDescriptor.put(epollFd, before);
        }
    }

    /** Has every epoll instance that watches the descriptor report it again if it is ready. */
    void rearm(int fd) {
        watches.getOrDefault(fd, Map.of()).forEach((epollFd, watch) -> {
            if (watch.needsEdge()) {
                // It fails only where the registration has just ended: then nobody waits.
                calls.epollControl(epollFd, CTL_MOD, fd, watch.events(), watch.data());
            }
        });
    }

    /** The number is about to be closed: as a watched descriptor, and as an epoll instance. */
    void forget(int fd) {
        watches.remove(fd);
        watches.values().forEach(ofDescriptor -> ofDescriptor.remove(fd));
    }
}
