package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;

/** A request that was taken, and that no worker has served yet. */
record PoolRequest<R>(R request, Sockaddr clientAddress) {}
