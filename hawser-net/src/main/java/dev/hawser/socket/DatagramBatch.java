package dev.hawser.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.hawser.posix.Abi;
import dev.hawser.posix.SystemCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Room for many messages in native memory, which {@link Socket#recvMmsg} fills and {@link Socket#sendMmsg} sends with one
 * system call. It is made once and used again and again: nothing is allocated for a call, and addresses and ancillary data
 * become objects only where somebody asks for them.
 *
 * <p>To send, {@link #clear} it and {@link #add} messages. What was received can be sent back as it is: the addresses are
 * those of the senders then, and {@link #data} may be changed before; the ancillary data stay behind.
 *
 * <h2>Threading</h2>
 * For one thread at a time, and one call.
 *
 * <h2>Errors</h2>
 * {@link IllegalArgumentException} for a message that is too long, {@link IllegalStateException} where the batch is full,
 * {@link IndexOutOfBoundsException} for a message that is not there.
 *
 * <h2>Platform notes</h2>
 * The memory is freed by the garbage collector. Descriptors that came in a message are closed when the batch is filled
 * anew, cleared or lost, unless they were taken. The kernel takes 1024 messages at most in one call.
 *
 * <p>Source: recvmmsg(2), sendmmsg(2), udp(7).
 *
 * {@snippet file="dev/hawser/socket/MessageSnippetsTest.java" region="batch"}
 */
public final class DatagramBatch {

    private static final int ELEMENT_BYTES = Abi.value("sizeof(struct mmsghdr)");
    private static final int LENGTH = Abi.value("offsetof(struct mmsghdr,msg_len)");
    private static final int MAX_BYTES = 1 << 24;

    private final int maxBytes;
    private final int maxControlBytes;
    private final MemorySegment block;
    private final MessageSlot[] slots;

    /** To whom each slot was last addressed, so that it need not be encoded again. */
    private final @Nullable Sockaddr[] addressed;

    private final @Nullable PassedDescriptors[] descriptors;

    private int size;
    private boolean received;

    /**
     * Room for messages without ancillary data.
     *
     * @param capacity how many, 1 to 1024
     * @param maxBytes how long each may be, 1 to 16 MiB
     */
    public DatagramBatch(int capacity, int maxBytes) {
        this(capacity, maxBytes, 0);
    }

    /**
     * Room for messages with ancillary data.
     *
     * @param capacity how many, 1 to 1024
     * @param maxBytes how long each may be, 1 to 16 MiB
     * @param maxControlBytes how much room the ancillary data of each have, 0 to 65536: a sum of {@link Sockets#cmsgSpace}
     */
    public DatagramBatch(int capacity, int maxBytes, int maxControlBytes) {
        ControlCodec.requireRange("the capacity of a batch", capacity, 1, 1024);
        ControlCodec.requireRange("the size of a message", maxBytes, 1, MAX_BYTES);
        ControlCodec.requireRange("the room for ancillary data", maxControlBytes, 0, Messages.MAX_CONTROL_BYTES);
        this.maxBytes = maxBytes;
        this.maxControlBytes = maxControlBytes;
        long controlRoom = aligned(maxControlBytes);
        long slotBytes = MessageSlot.FIXED_BYTES + controlRoom + aligned(maxBytes);
        long first = (long) capacity * ELEMENT_BYTES;
        this.block = Arena.ofAuto().allocate(first + capacity * slotBytes, Long.BYTES);
        this.slots = new MessageSlot[capacity];
        for (int i = 0; i < capacity; i++) {
            slots[i] = new MessageSlot(
                    block, (long) i * ELEMENT_BYTES, first + i * slotBytes, controlRoom, aligned(maxBytes));
        }
        this.addressed = new Sockaddr[capacity];
        this.descriptors = new PassedDescriptors[capacity];
    }

    private static long aligned(long bytes) {
        return (bytes + 7) & -Long.BYTES;
    }

    /**
     * How many messages there is room for.
     *
     * @return the capacity
     */
    public int capacity() {
        return slots.length;
    }

    /**
     * How many messages there are: received, or added.
     *
     * @return the number
     */
    public int size() {
        return size;
    }

    /** Takes all messages out, and closes the descriptors that came with them and that nobody has taken. */
    public void clear() {
        size = 0;
        received = false;
        closeDescriptors();
    }

    /**
     * Adds a message to send.
     *
     * @param data its bytes, which are copied
     * @param address to whom; null: to whom the socket is connected
     * @throws IllegalStateException if the batch is full
     */
    public void add(byte[] data, @Nullable Sockaddr address) {
        add(MemorySegment.ofArray(data), address, List.of());
    }

    /**
     * Adds a message to send, with ancillary data.
     *
     * @param data its bytes, heap or native, which are copied
     * @param address to whom; null: to whom the socket is connected
     * @param control the ancillary data
     * @throws IllegalStateException if the batch is full
     */
    public void add(MemorySegment data, @Nullable Sockaddr address, List<? extends ControlMessage> control) {
        requireLength(data.byteSize());
        byte[] ancillary = ControlCodec.encode(control);
        if (ancillary.length > maxControlBytes) {
            throw new IllegalArgumentException("the ancillary data take " + ancillary.length
                    + " bytes, of which the batch has room for " + maxControlBytes);
        }
        MessageSlot slot = next(address);
        slot.setControl(ancillary);
        slot.data().copyFrom(data);
        slot.setDataLength(data.byteSize());
        size++;
    }

    /**
     * Adds a message whose bytes the caller writes into the batch itself.
     *
     * @param bytes how long it is
     * @param address to whom; null: to whom the socket is connected
     * @return where to write them; what is there now is not told
     * @throws IllegalStateException if the batch is full
     */
    public MemorySegment add(int bytes, @Nullable Sockaddr address) {
        requireLength(bytes);
        MessageSlot slot = next(address);
        slot.setControl(0);
        slot.setDataLength(bytes);
        size++;
        return slot.data().asSlice(0, bytes);
    }

    private void requireLength(long bytes) {
        if (bytes < 0 || bytes > maxBytes) {
            throw new IllegalArgumentException("a message of this batch has 0.." + maxBytes + " bytes: " + bytes);
        }
    }

    private MessageSlot next(@Nullable Sockaddr address) {
        if (received) {
            clear();
        }
        if (size == slots.length) {
            throw new IllegalStateException("the batch is full: " + size + " messages");
        }
        MessageSlot slot = slots[size];
        if (address == null) {
            slot.setAddress(null);
        } else if (!address.equals(addressed[size])) {
            slot.setAddress(SockaddrCodec.encode(address));
        }
        addressed[size] = address;
        return slot;
    }

    /**
     * The bytes of a message, in the batch itself: valid until it is filled anew.
     *
     * @param index which, from 0 to {@link #size}
     * @return as many as came or were added
     */
    public MemorySegment data(int index) {
        MessageSlot slot = slot(index);
        return slot.data().asSlice(0, slot.dataLength());
    }

    /**
     * The bytes of a message.
     *
     * @param index which, from 0 to {@link #size}
     * @return a copy
     */
    public byte[] bytes(int index) {
        return data(index).toArray(JAVA_BYTE);
    }

    /**
     * Changes the length of a message.
     *
     * @param index which, from 0 to {@link #size}
     * @param bytes how long it is now; what is there beyond the old end is not told
     */
    public void setLength(int index, int bytes) {
        requireLength(bytes);
        slot(index).setDataLength(bytes);
    }

    /**
     * The sender of a message that was received.
     *
     * @param index which, from 0 to {@link #size}
     * @return the address; null where the kernel gives none
     */
    public @Nullable Sockaddr address(int index) {
        return slot(index).address();
    }

    /**
     * What the kernel says of a message that was received.
     *
     * @param index which, from 0 to {@link #size}
     * @return MSG_* bits
     */
    public int flags(int index) {
        return slot(index).flags() & ~Constants.MSG_CMSG_CLOEXEC;
    }

    /**
     * The ancillary data of a message that was received.
     *
     * @param index which, from 0 to {@link #size}
     * @return the messages; none where the batch has no room for them
     */
    public List<ControlMessage> control(int index) {
        MessageSlot slot = slot(index);
        return received ? slot.controlMessages() : List.of();
    }

    /**
     * How large the datagrams were that the kernel has put together into one message, as UDP_GRO has it.
     *
     * @param index which, from 0 to {@link #size}
     * @return the size of each but the last; 0 where the message is one datagram
     */
    public int segmentBytes(int index) {
        MemorySegment control = slot(index).control();
        int[] bytes = {0};
        if (received && control.byteSize() > 0) {
            ControlCodec.forEach(control, (level, type, offset, length) -> {
                if (level == ControlCodec.SOL_UDP && type == ControlCodec.UDP_GRO && length >= Integer.BYTES) {
                    bytes[0] = control.get(JAVA_INT, offset);
                }
            });
        }
        return bytes[0];
    }

    /**
     * The descriptors that came with a message.
     *
     * @param index which, from 0 to {@link #size}
     * @return the descriptors, perhaps none; taken, they are the caller's, else the batch closes them
     */
    public PassedDescriptors descriptors(int index) {
        PassedDescriptors passed = descriptors[Objects.checkIndex(index, size)];
        return passed == null ? PassedDescriptors.none() : passed;
    }

    private MessageSlot slot(int index) {
        return slots[Objects.checkIndex(index, size)];
    }

    /** The array that sendmmsg(2) takes, from a message on. */
    MemorySegment toSend(int first) {
        Objects.checkIndex(first, size + 1);
        if (received) {
            for (int i = first; i < size; i++) {
                slots[i].setControl(0);
            }
        }
        return block.asSlice((long) first * ELEMENT_BYTES);
    }

    /** To whom a message goes; null: to whom the socket is connected. */
    @Nullable
    Sockaddr addressee(int index) {
        return received ? slots[index].address() : addressed[index];
    }

    /** The array that recvmmsg(2) takes, with all the room there is. */
    MemorySegment toReceive() {
        clear();
        // Whether or not anything comes, the names in the slots are no longer what they were.
        Arrays.fill(addressed, null);
        for (MessageSlot slot : slots) {
            slot.toReceive(maxBytes, maxControlBytes);
        }
        return block;
    }

    /** Takes note of what recvmmsg(2) has written. */
    void received(int count, SystemCalls calls, boolean mayHaveDescriptors) {
        received = true;
        if (mayHaveDescriptors && maxControlBytes > 0) {
            for (int i = 0; i < count; i++) {
                descriptors[i] = PassedDescriptors.in(slots[i].control(), calls);
            }
        }
        for (int i = 0; i < count; i++) {
            int length = block.get(JAVA_INT, (long) i * ELEMENT_BYTES + LENGTH);
            slots[i].setDataLength(Math.min(length, maxBytes));
        }
        size = count;
    }

    private void closeDescriptors() {
        if (maxControlBytes > 0) {
            for (int i = 0; i < descriptors.length; i++) {
                PassedDescriptors passed = descriptors[i];
                if (passed != null) {
                    passed.close();
                    descriptors[i] = null;
                }
            }
        }
    }
}
