package dev.hawser.posix;

/**
 * What {@code getnameinfo(3)} gives.
 *
 * @param node the host's name or number
 * @param service the service's name or number
 */
public record NodeAndService(String node, String service) {}
