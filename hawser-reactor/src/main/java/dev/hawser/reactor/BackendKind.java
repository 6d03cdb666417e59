package dev.hawser.reactor;

import dev.hawser.select.EpollSelector;
import dev.hawser.select.PollSelector;
import dev.hawser.select.SelectSelector;
import dev.hawser.select.Selector;
import java.io.IOException;
import java.util.Locale;

/** What a reactor waits with. */
public enum BackendKind {
    /** epoll(7): what Linux has best. */
    EPOLL,
    /** poll(2). */
    POLL,
    /** select(2). */
    SELECT;

    Selector openSelector() throws IOException {
        return switch (this) {
            case EPOLL -> EpollSelector.open();
            case POLL -> PollSelector.open();
            case SELECT -> SelectSelector.open();
        };
    }

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
