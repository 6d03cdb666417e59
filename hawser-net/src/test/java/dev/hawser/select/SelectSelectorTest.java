package dev.hawser.select;

import dev.hawser.socket.OnVirtualThreads;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contracts of a selector, on select(2). */
class SelectSelectorTest {

    @Nested
    class Keys extends KeysContract {
        Keys() {
            super(Backend.SELECT);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class KeysOnVirtualThreads extends KeysContract {
        KeysOnVirtualThreads() {
            super(Backend.SELECT);
        }
    }

    @Nested
    class Readiness extends ReadinessContract {
        Readiness() {
            super(Backend.SELECT);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class ReadinessOnVirtualThreads extends ReadinessContract {
        ReadinessOnVirtualThreads() {
            super(Backend.SELECT);
        }
    }

    @Nested
    class Waiting extends WaitingContract {
        Waiting() {
            super(Backend.SELECT);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class WaitingOnVirtualThreads extends WaitingContract {
        WaitingOnVirtualThreads() {
            super(Backend.SELECT);
        }
    }

    @Nested
    class Closing extends ClosingContract {
        Closing() {
            super(Backend.SELECT);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class ClosingOnVirtualThreads extends ClosingContract {
        ClosingOnVirtualThreads() {
            super(Backend.SELECT);
        }
    }
}
