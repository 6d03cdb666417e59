package dev.hawser.asyncore;

import org.junit.jupiter.api.Nested;

/** The contract of dispatchers, over each selector and each family. */
class DispatcherTest {

    @Nested
    class Tcp4OverSelect extends TcpDispatcherContract {
        Tcp4OverSelect() {
            super(Backend.SELECT, Family.TCP4);
        }
    }

    @Nested
    class Tcp6OverSelect extends TcpDispatcherContract {
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
    class Tcp4OverPoll extends TcpDispatcherContract {
        Tcp4OverPoll() {
            super(Backend.POLL, Family.TCP4);
        }
    }

    @Nested
    class Tcp6OverPoll extends TcpDispatcherContract {
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
    class Tcp4OverEpoll extends TcpDispatcherContract {
        Tcp4OverEpoll() {
            super(Backend.EPOLL, Family.TCP4);
        }
    }

    @Nested
    class Tcp6OverEpoll extends TcpDispatcherContract {
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
