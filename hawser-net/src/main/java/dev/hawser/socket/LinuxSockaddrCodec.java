package dev.hawser.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hawser.posix.Abi;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The structs of the families that are Linux's own, all but the field of the family. */
final class LinuxSockaddrCodec {

    private static final int NL_SIZE = Abi.value("sizeof(struct sockaddr_nl)");
    private static final int NL_PID = Abi.value("offsetof(struct sockaddr_nl,nl_pid)");
    private static final int NL_GROUPS = Abi.value("offsetof(struct sockaddr_nl,nl_groups)");

    private static final int LL_SIZE = Abi.value("sizeof(struct sockaddr_ll)");
    private static final int LL_PROTOCOL = Abi.value("offsetof(struct sockaddr_ll,sll_protocol)");
    private static final int LL_INDEX = Abi.value("offsetof(struct sockaddr_ll,sll_ifindex)");
    private static final int LL_HARDWARE = Abi.value("offsetof(struct sockaddr_ll,sll_hatype)");
    private static final int LL_PACKET = Abi.value("offsetof(struct sockaddr_ll,sll_pkttype)");
    private static final int LL_LENGTH = Abi.value("offsetof(struct sockaddr_ll,sll_halen)");
    private static final int LL_ADDRESS = Abi.value("offsetof(struct sockaddr_ll,sll_addr)");

    private static final int VM_SIZE = Abi.value("sizeof(struct sockaddr_vm)");
    private static final int VM_PORT = Abi.value("offsetof(struct sockaddr_vm,svm_port)");
    private static final int VM_CID = Abi.value("offsetof(struct sockaddr_vm,svm_cid)");
    private static final int VM_FLAGS = Abi.value("offsetof(struct sockaddr_vm,svm_flags)");

    private static final int ALG_SIZE = Abi.value("sizeof(struct sockaddr_alg)");
    private static final int ALG_TYPE = Abi.value("offsetof(struct sockaddr_alg,salg_type)");
    private static final int ALG_FEATURES = Abi.value("offsetof(struct sockaddr_alg,salg_feat)");
    private static final int ALG_MASK = Abi.value("offsetof(struct sockaddr_alg,salg_mask)");
    private static final int ALG_NAME = Abi.value("offsetof(struct sockaddr_alg,salg_name)");

    private static final int CAN_SIZE = Abi.value("sizeof(struct sockaddr_can)");
    private static final int CAN_INDEX = Abi.value("offsetof(struct sockaddr_can,can_ifindex)");
    private static final int CAN_NAME = Abi.value("offsetof(struct sockaddr_can,can_addr.j1939.name)");
    private static final int CAN_PGN = Abi.value("offsetof(struct sockaddr_can,can_addr.j1939.pgn)");
    private static final int CAN_ADDRESS = Abi.value("offsetof(struct sockaddr_can,can_addr.j1939.addr)");

    private static final int TIPC_SIZE = Abi.value("sizeof(struct sockaddr_tipc)");
    private static final int TIPC_TYPE = Abi.value("offsetof(struct sockaddr_tipc,addrtype)");
    private static final int TIPC_SCOPE = Abi.value("offsetof(struct sockaddr_tipc,scope)");
    private static final int TIPC_FIRST = Abi.value("offsetof(struct sockaddr_tipc,addr.nameseq.type)");
    private static final int TIPC_SECOND = Abi.value("offsetof(struct sockaddr_tipc,addr.nameseq.lower)");
    private static final int TIPC_THIRD = Abi.value("offsetof(struct sockaddr_tipc,addr.nameseq.upper)");

    private static final int QRTR_SIZE = Abi.value("sizeof(struct sockaddr_qrtr)");
    private static final int QRTR_NODE = Abi.value("offsetof(struct sockaddr_qrtr,sq_node)");
    private static final int QRTR_PORT = Abi.value("offsetof(struct sockaddr_qrtr,sq_port)");

    private static final ValueLayout.OfShort NETWORK_SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private LinuxSockaddrCodec() {}

    static byte[] encode(SockaddrNl address) {
        MemorySegment struct = struct(NL_SIZE);
        struct.set(JAVA_INT_UNALIGNED, NL_PID, address.pid());
        struct.set(JAVA_INT_UNALIGNED, NL_GROUPS, address.groups());
        return bytes(struct);
    }

