package dev.hawser.select;

import dev.hawser.socket.OnVirtualThreads;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contracts of a selector, on the one that a program gets: {@code -Dhawser.selector=poll} makes it another. */
class DefaultSelectorTest {

    @Nested
    class Keys extends KeysContract {
        Keys() {
            super(Backend.DEFAULT);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class KeysOnVirtualThreads extends KeysContract {
        KeysOnVirtualThreads() {
            super(Backend.DEFAULT);
        }
    }

    @Nested
    class Readiness extends ReadinessContract {
        Readiness() {
            super(Backend.DEFAULT);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class ReadinessOnVirtualThreads extends ReadinessContract {
        ReadinessOnVirtualThreads() {
            super(Backend.DEFAULT);
        }
    }

    @Nested
    class Waiting extends WaitingContract {
        Waiting() {
            super(Backend.DEFAULT);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class WaitingOnVirtualThreads extends WaitingContract {
        WaitingOnVirtualThreads() {
            super(Backend.DEFAULT);
        }
    }

    @Nested
    class Closing extends ClosingContract {
        Closing() {
            super(Backend.DEFAULT);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class ClosingOnVirtualThreads extends ClosingContract {
        ClosingOnVirtualThreads() {
            super(Backend.DEFAULT);
        }
    }
}
