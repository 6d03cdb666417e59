package dev.hawser.socket;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contracts of streams, for each kind of stream socket, on platform and on virtual threads. */
class StreamSocketsTest {

    @Nested
    class Tcp4 extends StreamContract {
        Tcp4() {
            super(StreamKind.TCP4);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class Tcp4OnVirtualThreads extends StreamContract {
        Tcp4OnVirtualThreads() {
            super(StreamKind.TCP4);
        }
    }

    @Nested
    class Tcp4Buffers extends StreamBufferContract {
        Tcp4Buffers() {
            super(StreamKind.TCP4);
        }
    }

    @Nested
    class Tcp6 extends StreamContract {
        Tcp6() {
            super(StreamKind.TCP6);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class Tcp6OnVirtualThreads extends StreamContract {
        Tcp6OnVirtualThreads() {
            super(StreamKind.TCP6);
        }
    }

    @Nested
    class Tcp6Buffers extends StreamBufferContract {
        Tcp6Buffers() {
            super(StreamKind.TCP6);
        }
    }

    @Nested
    class UnixPath extends StreamContract {
        UnixPath() {
            super(StreamKind.UNIX_PATH);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class UnixPathOnVirtualThreads extends StreamContract {
        UnixPathOnVirtualThreads() {
            super(StreamKind.UNIX_PATH);
        }
    }

    @Nested
    class UnixPathBuffers extends StreamBufferContract {
        UnixPathBuffers() {
            super(StreamKind.UNIX_PATH);
        }
    }

    @Nested
    class UnixAbstract extends StreamContract {
        UnixAbstract() {
            super(StreamKind.UNIX_ABSTRACT);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class UnixAbstractOnVirtualThreads extends StreamContract {
        UnixAbstractOnVirtualThreads() {
            super(StreamKind.UNIX_ABSTRACT);
        }
    }

    @Nested
    class UnixAbstractBuffers extends StreamBufferContract {
        UnixAbstractBuffers() {
            super(StreamKind.UNIX_ABSTRACT);
        }
    }

    @Nested
    class PairOf extends StreamContract {
        PairOf() {
            super(StreamKind.SOCKET_PAIR);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class PairOfOnVirtualThreads extends StreamContract {
        PairOfOnVirtualThreads() {
            super(StreamKind.SOCKET_PAIR);
        }
    }

    @Nested
    class PairOfBuffers extends StreamBufferContract {
        PairOfBuffers() {
            super(StreamKind.SOCKET_PAIR);
        }
    }
}