    static byte[] encode(SockaddrLl address) {
        byte[] hardware = address.address();
        MemorySegment struct = struct(Math.max(LL_SIZE, LL_ADDRESS + hardware.length));
        struct.set(NETWORK_SHORT, LL_PROTOCOL, (short) address.protocol());
        struct.set(JAVA_INT_UNALIGNED, LL_INDEX, address.ifIndex());
        struct.set(JAVA_SHORT_UNALIGNED, LL_HARDWARE, (short) address.hardwareType());
        struct.set(JAVA_BYTE, LL_PACKET, (byte) address.packetType());
        struct.set(JAVA_BYTE, LL_LENGTH, (byte) hardware.length);
        put(struct, LL_ADDRESS, hardware);
        return bytes(struct);
    }

    static byte[] encode(SockaddrVm address) {
        MemorySegment struct = struct(VM_SIZE);
        struct.set(JAVA_INT_UNALIGNED, VM_PORT, address.port());
        struct.set(JAVA_INT_UNALIGNED, VM_CID, address.cid());
        struct.set(JAVA_BYTE, VM_FLAGS, (byte) address.flags());
        return bytes(struct);
    }

    static byte[] encode(SockaddrAlg address) {
        MemorySegment struct = struct(ALG_SIZE);
        put(struct, ALG_TYPE, address.type().getBytes(ISO_8859_1));
        struct.set(JAVA_INT_UNALIGNED, ALG_FEATURES, address.feat());
        struct.set(JAVA_INT_UNALIGNED, ALG_MASK, address.mask());
        put(struct, ALG_NAME, address.name().getBytes(ISO_8859_1));
        return bytes(struct);
    }

    static byte[] encode(SockaddrCan address) {
        MemorySegment struct = struct(CAN_SIZE);
        struct.set(JAVA_INT_UNALIGNED, CAN_INDEX, address.ifIndex());
        struct.set(JAVA_LONG_UNALIGNED, CAN_NAME, address.name());
        struct.set(JAVA_INT_UNALIGNED, CAN_PGN, address.pgn());
        struct.set(JAVA_BYTE, CAN_ADDRESS, (byte) address.address());
        return bytes(struct);
    }

    static byte[] encode(SockaddrTipc address) {
        MemorySegment struct = struct(TIPC_SIZE);
        struct.set(JAVA_BYTE, TIPC_TYPE, (byte) address.addressType());
        struct.set(JAVA_BYTE, TIPC_SCOPE, (byte) address.scope());
        struct.set(JAVA_INT_UNALIGNED, TIPC_FIRST, address.first());
        struct.set(JAVA_INT_UNALIGNED, TIPC_SECOND, address.second());
        struct.set(JAVA_INT_UNALIGNED, TIPC_THIRD, address.third());
        return bytes(struct);
    }

    static byte[] encode(SockaddrQrtr address) {
        MemorySegment struct = struct(QRTR_SIZE);
        struct.set(JAVA_INT_UNALIGNED, QRTR_NODE, address.node());
        struct.set(JAVA_INT_UNALIGNED, QRTR_PORT, address.port());
        return bytes(struct);
    }

    /** The address in the struct, which ends where the kernel's does; null where it is of none of these families. */
    static @Nullable Sockaddr decode(int family, MemorySegment struct) {
        int length = (int) struct.byteSize();
        if (family == Constants.AF_NETLINK && length >= NL_SIZE) {
            return new SockaddrNl(struct.get(JAVA_INT_UNALIGNED, NL_PID), struct.get(JAVA_INT_UNALIGNED, NL_GROUPS));
        }
        if (family == Constants.AF_PACKET && length >= LL_ADDRESS) {
            return decodeLl(struct);
        }
        if (family == Constants.AF_VSOCK && length >= VM_SIZE) {
            return new SockaddrVm(
                    struct.get(JAVA_INT_UNALIGNED, VM_CID),
                    struct.get(JAVA_INT_UNALIGNED, VM_PORT),
                    unsigned(struct, VM_FLAGS));
        }
        if (family == Constants.AF_ALG && length >= ALG_SIZE) {
            return decodeAlg(struct);
        }
        if (family == Constants.AF_CAN && length >= CAN_INDEX + Integer.BYTES) {
            return decodeCan(struct);
        }
        if (family == Constants.AF_TIPC && length >= TIPC_SIZE) {
            return decodeTipc(struct);
        }
        return family == Constants.AF_QIPCRTR && length >= QRTR_SIZE
                ? new SockaddrQrtr(struct.get(JAVA_INT_UNALIGNED, QRTR_NODE), struct.get(JAVA_INT_UNALIGNED, QRTR_PORT))
                : null;
    }

