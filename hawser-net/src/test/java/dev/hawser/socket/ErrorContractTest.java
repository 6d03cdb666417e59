package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_INET6;
import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_SEQPACKET;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hawser.posix.Errno;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What each failing operation throws, and what the exception tells. */
@Timeout(30)
class ErrorContractTest {

    private static final Duration SHORT = Duration.ofMillis(30);

    /** Prepares an operation that fails. */
    @FunctionalInterface
    interface Preparation {
        Failing prepare(Scope scope) throws Exception;
    }

    /** An operation that fails, and what is known of it: addresses and the exact message are null where they vary. */
    record Failing(Executable operation, Sockaddr local, Sockaddr remote, String message) {}

    /** A row: what fails, and how. */
    record Row(
            String what,
            Class<? extends IOException> type,
            Class<? extends IOException> javaNet,
            String call,
            String errno,
            Preparation preparation) {

        @Override
        public String toString() {
            return what;
        }

        /** The method, and the system call where it has another name. */
        String operation() {
            return call.split("/", -1)[0];
        }

        String systemCall() {
            String[] names = call.split("/", -1);
            return names[names.length - 1];
        }
    }

    static final List<Row> KERNEL = List.of(
            new Row(
                    "socket",
                    SocketFailedException.class,
                    SocketException.class,
                    "socket",
                    "EAFNOSUPPORT",
                    scope -> new Failing(
                            () -> scope.socket(9999, SOCK_STREAM),
                            null,
                            null,
                            "socket family 9999: EAFNOSUPPORT" + " (Address family not supported by protocol)")),
            new Row(
                    "socketPair",
                    SocketFailedException.class,
                    SocketException.class,
                    "socketPair/socketpair",
                    "EOPNOTSUPP",
                    scope -> new Failing(
                            () -> Sockets.socketPair(AF_INET, SOCK_STREAM, 0),
                            null,
                            null,
                            "socketPair tcp: EOPNOTSUPP (Operation not supported)")),
            new Row(
                    "bind taken",
                    BindFailedException.class,
                    BindException.class,
                    "bind",
                    "EADDRINUSE",
                    ErrorContractTest::bindTaken),
            new Row("bind foreign", BindFailedException.class, BindException.class, "bind", "EADDRNOTAVAIL", scope -> {
                Sockaddr address = SockaddrIn.of("192.0.2.1", 4711);
                return new Failing(
                        () -> scope.bound(SOCK_DGRAM, address),
                        address,
                        null,
                        "bind udp 192.0.2.1:4711: EADDRNOTAVAIL (Cannot assign requested address)");
            }),
            new Row("bind twice", BindFailedException.class, BindException.class, "bind", "EINVAL", scope -> {
                Socket socket = scope.bound(SOCK_STREAM, Scope.loopback4());
                return new Failing(
                        () -> socket.bind(Scope.loopback4()),
                        Scope.loopback4(),
                        null,
                        "bind tcp 127.0.0.1:0: EINVAL (Invalid argument)");
            }),
            new Row("bind path", BindFailedException.class, BindException.class, "bind", "ENOENT", scope -> {
                Sockaddr address = SockaddrUn.of("/nonexistent/directory/s");
                return new Failing(
                        () -> scope.bound(SOCK_SEQPACKET, address),
                        address,
                        null,
                        "bind unixpacket unix:/nonexistent/directory/s: ENOENT (No such file or directory)");
            }),
            new Row("listen", SocketFailedException.class, SocketException.class, "listen", "EOPNOTSUPP", scope -> {
                Socket socket = scope.bound(SOCK_DGRAM, Scope.loopback4());
                Sockaddr local = socket.getSockName();
                return new Failing(
                        socket::listen, local, null, "listen udp " + local + ": EOPNOTSUPP (Operation not supported)");
            }),
            new Row("accept", SocketFailedException.class, SocketException.class, "accept/accept4", "EINVAL", scope -> {
                Socket socket = scope.bound(SOCK_STREAM, Scope.loopback4());
                Sockaddr local = socket.getSockName();
                return new Failing(socket::accept, local, null, "accept tcp " + local + ": EINVAL (Invalid argument)");
            }),
            new Row(
                    "connect refused",
                    ConnectFailedException.class,
                    ConnectException.class,
                    "connect",
                    "ECONNREFUSED",
                    ErrorContractTest::connectRefused),
            new Row(
                    "connect refused bound",
                    ConnectFailedException.class,
                    ConnectException.class,
                    "connect",
                    "ECONNREFUSED",
                    scope -> {
                        Socket socket = scope.bound(SOCK_STREAM, Scope.loopback4());
                        Sockaddr local = socket.getSockName();
                        Sockaddr closed = closed(scope, AF_INET);
                        return new Failing(
                                () -> socket.connect(closed),
                                local,
                                closed,
                                "connect tcp " + local + " -> " + closed + ": ECONNREFUSED (Connection refused)");
                    }),
            new Row(
                    "connect path",
                    ConnectFailedException.class,
                    ConnectException.class,
                    "connect",
                    "ENOENT",
                    scope -> {
                        Sockaddr path = scope.unixPath();
                        Socket socket = scope.socket(AF_UNIX, SOCK_STREAM);
                        return new Failing(
                                () -> socket.connect(path),
                                null,
                                path,
                                "connect unix -> " + path + ": ENOENT (No such file or directory)");
                    }),
            new Row(
                    "connect no route",
                    NoRouteException.class,
                    NoRouteToHostException.class,
                    "connect",
                    "ENETUNREACH",
                    scope -> {
                        Socket socket = scope.bound(SOCK_DGRAM, SockaddrIn6.of("::", 0));
                        socket.setSockOpt(SocketOptions.SO_BINDTODEVICE, "lo");
                        Sockaddr far = SockaddrIn6.of("100::1", 9);
                        return new Failing(
                                () -> socket.connect(far),
                                socket.getSockName(),
                                far,
                                "connect udp " + socket.getSockName()
                                        + " -> [100::1]:9: ENETUNREACH (Network is unreachable)");
                    }),
            new Row(
                    "getPeerName",
                    SocketFailedException.class,
                    SocketException.class,
                    "getPeerName/getpeername",
                    "ENOTCONN",
                    scope -> {
                        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
                        return new Failing(
                                socket::getPeerName,
                                null,
                                null,
                                "getPeerName tcp: ENOTCONN (Transport endpoint is not connected)");
                    }),
            new Row(
                    "recv unconnected",
                    SocketFailedException.class,
                    SocketException.class,
                    "recv",
                    "ENOTCONN",
                    scope -> {
                        Socket socket = scope.socket(AF_INET6, SOCK_STREAM);
                        return new Failing(
                                () -> socket.recv(1),
                                null,
                                null,
                                "recv tcp: ENOTCONN (Transport endpoint is not connected)");
                    }),
            new Row(
                    "send unconnected",
                    ConnectionBrokenException.class,
                    SocketException.class,
                    "send",
                    "EPIPE",
                    scope -> {
                        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
                        return new Failing(() -> socket.send(new byte[1]), null, null, "send tcp: EPIPE (Broken pipe)");
                    }),
            new Row(
                    "send after shutdown",
                    SocketFailedException.class,
                    SocketException.class,
                    "sendAll/send",
                    "EPIPE",
                    scope -> {
                        Socket socket = scope.tcp().first();
                        socket.shutdown(Constants.SHUT_WR);
                        return new Failing(
                                () -> socket.sendAll(new byte[1]),
                                socket.getSockName(),
                                socket.getPeerName(),
                                "sendAll tcp " + socket.getSockName() + " -> " + socket.getPeerName()
                                        + ": EPIPE (Broken pipe)");
                    }),
            new Row(
                    "recv reset",
                    ConnectionBrokenException.class,
                    SocketException.class,
                    "recv",
                    "ECONNRESET",
                    ErrorContractTest::recvReset),
            new Row(
                    "sendTo too long",
                    SocketFailedException.class,
                    SocketException.class,
                    "sendTo/sendto",
                    "EMSGSIZE",
                    scope -> {
                        Socket socket = scope.bound(SOCK_DGRAM, Scope.loopback4());
                        Sockaddr to = SockaddrIn.of("127.0.0.1", 9);
                        return new Failing(
                                () -> socket.sendTo(new byte[70_000], to),
                                socket.getSockName(),
                                to,
                                "sendTo udp " + socket.getSockName() + " -> " + to + ": EMSGSIZE (Message too long)");
                    }),
            new Row(
                    "sendTo no path",
                    SocketFailedException.class,
                    SocketException.class,
                    "sendTo/sendto",
                    "ENOENT",
                    scope -> {
                        Socket socket = scope.socket(AF_UNIX, SOCK_DGRAM);
                        Sockaddr to = scope.unixPath();
                        return new Failing(
                                () -> socket.sendTo(new byte[1], to),
                                null,
                                to,
                                "sendTo unixgram -> " + to + ": ENOENT (No such file or directory)");
                    }),
            new Row(
                    "sendTo nobody",
                    UnreachablePortException.class,
                    PortUnreachableException.class,
                    "sendTo/sendto",
                    "ECONNREFUSED",
                    scope -> {
                        Socket socket = scope.socket(AF_UNIX, SOCK_DGRAM);
                        Sockaddr to = Scope.unixAbstract();
                        return new Failing(
                                () -> socket.sendTo(new byte[1], to),
                                null,
                                to,
                                "sendTo unixgram -> " + to + ": ECONNREFUSED (Connection refused)");
                    }),
            new Row("shutdown", SocketFailedException.class, SocketException.class, "shutdown", "ENOTCONN", scope -> {
                Socket socket = scope.socket(AF_INET, SOCK_STREAM);
                return new Failing(
                        () -> socket.shutdown(Constants.SHUT_RDWR),
                        null,
                        null,
                        "shutdown tcp: ENOTCONN (Transport endpoint is not connected)");
            }),
            new Row(
                    "getSockOpt",
                    SocketFailedException.class,
                    SocketException.class,
                    "getSockOpt/getsockopt",
                    "ENOPROTOOPT",
                    scope -> {
                        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
                        return new Failing(
                                () -> socket.getSockOpt(Constants.SOL_SOCKET, 9999),
                                null,
                                null,
                                "getSockOpt tcp: ENOPROTOOPT (Protocol not available) for option 9999 of level 1");
                    }),
            new Row(
                    "setSockOpt",
                    SocketFailedException.class,
                    SocketException.class,
                    "setSockOpt/setsockopt",
                    "ENOPROTOOPT",
                    scope -> {
                        SocketPair pair = scope.tcp();
                        Socket socket = pair.second();
                        return new Failing(
                                () -> socket.setSockOpt(Constants.SOL_SOCKET, Constants.SO_TYPE, 1),
                                socket.getSockName(),
                                socket.getPeerName(),
                                "setSockOpt tcp " + socket.getSockName() + " -> " + socket.getPeerName()
                                        + ": ENOPROTOOPT (Protocol not available) for option 3 of level 1");
                    }),
            new Row("recv would block", WouldBlockException.class, SocketException.class, "recv", "EAGAIN", scope -> {
                Socket socket = scope.tcp().first();
                socket.setBlocking(false);
                return new Failing(
                        () -> socket.recv(1), null, null, "recv tcp: EAGAIN (Resource temporarily unavailable)");
            }),
            new Row(
                    "accept would block",
                    WouldBlockException.class,
                    SocketException.class,
                    "accept/accept4",
                    "EAGAIN",
                    scope -> {
                        Socket socket = scope.listener(Scope.unixAbstract());
                        socket.setBlocking(false);
                        return new Failing(
                                socket::accept, null, null, "accept unix: EAGAIN (Resource temporarily unavailable)");
                    }));

