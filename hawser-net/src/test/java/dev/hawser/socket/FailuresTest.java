package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_NONBLOCK;
import static dev.hawser.socket.Constants.SOCK_SEQPACKET;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.netpoll.Timeouts;
import dev.hawser.testkit.Faults;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.SocketException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom an exception blames, whom it names, and how long it says that it waited. */
@Timeout(30)
class FailuresTest {

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void aConnectThatFailedInTheBackgroundIsAFailedConnectAndNamesThePeer() throws IOException {
        Sockaddr nobody = closed();
        Socket socket = scope.add(new Socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK));
        assertThat(socket.connectEx(nobody)).isEqualTo(Errno.EINPROGRESS);
        SocketException failed =
                eventually().until(() -> failure(socket), failure -> !(failure instanceof WouldBlockException));

        assertThat(failed).isExactlyInstanceOf(ConnectFailedException.class).hasMessageContaining(" -> " + nobody);
        assertThat(((SocketError) failed).errno()).isEqualTo(Errno.ECONNREFUSED);
    }

    @Test
    void aWaitThatCannotBeginIsEpollsFailureAndNotTheCalls() throws IOException {
        try (Faults faults = Faults.install();
                SocketPair pair = Sockets.socketPair()) {
            faults.on("epollControl").times(1).fail(Errno.ENOSPC);
            pair.first().setTimeout(Duration.ofMillis(1));
            SocketFailedException failed = assertThrowsExactly(
                    SocketFailedException.class, () -> pair.first().recv(1));
            assertThat(failed.systemCall()).isEqualTo("epoll_ctl");
            assertThat(failed).hasMessage("recv unix: ENOSPC (No space left on device) when it was to wait");
            assertThrowsExactly(TimedOutException.class, () -> pair.first().recv(1));
        }
    }

    private static SocketException failure(Socket socket) throws IOException {
        try {
            socket.recv(1);
            throw new AssertionError("nobody sent anything");
        } catch (SocketException e) {
            return e;
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true", "5, true", "2, false"})
    void aRefusalIsOfTheConnectionOrOfTheDatagram(int type, boolean connection) throws IOException {
        try (Faults faults = Faults.install();
                SocketPair pair = Sockets.socketPair(AF_UNIX, type, 0)) {
            faults.on("send").fail(Errno.ECONNREFUSED);
            assertThat(assertThrows(SocketException.class, () -> pair.first().send(new byte[1])))
                    .isExactlyInstanceOf(connection ? ConnectFailedException.class : UnreachablePortException.class);
        }
        assertThat(new int[] {SOCK_STREAM, SOCK_SEQPACKET, SOCK_DGRAM}).containsExactly(1, 5, 2);
    }

    @Test
    void thePeerIsBlamedForABrokenPipeUnlessTheSocketWasShutDownHere() throws IOException {
        SocketPair pair = scope.pair(SOCK_STREAM);
        pair.second().close();
        assertThrowsExactly(ConnectionBrokenException.class, () -> pair.first().send(new byte[1]));
        pair.first().shutdown(Constants.SHUT_RD);
        assertThrowsExactly(ConnectionBrokenException.class, () -> pair.first().send(new byte[1]));

        Socket shut = scope.pair(SOCK_SEQPACKET).first();
        shut.shutdown(Constants.SHUT_RDWR);
        SocketFailedException ownDoing = assertThrowsExactly(SocketFailedException.class, () -> shut.send(new byte[1]));
        assertThat(ownDoing.errno()).isEqualTo(Errno.EPIPE);
        Socket duplicate = scope.add(shut.dup());
        assertThrowsExactly(SocketFailedException.class, () -> duplicate.send(new byte[1]));
    }

    @Test
    void aDuplicateAndAnAdoptedSocketStillNameThePeerThatWentAway() throws IOException {
        SocketPair pair = scope.tcp();
        Sockaddr peer = pair.first().getPeerName();
        Socket duplicate = scope.add(pair.first().dup());
        Socket copy = scope.add(Sockets.fromFd(pair.first().fileno()));
        Socket adopted = scope.add(Sockets.adopt(pair.first().detach()));
        pair.second().setSockOpt(SocketOptions.SO_LINGER, Linger.RESET);
        pair.second().close();

        assertThrowsExactly(ConnectionBrokenException.class, () -> adopted.recv(1));
        for (Socket socket : new Socket[] {duplicate, copy, adopted}) {
            SocketError failed = assertThrowsExactly(ConnectionBrokenException.class, () -> socket.send(new byte[1]));
            assertThat(failed.remote()).isEqualTo(peer);
        }
    }

    @Test
    void aFileThatOutlivesItsSocketStillNamesBothEnds() throws IOException {
        Socket socket = scope.tcp().first();
        Sockaddr local = socket.getSockName();
        Sockaddr remote = socket.getPeerName();
        socket.setTimeout(Duration.ofMillis(20));
        InputStream input = scope.add(socket.makeFileInput());
        socket.close();

        TimedOutException late = assertThrowsExactly(TimedOutException.class, input::read);
        assertThat(late).hasMessage("recv tcp " + local + " -> " + remote + ": timed out after 20 ms");
    }

    @Test
    void anotherConnectOfAConnectedSocketDoesNotChangeItsPeer() throws IOException {
        SocketPair pair = scope.tcp();
        Sockaddr peer = pair.first().getPeerName();
        assertThat(pair.first().connectEx(closed())).isEqualTo(Errno.EISCONN);
        pair.first().close();

        assertThat(assertThrowsExactly(
                        SocketClosedException.class, () -> pair.first().recv(1)))
                .hasMessage("recv tcp -> " + peer + ": the socket is closed");
    }

    @Test
    void aTimeoutThatIsSetDuringACallIsNotTheCallsOwn() throws Exception {
        Socket socket = scope.tcp().first();
        socket.setTimeout(Duration.ofMillis(300));
        Tasks<byte[]> receiving = Tasks.start(() -> socket.recv(1)).awaitParked();
        socket.setTimeout(null);

        assertThat(assertThrowsExactly(TimedOutException.class, receiving::result))
                .hasMessageEndingWith(": timed out after 300 ms");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0.000001 ms",
        "100000000, 100 ms",
        "1500000, 1.5 ms",
        "999999999, 999.999999 ms",
        "1000000000, 1 s",
        "2500000000, 2.5 s",
        "60000000000, 60 s",
        "9223372036854775807, 9223372036.854775807 s"
    })
    void timesAreWrittenAsPeopleDo(long nanos, String text) {
        assertThat(Timeouts.text(nanos)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Errno.ECONNABORTED,
                Errno.ENETDOWN,
                Errno.EPROTO,
                Errno.ENOPROTOOPT,
                Errno.EHOSTDOWN,
                Errno.ENONET,
                Errno.EHOSTUNREACH,
                Errno.ENETUNREACH
            })
    void aConnectionThatBrokeBeforeItWasAcceptedIsPassedOver(int errno) throws IOException {
        try (Faults faults = Faults.install();
                Socket listener = Sockets.createServer(Scope.loopback4());
                Socket client = new Socket(AF_INET, SOCK_STREAM)) {
            client.connect(listener.getSockName());
            faults.on("accept4").times(2).fail(errno);
            try (Socket accepted = listener.accept().socket()) {
                assertThat(accepted.getPeerName()).isEqualTo(client.getSockName());
            }
            assertThat(faults.count("accept4")).isEqualTo(2);
        }
    }

    @Test
    void aSocketThatCannotAcceptSaysSo() throws IOException {
        Socket datagrams = scope.bound(SOCK_DGRAM, Scope.loopback4());

        SocketFailedException failed = assertThrowsExactly(SocketFailedException.class, datagrams::accept);
        assertThat(failed.errno()).isEqualTo(Errno.EOPNOTSUPP);
    }

    @Test
    void whoMustNotWaitAcceptsWhatIsThereAlready() throws IOException {
        try (Socket listener = Sockets.createServer(Scope.loopback4());
                Socket client = new Socket(AF_INET, SOCK_STREAM)) {
            assertThat(listener.acceptNow()).isNull();
            assertThat(listener.getTimeout()).isNull();
            client.connect(listener.getSockName());
            Accepted accepted = Objects.requireNonNull(listener.acceptNow());
            assertThat(accepted.address()).isEqualTo(client.getSockName());
            accepted.socket().close();
        }
    }

    @Test
    void aClosedListenerAcceptsNobody() throws IOException {
        Socket listener = Sockets.createServer(Scope.loopback4());
        listener.close();

        assertThrowsExactly(SocketClosedException.class, listener::acceptNow);
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM, Errno.EINVAL})
    void aShortageIsWhatComesBack(int errno) throws IOException {
        try (Faults faults = Faults.install();
                Socket listener = Sockets.createServer(Scope.loopback4())) {
            faults.on("accept4").fail(errno);
            SocketFailedException failed = assertThrowsExactly(SocketFailedException.class, listener::accept);
            assertThat(failed.isShortage()).isEqualTo(errno != Errno.EINVAL);
        }
    }

    @Test
    void aRefusedOptionIsNamed() throws IOException {
        Socket socket = scope.socket(AF_UNIX, SOCK_DGRAM);

        assertThat(assertThrowsExactly(
                        SocketFailedException.class, () -> socket.setSockOpt(TcpOptions.TCP_NODELAY, true)))
                .hasMessage("setSockOpt unixgram: EOPNOTSUPP (Operation not supported) for option TCP_NODELAY");
        assertThat(assertThrowsExactly(SocketFailedException.class, () -> socket.getSockOpt(IpOptions.IP_TTL)))
                .hasMessage("getSockOpt unixgram: EOPNOTSUPP (Operation not supported) for option IP_TTL");
        assertThat(assertThrowsExactly(SocketFailedException.class, () -> socket.setSockOpt(1, 9999, 1)))
                .hasMessage("setSockOpt unixgram: ENOPROTOOPT (Protocol not available) for option 9999 of level 1");
    }

    @Test
    void anErrnoHasTheNumberOfItsName() throws IllegalAccessException {
        int constants = 0;
        for (Field field : Errno.class.getFields()) {
            if (!field.getName().equals("EWOULDBLOCK")) {
                assertThat(Errno.name(field.getInt(null))).isEqualTo(field.getName());
                constants++;
            }
        }
        assertThat(constants).isGreaterThan(40);
        assertThat(Errno.EWOULDBLOCK).isEqualTo(Errno.EAGAIN);
        assertThat(Errno.text(Errno.ECONNREFUSED)).isEqualTo("Connection refused");
        assertThat(Errno.name(9999)).isEqualTo("errno 9999");
    }

    private Sockaddr closed() throws IOException {
        try (Socket unused = scope.bound(SOCK_STREAM, Scope.loopback4())) {
            return unused.getSockName();
        }
    }
}
