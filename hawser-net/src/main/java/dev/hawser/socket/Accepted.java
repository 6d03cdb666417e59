package dev.hawser.socket;

import org.jspecify.annotations.Nullable;

/**
 * A connection that {@link Socket#accept} returned.
 *
 * @param socket the new socket, which the caller closes
 * @param address the peer's address; null where the kernel gave none
 */
public record Accepted(Socket socket, @Nullable Sockaddr address) {}
