package dev.hawser.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.hawser.posix.Abi;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@code struct msghdr} in a block of native memory, with the iovec, name, control data and data that it points to,
 * all in the same block: so the block that a call is given keeps all of it alive.
 */
final class MessageSlot {

    static final int HEADER_BYTES = Abi.value("sizeof(struct msghdr)");

    private static final int NAME = Abi.value("offsetof(struct msghdr,msg_name)");
    private static final int NAME_LENGTH = Abi.value("offsetof(struct msghdr,msg_namelen)");
    private static final int VECTOR = Abi.value("offsetof(struct msghdr,msg_iov)");
    private static final int VECTOR_LENGTH = Abi.value("offsetof(struct msghdr,msg_iovlen)");
    private static final int CONTROL = Abi.value("offsetof(struct msghdr,msg_control)");
    private static final int CONTROL_LENGTH = Abi.value("offsetof(struct msghdr,msg_controllen)");
    private static final int FLAGS = Abi.value("offsetof(struct msghdr,msg_flags)");
    private static final int BASE_LENGTH = Abi.value("offsetof(struct iovec,iov_len)");
    private static final int VECTOR_BYTES = Abi.value("sizeof(struct iovec)");
    private static final int NAME_BYTES = Abi.value("sizeof(struct sockaddr_storage)");

    /** What a slot takes beside its header, control data and data; a multiple of 8, as all of its parts are. */
    static final int FIXED_BYTES = VECTOR_BYTES + NAME_BYTES;

    private final MemorySegment block;
    private final long header;
    private final long vector;
    private final long name;
    private final long control;
    private final long controlRoom;
    private final MemorySegment data;

    /**
     * Lays a slot out.
     *
     * @param block the memory
     * @param header where in it the header is, a multiple of 8
     * @param rest where in it the other parts are, a multiple of 8: {@link #FIXED_BYTES}, control data, data
     * @param controlRoom how many bytes of control data there is room for, a multiple of 8
     * @param dataRoom how many bytes of data there is room for
     */
    MessageSlot(MemorySegment block, long header, long rest, long controlRoom, long dataRoom) {
        this.block = block;
        this.header = header;
        this.vector = rest;
        this.name = rest + VECTOR_BYTES;
        this.control = rest + FIXED_BYTES;
        this.controlRoom = controlRoom;
        this.data = block.asSlice(control + controlRoom, dataRoom);
        block.set(JAVA_LONG, header + VECTOR, block.address() + vector);
        block.set(JAVA_LONG, header + VECTOR_LENGTH, 1);
        block.set(JAVA_LONG, vector, data.address());
        setDataLength(dataRoom);
    }

    /** Makes room for a message: as much as is asked for. */
    void toReceive(long maxBytes, long maxControlBytes) {
        setName(NAME_BYTES);
        setControl(maxControlBytes);
        setDataLength(maxBytes);
        block.set(JAVA_INT, header + FLAGS, 0);
    }

    /** Says to whom a message goes: null, to whom the socket is connected. */
    void setAddress(@Nullable MemorySegment address) {
        setName(address == null ? 0 : (int) address.byteSize());
        if (address != null) {
            MemorySegment.copy(address, 0, block, name, address.byteSize());
        }
    }

    /** Says what ancillary data a message has. */
    void setControl(byte[] bytes) {
        setControl(bytes.length);
        MemorySegment.copy(bytes, 0, block, JAVA_BYTE, control, bytes.length);
    }

    private void setName(int length) {
        block.set(JAVA_LONG, header + NAME, length == 0 ? 0 : block.address() + name);
        block.set(JAVA_INT, header + NAME_LENGTH, length);
    }

    /** No control data at all are told by null, as no room is. */
    void setControl(long length) {
        block.set(JAVA_LONG, header + CONTROL, length == 0 ? 0 : block.address() + control);
        block.set(JAVA_LONG, header + CONTROL_LENGTH, length);
    }

    void setDataLength(long length) {
        block.set(JAVA_LONG, vector + BASE_LENGTH, length);
    }

    long dataLength() {
        return block.get(JAVA_LONG, vector + BASE_LENGTH);
    }

    /** All the room for data. */
    MemorySegment data() {
        return data;
    }

    long controlRoom() {
        return controlRoom;
    }

    /** The header as a call takes it. */
    MemorySegment header() {
        return block.asSlice(header, HEADER_BYTES);
    }

    int flags() {
        return block.get(JAVA_INT, header + FLAGS);
    }

    /** The control data that the kernel wrote. */
    MemorySegment control() {
        // The mask is for musl, which has an int and a hole where glibc has a size_t.
        long length = block.get(JAVA_LONG, header + CONTROL_LENGTH) & 0xffff_ffffL;
        return block.asSlice(control, Math.min(length, controlRoom));
    }

    List<ControlMessage> controlMessages() {
        return ControlCodec.decode(control());
    }

    /** The address that the kernel wrote; null where it wrote none. */
    @Nullable
    Sockaddr address() {
        int length = Math.min(block.get(JAVA_INT, header + NAME_LENGTH), NAME_BYTES);
        return length <= 0
                ? null
                : SockaddrCodec.decode(block.asSlice(name, length).toArray(JAVA_BYTE), length);
    }
}
