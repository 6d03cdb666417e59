package dev.hawser.posix;

/**
 * {@code struct if_nameindex} of {@code <net/if.h>}.
 *
 * @param index the number of the network interface
 * @param name its name
 */
public record InterfaceEntry(int index, String name) {}
