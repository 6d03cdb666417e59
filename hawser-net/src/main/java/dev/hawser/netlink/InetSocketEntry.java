package dev.hawser.netlink;

import dev.hawser.socket.Sockaddr;

/**
 * An open TCP, UDP or raw socket. Of a raw one the port is the number of the IP protocol.
 *
 * <p><b>Threading:</b> immutable, for any thread.
 *
 * <p>Source: sock_diag(7), {@code struct inet_diag_msg}.
 *
 * @param protocol an IPPROTO_* number; IPPROTO_RAW for all raw sockets
 * @param state its state
 * @param local its own address, a {@link dev.hawser.socket.SockaddrIn} or {@link dev.hawser.socket.SockaddrIn6}
 * @param remote the peer's, all zeros where there is none
 * @param linkIndex the interface that it is bound to, or 0
 * @param ipv6Only whether an IPv6 socket without a peer refuses IPv4
 * @param receiveQueue what waits to be read
 * @param sendQueue what waits to be sent
 * @param uid whose it is
 * @param inode the number of its inode
 * @param timer what it waits for
 */
public record InetSocketEntry(
        int protocol,
        SocketState state,
        Sockaddr local,
        Sockaddr remote,
        int linkIndex,
        boolean ipv6Only,
        long receiveQueue,
        long sendQueue,
        long uid,
        long inode,
        SocketTimer timer)
        implements SocketEntry {}
