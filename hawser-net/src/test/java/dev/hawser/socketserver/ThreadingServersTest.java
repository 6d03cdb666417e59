package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.concurrency.ThreadKind;
import java.io.IOException;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Nested;

/** The contract of servers, for those that process each request in a thread of its own. */
class ThreadingServersTest {

    abstract static class Threading extends ServerContract {

        private final ThreadKind threads;

        Threading(ServerKind kind, ThreadKind threads) {
            super(kind);
            this.threads = threads;
        }

        @Override
        BaseServer<?> open(Sockaddr address) throws IOException {
            return threads == ThreadKind.PLATFORM ? onPlatformThreads(address) : onVirtualThreads(address);
        }

        private BaseServer<?> onVirtualThreads(Sockaddr address) throws IOException {
            return switch (kind) {
                case TCP4, TCP6 -> new ThreadingTcpServer(address, Answers.OfStream.class);
                case UDP4, UDP6 -> new ThreadingUdpServer(address, Answers.OfDatagram.class);
                case UNIX_STREAM, UNIX_STREAM_ABSTRACT ->
                    new ThreadingUnixStreamServer(address, Answers.OfStream.class);
                case UNIX_DATAGRAM, UNIX_DATAGRAM_ABSTRACT ->
                    new ThreadingUnixDatagramServer(address, Answers.OfDatagram.class);
            };
        }

        private BaseServer<?> onPlatformThreads(Sockaddr address) throws IOException {
            return switch (kind) {
                case TCP4, TCP6 -> new PlatformTcpServer(address);
                case UDP4, UDP6 -> new PlatformUdpServer(address);
                case UNIX_STREAM, UNIX_STREAM_ABSTRACT -> new PlatformUnixStreamServer(address);
                case UNIX_DATAGRAM, UNIX_DATAGRAM_ABSTRACT -> new PlatformUnixDatagramServer(address);
            };
        }
    }

    /** A mix-in of a program's own, which changes the one of the package for all servers. */
    private interface PlatformThreads<R> extends ThreadingMixIn<R> {

        ThreadFactory FACTORY = Thread.ofPlatform().factory();

        @Override
        default ThreadFactory threadFactory() {
            return FACTORY;
        }
    }

    private static final class PlatformTcpServer extends TcpServer implements PlatformThreads<Socket> {

        PlatformTcpServer(Sockaddr address) throws IOException {
            super(address, Answers.OfStream.class);
        }
    }

    private static final class PlatformUdpServer extends UdpServer implements PlatformThreads<DatagramRequest> {

        PlatformUdpServer(Sockaddr address) throws IOException {
            super(address, Answers.OfDatagram.class);
        }
    }

    private static final class PlatformUnixStreamServer extends UnixStreamServer implements PlatformThreads<Socket> {

        PlatformUnixStreamServer(Sockaddr address) throws IOException {
            super(address, Answers.OfStream.class);
        }
    }

    private static final class PlatformUnixDatagramServer extends UnixDatagramServer
            implements PlatformThreads<DatagramRequest> {

        PlatformUnixDatagramServer(Sockaddr address) throws IOException {
            super(address, Answers.OfDatagram.class);
        }
    }

    @Nested
    class Tcp4 extends Threading {
        Tcp4() {
            super(ServerKind.TCP4, ThreadKind.VIRTUAL);
        }
    }

    @Nested
    class Tcp4OnPlatformThreads extends Threading {
        Tcp4OnPlatformThreads() {
            super(ServerKind.TCP4, ThreadKind.PLATFORM);
        }
    }

    @Nested
    class Tcp6 extends Threading {
        Tcp6() {
            super(ServerKind.TCP6, ThreadKind.VIRTUAL);
        }
    }

    @Nested
    class Tcp6OnPlatformThreads extends Threading {
        Tcp6OnPlatformThreads() {
            super(ServerKind.TCP6, ThreadKind.PLATFORM);
        }
    }

    @Nested
    class Udp4 extends Threading {
        Udp4() {
            super(ServerKind.UDP4, ThreadKind.VIRTUAL);
        }
    }

    @Nested
    class Udp4OnPlatformThreads extends Threading {
        Udp4OnPlatformThreads() {
            super(ServerKind.UDP4, ThreadKind.PLATFORM);
        }
    }

    @Nested
    class UnixStream extends Threading {
        UnixStream() {
            super(ServerKind.UNIX_STREAM, ThreadKind.VIRTUAL);
        }
    }

    @Nested
    class UnixStreamOnPlatformThreads extends Threading {
        UnixStreamOnPlatformThreads() {
            super(ServerKind.UNIX_STREAM, ThreadKind.PLATFORM);
        }
    }

    @Nested
    class UnixDatagram extends Threading {
        UnixDatagram() {
            super(ServerKind.UNIX_DATAGRAM, ThreadKind.VIRTUAL);
        }
    }

    @Nested
    class UnixDatagramOnPlatformThreads extends Threading {
        UnixDatagramOnPlatformThreads() {
            super(ServerKind.UNIX_DATAGRAM, ThreadKind.PLATFORM);
        }
    }
}
