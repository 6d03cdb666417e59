package dev.hawser.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.hawser.posix.Abi;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Addresses as the bytes of {@code struct sockaddr}, and back. */
final class SockaddrCodec {

    private static final int FAMILY = Abi.value("offsetof(struct sockaddr,sa_family)");

    private static final int IN_SIZE = Abi.value("sizeof(struct sockaddr_in)");
    private static final int IN_PORT = Abi.value("offsetof(struct sockaddr_in,sin_port)");
    private static final int IN_ADDRESS = Abi.value("offsetof(struct sockaddr_in,sin_addr)");

    private static final int IN6_SIZE = Abi.value("sizeof(struct sockaddr_in6)");
    private static final int IN6_PORT = Abi.value("offsetof(struct sockaddr_in6,sin6_port)");
    private static final int IN6_FLOW_INFO = Abi.value("offsetof(struct sockaddr_in6,sin6_flowinfo)");
    private static final int IN6_ADDRESS = Abi.value("offsetof(struct sockaddr_in6,sin6_addr)");
    private static final int IN6_SCOPE = Abi.value("offsetof(struct sockaddr_in6,sin6_scope_id)");

    private static final int UN_PATH = Abi.value("offsetof(struct sockaddr_un,sun_path)");

    private static final ValueLayout.OfShort NETWORK_SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NETWORK_INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NETWORK_LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private SockaddrCodec() {}

    static MemorySegment encode(Sockaddr address) {
        MemorySegment bytes = MemorySegment.ofArray(encodeAfterFamily(address));
        bytes.set(JAVA_SHORT_UNALIGNED, FAMILY, (short) address.family());
        return bytes;
    }

    private static byte[] encodeAfterFamily(Sockaddr address) {
        return switch (address) {
            case SockaddrIn in -> {
                byte[] bytes = new byte[IN_SIZE];
                MemorySegment struct = MemorySegment.ofArray(bytes);
                struct.set(NETWORK_SHORT, IN_PORT, (short) in.port());
                struct.set(NETWORK_INT, IN_ADDRESS, in.address());
                yield bytes;
            }
            case SockaddrIn6 in6 -> {
                byte[] bytes = new byte[IN6_SIZE];
                MemorySegment struct = MemorySegment.ofArray(bytes);
                struct.set(NETWORK_SHORT, IN6_PORT, (short) in6.port());
                struct.set(NETWORK_INT, IN6_FLOW_INFO, in6.flowInfo());
                struct.set(NETWORK_LONG, IN6_ADDRESS, in6.high());
                struct.set(NETWORK_LONG, IN6_ADDRESS + 8L, in6.low());
                struct.set(JAVA_INT_UNALIGNED, IN6_SCOPE, in6.scopeId());
                yield bytes;
            }
            // A path carries the zero that ends it, where there is room; all others are their length alone.
            case SockaddrUn un -> {
                byte[] name = un.name();
                boolean path = !un.isAbstract() && !un.isUnnamed() && name.length < SockaddrUn.MAX_BYTES;
                byte[] bytes = new byte[UN_PATH + name.length + (path ? 1 : 0)];
                System.arraycopy(name, 0, bytes, UN_PATH, name.length);
                yield bytes;
            }
            case SockaddrNl nl -> LinuxSockaddrCodec.encode(nl);
            case SockaddrLl ll -> LinuxSockaddrCodec.encode(ll);
            case SockaddrVm vm -> LinuxSockaddrCodec.encode(vm);
            case SockaddrAlg alg -> LinuxSockaddrCodec.encode(alg);
            case SockaddrCan can -> LinuxSockaddrCodec.encode(can);
            case SockaddrTipc tipc -> LinuxSockaddrCodec.encode(tipc);
            case SockaddrQrtr qrtr -> LinuxSockaddrCodec.encode(qrtr);
            case SockaddrL2 l2 -> BluetoothSockaddrs.encode(l2);
            case SockaddrRc rc -> BluetoothSockaddrs.encode(rc);
            case SockaddrSco sco -> BluetoothSockaddrs.encode(sco);
            case SockaddrHci hci -> BluetoothSockaddrs.encode(hci);
            case SockaddrOther other -> {
                byte[] data = other.data();
                byte[] bytes = new byte[Short.BYTES + data.length];
                System.arraycopy(data, 0, bytes, Short.BYTES, data.length);
                yield bytes;
            }
        };
    }

    /**
     * The address in the first {@code length} bytes, or null where the kernel gave none. Whatever the bytes are, it is
     * some address: by the time they are read, a descriptor or a datagram depends on it.
     */
    static @Nullable Sockaddr decode(byte[] bytes, int length) {
        if (length < Short.BYTES) {
            return null;
        }
        int end = Math.min(Math.min(length, bytes.length), SockaddrOther.MAX_BYTES + Short.BYTES);
        MemorySegment struct = MemorySegment.ofArray(bytes);
        int family = struct.get(JAVA_SHORT_UNALIGNED, FAMILY) & 0xffff;
        if (family == Constants.AF_INET && end >= IN_ADDRESS + 4) {
            return new SockaddrIn(struct.get(NETWORK_INT, IN_ADDRESS), struct.get(NETWORK_SHORT, IN_PORT) & 0xffff);
        }
        if (family == Constants.AF_INET6 && end >= IN6_SCOPE + 4) {
            return new SockaddrIn6(
                    struct.get(NETWORK_LONG, IN6_ADDRESS),
                    struct.get(NETWORK_LONG, IN6_ADDRESS + 8L),
                    struct.get(NETWORK_SHORT, IN6_PORT) & 0xffff,
                    struct.get(NETWORK_INT, IN6_FLOW_INFO) & 0xfffff,
                    struct.get(JAVA_INT_UNALIGNED, IN6_SCOPE));
        }
        if (family == Constants.AF_UNIX) {
            return decodeUnix(bytes, end);
        }
        Sockaddr known = decodeLinux(family, struct.asSlice(0, end));
        return known != null ? known : new SockaddrOther(family, Arrays.copyOfRange(bytes, Short.BYTES, end));
    }

    private static @Nullable Sockaddr decodeLinux(int family, MemorySegment struct) {
        return family == Constants.AF_BLUETOOTH
                ? BluetoothSockaddrs.decode(struct)
                : LinuxSockaddrCodec.decode(family, struct);
    }

    private static SockaddrUn decodeUnix(byte[] bytes, int length) {
        int last = Math.min(length, UN_PATH + SockaddrUn.MAX_BYTES);
        int end = last;
        if (last > UN_PATH && bytes[UN_PATH] != 0) {
            end = UN_PATH;
            while (end < last && bytes[end] != 0) {
                end++;
            }
        }
        return end <= UN_PATH ? SockaddrUn.UNNAMED : new SockaddrUn(Arrays.copyOfRange(bytes, UN_PATH, end));
    }
}
