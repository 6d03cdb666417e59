package dev.hawser.testkit;

import dev.hawser.posix.AddrInfoAnswer;
import dev.hawser.posix.Errno;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;

/**
 * One call, on its way to the kernel.
 *
 * @param method of {@link dev.hawser.posix.SystemCalls}
 * @param arguments its arguments
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares calls
record SystemCall(Method method, Object[] arguments) {

    /** The calls whose second argument is the buffer of a transfer. */
    static final Set<String> TRANSFERS = Set.of("recv", "recvFrom", "send", "sendTo");

    private static final int NO_DESCRIPTOR = -1;
    private static final Set<String> WITHOUT_DESCRIPTOR =
            Set.of("socket", "socketPair", "epollCreate", "getAddrInfo", "gaiStrError");

    String name() {
        return method.getName();
    }

    /** The descriptor that it is about: for {@code epollControl} the one that is watched. */
    int fd() {
        if (WITHOUT_DESCRIPTOR.contains(name())) {
            return NO_DESCRIPTOR;
        }
        return intArgument(name().equals("epollControl") ? 2 : 0);
    }

    int intArgument(int index) {
        return (int) arguments[index];
    }

    long longArgument(int index) {
        return (long) arguments[index];
    }

    boolean transfersMoreThan(int bytes) {
        return TRANSFERS.contains(name()) && ((MemorySegment) arguments[1]).byteSize() > bytes;
    }

    SystemCall shortenedTo(int bytes) {
        Object[] shortened = arguments.clone();
        shortened[1] = ((MemorySegment) arguments[1]).asSlice(0, bytes);
        return new SystemCall(method, shortened);
    }

    /** Whether POSIX has a connection go on to come about after this error. */
    boolean connectsInSpiteOf(int errno) {
        return name().equals("connect") && (errno == Errno.EINTR || errno == Errno.EINPROGRESS);
    }

    /** Whether a {@code connect} with this result can end well. */
    boolean isUnderWay(Object result) {
        int code = (int) result;
        return code == 0 || code == -Errno.EINPROGRESS || code == -Errno.EINTR;
    }

    /** Whether the caller will now wait until the descriptor is ready. */
    boolean waitsAfter(int errno) {
        return errno == Errno.EAGAIN && fd() != NO_DESCRIPTOR;
    }

    /** What it returns when it fails. */
    Object failure(int errno) {
        Class<?> type = method.getReturnType();
        if (type == AddrInfoAnswer.class) {
            return new AddrInfoAnswer(errno, 0, List.of());
        }
        return type == long.class ? (Object) (long) -errno : (Object) (-errno);
    }
}
