package dev.hawser.socketserver;

import dev.hawser.socket.Socket;

/**
 * The request of a datagram server: what came, and the server's socket, to answer with.
 *
 * @param data the bytes; they are the handler's
 * @param socket the server's socket, which the handler does not close
 */
@SuppressWarnings("ArrayRecordComponent") // a fresh array for each datagram, handed over to the handler
public record DatagramRequest(byte[] data, Socket socket) {}
