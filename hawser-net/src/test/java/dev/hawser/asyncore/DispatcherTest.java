package dev.hawser.asyncore;

import org.junit.jupiter.api.Nested;

/** The contract of dispatchers, over each selector and each family. */
class DispatcherTest {

    @Nested
    class Tcp4OverEpoll extends DispatcherContract {
        Tcp4OverEpoll() {
            super(Backend.EPOLL, Family.TCP4);
        }
    }

    @Nested
    class Tcp6OverEpoll extends DispatcherContract {
        Tcp6OverEpoll() {
            super(Backend.EPOLL, Family.TCP6);
        }
    }

    @Nested
    class UnixOverEpoll extends DispatcherContract {
        UnixOverEpoll() {
            super(Backend.EPOLL, Family.UNIX);
        }
    }
}
