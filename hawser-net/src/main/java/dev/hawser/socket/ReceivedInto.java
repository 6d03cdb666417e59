package dev.hawser.socket;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Socket#recvFromInto(byte[])} returned.
 *
 * @param count the bytes that were written to the buffer; with MSG_TRUNC the length of the whole datagram
 * @param address the sender; null on a stream of TCP, where the kernel gives none
 */
public record ReceivedInto(int count, @Nullable Sockaddr address) {}