    /** The kernel's struct ends with the hardware address: before the end of the C struct, or after it. */
    private static SockaddrLl decodeLl(MemorySegment struct) {
        int hardware = Math.min(
                Math.min(unsigned(struct, LL_LENGTH), SockaddrLl.MAX_ADDRESS_BYTES),
                (int) struct.byteSize() - LL_ADDRESS);
        return new SockaddrLl(
                struct.get(JAVA_INT_UNALIGNED, LL_INDEX),
                struct.get(NETWORK_SHORT, LL_PROTOCOL) & 0xffff,
                unsigned(struct, LL_PACKET),
                struct.get(JAVA_SHORT_UNALIGNED, LL_HARDWARE) & 0xffff,
                bytes(struct.asSlice(LL_ADDRESS, hardware)));
    }

    /** Null where type or name are no words, as no algorithm has such. */
    private static @Nullable SockaddrAlg decodeAlg(MemorySegment struct) {
        String type = word(struct.asSlice(ALG_TYPE, ALG_FEATURES - ALG_TYPE));
        String name = word(struct.asSlice(ALG_NAME, ALG_SIZE - ALG_NAME));
        return SockaddrAlg.isWord(type, SockaddrAlg.MAX_TYPE_BYTES)
                        && type.indexOf(':') < 0
                        && SockaddrAlg.isWord(name, SockaddrAlg.MAX_NAME_BYTES)
                ? new SockaddrAlg(
                        type,
                        name,
                        struct.get(JAVA_INT_UNALIGNED, ALG_FEATURES),
                        struct.get(JAVA_INT_UNALIGNED, ALG_MASK))
                : null;
    }

    /** Each protocol ends the struct after the last field of its own. */
    private static SockaddrCan decodeCan(MemorySegment shortened) {
        MemorySegment struct = struct(CAN_SIZE);
        struct.copyFrom(shortened.asSlice(0, Math.min(CAN_SIZE, shortened.byteSize())));
        return new SockaddrCan(
                struct.get(JAVA_INT_UNALIGNED, CAN_INDEX),
                struct.get(JAVA_LONG_UNALIGNED, CAN_NAME),
                struct.get(JAVA_INT_UNALIGNED, CAN_PGN),
                unsigned(struct, CAN_ADDRESS));
    }

    private static SockaddrTipc decodeTipc(MemorySegment struct) {
        return new SockaddrTipc(
                unsigned(struct, TIPC_TYPE),
                struct.get(JAVA_INT_UNALIGNED, TIPC_FIRST),
                struct.get(JAVA_INT_UNALIGNED, TIPC_SECOND),
                struct.get(JAVA_INT_UNALIGNED, TIPC_THIRD),
                struct.get(JAVA_BYTE, TIPC_SCOPE));
    }

    /** Two words side by side as one long, in the order that memory has them. */
    static long pair(int first, int second) {
        MemorySegment words = struct(Long.BYTES);
        words.set(JAVA_INT_UNALIGNED, 0, first);
        words.set(JAVA_INT_UNALIGNED, Integer.BYTES, second);
        return words.get(JAVA_LONG_UNALIGNED, 0);
    }

    static int first(long pair) {
        return word(pair, 0);
    }

    static int second(long pair) {
        return word(pair, Integer.BYTES);
    }

    private static int word(long pair, int offset) {
        MemorySegment words = struct(Long.BYTES);
        words.set(JAVA_LONG_UNALIGNED, 0, pair);
        return words.get(JAVA_INT_UNALIGNED, offset);
    }

    /** The bytes up to the first zero. */
    private static String word(MemorySegment field) {
        byte[] bytes = bytes(field);
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(Arrays.copyOf(bytes, end), ISO_8859_1);
    }

    private static MemorySegment struct(int size) {
        return MemorySegment.ofArray(new byte[size]);
    }

    private static byte[] bytes(MemorySegment segment) {
        return segment.toArray(JAVA_BYTE);
    }

    private static void put(MemorySegment struct, int offset, byte[] bytes) {
        MemorySegment.copy(bytes, 0, struct, JAVA_BYTE, offset, bytes.length);
    }

    private static int unsigned(MemorySegment struct, int offset) {
        return struct.get(JAVA_BYTE, offset) & 0xff;
    }
}
