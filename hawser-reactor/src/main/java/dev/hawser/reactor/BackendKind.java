package dev.hawser.reactor;

import java.util.Locale;

/** What a reactor waits with. */
public enum BackendKind {
    /** epoll(7): what Linux has best. */
    EPOLL,
    /** poll(2). */
    POLL,
    /** select(2). */
    SELECT;

    static BackendKind ofSystemProperty() {
        String name = System.getProperty("hawser.reactor", "epoll");
        for (BackendKind kind : values()) {
            if (kind.name().equals(name.toUpperCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw new IllegalArgumentException("hawser.reactor is epoll, poll or select, not " + name);
    }
}
