package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;

/**
 * What {@link BaseServer#getRequest} takes.
 *
 * @param request the connection, or the datagram
 * @param clientAddress who sent it
 * @param <R> what a request is
 */
public record ReceivedRequest<R>(R request, Sockaddr clientAddress) {}
