package dev.hawser.select;

import java.io.IOException;

/** The ways to wait, each of which keeps the contracts of {@link Selector}. */
enum Backend {
    EPOLL {
        @Override
        Selector open() throws IOException {
            return EpollSelector.open();
        }
    },

    POLL {
        @Override
        Selector open() throws IOException {
            return PollSelector.open();
        }
    },

    SELECT {
        @Override
        Selector open() throws IOException {
            return SelectSelector.open();
        }
    },

    /** What a program gets: another one with {@code -Dhawser.selector=poll}. */
    DEFAULT {
        @Override
        Selector open() throws IOException {
            return Selectors.open();
        }
    };

    abstract Selector open() throws IOException;
}
