package dev.hawser.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.hawser.posix.Abi;
import java.lang.foreign.MemorySegment;

/** The structs of the families that are Linux's own, all but the field of the family. */
final class LinuxSockaddrCodec {

    private static final int NL_SIZE = Abi.value("sizeof(struct sockaddr_nl)");
    private static final int NL_PID = Abi.value("offsetof(struct sockaddr_nl,nl_pid)");
    private static final int NL_GROUPS = Abi.value("offsetof(struct sockaddr_nl,nl_groups)");

    private LinuxSockaddrCodec() {}

    static byte[] encode(SockaddrNl address) {
        byte[] bytes = new byte[NL_SIZE];
        MemorySegment struct = MemorySegment.ofArray(bytes);
        struct.set(JAVA_INT_UNALIGNED, NL_PID, address.pid());
        struct.set(JAVA_INT_UNALIGNED, NL_GROUPS, address.groups());
        return bytes;
    }

    static SockaddrNl decodeNl(MemorySegment struct) {
        return new SockaddrNl(struct.get(JAVA_INT_UNALIGNED, NL_PID), struct.get(JAVA_INT_UNALIGNED, NL_GROUPS));
    }

    static boolean holdsNl(int length) {
        return length >= NL_SIZE;
    }
}
