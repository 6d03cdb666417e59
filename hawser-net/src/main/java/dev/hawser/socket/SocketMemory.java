package dev.hawser.socket;

import dev.hawser.posix.Abi;

/**
 * The memory of a socket, the value of SO_MEMINFO and what {@code ss -m} shows; all in bytes except the number of
 * packets dropped. Source: {@code <linux/sock_diag.h>}.
 *
 * @param received what has come in
 * @param sent what is to go out
 * @param reserved memory that is set aside and not in use yet
 * @param forOptions memory of options and ancillary data
 */
public record SocketMemory(Received received, Sent sent, long reserved, long forOptions) {

    /**
     * What has come in.
     *
     * @param allocated in the receive queue
     * @param limit the size of the receive buffer, SO_RCVBUF
     * @param backlog waiting while a thread is in the socket
     * @param drops packets that were dropped because there was no room
     */
    public record Received(long allocated, long limit, long backlog, long drops) {}

    /**
     * What is to go out.
     *
     * @param allocated given to the device, and not gone yet
     * @param limit the size of the send buffer, SO_SNDBUF
     * @param queued in the send queue of the protocol
     */
    public record Sent(long allocated, long limit, long queued) {}

    private static final int RMEM_ALLOC = Abi.value("SK_MEMINFO_RMEM_ALLOC");
    private static final int RCVBUF = Abi.value("SK_MEMINFO_RCVBUF");
    private static final int WMEM_ALLOC = Abi.value("SK_MEMINFO_WMEM_ALLOC");
    private static final int SNDBUF = Abi.value("SK_MEMINFO_SNDBUF");
    private static final int FWD_ALLOC = Abi.value("SK_MEMINFO_FWD_ALLOC");
    private static final int WMEM_QUEUED = Abi.value("SK_MEMINFO_WMEM_QUEUED");
    private static final int OPTMEM = Abi.value("SK_MEMINFO_OPTMEM");
    private static final int BACKLOG = Abi.value("SK_MEMINFO_BACKLOG");
    private static final int DROPS = Abi.value("SK_MEMINFO_DROPS");

    /** A newer kernel may add numbers at the end. */
    static final OptionCodec<SocketMemory> CODEC = OptionCodec.readOnly(
            SocketMemory.class,
            Abi.value("SK_MEMINFO_VARS") * Integer.BYTES,
            64 * Integer.BYTES,
            bytes -> decode(CBytes.toInts(bytes)));

    private static SocketMemory decode(int[] numbers) {
        return new SocketMemory(
                new Received(
                        Integer.toUnsignedLong(numbers[RMEM_ALLOC]),
                        Integer.toUnsignedLong(numbers[RCVBUF]),
                        Integer.toUnsignedLong(numbers[BACKLOG]),
                        Integer.toUnsignedLong(numbers[DROPS])),
                new Sent(
                        Integer.toUnsignedLong(numbers[WMEM_ALLOC]),
                        Integer.toUnsignedLong(numbers[SNDBUF]),
                        Integer.toUnsignedLong(numbers[WMEM_QUEUED])),
                Integer.toUnsignedLong(numbers[FWD_ALLOC]),
                Integer.toUnsignedLong(numbers[OPTMEM]));
    }
}
