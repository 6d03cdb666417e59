package dev.hawser.socket;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** Short reads of TCP streams, on platform and on virtual threads. */
class ShortReadTest {

    @Nested
    class OnPlatformThreads extends ShortReadContract {
        OnPlatformThreads() {
            super(StreamKind.TCP4);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class OnVirtual extends ShortReadContract {
        OnVirtual() {
            super(StreamKind.TCP6);
        }
    }
}
