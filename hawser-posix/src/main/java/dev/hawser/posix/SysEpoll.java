package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code <sys/epoll.h>}: epoll(7).
 *
 * <pre>
 * struct epoll_event {
 *     uint32_t     events;
 *     epoll_data_t data;     // 64 bits; the struct is packed on x86-64, and only there
 * };
 * </pre>
 */
final class SysEpoll {

    private static final int EVENT_SIZE = Abi.value("sizeof(struct epoll_event)");
    private static final int DATA_OFFSET = Abi.value("offsetof(struct epoll_event,data)");

    private static final class Create {
        static final MethodHandle CALL = Native.critical("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    }

    private static final class Control {
        static final MethodHandle CALL =
                Native.critical("epoll_ctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    }

    private static final class Wait {
        static final FunctionDescriptor TYPE = FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
        static final MethodHandle CALL = Native.waiting("epoll_wait", TYPE);
    }

    /** The same call with a timeout of zero, which cannot wait, for so many events that it does not take long. */
    private static final class Poll {
        static final MethodHandle CALL = Native.critical("epoll_wait", Wait.TYPE);
    }

    private SysEpoll() {}

    static int create(int flags) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) Create.CALL.invokeExact(errno, flags), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int control(int epollFd, int operation, int fd, int events, long data) {
        MemorySegment event = MemorySegment.ofArray(new byte[EVENT_SIZE]);
        event.set(JAVA_INT_UNALIGNED, 0, events);
        event.set(JAVA_LONG_UNALIGNED, DATA_OFFSET, data);
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) Control.CALL.invokeExact(errno, epollFd, operation, fd, event), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int await(int epollFd, MemorySegment events, int timeoutMillis) {
        int maxEvents = (int) (events.byteSize() / EVENT_SIZE);
        return timeoutMillis == 0 && events.byteSize() <= Native.MAX_CRITICAL_BYTES
                ? awaitNothing(epollFd, events, maxEvents)
                : awaitSome(epollFd, events, maxEvents, timeoutMillis);
    }

    private static int awaitNothing(int epollFd, MemorySegment events, int maxEvents) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) Poll.CALL.invokeExact(errno, epollFd, events, maxEvents, 0), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** A loop makes it in each of its turns, in one thread. */
    private static int awaitSome(int epollFd, MemorySegment events, int maxEvents, int timeoutMillis) {
        MemorySegment kept = Native.keptErrnoCell();
        if (kept != null) {
            return awaitSome(epollFd, events, maxEvents, timeoutMillis, kept);
        }
        try (Arena arena = Arena.ofConfined()) {
            return awaitSome(epollFd, events, maxEvents, timeoutMillis, Native.errnoCell(arena));
        }
    }

    private static int awaitSome(
            int epollFd, MemorySegment events, int maxEvents, int timeoutMillis, MemorySegment errno) {
        try {
            return Native.result((int) Wait.CALL.invokeExact(errno, epollFd, events, maxEvents, timeoutMillis), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
