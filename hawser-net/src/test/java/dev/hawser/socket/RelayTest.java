package dev.hawser.socket;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** Relays, on platform and on virtual threads. */
class RelayTest {

    @Nested
    class OnPlatformThreads extends RelayContract {}

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class OnVirtual extends RelayContract {}
}
