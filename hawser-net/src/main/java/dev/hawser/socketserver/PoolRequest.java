package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;

/**
 * A request that was taken, and that no worker has served yet.
 *
 * @param since the pool's step in which it was taken
 */
record PoolRequest<R>(R request, Sockaddr clientAddress, int since) {}