    private static Failing bindTaken(Scope scope) throws IOException {
        Sockaddr taken = scope.listener(Scope.loopback4()).getSockName();
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        return new Failing(
                () -> socket.bind(taken), taken, null, "bind tcp " + taken + ": EADDRINUSE (Address already in use)");
    }

    private static Failing connectRefused(Scope scope) throws IOException {
        Sockaddr closed = closed(scope, AF_INET6);
        Socket socket = scope.socket(AF_INET6, SOCK_STREAM);
        return new Failing(() -> socket.connect(closed), null, closed, null);
    }

    private static Failing recvReset(Scope scope) throws IOException {
        SocketPair pair = scope.tcp();
        Sockaddr local = pair.first().getSockName();
        Sockaddr remote = pair.first().getPeerName();
        pair.second().setSockOpt(SocketOptions.SO_LINGER, Linger.RESET);
        pair.second().close();
        return new Failing(
                () -> pair.first().recv(1),
                local,
                remote,
                "recv tcp " + local + " -> " + remote + ": ECONNRESET (Connection reset by peer)");
    }

    @AutoClose
    final Scope scope = new Scope();

    @ParameterizedTest
    @FieldSource("KERNEL")
    void whatTheKernelRefusesIsToldInFull(Row row) throws Exception {
        Failing failing = row.preparation().prepare(scope);

        IOException thrown = assertThrows(row.javaNet(), failing.operation());

        assertThat(thrown).isExactlyInstanceOf(row.type()).isInstanceOf(SocketError.class);
        SocketError error = (SocketError) thrown;
        assertThat(error.operation()).isEqualTo(row.operation());
        assertThat(error.systemCall()).isEqualTo(row.systemCall());
        assertThat(error.errnoName()).isEqualTo(row.errno());
        assertThat(Errno.name(error.errno())).isEqualTo(row.errno());
        if (failing.message() != null) {
            assertThat(thrown).hasMessage(failing.message());
            assertThat(error.local()).isEqualTo(failing.local());
        }
        assertThat(error.remote()).isEqualTo(failing.remote());
        assertThat(error.details().message()).isEqualTo(thrown.getMessage());
    }

