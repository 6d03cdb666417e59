package dev.hawser.asyncore;

import dev.hawser.select.EpollSelector;
import dev.hawser.select.PollSelector;
import dev.hawser.select.SelectSelector;
import dev.hawser.select.Selector;
import java.io.IOException;

/** The selectors that a loop can stand on. */
enum Backend {
    SELECT,
    POLL,
    EPOLL;

    Selector open() throws IOException {
        return switch (this) {
            case SELECT -> SelectSelector.open();
            case POLL -> PollSelector.open();
            case EPOLL -> EpollSelector.open();
        };
    }
}
