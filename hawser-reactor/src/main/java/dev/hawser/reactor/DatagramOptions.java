package dev.hawser.reactor;

/**
 * How a datagram socket is opened.
 *
 * @param maxPacketSize the longest datagram that is received, in bytes; of longer ones, the rest is lost
 * @param reuseAddress whether several sockets may share the port: SO_REUSEADDR and SO_REUSEPORT, as listeners of one multicast group do
 * @param maxQueuedDatagrams how many datagrams are kept that the kernel has no room for; further ones are dropped, and counted
 */
public record DatagramOptions(int maxPacketSize, boolean reuseAddress, int maxQueuedDatagrams) {

    private static final int LONGEST_PACKET = 1 << 24;

    /** 8192 bytes, a port of its own, 256 datagrams. */
    public static final DatagramOptions DEFAULT = new DatagramOptions(8192, false, 256);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a packet is not 1 byte to 16 MiB long, or the number of datagrams is negative
     */
    public DatagramOptions {
        if (maxPacketSize < 1 || maxPacketSize > LONGEST_PACKET) {
            throw new IllegalArgumentException(
                    "the longest datagram has 1 to " + LONGEST_PACKET + " bytes, not " + maxPacketSize);
        }
        if (maxQueuedDatagrams < 0) {
            throw new IllegalArgumentException(
                    "the number of datagrams to keep is not negative: " + maxQueuedDatagrams);
        }
    }

    /**
     * With another longest datagram.
     *
     * @param maxPacketSize the longest datagram that is received, in bytes
     * @return the options
     */
    public DatagramOptions withMaxPacketSize(int maxPacketSize) {
        return new DatagramOptions(maxPacketSize, reuseAddress, maxQueuedDatagrams);
    }

    /**
     * With a port that others may share.
     *
     * @return the options
     */
    public DatagramOptions withReuseAddress() {
        return new DatagramOptions(maxPacketSize, true, maxQueuedDatagrams);
    }

    /**
     * With another bound of what is kept.
     *
     * @param maxQueuedDatagrams how many datagrams are kept that the kernel has no room for
     * @return the options
     */
    public DatagramOptions withMaxQueuedDatagrams(int maxQueuedDatagrams) {
        return new DatagramOptions(maxPacketSize, reuseAddress, maxQueuedDatagrams);
    }
}
