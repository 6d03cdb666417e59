package dev.hawser.select;

/**
 * A registration that has become ready.
 *
 * @param key the registration
 * @param events what it is ready for, of the events that it waits for
 */
public record ReadyKey(SelectorKey key, int events) {}
