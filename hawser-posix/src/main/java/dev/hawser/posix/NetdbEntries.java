package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions of {@code <netdb.h>} that find one entry of a database: hosts, services, protocols. These are the
 * re-entrant ones, which write into memory that the caller lends and say ERANGE where it is too small. They may wait, as
 * {@link Netdb} does: never call them on a virtual thread.
 */
final class NetdbEntries {

    private static final int HOST_SIZE = Abi.value("sizeof(struct hostent)");
    private static final int HOST_NAME = Abi.value("offsetof(struct hostent,h_name)");
    private static final int HOST_ALIASES = Abi.value("offsetof(struct hostent,h_aliases)");
    private static final int HOST_FAMILY = Abi.value("offsetof(struct hostent,h_addrtype)");
    private static final int HOST_LENGTH = Abi.value("offsetof(struct hostent,h_length)");
    private static final int HOST_ADDRESSES = Abi.value("offsetof(struct hostent,h_addr_list)");
    private static final int SERVICE_SIZE = Abi.value("sizeof(struct servent)");
    private static final int SERVICE_NAME = Abi.value("offsetof(struct servent,s_name)");
    private static final int SERVICE_PORT = Abi.value("offsetof(struct servent,s_port)");
    private static final int SERVICE_PROTOCOL = Abi.value("offsetof(struct servent,s_proto)");
    private static final int PROTOCOL_SIZE = Abi.value("sizeof(struct protoent)");
    private static final int PROTOCOL_NAME = Abi.value("offsetof(struct protoent,p_name)");
    private static final int PROTOCOL_NUMBER = Abi.value("offsetof(struct protoent,p_proto)");
    private static final int NETDB_INTERNAL = Abi.value("NETDB_INTERNAL");

    private static final long FIRST_ROOM = 1024;
    private static final long MAX_ROOM = 1 << 20;

