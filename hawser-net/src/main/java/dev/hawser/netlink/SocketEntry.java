package dev.hawser.netlink;

/** An open socket of this machine, as the kernel's tables have it. {@link SocketTable} lists them. */
public sealed interface SocketEntry permits InetSocketEntry, UnixSocketEntry {

    /**
     * Its state.
     *
     * @return the state
     */
    SocketState state();

    /**
     * What waits to be read.
     *
     * @return bytes; of a listening socket, connections that wait to be accepted
     */
    long receiveQueue();

    /**
     * What waits to be sent.
     *
     * @return bytes; of a listening socket, how many connections may wait to be accepted
     */
    long sendQueue();

    /**
     * Whose it is.
     *
     * @return the user's number
     */
    long uid();

    /**
     * The number of its inode, which tells the descriptors on it in /proc.
     *
     * @return the inode, or 0 where no process has it any more
     */
    long inode();
}
