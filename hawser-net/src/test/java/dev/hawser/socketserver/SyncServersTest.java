package dev.hawser.socketserver;

import dev.hawser.socket.OnVirtualThreads;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of servers, for those that process their requests themselves. */
class SyncServersTest {

    abstract static class Sync extends ServerContract {

        Sync(ServerKind kind) {
            super(kind);
        }

        @Override
        BaseServer<?> open(Sockaddr address) throws IOException {
            return switch (kind) {
                case TCP4, TCP6 -> new TcpServer(address, Answers.OfStream.class);
                case UDP4, UDP6 -> new UdpServer(address, Answers.OfDatagram.class);
                case UNIX_STREAM, UNIX_STREAM_ABSTRACT -> new UnixStreamServer(address, Answers.OfStream.class);
                case UNIX_DATAGRAM, UNIX_DATAGRAM_ABSTRACT -> new UnixDatagramServer(address, Answers.OfDatagram.class);
            };
        }
    }

    @Nested
    class Tcp4 extends Sync {
        Tcp4() {
            super(ServerKind.TCP4);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class Tcp4OnVirtualThreads extends Sync {
        Tcp4OnVirtualThreads() {
            super(ServerKind.TCP4);
        }
    }

    @Nested
    class Tcp6 extends Sync {
        Tcp6() {
            super(ServerKind.TCP6);
        }
    }

    @Nested
    class Udp4 extends Sync {
        Udp4() {
            super(ServerKind.UDP4);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class Udp4OnVirtualThreads extends Sync {
        Udp4OnVirtualThreads() {
            super(ServerKind.UDP4);
        }
    }

    @Nested
    class Udp6 extends Sync {
        Udp6() {
            super(ServerKind.UDP6);
        }
    }

    @Nested
    class UnixStream extends Sync {
        UnixStream() {
            super(ServerKind.UNIX_STREAM);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class UnixStreamOnVirtualThreads extends Sync {
        UnixStreamOnVirtualThreads() {
            super(ServerKind.UNIX_STREAM);
        }
    }

    @Nested
    class UnixStreamAbstract extends Sync {
        UnixStreamAbstract() {
            super(ServerKind.UNIX_STREAM_ABSTRACT);
        }
    }

    @Nested
    class UnixDatagram extends Sync {
        UnixDatagram() {
            super(ServerKind.UNIX_DATAGRAM);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class UnixDatagramOnVirtualThreads extends Sync {
        UnixDatagramOnVirtualThreads() {
            super(ServerKind.UNIX_DATAGRAM);
        }
    }

    @Nested
    class UnixDatagramAbstract extends Sync {
        UnixDatagramAbstract() {
            super(ServerKind.UNIX_DATAGRAM_ABSTRACT);
        }
    }
}
