package dev.hawser.socket;

/**
 * A socket that the service manager has opened for this process.
 *
 * @param name what the unit's {@code FileDescriptorName=} calls it: by default the name of the socket unit, {@code unknown}
 *     where the manager gives no names
 * @param socket the socket; whoever takes it closes it
 */
public record ListenFd(String name, Socket socket) {}
