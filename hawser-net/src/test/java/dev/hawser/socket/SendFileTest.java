package dev.hawser.socket;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** sendFile, on platform and on virtual threads. */
class SendFileTest {

    @Nested
    class OnPlatformThreads extends SendFileContract {}

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class OnVirtual extends SendFileContract {}
}
