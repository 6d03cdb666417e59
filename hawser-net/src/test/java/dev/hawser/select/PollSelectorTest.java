package dev.hawser.select;

import dev.hawser.socket.OnVirtualThreads;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contracts of a selector, on poll(2). */
class PollSelectorTest {

    @Nested
    class Keys extends KeysContract {
        Keys() {
            super(Backend.POLL);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class KeysOnVirtualThreads extends KeysContract {
        KeysOnVirtualThreads() {
            super(Backend.POLL);
        }
    }

    @Nested
    class Readiness extends ReadinessContract {
        Readiness() {
            super(Backend.POLL);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class ReadinessOnVirtualThreads extends ReadinessContract {
        ReadinessOnVirtualThreads() {
            super(Backend.POLL);
        }
    }

    @Nested
    class Waiting extends WaitingContract {
        Waiting() {
            super(Backend.POLL);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class WaitingOnVirtualThreads extends WaitingContract {
        WaitingOnVirtualThreads() {
            super(Backend.POLL);
        }
    }

    @Nested
    class Closing extends ClosingContract {
        Closing() {
            super(Backend.POLL);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class ClosingOnVirtualThreads extends ClosingContract {
        ClosingOnVirtualThreads() {
            super(Backend.POLL);
        }
    }
}
