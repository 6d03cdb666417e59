package dev.hawser.asyncore;

import dev.hawser.select.EpollSelector;
import dev.hawser.select.Selector;
import java.io.IOException;

/** The selectors that a loop can stand on. */
enum Backend {
    EPOLL;

    Selector open() throws IOException {
        return switch (this) {
            case EPOLL -> EpollSelector.open();
        };
    }
}
