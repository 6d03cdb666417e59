package dev.hawser.socket;

import static dev.hawser.socket.ControlCodec.IPPROTO_IP;
import static dev.hawser.socket.ControlCodec.IPPROTO_IPV6;
import static dev.hawser.socket.ControlCodec.SOL_SOCKET;
import static dev.hawser.socket.ControlCodec.SOL_UDP;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ancillary data: what {@link Socket#sendMsg} and {@link Socket#recvMsg} carry beside the bytes. One record for each kind
 * that is known here, and {@link Raw} for any other, which has the level, type and bytes as C and CPython have them.
 *
 * <p>A received message is of the record of its kind only if that record's {@link #data} would be the bytes that came, to
 * the last; else it is {@code Raw}. So nothing of it is ever lost: a kind that a newer kernel has made longer, or one that
 * was truncated, is there in full.
 *
 * <h2>Threading</h2>
 * Immutable, but for the arrays that {@code Raw} and {@link #data} hand out, which are the caller's.
 *
 * <h2>Errors</h2>
 * {@link IllegalArgumentException} where a number is out of the range that the kind has.
 *
 * <p>Source: cmsg(3), unix(7), ip(7), ipv6(7), socket(7), udp(7), RFC 3542.
 *
 * {@snippet file="dev/hawser/socket/MessageSnippetsTest.java" region="control"}
 */
public sealed interface ControlMessage {

    /**
     * The protocol that the data are for.
     *
     * @return a SOL_* or IPPROTO_* number
     */
    int level();

    /**
     * What the data are, at this level.
     *
     * @return an SCM_*, IP_*, ... number
     */
    int type();

    /**
     * The data as C has them.
     *
     * @return the bytes, a copy
     */
    byte[] data();

    /**
     * Any ancillary data, as they are.
     *
     * @param level a SOL_* or IPPROTO_* number
     * @param type an SCM_*, IP_*, ... number
     * @param data the bytes
     * @return a {@link Raw}
     */
    static ControlMessage of(int level, int type, byte[] data) {
        return new Raw(level, type, data);
    }

    /**
     * Any ancillary data: what has no record of its own, or was truncated.
     *
     * @param level a SOL_* or IPPROTO_* number
     * @param type an SCM_*, IP_*, ... number
     * @param data the bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, and compared below
    record Raw(int level, int type, byte[] data) implements ControlMessage {

        /** Copies the bytes. */
        public Raw {
            data = data.clone();
        }

        @Override
        public byte[] data() {
            return data.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Raw raw && level == raw.level && type == raw.type && Arrays.equals(data, raw.data);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * level + type) + Arrays.hashCode(data);
        }

        @Override
        public String toString() {
            return "Raw[level=" + level + ", type=" + type + ", data=" + Arrays.toString(data) + "]";
        }
    }

    /**
     * Descriptors, SCM_RIGHTS of unix(7). To send them keeps them open here. In a received message they are numbers only:
     * {@link Ancillary#descriptors} owns what they stand for.
     *
     * @param descriptors the numbers, at most 253 in one message
     */
    record Rights(List<Integer> descriptors) implements ControlMessage {

        /** Copies the list. */
        public Rights {
            descriptors = List.copyOf(descriptors);
        }

        /**
         * Descriptors to send.
         *
         * @param descriptors the numbers
         * @return the message
         */
        public static Rights of(int... descriptors) {
            return new Rights(Arrays.stream(descriptors).boxed().toList());
        }

        @Override
        public int level() {
            return SOL_SOCKET;
        }

        @Override
        public int type() {
            return ControlCodec.SCM_RIGHTS;
        }

        @Override
        public byte[] data() {
            return ControlCodec.ints(
                    descriptors.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    /**
     * The sender, SCM_CREDENTIALS of unix(7): received where SO_PASSCRED is set. Only a privileged process may send others
     * than its own.
     *
     * @param pid the process
     * @param uid the user
     * @param gid the group
     */
    record Credentials(int pid, int uid, int gid) implements ControlMessage {

        @Override
        public int level() {
            return SOL_SOCKET;
        }

        @Override
        public int type() {
            return ControlCodec.SCM_CREDENTIALS;
        }

        @Override
        public byte[] data() {
            return ControlCodec.ints(pid, uid, gid);
        }
    }

    /**
     * How an IPv4 packet came or is to go, IP_PKTINFO of ip(7): received where that option is set.
     *
     * @param interfaceIndex the interface; to send, 0 leaves it to the routing
     * @param local the local address of the packet; to send, the source address, or 0.0.0.0
     * @param destination the address in the packet's header; ignored when sent
     */
    record Ipv4PacketInfo(int interfaceIndex, Inet4Address local, Inet4Address destination) implements ControlMessage {

        @Override
        public int level() {
            return IPPROTO_IP;
        }

        @Override
        public int type() {
            return ControlCodec.IP_PKTINFO;
        }

        @Override
        public byte[] data() {
            return ControlCodec.encode(this);
        }
    }

    /**
     * How an IPv6 packet came or is to go, IPV6_PKTINFO of RFC 3542: received where IPV6_RECVPKTINFO is set.
     *
     * @param address the destination of a received packet; to send, the source, or ::
     * @param interfaceIndex the interface; to send, 0 leaves it to the routing
     */
    record Ipv6PacketInfo(Inet6Address address, int interfaceIndex) implements ControlMessage {

        @Override
        public int level() {
            return IPPROTO_IPV6;
        }

        @Override
        public int type() {
            return ControlCodec.IPV6_PKTINFO;
        }

        @Override
        public byte[] data() {
            return ControlCodec.encode(this);
        }
    }

    /**
     * The type of service of an IPv4 packet, IP_TOS: received where IP_RECVTOS is set.
     *
     * @param value 0 to 255
     */
    record TypeOfService(int value) implements ControlMessage {

        /** Checks the range. */
        public TypeOfService {
            ControlCodec.requireRange("a type of service", value, 0, 0xff);
        }

        @Override
        public int level() {
            return IPPROTO_IP;
        }

        @Override
        public int type() {
            return ControlCodec.IP_TOS;
        }

        @Override
        public byte[] data() {
            return new byte[] {(byte) value};
        }
    }

    /**
     * The time to live of an IPv4 packet, IP_TTL: received where IP_RECVTTL is set.
     *
     * @param value 1 to 255 to send, from 0 when received
     */
    record TimeToLive(int value) implements ControlMessage {

        @Override
        public int level() {
            return IPPROTO_IP;
        }

        @Override
        public int type() {
            return ControlCodec.IP_TTL;
        }

        @Override
        public byte[] data() {
            return ControlCodec.ints(value);
        }
    }

    /**
     * The traffic class of an IPv6 packet, IPV6_TCLASS of RFC 3542: received where IPV6_RECVTCLASS is set.
     *
     * @param value 0 to 255; to send, -1 means the kernel's own
     */
    record TrafficClass(int value) implements ControlMessage {

        @Override
        public int level() {
            return IPPROTO_IPV6;
        }

        @Override
        public int type() {
            return ControlCodec.IPV6_TCLASS;
        }

        @Override
        public byte[] data() {
            return ControlCodec.ints(value);
        }
    }

    /**
     * The hop limit of an IPv6 packet, IPV6_HOPLIMIT of RFC 3542: received where IPV6_RECVHOPLIMIT is set.
     *
     * @param value 0 to 255; to send, -1 means the kernel's own
     */
    record HopLimit(int value) implements ControlMessage {

        @Override
        public int level() {
            return IPPROTO_IPV6;
        }

        @Override
        public int type() {
            return ControlCodec.IPV6_HOPLIMIT;
        }

        @Override
        public byte[] data() {
            return ControlCodec.ints(value);
        }
    }

    /**
     * When a packet came, in microseconds: received where SO_TIMESTAMP is set, socket(7).
     *
     * @param time the time of the system clock
     */
    record Timestamp(Instant time) implements ControlMessage {

        @Override
        public int level() {
            return SOL_SOCKET;
        }

        @Override
        public int type() {
            return ControlCodec.SCM_TIMESTAMP;
        }

        @Override
        public byte[] data() {
            return ControlCodec.longs(time.getEpochSecond(), time.getNano() / 1000);
        }
    }

    /**
     * When a packet came, in nanoseconds: received where SO_TIMESTAMPNS is set, socket(7).
     *
     * @param time the time of the system clock
     */
    record TimestampNanos(Instant time) implements ControlMessage {

        @Override
        public int level() {
            return SOL_SOCKET;
        }

        @Override
        public int type() {
            return ControlCodec.SCM_TIMESTAMPNS;
        }

        @Override
        public byte[] data() {
            return ControlCodec.longs(time.getEpochSecond(), time.getNano());
        }
    }

    /**
     * When a packet came or went, as SO_TIMESTAMPING asks for it. What was not measured is the epoch itself.
     *
     * @param software the time of the system clock
     * @param deprecated no longer filled by kernels
     * @param hardware the time of the network card's clock
     */
    record Timestamping(Instant software, Instant deprecated, Instant hardware) implements ControlMessage {

        @Override
        public int level() {
            return SOL_SOCKET;
        }

        @Override
        public int type() {
            return ControlCodec.SCM_TIMESTAMPING;
        }

        @Override
        public byte[] data() {
            return ControlCodec.longs(
                    software.getEpochSecond(), software.getNano(),
                    deprecated.getEpochSecond(), deprecated.getNano(),
                    hardware.getEpochSecond(), hardware.getNano());
        }
    }

    /**
     * What went wrong with something sent before: {@code struct sock_extended_err} of ip(7), received with MSG_ERRQUEUE
     * where IP_RECVERR or IPV6_RECVERR is set. The completions of MSG_ZEROCOPY come in this form too: {@link ZeroCopy}
     * reads them.
     *
     * @param level IPPROTO_IP or IPPROTO_IPV6: which of the two it is
     * @param errno the error, as {@link Errno} has it
     * @param cause where it comes from, with its details
     * @param info depends on the error: of EMSGSIZE, the MTU
     * @param extra depends on the origin
     * @param offender the host that reported it; null where there is none
     */
    record ExtendedError(
            int level,
            int errno,
            Cause cause,
            int info,
            int extra,
            @Nullable Sockaddr offender) implements ControlMessage {

        /**
         * Where an error comes from.
         *
         * @param origin an SO_EE_ORIGIN_* number: 1 this host, 2 ICMP, 3 ICMPv6, 5 zero-copy
         * @param icmpType the type of the ICMP message, 0 to 255
         * @param icmpCode its code, 0 to 255
         */
        public record Cause(int origin, int icmpType, int icmpCode) {}

        @Override
        public int type() {
            return level == IPPROTO_IPV6 ? ControlCodec.IPV6_RECVERR : ControlCodec.IP_RECVERR;
        }

        @Override
        public byte[] data() {
            return ControlCodec.encode(this);
        }
    }

    /**
     * Has the kernel cut what is sent into datagrams of this size, UDP_SEGMENT of udp(7), generic segmentation offload.
     *
     * @param bytes the size of each datagram but the last, 1 to 65535
     */
    record UdpSegment(int bytes) implements ControlMessage {

        /** Checks the range. */
        public UdpSegment {
            ControlCodec.requireRange("the size of a segment", bytes, 1, 0xffff);
        }

        @Override
        public int level() {
            return SOL_UDP;
        }

        @Override
        public int type() {
            return ControlCodec.UDP_SEGMENT;
        }

        @Override
        public byte[] data() {
            return ControlCodec.shorts((short) bytes);
        }
    }

    /**
     * How large the datagrams were that the kernel has put together, UDP_GRO of udp(7): received where that option is set
     * and more than one came.
     *
     * @param bytes the size of each datagram but the last
     */
    record UdpGro(int bytes) implements ControlMessage {

        @Override
        public int level() {
            return SOL_UDP;
        }

        @Override
        public int type() {
            return ControlCodec.UDP_GRO;
        }

        @Override
        public byte[] data() {
            return ControlCodec.ints(bytes);
        }
    }
}
