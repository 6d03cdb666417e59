package dev.hawser.testkit;

import dev.hawser.posix.Answer;
import dev.hawser.posix.Errno;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One call, on its way to the kernel.
 *
 * @param method of {@link dev.hawser.posix.SystemCalls}
 * @param arguments its arguments
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares calls
record SystemCall(Method method, Object[] arguments) {

    /** The calls that can be cut short. */
    static final Set<String> TRANSFERS = Set.of("recv", "recvFrom", "send", "sendTo", "sendFile", "splice");

    /** Of these, those that have a count and no buffer, and where in their arguments it stands. */
    private static final Map<String, Integer> COUNTED = Map.of("sendFile", 3, "splice", 2);

    private static final int NO_DESCRIPTOR = -1;
    private static final Set<String> WITHOUT_DESCRIPTOR = Set.of(
            "socket",
            "socketPair",
            "open",
            "pipe",
            "epollCreate",
            "poll",
            "select",
            "eventFd",
            "signalFd",
            "pidFdOpen",
            "ioUringSetup",
            "getHostName",
            "setHostName",
            "setPgid",
            "getEUid",
            "setUid",
            "setGid",
            "initGroups",
            "getPwNam",
            "getGrNam",
            "kill",
            "getAddrInfo",
            "getNameInfo",
            "gaiStrError",
            "getHostByName",
            "getHostByAddr",
            "hStrError",
            "getServByName",
            "getServByPort",
            "getProtoByName",
            "inetAton",
            "inetPton",
            "inetNtop",
            "ifNameIndex",
            "ifNameToIndex",
            "ifIndexToName");

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

    /** The descriptors whose readiness it waits for after EAGAIN. */
    List<Integer> awaited() {
        return name().equals("splice") ? List.of(intArgument(0), intArgument(1)) : List.of(fd());
    }

    boolean transfersMoreThan(int bytes) {
        if (!TRANSFERS.contains(name())) {
            return false;
        }
        Integer count = COUNTED.get(name());
        return (count == null ? ((MemorySegment) arguments[1]).byteSize() : longArgument(count)) > bytes;
    }

    SystemCall shortenedTo(int bytes) {
        Object[] shortened = arguments.clone();
        Integer count = COUNTED.get(name());
        if (count == null) {
            shortened[1] = ((MemorySegment) arguments[1]).asSlice(0, bytes);
        } else {
            shortened[count] = (long) bytes;
        }
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
        if (type == Answer.class) {
            return Answer.failed(errno, 0);
        }
        return type == long.class ? (Object) (long) -errno : (Object) (-errno);
    }
}
