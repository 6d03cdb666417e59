package dev.hawser.select;

import dev.hawser.socket.HasFileno;
import org.jspecify.annotations.Nullable;

/**
 * A registration with a {@link Selector}.
 *
 * @param file what was registered, the very object
 * @param fd the number of its descriptor when it was registered
 * @param events what is waited for: {@link Selector#EVENT_READ} and the like
 * @param attachment what the caller gave along
 */
public record SelectorKey(
        HasFileno file, int fd, int events, @Nullable Object attachment) {}
