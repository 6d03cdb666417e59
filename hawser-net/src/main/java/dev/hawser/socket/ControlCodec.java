package dev.hawser.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.hawser.posix.Abi;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ancillary data as the bytes of {@code struct cmsghdr} and what follows it, and back: cmsg(3). */
final class ControlCodec {

    static final int SOL_SOCKET = Abi.value("SOL_SOCKET");
    static final int SOL_UDP = Abi.value("SOL_UDP");
    static final int IPPROTO_IP = Abi.value("IPPROTO_IP");
    static final int IPPROTO_IPV6 = Abi.value("IPPROTO_IPV6");
    static final int SCM_RIGHTS = Abi.value("SCM_RIGHTS");
    static final int SCM_CREDENTIALS = Abi.value("SCM_CREDENTIALS");
    static final int SCM_PIDFD = Abi.value("SCM_PIDFD");
    static final int SCM_TIMESTAMP = Abi.value("SCM_TIMESTAMP");
    static final int SCM_TIMESTAMPNS = Abi.value("SCM_TIMESTAMPNS");
    static final int SCM_TIMESTAMPING = Abi.value("SCM_TIMESTAMPING");
    static final int IP_PKTINFO = Abi.value("IP_PKTINFO");
    static final int IP_TOS = Abi.value("IP_TOS");
    static final int IP_TTL = Abi.value("IP_TTL");
    static final int IP_RECVERR = Abi.value("IP_RECVERR");
    static final int IPV6_PKTINFO = Abi.value("IPV6_PKTINFO");
    static final int IPV6_TCLASS = Abi.value("IPV6_TCLASS");
    static final int IPV6_HOPLIMIT = Abi.value("IPV6_HOPLIMIT");
    static final int IPV6_RECVERR = Abi.value("IPV6_RECVERR");
    static final int UDP_SEGMENT = Abi.value("UDP_SEGMENT");
    static final int UDP_GRO = Abi.value("UDP_GRO");

    private static final int LEVEL = Abi.value("offsetof(struct cmsghdr,cmsg_level)");
    private static final int TYPE = Abi.value("offsetof(struct cmsghdr,cmsg_type)");
    private static final int HEADER_BYTES = Abi.value("sizeof(struct cmsghdr)");
    private static final int ALIGNMENT = Long.BYTES;

    private static final int ERROR_BYTES = Abi.value("sizeof(struct sock_extended_err)");
    private static final int ERROR_ORIGIN = Abi.value("offsetof(struct sock_extended_err,ee_origin)");
    private static final int ERROR_TYPE = Abi.value("offsetof(struct sock_extended_err,ee_type)");
    private static final int ERROR_CODE = Abi.value("offsetof(struct sock_extended_err,ee_code)");
    private static final int ERROR_INFO = Abi.value("offsetof(struct sock_extended_err,ee_info)");
    private static final int ERROR_DATA = Abi.value("offsetof(struct sock_extended_err,ee_data)");

    private static final int IN_SOCKADDR_BYTES = Abi.value("sizeof(struct sockaddr_in)");
    private static final int IN6_SOCKADDR_BYTES = Abi.value("sizeof(struct sockaddr_in6)");
    private static final int IN6_ADDRESS_BYTES = Abi.value("sizeof(struct in6_addr)");
    private static final int PKTINFO_LOCAL = Abi.value("offsetof(struct in_pktinfo,ipi_spec_dst)");
    private static final int PKTINFO_DESTINATION = Abi.value("offsetof(struct in_pktinfo,ipi_addr)");
    private static final int PKTINFO_BYTES = Abi.value("sizeof(struct in_pktinfo)");
    private static final int PKTINFO6_BYTES = Abi.value("sizeof(struct in6_pktinfo)");
    private static final int PKTINFO6_INTERFACE = Abi.value("offsetof(struct in6_pktinfo,ipi6_ifindex)");

    private ControlCodec() {}

    /** {@code CMSG_LEN}: the header and the data. */
    static int length(int dataBytes) {
        requireRange("the size of ancillary data", dataBytes, 0, Integer.MAX_VALUE - HEADER_BYTES);
        return HEADER_BYTES + dataBytes;
    }

