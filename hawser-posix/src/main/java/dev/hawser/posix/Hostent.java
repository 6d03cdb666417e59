package dev.hawser.posix;

import java.util.List;

/**
 * {@code struct hostent} of {@code <netdb.h>}.
 *
 * @param name the official name
 * @param aliases its other names
 * @param family the AF_* number of the addresses
 * @param addresses the bytes of each address, 4 or 16
 */
public record Hostent(String name, List<String> aliases, int family, List<byte[]> addresses) {}
