package dev.hawser.netlink;

import dev.hawser.socket.SockaddrUn;

/**
 * An open Unix socket.
 *
 * <p><b>Threading:</b> immutable, for any thread.
 *
 * <p>Source: sock_diag(7), {@code struct unix_diag_msg}.
 *
 * @param type SOCK_STREAM, SOCK_DGRAM or SOCK_SEQPACKET
 * @param state its state
 * @param local its name, or {@link SockaddrUn#UNNAMED}
 * @param peerInode the inode of the socket that it is connected to, or 0
 * @param receiveQueue what waits to be read
 * @param sendQueue what waits to be sent
 * @param uid whose it is
 * @param inode the number of its inode
 */
public record UnixSocketEntry(
        int type,
        SocketState state,
        SockaddrUn local,
        long peerInode,
        long receiveQueue,
        long sendQueue,
        long uid,
        long inode)
        implements SocketEntry {}
