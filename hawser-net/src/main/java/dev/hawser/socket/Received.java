package dev.hawser.socket;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Socket#recvFrom} returned.
 *
 * @param data the bytes, as many as came; they are the caller's
 * @param address the sender; null on a stream of TCP, where the kernel gives none
 */
@SuppressWarnings("ArrayRecordComponent") // a fresh array for each call, handed over to the caller
public record Received(byte[] data, @Nullable Sockaddr address) {}
