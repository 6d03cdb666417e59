package dev.hawser.select;

import dev.hawser.socket.OnVirtualThreads;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contracts of a selector, on epoll(7). */
class EpollSelectorTest {

    @Nested
    class Keys extends KeysContract {
        Keys() {
            super(Backend.EPOLL);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class KeysOnVirtualThreads extends KeysContract {
        KeysOnVirtualThreads() {
            super(Backend.EPOLL);
        }
    }

    @Nested
    class Readiness extends ReadinessContract {
        Readiness() {
            super(Backend.EPOLL);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class ReadinessOnVirtualThreads extends ReadinessContract {
        ReadinessOnVirtualThreads() {
            super(Backend.EPOLL);
        }
    }

    @Nested
    class Waiting extends WaitingContract {
        Waiting() {
            super(Backend.EPOLL);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class WaitingOnVirtualThreads extends WaitingContract {
        WaitingOnVirtualThreads() {
            super(Backend.EPOLL);
        }
    }

    @Nested
    class Closing extends ClosingContract {
        Closing() {
            super(Backend.EPOLL);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class ClosingOnVirtualThreads extends ClosingContract {
        ClosingOnVirtualThreads() {
            super(Backend.EPOLL);
        }
    }
}
