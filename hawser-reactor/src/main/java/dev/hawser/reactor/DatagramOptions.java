package dev.hawser.reactor;

/**
 * How a datagram socket is opened.
 *
 * @param maxPacketSize the longest datagram that is received, in bytes; of longer ones, the rest is lost
 * @param reuseAddress whether several sockets may share the port: SO_REUSEADDR and SO_REUSEPORT, as listeners of one multicast group do
 */
public record DatagramOptions(int maxPacketSize, boolean reuseAddress) {

    /** 8192 bytes, a port of its own. */
    public static final DatagramOptions DEFAULT = new DatagramOptions(8192, false);
}
