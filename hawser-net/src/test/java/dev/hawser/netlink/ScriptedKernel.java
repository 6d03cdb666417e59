package dev.hawser.netlink;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.Constants;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Queue;

/** Answers requests with datagrams from a script, on real sockets. A message without a port gets that of the socket. */
final class ScriptedKernel implements SystemCalls, AutoCloseable {

    private static final int ADDRESS_BYTES = 12;
    private static final int PORT_OFFSET = 12;

    private final SystemCalls before;
    private final Queue<Step> script = new ArrayDeque<>();
    private int portId;
    private int requests;

    /** What a call gets: bytes of a sender, more than fit, or an errno. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares steps
    private record Step(int sender, byte[] bytes, long result) {}

    private ScriptedKernel() {
        this.before = SystemCalls.install(this);
    }

    static ScriptedKernel install() {
        return new ScriptedKernel();
    }

    ScriptedKernel answers(NetlinkMessage... messages) {
        return sends(0, messages);
    }

    ScriptedKernel sends(int sender, NetlinkMessage... messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (NetlinkMessage message : messages) {
            all.writeBytes(message.encode());
        }
        return sendsBytes(sender, all.toByteArray());
    }

    ScriptedKernel sendsBytes(int sender, byte[] bytes) {
        script.add(new Step(sender, bytes, bytes.length));
        return this;
    }

    /** As MSG_TRUNC has it: how long the datagram was, whatever there was room for. */
    ScriptedKernel sendsTooMuch(int length) {
        script.add(new Step(0, new byte[0], length));
        return this;
    }

    ScriptedKernel fails(int errno) {
        script.add(new Step(0, new byte[0], -errno));
        return this;
    }

    int requests() {
        return requests;
    }

    boolean isDone() {
        return script.isEmpty();
    }

    @Override
    public int getSockName(int fd, MemorySegment address, MemorySegment addressLength) {
        int result = before.getSockName(fd, address, addressLength);
        portId = address.get(JAVA_INT_UNALIGNED, 4);
        return result;
    }

    @Override
    public long sendTo(
            int fd, MemorySegment buffer, int flags, MemorySegment address, int addressLength, boolean takesLong) {
        requests++;
        return buffer.byteSize();
    }

    @Override
    public long recvFrom(
            int fd,
            MemorySegment buffer,
            int flags,
            MemorySegment address,
            MemorySegment addressLength,
            boolean takesLong) {
        Step step = script.remove();
        address.set(JAVA_SHORT_UNALIGNED, 0, (short) Constants.AF_NETLINK);
        address.set(JAVA_INT_UNALIGNED, 4, step.sender);
        addressLength.set(JAVA_INT_UNALIGNED, 0, ADDRESS_BYTES);
        MemorySegment bytes = MemorySegment.ofArray(step.bytes.clone());
        for (long at = 0;
                at + 16 <= bytes.byteSize();
                at += Math.max(16, (bytes.get(JAVA_INT_UNALIGNED, at) + 3) & ~3)) {
            if (bytes.get(JAVA_INT_UNALIGNED, at + PORT_OFFSET) == 0) {
                bytes.set(JAVA_INT_UNALIGNED, at + PORT_OFFSET, portId);
            }
        }
        MemorySegment.copy(bytes, 0, buffer, 0, bytes.byteSize());
        return step.result;
    }

    @Override
    public void close() {
        SystemCalls.install(before);
    }
}
