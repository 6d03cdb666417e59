package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code <netdb.h>}: the name service of libc. It reads files and asks servers, and so it may wait for seconds: never
 * call it on a virtual thread, whose carrier it would keep, unless AI_NUMERICHOST and AI_NUMERICSERV keep it from both.
 */
final class Netdb {

    private static final int ENTRY_SIZE = Abi.value("sizeof(struct addrinfo)");
    private static final int FLAGS = Abi.value("offsetof(struct addrinfo,ai_flags)");
    private static final int FAMILY = Abi.value("offsetof(struct addrinfo,ai_family)");
    private static final int TYPE = Abi.value("offsetof(struct addrinfo,ai_socktype)");
    private static final int PROTOCOL = Abi.value("offsetof(struct addrinfo,ai_protocol)");
    private static final int ADDRESS_LENGTH = Abi.value("offsetof(struct addrinfo,ai_addrlen)");
    private static final int ADDRESS_POINTER = Abi.value("offsetof(struct addrinfo,ai_addr)");
    private static final int CANONICAL_NAME = Abi.value("offsetof(struct addrinfo,ai_canonname)");
    private static final int NEXT = Abi.value("offsetof(struct addrinfo,ai_next)");
    private static final int EAI_SYSTEM = Abi.value("EAI_SYSTEM");

    private static final class GetAddrInfo {
        static final MethodHandle CALL =
                Native.waiting("getaddrinfo", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    }

    private static final class FreeAddrInfo {
        static final MethodHandle CALL = Native.waiting("freeaddrinfo", FunctionDescriptor.ofVoid(ADDRESS));
    }

    private static final class GaiStrError {
        static final MethodHandle CALL = Native.waiting("gai_strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    }

    /** Reads memory that libc owns, without the right to make a segment of an arbitrary address. */
    private static final class MemCpy {
        static final MethodHandle CALL =
                Native.critical("memcpy", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_LONG));
    }

    private static final class StrLen {
        static final MethodHandle CALL = Native.critical("strlen", FunctionDescriptor.of(JAVA_LONG, ADDRESS));
    }

    private Netdb() {}

    static AddrInfoAnswer getAddrInfo(@Nullable String node, @Nullable String service, AddrInfo hints) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            MemorySegment list = arena.allocate(ADDRESS);
            MemorySegment wanted = arena.allocate(ENTRY_SIZE, 8);
            wanted.set(JAVA_INT, FLAGS, hints.flags());
            wanted.set(JAVA_INT, FAMILY, hints.family());
            wanted.set(JAVA_INT, TYPE, hints.type());
            wanted.set(JAVA_INT, PROTOCOL, hints.protocol());
            MemorySegment host = node == null ? MemorySegment.NULL : arena.allocateFrom(node);
            MemorySegment port = service == null ? MemorySegment.NULL : arena.allocateFrom(service);
            int code = (int) GetAddrInfo.CALL.invokeExact(errno, host, port, wanted, list);
            if (code != 0) {
                return new AddrInfoAnswer(code, code == EAI_SYSTEM ? errno.get(JAVA_INT, 0) : 0, List.of());
            }
            return new AddrInfoAnswer(0, 0, copyAndFree(list.get(ADDRESS, 0), errno));
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static String gaiStrError(int code) {
        try (Arena arena = Arena.ofConfined()) {
            return string((MemorySegment) GaiStrError.CALL.invokeExact(Native.errnoCell(arena), code));
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private static List<AddrInfo> copyAndFree(MemorySegment head, MemorySegment errno) throws Throwable {
        try {
            List<AddrInfo> answers = new ArrayList<>();
            for (MemorySegment next = head; next.address() != 0; ) {
                MemorySegment entry = copy(next, ENTRY_SIZE);
                answers.add(answer(entry));
                next = pointer(entry, NEXT);
            }
            return List.copyOf(answers);
        } finally {
            FreeAddrInfo.CALL.invokeExact(errno, head);
        }
    }

    private static AddrInfo answer(MemorySegment entry) throws Throwable {
        MemorySegment name = pointer(entry, CANONICAL_NAME);
        return new AddrInfo(
                entry.get(JAVA_INT_UNALIGNED, FLAGS),
                entry.get(JAVA_INT_UNALIGNED, FAMILY),
                entry.get(JAVA_INT_UNALIGNED, TYPE),
                entry.get(JAVA_INT_UNALIGNED, PROTOCOL),
                copy(pointer(entry, ADDRESS_POINTER), entry.get(JAVA_INT_UNALIGNED, ADDRESS_LENGTH))
                        .toArray(JAVA_BYTE),
                name.address() == 0 ? null : string(name));
    }

    private static MemorySegment pointer(MemorySegment struct, long offset) {
        return MemorySegment.ofAddress(struct.get(JAVA_LONG_UNALIGNED, offset));
    }

    private static MemorySegment copy(MemorySegment source, long bytes) throws Throwable {
        MemorySegment target = MemorySegment.ofArray(new byte[Math.toIntExact(bytes)]);
        MemCpy.CALL.invokeExact(Native.errnoCell(), target, source, bytes);
        return target;
    }

    private static String string(MemorySegment source) throws Throwable {
        long length = (long) StrLen.CALL.invokeExact(Native.errnoCell(), source);
        return copy(source, length + 1).getString(0);
    }
}