    /** {@code CMSG_SPACE}: the header, the data, and what aligns the next header. */
    static int space(int dataBytes) {
        requireRange("the size of ancillary data", dataBytes, 0, Integer.MAX_VALUE - HEADER_BYTES - ALIGNMENT);
        return HEADER_BYTES + (int) aligned(dataBytes);
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    static void requireRange(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " is " + least + ".." + most + ": " + value);
        }
    }

    /** The messages one after another, as sendmsg(2) takes them. */
    static byte[] encode(List<? extends ControlMessage> messages) {
        if (messages.isEmpty()) {
            return new byte[0];
        }
        List<byte[]> data = messages.stream().map(ControlMessage::data).toList(); // each makes a copy: ask once
        byte[] bytes = new byte
                [Math.toIntExact(
                        data.stream().mapToLong(each -> space(each.length)).sum())];
        MemorySegment area = MemorySegment.ofArray(bytes);
        int at = 0;
        for (int i = 0; i < data.size(); i++) {
            byte[] each = data.get(i);
            area.set(JAVA_LONG_UNALIGNED, at, length(each.length));
            area.set(JAVA_INT_UNALIGNED, at + LEVEL, messages.get(i).level());
            area.set(JAVA_INT_UNALIGNED, at + TYPE, messages.get(i).type());
            System.arraycopy(each, 0, bytes, at + HEADER_BYTES, each.length);
            at += space(each.length);
        }
        return bytes;
    }

    /** Takes in one message: its level and type, and where its data are in the area. */
    @FunctionalInterface
    interface Visitor {
        void visit(int level, int type, long offset, long length);
    }

    /**
     * Walks over what recvmsg(2) has written. Whatever the bytes are, it ends, and stays within them: of a message whose
     * length says more than there is, the data that are there count; where there is no room for a header, it ends.
     */
    static void forEach(MemorySegment area, Visitor visitor) {
        long end = area.byteSize();
        long at = 0;
        while (end - at >= HEADER_BYTES) {
            long length = area.get(JAVA_LONG_UNALIGNED, at) & lengthMask();
            if (length < HEADER_BYTES) {
                return;
            }
            long data = Math.min(length, end - at) - HEADER_BYTES;
            visitor.visit(
                    area.get(JAVA_INT_UNALIGNED, at + LEVEL),
                    area.get(JAVA_INT_UNALIGNED, at + TYPE),
                    at + HEADER_BYTES,
                    data);
            if (length > end - at) {
                return;
            }
            at += aligned(length);
        }
    }

    /** musl has an int and a hole where glibc has a size_t: nothing that is longer fits anywhere. */
    private static long lengthMask() {
        return 0xffff_ffffL;
    }

    static List<ControlMessage> decode(MemorySegment area) {
        if (area.byteSize() < HEADER_BYTES) {
            return List.of();
        }
        List<ControlMessage> messages = new ArrayList<>();
        forEach(
                area,
                (level, type, offset, length) -> messages.add(
                        decode(level, type, area.asSlice(offset, length).toArray(JAVA_BYTE))));
        return List.copyOf(messages);
    }

    /** The record of its kind where that says all that the bytes say; else they as they are. */
    static ControlMessage decode(int level, int type, byte[] data) {
        ControlMessage typed = null;
        try {
            typed = level == SOL_SOCKET
                    ? decodeSocket(type, data)
                    : level == IPPROTO_IP
                            ? decodeIp(type, data)
                            : level == IPPROTO_IPV6
                                    ? decodeIpv6(type, data)
                                    : level == SOL_UDP && type == UDP_GRO && data.length == Integer.BYTES
                                            ? new ControlMessage.UdpGro(intAt(data, 0))
                                            : null;
        } catch (DateTimeException | IllegalArgumentException e) {
            typed = null; // bytes that no kernel writes
        }
        return typed != null && Arrays.equals(typed.data(), data) ? typed : new ControlMessage.Raw(level, type, data);
    }

    private static @Nullable ControlMessage decodeSocket(int type, byte[] data) {
        if (type == SCM_RIGHTS && data.length % Integer.BYTES == 0) {
            return ControlMessage.Rights.of(MemorySegment.ofArray(data).toArray(JAVA_INT_UNALIGNED));
        }
        if (type == SCM_CREDENTIALS && data.length == 3 * Integer.BYTES) {
            return new ControlMessage.Credentials(intAt(data, 0), intAt(data, 4), intAt(data, 8));
        }
        if (type == SCM_TIMESTAMP && data.length == 2 * Long.BYTES) {
            return new ControlMessage.Timestamp(instant(data, 0, 1000));
        }
        if (type == SCM_TIMESTAMPNS && data.length == 2 * Long.BYTES) {
            return new ControlMessage.TimestampNanos(instant(data, 0, 1));
        }
        if (type == SCM_TIMESTAMPING && data.length == 6 * Long.BYTES) {
            return new ControlMessage.Timestamping(
                    instant(data, 0, 1), instant(data, 2 * Long.BYTES, 1), instant(data, 4 * Long.BYTES, 1));
        }
        return null;
    }

    private static @Nullable ControlMessage decodeIp(int type, byte[] data) {
        if (type == IP_PKTINFO && data.length == PKTINFO_BYTES) {
            return new ControlMessage.Ipv4PacketInfo(
                    intAt(data, 0), inet4(data, PKTINFO_LOCAL), inet4(data, PKTINFO_DESTINATION));
        }
        if (type == IP_TOS && data.length == 1) {
            return new ControlMessage.TypeOfService(data[0] & 0xff);
        }
        if (type == IP_TTL && data.length == Integer.BYTES) {
            return new ControlMessage.TimeToLive(intAt(data, 0));
        }
        return type == IP_RECVERR ? decodeError(IPPROTO_IP, data) : null;
    }

    private static @Nullable ControlMessage decodeIpv6(int type, byte[] data) {
        if (type == IPV6_PKTINFO && data.length == PKTINFO6_BYTES) {
            return new ControlMessage.Ipv6PacketInfo(inet6(data), intAt(data, PKTINFO6_INTERFACE));
        }
        if (type == IPV6_TCLASS && data.length == Integer.BYTES) {
            return new ControlMessage.TrafficClass(intAt(data, 0));
        }
        if (type == IPV6_HOPLIMIT && data.length == Integer.BYTES) {
            return new ControlMessage.HopLimit(intAt(data, 0));
        }
        return type == IPV6_RECVERR ? decodeError(IPPROTO_IPV6, data) : null;
    }

    private static ControlMessage.@Nullable ExtendedError decodeError(int level, byte[] data) {
        if (data.length < ERROR_BYTES) {
            return null;
        }
        byte[] address = Arrays.copyOfRange(data, ERROR_BYTES, data.length);
        Sockaddr offender = SockaddrCodec.decode(address, address.length);
        if (offender != null && offender.family() == Constants.AF_UNSPEC) {
            offender = null;
        }
        return new ControlMessage.ExtendedError(
                level,
                intAt(data, 0),
                new ControlMessage.ExtendedError.Cause(
                        data[ERROR_ORIGIN] & 0xff, data[ERROR_TYPE] & 0xff, data[ERROR_CODE] & 0xff),
                intAt(data, ERROR_INFO),
                intAt(data, ERROR_DATA),
                offender);
    }

    static byte[] encode(ControlMessage.ExtendedError error) {
        Sockaddr offender = error.offender();
        // The kernel leaves room for the offender even where there is none.
        byte[] address = offender != null
                ? SockaddrCodec.encode(offender).toArray(JAVA_BYTE)
                : new byte[error.level() == IPPROTO_IPV6 ? IN6_SOCKADDR_BYTES : IN_SOCKADDR_BYTES];
        byte[] bytes = new byte[ERROR_BYTES + address.length];
        MemorySegment struct = MemorySegment.ofArray(bytes);
        struct.set(JAVA_INT_UNALIGNED, 0, error.errno());
        bytes[ERROR_ORIGIN] = (byte) error.cause().origin();
        bytes[ERROR_TYPE] = (byte) error.cause().icmpType();
        bytes[ERROR_CODE] = (byte) error.cause().icmpCode();
        struct.set(JAVA_INT_UNALIGNED, ERROR_INFO, error.info());
        struct.set(JAVA_INT_UNALIGNED, ERROR_DATA, error.extra());
        System.arraycopy(address, 0, bytes, ERROR_BYTES, address.length);
        return bytes;
    }

    static byte[] encode(ControlMessage.Ipv4PacketInfo info) {
        byte[] bytes = new byte[PKTINFO_BYTES];
        MemorySegment.ofArray(bytes).set(JAVA_INT_UNALIGNED, 0, info.interfaceIndex());
        System.arraycopy(info.local().getAddress(), 0, bytes, PKTINFO_LOCAL, Integer.BYTES);
        System.arraycopy(info.destination().getAddress(), 0, bytes, PKTINFO_DESTINATION, Integer.BYTES);
        return bytes;
    }

    static byte[] encode(ControlMessage.Ipv6PacketInfo info) {
        byte[] bytes = Arrays.copyOf(info.address().getAddress(), PKTINFO6_BYTES);
        MemorySegment.ofArray(bytes).set(JAVA_INT_UNALIGNED, PKTINFO6_INTERFACE, info.interfaceIndex());
        return bytes;
    }

    static byte[] ints(int... values) {
        return MemorySegment.ofArray(values).toArray(JAVA_BYTE);
    }

    static byte[] longs(long... values) {
        return MemorySegment.ofArray(values).toArray(JAVA_BYTE);
    }

    static byte[] shorts(short... values) {
        return MemorySegment.ofArray(values).toArray(JAVA_BYTE);
    }

    private static int intAt(byte[] data, int offset) {
        return MemorySegment.ofArray(data).get(JAVA_INT_UNALIGNED, offset);
    }

    private static Instant instant(byte[] data, int offset, long nanosPerUnit) {
        MemorySegment struct = MemorySegment.ofArray(data);
        long fraction = struct.get(JAVA_LONG_UNALIGNED, offset + Long.BYTES);
        long nanos = Math.clamp(fraction, 0, 1_000_000_000 / nanosPerUnit - 1) * nanosPerUnit;
        return Instant.ofEpochSecond(struct.get(JAVA_LONG_UNALIGNED, offset), nanos);
    }

    private static Inet4Address inet4(byte[] data, int offset) {
        return (Inet4Address) address(Arrays.copyOfRange(data, offset, offset + Integer.BYTES));
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    /** Not by {@code InetAddress}, which makes an IPv4 address of one that is mapped. */
    private static Inet6Address inet6(byte[] data) {
        try {
            return Inet6Address.getByAddress(null, Arrays.copyOf(data, IN6_ADDRESS_BYTES), -1);
        } catch (UnknownHostException e) {
            throw new AssertionError("sixteen bytes are an address", e);
        }
    }
}
