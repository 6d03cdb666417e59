package dev.hawser.posix;

/**
 * {@code struct servent} of {@code <netdb.h>}, without its aliases.
 *
 * @param name the official name
 * @param port the port, in the host's byte order
 * @param protocol such as {@code tcp}
 */
public record Servent(String name, int port, String protocol) {}