    @Test
    void aRefusedConnectionNamesBothEnds() throws IOException {
        Sockaddr closed = closed(scope, AF_INET);
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);

        ConnectFailedException refused = assertThrows(ConnectFailedException.class, () -> socket.connect(closed));
        assertThat(refused.getMessage())
                .matches("connect tcp 127\\.0\\.0\\.1:\\d+ -> " + closed + ": ECONNREFUSED \\(Connection refused\\)");
    }

    @Test
    void aTimeoutIsToldInFull() throws IOException {
        Socket socket = scope.tcp().first();
        socket.setTimeout(SHORT);

        SocketTimeoutException thrown = assertThrows(SocketTimeoutException.class, () -> socket.recv(1));
        assertThat(thrown)
                .isExactlyInstanceOf(TimedOutException.class)
                .hasMessage(
                        "recv tcp " + socket.getSockName() + " -> " + socket.getPeerName() + ": timed out after 30 ms");
        assertNoErrno((SocketError) thrown);
        assertThat(((SocketError) thrown).local()).isEqualTo(socket.getSockName());
        assertThat(((SocketError) thrown).remote()).isEqualTo(socket.getPeerName());
    }

    @Test
    void anInterruptIsToldInFull() throws IOException {
        Socket socket = scope.tcp().first();
        Thread.currentThread().interrupt();

        InterruptedIOException thrown = assertThrows(InterruptedIOException.class, () -> socket.recv(1));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown)
                .isExactlyInstanceOf(SocketInterruptedException.class)
                .hasMessage("recv tcp " + socket.getSockName() + " -> " + socket.getPeerName()
                        + ": interrupted while waiting");
        assertNoErrno((SocketError) thrown);
    }

    @Test
    void aCallOnAClosedSocketIsToldInFull() throws IOException {
        Socket socket = scope.tcp().first();
        Sockaddr remote = socket.getPeerName();
        socket.close();

        SocketException thrown = assertThrows(SocketException.class, () -> socket.recv(1));
        assertThat(thrown)
                .isExactlyInstanceOf(SocketClosedException.class)
                .hasMessage("recv tcp -> " + remote + ": the socket is closed");
        assertNoErrno((SocketError) thrown);
    }

    private static void assertNoErrno(SocketError error) {
        assertThat(error.operation()).isEqualTo("recv");
        assertThat(error.errno()).isZero();
        assertThat(error.errnoName()).isNull();
        assertThat(error.systemCall()).isNull();
    }

    private static Sockaddr closed(Scope scope, int family) throws IOException {
        try (Socket unused = scope.bound(SOCK_STREAM, Scope.loopback(family))) {
            return unused.getSockName();
        }
    }
}
