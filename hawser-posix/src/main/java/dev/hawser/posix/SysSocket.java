package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code <sys/socket.h>}: socket(7) and its calls, each described by its own man page in section 2.
 *
 * <p>Descriptors are expected to be non-blocking. Then the transfers, {@code accept4} and the look-ups return at once
 * and are linked as critical; {@code bind} and {@code connect} may wait all the same (for a file system where the
 * address is a path), and so may {@code setsockopt} (for the lock of the kernel's network configuration).
 */
final class SysSocket {

    private static final class Socket {
        static final MethodHandle CALL =
                Native.critical("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    }

    private static final class SocketPair {
        static final MethodHandle CALL =
                Native.critical("socketpair", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    }

    private static final class Bind {
        static final MethodHandle CALL =
                Native.waiting("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    }

    private static final class Listen {
        static final MethodHandle CALL = Native.critical("listen", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    }

    private static final class Accept4 {
        static final MethodHandle CALL =
                Native.critical("accept4", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    }

    private static final class Connect {
        static final MethodHandle CALL =
                Native.waiting("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    }

    private static final class GetSockName {
        static final MethodHandle CALL =
                Native.critical("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    }

    private static final class GetPeerName {
        static final MethodHandle CALL =
                Native.critical("getpeername", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    }

    private static final class GetSockOpt {
        static final MethodHandle CALL = Native.critical(
                "getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    }

    private static final class SetSockOpt {
        static final MethodHandle CALL = Native.waiting(
                "setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    }

    private static final class Shutdown {
        static final MethodHandle CALL =
                Native.critical("shutdown", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    }

    private static final class Recv {
        static final FunctionDescriptor TYPE = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
        static final MethodHandle CALL = Native.critical("recv", TYPE);
    }

    private static final class RecvFrom {
        static final FunctionDescriptor TYPE =
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
        static final MethodHandle CALL = Native.critical("recvfrom", TYPE);
    }

    /** The same call for buffers too large to be copied while safepoints are held up. */
    private static final class RecvFromLarge {
        static final MethodHandle CALL = Native.waiting("recvfrom", RecvFrom.TYPE);
    }

    private static final class Send {
        static final FunctionDescriptor TYPE = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
        static final MethodHandle CALL = Native.critical("send", TYPE);
    }

    private static final class SendTo {
        static final FunctionDescriptor TYPE =
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
        static final MethodHandle CALL = Native.critical("sendto", TYPE);
    }

    /** The same call for buffers too large to be copied while safepoints are held up. */
    private static final class SendToLarge {
        static final MethodHandle CALL = Native.waiting("sendto", SendTo.TYPE);
    }

    private static final class RecvMsg {
        static final FunctionDescriptor TYPE = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
        static final MethodHandle CALL = Native.critical("recvmsg", TYPE);
    }

    /** The same call for messages that hold up safepoints for too long. */
    private static final class RecvMsgLarge {
        static final MethodHandle CALL = Native.waiting("recvmsg", RecvMsg.TYPE);
    }

    private static final class SendMsg {
        static final MethodHandle CALL = Native.critical("sendmsg", RecvMsg.TYPE);
    }

    /** The same call for messages that hold up safepoints for too long. */
    private static final class SendMsgLarge {
        static final MethodHandle CALL = Native.waiting("sendmsg", RecvMsg.TYPE);
    }

    private static final class RecvMmsg {
        // Waiting, as a batch is long. On a non-blocking descriptor it does not wait.
        static final MethodHandle CALL = Native.waiting(
                "recvmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    }

    private static final class SendMmsg {
        // Waiting, as a batch is long. On a non-blocking descriptor it does not wait.
        static final MethodHandle CALL =
                Native.waiting("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    }

    private SysSocket() {}

    static int socket(int family, int type, int protocol) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) Socket.CALL.invokeExact(errno, family, type, protocol), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int socketPair(int family, int type, int protocol, MemorySegment twoDescriptors) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result(
                    (int) SocketPair.CALL.invokeExact(errno, family, type, protocol, twoDescriptors), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int bind(int fd, MemorySegment address, int addressLength) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            MemorySegment copy = Native.offHeap(address, arena);
            return Native.result((int) Bind.CALL.invokeExact(errno, fd, copy, addressLength), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int listen(int fd, int backlog) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) Listen.CALL.invokeExact(errno, fd, backlog), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int accept4(int fd, MemorySegment address, MemorySegment addressLength, int flags) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) Accept4.CALL.invokeExact(errno, fd, address, addressLength, flags), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int connect(int fd, MemorySegment address, int addressLength) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            MemorySegment copy = Native.offHeap(address, arena);
            return Native.result((int) Connect.CALL.invokeExact(errno, fd, copy, addressLength), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int getSockName(int fd, MemorySegment address, MemorySegment addressLength) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) GetSockName.CALL.invokeExact(errno, fd, address, addressLength), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int getPeerName(int fd, MemorySegment address, MemorySegment addressLength) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) GetPeerName.CALL.invokeExact(errno, fd, address, addressLength), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int getSockOpt(int fd, int level, int name, MemorySegment value, MemorySegment valueLength) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) GetSockOpt.CALL.invokeExact(errno, fd, level, name, value, valueLength), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int setSockOpt(int fd, int level, int name, MemorySegment value, int valueLength) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            MemorySegment copy = Native.offHeap(value, arena);
            return Native.result((int) SetSockOpt.CALL.invokeExact(errno, fd, level, name, copy, valueLength), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int shutdown(int fd, int how) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) Shutdown.CALL.invokeExact(errno, fd, how), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static long recv(int fd, MemorySegment buffer, int flags) {
        if (buffer.byteSize() > Native.MAX_CRITICAL_BYTES) {
            return recvFromLarge(fd, buffer, flags, MemorySegment.NULL, MemorySegment.NULL);
        }
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((long) Recv.CALL.invokeExact(errno, fd, buffer, buffer.byteSize(), flags), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static long recvFrom(
            int fd,
            MemorySegment buffer,
            int flags,
            MemorySegment address,
            MemorySegment addressLength,
            boolean takesLong) {
        if (takesLong || buffer.byteSize() > Native.MAX_CRITICAL_BYTES) {
            return recvFromLarge(fd, buffer, flags, address, addressLength);
        }
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result(
                    (long) RecvFrom.CALL.invokeExact(
                            errno, fd, buffer, buffer.byteSize(), flags, address, addressLength),
                    errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private static long recvFromLarge(
            int fd, MemorySegment buffer, int flags, MemorySegment address, MemorySegment addressLength) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            MemorySegment data = buffer.isNative() ? buffer : arena.allocate(buffer.byteSize(), 16);
            MemorySegment from = Native.offHeap(address, arena);
            MemorySegment fromLength = Native.offHeap(addressLength, arena);
            long n = Native.result(
                    (long) RecvFromLarge.CALL.invokeExact(errno, fd, data, data.byteSize(), flags, from, fromLength),
                    errno);
            if (n > 0 && !buffer.isNative()) {
                // With MSG_TRUNC the kernel returns the datagram's whole length, more than it copied.
                MemorySegment.copy(data, 0, buffer, 0, Math.min(n, buffer.byteSize()));
            }
            if (!address.isNative()) {
                address.copyFrom(from);
                addressLength.copyFrom(fromLength);
            }
            return n;
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static long send(int fd, MemorySegment buffer, int flags) {
        if (buffer.byteSize() > Native.MAX_CRITICAL_BYTES) {
            return sendToLarge(fd, buffer, flags, MemorySegment.NULL, 0);
        }
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((long) Send.CALL.invokeExact(errno, fd, buffer, buffer.byteSize(), flags), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static long sendTo(
            int fd, MemorySegment buffer, int flags, MemorySegment address, int addressLength, boolean takesLong) {
        if (takesLong || buffer.byteSize() > Native.MAX_CRITICAL_BYTES) {
            return sendToLarge(fd, buffer, flags, address, addressLength);
        }
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result(
                    (long) SendTo.CALL.invokeExact(errno, fd, buffer, buffer.byteSize(), flags, address, addressLength),
                    errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private static long sendToLarge(int fd, MemorySegment buffer, int flags, MemorySegment address, int addressLength) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            MemorySegment data = Native.offHeap(buffer, arena);
            MemorySegment to = Native.offHeap(address, arena);
            return Native.result(
                    (long) SendToLarge.CALL.invokeExact(errno, fd, data, data.byteSize(), flags, to, addressLength),
                    errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static long recvMsg(int fd, MemorySegment message, int flags, boolean takesLong) {
        if (takesLong) {
            return recvMsgLarge(fd, message, flags);
        }
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((long) RecvMsg.CALL.invokeExact(errno, fd, message, flags), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private static long recvMsgLarge(int fd, MemorySegment message, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            return Native.result((long) RecvMsgLarge.CALL.invokeExact(errno, fd, message, flags), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static long sendMsg(int fd, MemorySegment message, int flags, boolean takesLong) {
        if (takesLong) {
            return sendMsgLarge(fd, message, flags);
        }
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((long) SendMsg.CALL.invokeExact(errno, fd, message, flags), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private static long sendMsgLarge(int fd, MemorySegment message, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            return Native.result((long) SendMsgLarge.CALL.invokeExact(errno, fd, message, flags), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int recvMmsg(int fd, MemorySegment messages, int count, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            return Native.result(
                    (int) RecvMmsg.CALL.invokeExact(errno, fd, messages, count, flags, MemorySegment.NULL), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int sendMmsg(int fd, MemorySegment messages, int count, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            return Native.result((int) SendMmsg.CALL.invokeExact(errno, fd, messages, count, flags), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