    private static final class HostByName {
        static final MethodHandle CALL = Native.waiting(
                "gethostbyname_r",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));
    }

    private static final class HostByAddr {
        static final MethodHandle CALL = Native.waiting(
                "gethostbyaddr_r",
                FunctionDescriptor.of(
                        JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));
    }

    private static final class ServByName {
        static final MethodHandle CALL = Native.waiting(
                "getservbyname_r",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    }

    private static final class ServByPort {
        static final MethodHandle CALL = Native.waiting(
                "getservbyport_r",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    }

    private static final class ProtoByNameR {
        static final MethodHandle CALL = Native.waiting(
                "getprotobyname_r", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    }

    private static final class ProtoByName {
        static final MethodHandle CALL = Native.waiting("getprotobyname", FunctionDescriptor.of(ADDRESS, ADDRESS));
        static final Object STATIC_MEMORY = new Object();
    }

    /** What one try of a re-entrant function is lent. */
    private record Room(
            Arena arena, MemorySegment errno, MemorySegment struct, MemorySegment buffer, MemorySegment found) {

        static Room of(Arena arena, long structSize, long bufferSize) {
            return new Room(
                    arena,
                    Native.errnoCell(arena),
                    arena.allocate(structSize, ADDRESS.byteAlignment()),
                    arena.allocate(bufferSize, ADDRESS.byteAlignment()),
                    arena.allocate(ADDRESS));
        }
    }

    private interface Function {
        int call(Room room) throws Throwable;
    }

    private interface HostFunction {
        int call(Room room, MemorySegment hostErrno) throws Throwable;
    }

    private interface Reader<T> {
        T read(MemorySegment struct) throws Throwable;
    }

    private NetdbEntries() {}

    static Answer<Hostent> getHostByName(String name) {
        return host((room, hostErrno) -> (int) HostByName.CALL.invokeExact(
                room.errno,
                room.arena.allocateFrom(name),
                room.struct,
                room.buffer,
                room.buffer.byteSize(),
                room.found,
                hostErrno));
    }

    static Answer<Hostent> getHostByAddr(MemorySegment address, int family) {
        int length = Math.toIntExact(address.byteSize());
        return host((room, hostErrno) -> (int) HostByAddr.CALL.invokeExact(
                room.errno,
                Native.offHeap(address, room.arena),
                length,
                family,
                room.struct,
                room.buffer,
                room.buffer.byteSize(),
                room.found,
                hostErrno));
    }

    static Answer<Servent> getServByName(String name, @Nullable String protocol) {
        return entry(FIRST_ROOM, SERVICE_SIZE, NetdbEntries::service, room -> (int) ServByName.CALL.invokeExact(
                room.errno,
                room.arena.allocateFrom(name),
                CMemory.orNull(protocol, room.arena),
                room.struct,
                room.buffer,
                room.buffer.byteSize(),
                room.found));
    }

    static Answer<Servent> getServByPort(int port, @Nullable String protocol) {
        int inNetworkOrder = Short.toUnsignedInt(networkOrder(port));
        return entry(FIRST_ROOM, SERVICE_SIZE, NetdbEntries::service, room -> (int) ServByPort.CALL.invokeExact(
                room.errno,
                inNetworkOrder,
                CMemory.orNull(protocol, room.arena),
                room.struct,
                room.buffer,
                room.buffer.byteSize(),
                room.found));
    }

    static Answer<Protoent> getProtoByName(String name) {
        return Native.has("getprotobyname_r") ? protocolIntoOwnMemory(name, FIRST_ROOM) : protocolInStaticMemory(name);
    }

    static Answer<Protoent> protocolIntoOwnMemory(String name, long firstRoom) {
        return entry(firstRoom, PROTOCOL_SIZE, NetdbEntries::protocol, room -> (int) ProtoByNameR.CALL.invokeExact(
                room.errno,
                room.arena.allocateFrom(name),
                room.struct,
                room.buffer,
                room.buffer.byteSize(),
                room.found));
    }

    /** For musl, which has no re-entrant one. */
    static Answer<Protoent> protocolInStaticMemory(String name) {
        synchronized (ProtoByName.STATIC_MEMORY) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment found =
                        (MemorySegment) ProtoByName.CALL.invokeExact(Native.errnoCell(arena), arena.allocateFrom(name));
                return CMemory.isNull(found)
                        ? Answer.nothing()
                        : Answer.of(protocol(CMemory.copy(found, PROTOCOL_SIZE)));
            } catch (Throwable t) {
                throw Native.unexpected(t);
            }
        }
    }

    private static Answer<Hostent> host(HostFunction function) {
        int[] hostErrno = {0};
        Answer<Hostent> answer = entry(FIRST_ROOM, HOST_SIZE, NetdbEntries::hostent, room -> {
            MemorySegment cell = room.arena.allocate(JAVA_INT);
            int code = function.call(room, cell);
            hostErrno[0] = cell.get(JAVA_INT, 0);
            return code;
        });
        return answer.value() != null
                ? answer
                : Answer.failed(hostErrno[0], hostErrno[0] == NETDB_INTERNAL ? answer.code() : 0);
    }

    /** Calls until the memory is enough. libc says either 0 or ENOENT where there is no such entry. */
    private static <T> Answer<T> entry(long firstRoom, int structSize, Reader<T> reader, Function function) {
        for (long bytes = firstRoom; ; bytes *= 2) {
            try (Arena arena = Arena.ofConfined()) {
                Room room = Room.of(arena, structSize, bytes);
                int code = function.call(room);
                if (!CMemory.isNull(room.found.get(ADDRESS, 0))) {
                    return Answer.of(reader.read(room.struct));
                }
                if (code != Errno.ERANGE || bytes >= MAX_ROOM) {
                    return code == Errno.ENOENT ? Answer.nothing() : Answer.failed(code, 0);
                }
            } catch (Throwable t) {
                throw Native.unexpected(t);
            }
        }
    }

    private static Hostent hostent(MemorySegment struct) throws Throwable {
        int length = struct.get(JAVA_INT_UNALIGNED, HOST_LENGTH);
        List<byte[]> addresses = new ArrayList<>();
        for (MemorySegment address : CMemory.pointers(CMemory.pointer(struct, HOST_ADDRESSES))) {
            addresses.add(CMemory.copy(address, length).toArray(JAVA_BYTE));
        }
        return new Hostent(
                CMemory.string(CMemory.pointer(struct, HOST_NAME)),
                CMemory.strings(CMemory.pointer(struct, HOST_ALIASES)),
                struct.get(JAVA_INT_UNALIGNED, HOST_FAMILY),
                List.copyOf(addresses));
    }

    private static Servent service(MemorySegment struct) throws Throwable {
        return new Servent(
                CMemory.string(CMemory.pointer(struct, SERVICE_NAME)),
                Short.toUnsignedInt(networkOrder(struct.get(JAVA_INT_UNALIGNED, SERVICE_PORT))),
                CMemory.string(CMemory.pointer(struct, SERVICE_PROTOCOL)));
    }

    private static Protoent protocol(MemorySegment struct) throws Throwable {
        return new Protoent(
                CMemory.string(CMemory.pointer(struct, PROTOCOL_NAME)),
                struct.get(JAVA_INT_UNALIGNED, PROTOCOL_NUMBER));
    }

    /** Both processors are little-endian. */
    private static short networkOrder(int port) {
        return Short.reverseBytes((short) port);
    }
}
