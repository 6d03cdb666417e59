package dev.hawser.socket;

/**
 * A network interface: one answer of {@link Interfaces#ifNameIndex}.
 *
 * @param index its number, 1 or greater
 * @param name its name, such as {@code lo}
 */
public record InterfaceName(int index, String name) {}
