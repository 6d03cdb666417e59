package dev.hawser.asyncore;

import org.junit.jupiter.api.Nested;

/** The contract of dispatchers, over each selector and each family. */
class DispatcherTest {

    @Nested
    class Tcp4OverSelect extends DispatcherContract {
        Tcp4OverSelect() {
            super(Backend.SELECT, Family.TCP4);
        }
    }

    @Nested
    class Tcp6OverSelect extends DispatcherContract {
        Tcp6OverSelect() {
            super(Backend.SELECT, Family.TCP6);
        }
    }

    @Nested
    class UnixOverSelect extends DispatcherContract {
        UnixOverSelect() {
            super(Backend.SELECT, Family.UNIX);
        }
    }

    @Nested
    class Tcp4OverPoll extends DispatcherContract {
        Tcp4OverPoll() {
            super(Backend.POLL, Family.TCP4);
        }
    }

    @Nested
    class Tcp6OverPoll extends DispatcherContract {
        Tcp6OverPoll() {
            super(Backend.POLL, Family.TCP6);
        }
    }

    @Nested
    class UnixOverPoll extends DispatcherContract {
        UnixOverPoll() {
            super(Backend.POLL, Family.UNIX);
        }
    }

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
