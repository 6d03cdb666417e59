package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_INET6;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.posix.AddrInfoEntry;
import dev.hawser.posix.Answer;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** createConnection, createServer and getAddrInfo. */
@Timeout(30)
class CreateTest {

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void aConnectionGoesToTheServer() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());
        Socket client = scope.add(Sockets.createConnection("localhost", portOf(listener)));

        assertThat(client.getPeerName()).isEqualTo(listener.getSockName());
        assertThat(client.getTimeout()).isNull();
        assertThat(client.type()).isEqualTo(SOCK_STREAM);
    }

    @Test
    void theTimeoutStaysSet() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());
        Duration timeout = Duration.ofSeconds(7);

        assertThat(connect("127.0.0.1", listener, timeout, null).getTimeout()).isEqualTo(timeout);
        Sockets.setDefaultTimeout(Duration.ofSeconds(5));
        try {
            assertThat(scope.add(Sockets.createConnection("127.0.0.1", portOf(listener)))
                            .getTimeout())
                    .isEqualTo(Duration.ofSeconds(5));
            assertThat(connect("127.0.0.1", listener, null, null).getTimeout()).isNull();
        } finally {
            Sockets.setDefaultTimeout(null);
        }
    }

    @Test
    void theSourceAddressIsBound() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());
        SockaddrIn source = SockaddrIn.of("127.0.0.2", 0);
        Socket client = connect("127.0.0.1", listener, null, source);

        assertThat(((SockaddrIn) client.getSockName()).host()).isEqualTo("127.0.0.2");
    }

    @Test
    void aSourceOfAnotherFamilyReachesNobody() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());

        ConnectFailedException failed = assertThrowsExactly(
                ConnectFailedException.class, () -> connect("127.0.0.1", listener, null, SockaddrIn6.of("::1", 0)));
        assertThat(failed).hasMessageContaining("no address of the source's family");
    }

    @Test
    void oneFailureIsThrownAsItIs() throws IOException {
        int port = closedPort();

        ConnectFailedException failed =
                assertThrowsExactly(ConnectFailedException.class, () -> Sockets.createConnection("127.0.0.1", port));
        assertThat(failed.operation()).isEqualTo("connect");
        assertThat(failed.remote()).isEqualTo(SockaddrIn.of("127.0.0.1", port));
        assertThat(failed.errno()).isEqualTo(Errno.ECONNREFUSED);
    }

    @Test
    void everyAddressIsTriedUntilOneAnswers() throws Exception {
        Socket listener = scope.listener(Scope.loopback4());
        int port = portOf(listener);
        SystemCalls before = SystemCalls.install(new Hosts("::1", "127.0.0.3", "127.0.0.1"));
        try {
            Socket client = scope.add(Sockets.createConnection("many.example", port));
            assertThat(client.getPeerName()).isEqualTo(SockaddrIn.of("127.0.0.1", port));
        } finally {
            SystemCalls.install(before);
        }
    }

    @Test
    void allFailuresAreReported() throws IOException {
        int port = closedPort();
        SystemCalls before = SystemCalls.install(new Hosts("::1", "127.0.0.3", "127.0.0.1"));
        try {
            ConnectFailedException failed = assertThrowsExactly(
                    ConnectFailedException.class, () -> Sockets.createConnection("many.example", port));
            assertThat(failed)
                    .hasMessageContaining("many.example:" + port)
                    .hasMessageContaining("[::1]:" + port)
                    .hasMessageContaining("127.0.0.3:" + port)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("ECONNREFUSED");
            assertThat(failed.getSuppressed()).hasSize(3).hasOnlyElementsOfType(ConnectFailedException.class);
            assertThat(failed.errno()).isEqualTo(Errno.ECONNREFUSED);
        } finally {
            SystemCalls.install(before);
        }
    }

    @Test
    void anInterruptEndsTheTryingAtOnce() throws IOException {
        AtomicInteger sockets = new AtomicInteger();
        SystemCalls before = SystemCalls.install(new Hosts("127.0.0.3", "127.0.0.2", "127.0.0.1") {
            @Override
            public int socket(int family, int type, int protocol) {
                sockets.incrementAndGet();
                return SystemCalls.LIBC.socket(family, type, protocol);
            }

            @Override
            public int connect(int fd, MemorySegment address, int length) {
                Thread.currentThread().interrupt();
                return -Errno.EINPROGRESS;
            }
        });
        try {
            SocketInterruptedException ended = assertThrowsExactly(
                    SocketInterruptedException.class, () -> Sockets.createConnection("many.example", 1));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(ended.remote()).isEqualTo(SockaddrIn.of("127.0.0.3", 1));
            assertThat(sockets).hasValue(1);
        } finally {
            Thread.interrupted();
            SystemCalls.install(before);
        }
    }

    @Test
    void theFailureOfSeveralIsOfTheLastOnesKind() throws IOException {
        int port = closedPort();
        SystemCalls before = SystemCalls.install(new Hosts("127.0.0.3", "127.0.0.1"));
        try {
            BindFailedException failed = assertThrowsExactly(
                    BindFailedException.class,
                    () -> Sockets.createConnection("many.example", port, null, SockaddrIn.of("192.0.2.1", 0)));
            assertThat(failed.systemCall()).isEqualTo("bind");
            assertThat(failed.errno()).isEqualTo(Errno.EADDRNOTAVAIL);
            assertThat(failed.operation()).isEqualTo("createConnection");
            assertThat(failed.getSuppressed()).hasSize(2).hasOnlyElementsOfType(BindFailedException.class);
        } finally {
            SystemCalls.install(before);
        }
    }

    @Test
    void whatNoSystemCallCausedNamesNone() throws IOException {
        Socket listener = scope.bound(SOCK_STREAM, Scope.loopback4());
        listener.listen(0);
        int port = portOf(listener);
        fill(listener.getSockName());
        SystemCalls before = SystemCalls.install(new Hosts("127.0.0.3", "127.0.0.1"));
        try {
            TimedOutException failed = assertThrowsExactly(
                    TimedOutException.class,
                    () -> Sockets.createConnection("many.example", port, Duration.ofMillis(50), null));
            assertThat(failed.systemCall()).isNull();
            assertThat(failed.errno()).isZero();
            assertThat(failed).hasMessageContaining("ECONNREFUSED").hasMessageEndingWith("timed out after 50 ms");
        } finally {
            SystemCalls.install(before);
        }
    }

    private void fill(Sockaddr address) throws IOException {
        int result = 0;
        while (result == 0) {
            Socket client = scope.socket(AF_INET, SOCK_STREAM);
            client.setTimeout(Duration.ofMillis(100));
            result = client.connectEx(address);
        }
        assertThat(result).isEqualTo(Errno.EAGAIN);
    }

    @Test
    void aPortOutOfRangeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Sockets.createConnection("127.0.0.1", 65536));
        assertThatIllegalArgumentException().isThrownBy(() -> Sockets.createConnection("127.0.0.1", -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sockets.createConnection("127.0.0.1", 1, Duration.ofNanos(-1), null));
    }

    @Test
    void aServerMayTakeAnAddressThatIsInTimeWait() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());
        Sockaddr address = listener.getSockName();
        Socket client = scope.socket(AF_INET, SOCK_STREAM);
        client.connect(address);
        scope.accept(listener).close();
        assertThat(client.recv(1)).isEmpty();
        client.close();
        listener.close();

        Socket again = scope.listener(address);
        assertThat(again.getSockName()).isEqualTo(address);
        assertThat(again.getSockOpt(SocketOptions.SO_REUSEADDR)).isTrue();
        assertThat(again.getSockOpt(SocketOptions.SO_REUSEPORT)).isFalse();
        assertThat(again.getSockOpt(SocketOptions.SO_ACCEPTCONN)).isTrue();
    }

    @Test
    void serversMayShareAPort() throws IOException {
        Socket first = scope.add(Sockets.createServer(Scope.loopback4(), 5, ServerFlag.REUSE_PORT));
        Socket second = scope.add(Sockets.createServer(first.getSockName(), 5, ServerFlag.REUSE_PORT));

        assertThat(second.getSockName()).isEqualTo(first.getSockName());
    }

    @Test
    void anIpv6ServerServesIpv6AloneByDefault() throws IOException {
        Socket server = scope.listener(SockaddrIn6.of("", 0));

        assertThat(server.getSockOpt(Ipv6Options.IPV6_V6ONLY)).isTrue();
        assertThat(scope.socket(AF_INET, SOCK_STREAM).connectEx(SockaddrIn.of("127.0.0.1", portOf(server))))
                .isEqualTo(Errno.ECONNREFUSED);
        assertThat(scope.socket(AF_INET6, SOCK_STREAM).getSockOpt(Ipv6Options.IPV6_V6ONLY))
                .isFalse();
    }

    @Test
    void aDualStackServerSeesIpv4ClientsAsMapped() throws IOException {
        Socket server = scope.add(Sockets.createServer(SockaddrIn6.of("::", 0), 5, ServerFlag.DUAL_STACK));
        Socket client = scope.socket(AF_INET, SOCK_STREAM);
        client.connect(SockaddrIn.of("127.0.0.1", portOf(server)));
        Accepted accepted = server.accept();
        scope.add(accepted.socket());

        int port = ((SockaddrIn) client.getSockName()).port();
        assertThat(accepted.address()).isEqualTo(SockaddrIn6.of("::ffff:127.0.0.1", port));
        assertThat(accepted.address()).hasToString("[::ffff:127.0.0.1]:" + port);
        assertThat(accepted.socket().family()).isEqualTo(AF_INET6);
    }

    @Test
    void dualStackNeedsAnIpv6Address() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sockets.createServer(Scope.loopback4(), 5, ServerFlag.DUAL_STACK))
                .withMessageContaining("127.0.0.1:0");
    }

    @Test
    void aBindErrorNamesTheAddress() throws IOException {
        Socket taken = scope.listener(Scope.loopback4());

        BindException failed = assertThrows(BindException.class, () -> Sockets.createServer(taken.getSockName()));
        assertThat(failed).hasMessageContaining(taken.getSockName().toString()).hasMessageContaining("EADDRINUSE");
    }

    @Test
    void aUnixServerTakesItsPathOnce() throws IOException {
        SockaddrUn path = scope.unixPath();
        scope.listener(path);

        BindFailedException taken = assertThrowsExactly(BindFailedException.class, () -> Sockets.createServer(path));
        assertThat(taken.errno()).isEqualTo(Errno.EADDRINUSE);
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 0, 1, Integer.MAX_VALUE})
    void anyBacklogWillDo(int backlog) throws IOException {
        Socket server = scope.add(Sockets.createServer(Scope.loopback4(), backlog));
        scope.socket(AF_INET, SOCK_STREAM).connect(server.getSockName());

        assertThat(scope.accept(server).fileno()).isNotNegative();
    }

    @Test
    void addressesAreLookedUp() throws IOException {
        assertThat(NameService.getAddrInfo("127.0.0.1", 80, AddrInfoHints.of(AF_INET, SOCK_STREAM)))
                .singleElement()
                .satisfies(info -> {
                    assertThat(info.address()).isEqualTo(SockaddrIn.of("127.0.0.1", 80));
                    assertThat(info.family()).isEqualTo(AF_INET);
                    assertThat(info.type()).isEqualTo(SOCK_STREAM);
                    assertThat(info.protocol()).isEqualTo(Constants.IPPROTO_TCP);
                    assertThat(info.canonicalName()).isNull();
                });
        assertThat(NameService.getAddrInfo("::1", 0, AddrInfoHints.of(Constants.AF_UNSPEC, 0)))
                .hasSizeGreaterThan(1)
                .allSatisfy(info -> assertThat(info.address()).isEqualTo(SockaddrIn6.of("::1", 0)));
        assertThat(NameService.getAddrInfo(null, 5, AddrInfoHints.of(AF_INET, SOCK_STREAM)))
                .first()
                .extracting(AddrInfo::address)
                .isEqualTo(SockaddrIn.of("127.0.0.1", 5));
    }

    @Test
    void aLookUpThatFindsNothingTellsTheCode() {
        GaiException failed = assertThrowsExactly(
                GaiException.class, () -> NameService.getAddrInfo("::1", 80, AddrInfoHints.of(AF_INET, SOCK_STREAM)));
        assertThat(failed.code()).isNegative();
        assertThat(failed.operation()).isEqualTo("getAddrInfo");
        assertThat(failed.systemCall()).isEqualTo("getaddrinfo");
        assertThat(failed).hasMessageContaining("::1").isInstanceOf(java.net.UnknownHostException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NameService.getAddrInfo("::1", 65536, AddrInfoHints.of(AF_INET, 0)));
    }

    private Socket connect(String host, Socket listener, Duration timeout, Sockaddr source) throws IOException {
        return scope.add(Sockets.createConnection(host, portOf(listener), timeout, source));
    }

    private static int portOf(Socket socket) throws IOException {
        return socket.getSockName() instanceof SockaddrIn in ? in.port() : ((SockaddrIn6) socket.getSockName()).port();
    }

    private static int closedPort() throws IOException {
        try (Socket unused = new Socket(AF_INET, SOCK_STREAM)) {
            unused.bind(SockaddrIn.of("", 0));
            return portOf(unused);
        }
    }

    /** A name service in which every name has these addresses. */
    private static class Hosts implements SystemCalls {

        private final String[] hosts;

        Hosts(String... hosts) {
            this.hosts = hosts;
        }

        @Override
        public Answer<List<AddrInfoEntry>> getAddrInfo(String node, String service, AddrInfoEntry hints) {
            List<AddrInfoEntry> answers = new ArrayList<>();
            for (String host : hosts) {
                int port = Integer.parseInt(service);
                Sockaddr address = host.contains(":") ? SockaddrIn6.of(host, port) : SockaddrIn.of(host, port);
                MemorySegment bytes = SockaddrCodec.encode(address);
                answers.add(new AddrInfoEntry(
                        0, address.family(), SOCK_STREAM, 0, bytes.toArray(ValueLayout.JAVA_BYTE), null));
            }
            return Answer.of(answers);
        }
    }
}
