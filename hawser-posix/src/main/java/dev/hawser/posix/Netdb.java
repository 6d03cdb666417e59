package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code <netdb.h>}: the name service of libc; {@link NetdbEntries} has the older half. It reads files and asks servers, and so it may wait for seconds: never
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

    /** For a host's name, and as much for a service's, which a file may make longer than NI_MAXSERV. */
    private static final long NAME_ROOM = Abi.value("NI_MAXHOST");

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

    private static final class HStrError {
        static final MethodHandle CALL = Native.waiting("hstrerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    }

    private static final class GetNameInfo {
        static final MethodHandle CALL = Native.waiting(
                "getnameinfo",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    }

    private Netdb() {}

    static Answer<List<AddrInfoEntry>> getAddrInfo(
            @Nullable String node, @Nullable String service, AddrInfoEntry hints) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            MemorySegment list = arena.allocate(ADDRESS);
            MemorySegment wanted = arena.allocate(ENTRY_SIZE, 8);
            wanted.set(JAVA_INT, FLAGS, hints.flags());
            wanted.set(JAVA_INT, FAMILY, hints.family());
            wanted.set(JAVA_INT, TYPE, hints.type());
            wanted.set(JAVA_INT, PROTOCOL, hints.protocol());
            MemorySegment host = CMemory.orNull(node, arena);
            MemorySegment port = CMemory.orNull(service, arena);
            int code = (int) GetAddrInfo.CALL.invokeExact(errno, host, port, wanted, list);
            if (code != 0) {
                return failed(code, errno);
            }
            return Answer.of(copyAndFree(list.get(ADDRESS, 0), errno));
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static Answer<NodeAndService> getNameInfo(MemorySegment address, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            MemorySegment node = arena.allocate(NAME_ROOM);
            MemorySegment service = arena.allocate(NAME_ROOM);
            int length = Math.toIntExact(address.byteSize());
            MemorySegment copy = Native.offHeap(address, arena);
            int code = (int) GetNameInfo.CALL.invokeExact(
                    errno, copy, length, node, (int) NAME_ROOM, service, (int) NAME_ROOM, flags);
            return code != 0
                    ? failed(code, errno)
                    : Answer.of(new NodeAndService(node.getString(0), service.getString(0)));
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private static <T> Answer<T> failed(int code, MemorySegment errno) {
        return Answer.failed(code, code == EAI_SYSTEM ? errno.get(JAVA_INT, 0) : 0);
    }

    static String hStrError(int code) {
        try (Arena arena = Arena.ofConfined()) {
            return CMemory.string((MemorySegment) HStrError.CALL.invokeExact(Native.errnoCell(arena), code));
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static String gaiStrError(int code) {
        try (Arena arena = Arena.ofConfined()) {
            return CMemory.string((MemorySegment) GaiStrError.CALL.invokeExact(Native.errnoCell(arena), code));
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private static List<AddrInfoEntry> copyAndFree(MemorySegment head, MemorySegment errno) throws Throwable {
        try {
            List<AddrInfoEntry> answers = new ArrayList<>();
            for (MemorySegment next = head; !CMemory.isNull(next); ) {
                MemorySegment entry = CMemory.copy(next, ENTRY_SIZE);
                answers.add(answer(entry));
                next = CMemory.pointer(entry, NEXT);
            }
            return List.copyOf(answers);
        } finally {
            FreeAddrInfo.CALL.invokeExact(errno, head);
        }
    }

    private static AddrInfoEntry answer(MemorySegment entry) throws Throwable {
        MemorySegment name = CMemory.pointer(entry, CANONICAL_NAME);
        return new AddrInfoEntry(
                entry.get(JAVA_INT_UNALIGNED, FLAGS),
                entry.get(JAVA_INT_UNALIGNED, FAMILY),
                entry.get(JAVA_INT_UNALIGNED, TYPE),
                entry.get(JAVA_INT_UNALIGNED, PROTOCOL),
                CMemory.copy(CMemory.pointer(entry, ADDRESS_POINTER), entry.get(JAVA_INT_UNALIGNED, ADDRESS_LENGTH))
                        .toArray(JAVA_BYTE),
                CMemory.isNull(name) ? null : CMemory.string(name));
    }
}
