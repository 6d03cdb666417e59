package dev.hawser.tls;

import dev.hawser.socket.OnVirtualThreads;
import dev.hawser.testkit.RequiresProgram;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of TLS streams, for each version, on platform and on virtual threads. */
@RequiresProgram("openssl")
class TlsSocketsTest {

    @Nested
    class Tls13 extends TlsContract {
        Tls13() {
            super("TLSv1.3");
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class Tls13OnVirtualThreads extends TlsContract {
        Tls13OnVirtualThreads() {
            super("TLSv1.3");
        }
    }

    @Nested
    class Tls12 extends TlsContract {
        Tls12() {
            super("TLSv1.2");
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class Tls12OnVirtualThreads extends TlsContract {
        Tls12OnVirtualThreads() {
            super("TLSv1.2");
        }
    }
}
