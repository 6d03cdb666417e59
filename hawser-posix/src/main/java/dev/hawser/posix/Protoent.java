package dev.hawser.posix;

/**
 * {@code struct protoent} of {@code <netdb.h>}, without its aliases.
 *
 * @param name the official name
 * @param number the protocol's number
 */
public record Protoent(String name, int number) {}
