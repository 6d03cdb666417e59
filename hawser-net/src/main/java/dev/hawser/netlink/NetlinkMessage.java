package dev.hawser.netlink;

import dev.hawser.posix.Abi;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A netlink message: the fields of {@code struct nlmsghdr}, and what follows it.
 *
 * <p>{@link #parse} and {@link #encode} are all that a program needs to speak any netlink protocol over a {@link
 * dev.hawser.socket.Socket} of family AF_NETLINK.
 *
 * <p><b>Threading:</b> immutable, for any thread.
 *
 * <p>Source: netlink(7), {@code <linux/netlink.h>}.
 *
 * {@snippet file="dev/hawser/netlink/NetlinkSnippetsTest.java" region="message"}
 *
 * @param type an NLMSG_* number, or one of the protocol's
 * @param flags NLM_F_* bits
 * @param sequence the number of the request, which the answers repeat
 * @param portId the port of the socket that asked; 0 lets the kernel fill it in
 * @param payload what follows the header, without padding
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, and compared by content
public record NetlinkMessage(int type, int flags, int sequence, int portId, byte[] payload) {

    private static final int HEADER_SIZE = Abi.value("sizeof(struct nlmsghdr)");
    private static final int LENGTH = Abi.value("offsetof(struct nlmsghdr,nlmsg_len)");
    private static final int TYPE = Abi.value("offsetof(struct nlmsghdr,nlmsg_type)");
    private static final int FLAGS = Abi.value("offsetof(struct nlmsghdr,nlmsg_flags)");
    private static final int SEQUENCE = Abi.value("offsetof(struct nlmsghdr,nlmsg_seq)");
    private static final int PORT_ID = Abi.value("offsetof(struct nlmsghdr,nlmsg_pid)");
    private static final int ALIGNMENT = Abi.value("NLMSG_ALIGNTO");

    /** Copies the payload. */
    public NetlinkMessage {
        payload = payload.clone();
    }

    /**
     * Reads the messages of a datagram.
     *
     * @param datagram the whole of it
     * @return the messages in their order; none in an empty datagram
     * @throws MalformedNetlinkException if a message is cut off, or its length is no length of a message
     */
    public static List<NetlinkMessage> parse(byte[] datagram) throws MalformedNetlinkException {
        WireBytes bytes = WireBytes.of(datagram, "a datagram");
        List<NetlinkMessage> messages = new ArrayList<>();
        int at = 0;
        while (at < datagram.length) {
            WireBytes header = bytes.part(at, HEADER_SIZE, "the header of a message");
            long length = header.u32(LENGTH);
            if (length < HEADER_SIZE || length > datagram.length - at) {
                throw new MalformedNetlinkException("a message is to have " + length + " bytes of the "
                        + (datagram.length - at) + " that are left, its header of " + HEADER_SIZE + " included");
            }
            messages.add(new NetlinkMessage(
                    header.u16(TYPE),
                    header.u16(FLAGS),
                    header.s32(SEQUENCE),
                    header.s32(PORT_ID),
                    bytes.array(at + HEADER_SIZE, (int) length - HEADER_SIZE)));
            at += Attributes.align((int) length, ALIGNMENT);
        }
        return messages;
    }

    /**
     * The bytes to send.
     *
     * @return header and payload, padded with zeros to a multiple of four
     */
    public byte[] encode() {
        int length = HEADER_SIZE + payload.length;
        ByteBuffer bytes =
                ByteBuffer.allocate(Attributes.align(length, ALIGNMENT)).order(ByteOrder.nativeOrder());
        bytes.putInt(LENGTH, length);
        bytes.putShort(TYPE, (short) type);
        bytes.putShort(FLAGS, (short) flags);
        bytes.putInt(SEQUENCE, sequence);
        bytes.putInt(PORT_ID, portId);
        bytes.put(HEADER_SIZE, payload);
        return bytes.array();
    }

    /**
     * What follows the header.
     *
     * @return a copy
     */
    @Override
    public byte[] payload() {
        return payload.clone();
    }

    /** What follows the header, to be read. */
    WireBytes body() {
        return WireBytes.of(payload, "a message of type " + type);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetlinkMessage that
                && type == that.type
                && flags == that.flags
                && sequence == that.sequence
                && portId == that.portId
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new int[] {type, flags, sequence, portId, Arrays.hashCode(payload)});
    }

    @Override
    public String toString() {
        return "NetlinkMessage[type=" + type + ", flags=0x" + Integer.toHexString(flags) + ", sequence=" + sequence
                + ", portId=" + Integer.toUnsignedString(portId) + ", " + payload.length + " bytes]";
    }
}
