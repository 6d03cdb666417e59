package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.SOCK_NONBLOCK;
import static dev.hawser.socket.Constants.SOCK_SEQPACKET;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.posix.Errno;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How connecting goes, ends and fails. */
@Timeout(30)
class ConnectTest {

    private static final Duration SHORT = Duration.ofMillis(150);

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void connectExOfSuccessIsZero() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());

        assertThat(scope.socket(AF_INET, SOCK_STREAM).connectEx(listener.getSockName()))
                .isZero();
    }

    @Test
    void connectExTellsThatNobodyListens() throws IOException {
        Sockaddr nobody = freeTcpAddress();

        assertThat(scope.socket(AF_INET, SOCK_STREAM).connectEx(nobody)).isEqualTo(Errno.ECONNREFUSED);
        assertThat(scope.socket(AF_UNIX, SOCK_STREAM).connectEx(Scope.unixAbstract()))
                .isEqualTo(Errno.ECONNREFUSED);
        assertThat(scope.socket(AF_UNIX, SOCK_STREAM).connectEx(scope.unixPath()))
                .isEqualTo(Errno.ENOENT);
    }

    @Test
    void connectExOfANonBlockingSocketIsUnderWayAndThenDone() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());
        Socket client = scope.add(new Socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK));

        assertThat(client.connectEx(listener.getSockName())).isEqualTo(Errno.EINPROGRESS);
        Socket server = scope.accept(listener);
        eventually().until(() -> client.connectEx(listener.getSockName()) == 0);
        assertThat(client.connectEx(listener.getSockName())).isEqualTo(Errno.EISCONN);
        client.setBlocking(true);
        client.sendAll(Bytes.of("abc"));
        assertThat(server.recv(3)).isEqualTo(Bytes.of("abc"));
    }

    @Test
    void finishConnectTellsOfAConnectThatHasComeAbout() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());
        Socket client = scope.add(new Socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK));
        client.connectEx(listener.getSockName());

        eventually().until(client::finishConnect);

        assertThat(client.getPeerName()).isEqualTo(listener.getSockName());
        assertThat(client.finishConnect()).isTrue();
        assertThat(client.connectEx(listener.getSockName())).isEqualTo(Errno.EISCONN);
    }

    @Test
    void finishConnectThrowsWhyNoConnectionCameAbout() throws IOException {
        Sockaddr nobody = freeTcpAddress();
        Socket client = scope.add(new Socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK));
        assertThat(client.connectEx(nobody)).isEqualTo(Errno.EINPROGRESS);

        ConnectFailedException refused = assertThrowsExactly(
                ConnectFailedException.class, () -> eventually().until(client::finishConnect));

        assertThat(refused.errnoName()).isEqualTo("ECONNREFUSED");
        assertThat(refused.remote()).isEqualTo(nobody);
        ConnectFailedException none = assertThrowsExactly(ConnectFailedException.class, client::finishConnect);
        assertThat(none.errnoName()).isEqualTo("ENOTCONN");
    }

    @Test
    void finishConnectIsFalseWhileAConnectGoesOn() throws IOException {
        Socket full = scope.socket(AF_INET, SOCK_STREAM);
        full.bind(Scope.loopback4());
        full.listen(0);
        Socket client = null;
        // One more than the backlog has room for gets no answer.
        for (int i = 0; i < 3; i++) {
            client = scope.add(new Socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK));
            client.connectEx(full.getSockName());
        }

        assertThat(client.finishConnect()).isFalse();
    }

    @Test
    void finishConnectOfAUnixSocketTellsWhetherThereIsAPeer() throws IOException {
        Socket listener = scope.listener(Scope.unixAbstract());
        Socket client = scope.add(new Socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK));
        assertThrowsExactly(ConnectFailedException.class, client::finishConnect);

        client.connect(listener.getSockName());

        assertThat(client.finishConnect()).isTrue();
    }

    @Test
    void connectOfANonBlockingSocketSaysThatItIsUnderWay() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());
        Socket client = scope.add(new Socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK));

        WouldBlockException underWay =
                assertThrowsExactly(WouldBlockException.class, () -> client.connect(listener.getSockName()));
        assertThat(underWay.errnoName()).isEqualTo("EINPROGRESS");
        assertThat(underWay.remote()).isEqualTo(listener.getSockName());
        client.setBlocking(true);
        client.connect(listener.getSockName());
        assertThat(client.getPeerName()).isEqualTo(listener.getSockName());
    }

    @Test
    void connectingAConnectedSocketIsRefused() throws IOException {
        SocketPair pair = scope.tcp();
        Sockaddr peer = pair.first().getPeerName();

        assertThat(pair.first().connectEx(peer)).isEqualTo(Errno.EISCONN);
        ConnectFailedException refused = assertThrowsExactly(
                ConnectFailedException.class, () -> pair.first().connect(peer));
        assertThat(refused.errnoName()).isEqualTo("EISCONN");
    }

    @Test
    void connectExOfAClosedSocketIsEbadf() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        socket.close();

        assertThat(socket.connectEx(SockaddrIn.of("127.0.0.1", 1))).isEqualTo(Errno.EBADF);
    }

    @Test
    void aWrongFamilyIsTheKernelsToRefuse() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);

        assertThat(socket.connectEx(SockaddrIn6.of("::1", 80))).isEqualTo(Errno.EAFNOSUPPORT);
    }

    @Test
    void dataThatCannotGoWithTheSynFollowTheConnection() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());
        Socket client = scope.socket(AF_INET, SOCK_STREAM);

        assertThat(client.sendTo(Bytes.of("early"), 0, 5, Constants.MSG_FASTOPEN, listener.getSockName()))
                .isEqualTo(5);
        assertThat(Bytes.recvExactly(scope.accept(listener), 5)).isEqualTo(Bytes.of("early"));
        assertThat(client.getPeerName()).isEqualTo(listener.getSockName());
        Sockaddr nobody = freeTcpAddress();
        Socket refused = scope.socket(AF_INET, SOCK_STREAM);
        ConnectFailedException failed = assertThrowsExactly(
                ConnectFailedException.class, () -> refused.sendTo(new byte[1], 0, 1, Constants.MSG_FASTOPEN, nobody));
        assertThat(failed.remote()).isEqualTo(nobody);
        Socket nonBlocking = scope.add(new Socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK));
        WouldBlockException underWay = assertThrowsExactly(
                WouldBlockException.class,
                () -> nonBlocking.sendTo(new byte[1], 0, 1, Constants.MSG_FASTOPEN, listener.getSockName()));
        assertThat(underWay.errno()).isEqualTo(Errno.EINPROGRESS);
    }

    @Test
    void aRefusedSocketMayConnectAgain() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());
        Socket client = scope.socket(AF_INET, SOCK_STREAM);
        assertThat(client.connectEx(freeTcpAddress())).isEqualTo(Errno.ECONNREFUSED);

        client.connect(listener.getSockName());
        assertThat(client.getPeerName()).isEqualTo(listener.getSockName());
    }

    @Test
    void aListenerThatIsFullLetsATcpConnectTimeOut() throws IOException {
        Socket listener = scope.bound(SOCK_STREAM, Scope.loopback4());
        listener.listen(0);
        Sockaddr full = fill(listener, AF_INET, SOCK_STREAM);
        Socket late = scope.socket(AF_INET, SOCK_STREAM);
        late.setTimeout(SHORT);

        long start = System.nanoTime();
        TimedOutException timedOut = assertThrowsExactly(TimedOutException.class, () -> late.connect(full));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, Duration.ofSeconds(3));
        assertThat(timedOut.remote()).isEqualTo(full);
        assertThat(timedOut.operation()).isEqualTo("connect");
        Socket later = scope.socket(AF_INET, SOCK_STREAM);
        later.setTimeout(SHORT);
        assertThat(later.connectEx(full)).isEqualTo(Errno.EAGAIN);
        assertThat(later.getTimeout()).isEqualTo(SHORT);
    }

    @Test
    void aTcpConnectThatTimedOutGoesOnAndCanBeWaitedForAgain() throws Exception {
        Socket listener = scope.bound(SOCK_STREAM, Scope.loopback4());
        listener.listen(0);
        Sockaddr full = fill(listener, AF_INET, SOCK_STREAM);
        Socket late = scope.socket(AF_INET, SOCK_STREAM);
        late.setTimeout(SHORT);
        assertThrowsExactly(TimedOutException.class, () -> late.connect(full));
        late.setTimeout(Duration.ofSeconds(20));
        Tasks<Void> connecting = Tasks.run(() -> late.connect(full)).awaitParked();
        Tasks<Void> accepting = Tasks.run(() -> {
            while (!scope.accept(listener).getPeerName().equals(late.getSockName())) {
                listener.setTimeout(Duration.ofSeconds(20));
            }
        });

        connecting.result();
        accepting.result();
        assertThat(late.getPeerName()).isEqualTo(full);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListenerThatIsFullLetsAUnixConnectTimeOut(boolean stream) throws IOException {
        int type = stream ? SOCK_STREAM : SOCK_SEQPACKET;
        Socket listener = scope.bound(type, Scope.unixAbstract());
        listener.listen(0);
        Sockaddr full = fill(listener, AF_UNIX, type);
        Socket late = scope.socket(AF_UNIX, type);
        late.setTimeout(SHORT);

        TimedOutException timedOut = assertThrowsExactly(TimedOutException.class, () -> late.connect(full));
        assertThat(timedOut.remote()).isEqualTo(full);
        assertThat(late.connectEx(full)).isEqualTo(Errno.EAGAIN);
        late.setBlocking(false);
        assertThrowsExactly(WouldBlockException.class, () -> late.connect(full));
        assertThat(late.connectEx(full)).isEqualTo(Errno.EAGAIN);
    }

    @Test
    void aUnixConnectWaitsForRoomInTheBacklog() throws Exception {
        Socket listener = scope.bound(SOCK_STREAM, Scope.unixAbstract());
        listener.listen(0);
        Sockaddr full = fill(listener, AF_UNIX, SOCK_STREAM);
        Socket late = scope.socket(AF_UNIX, SOCK_STREAM);
        Tasks<Void> connecting = Tasks.run(() -> late.connect(full)).awaitParked();
        scope.accept(listener);

        connecting.result();
        assertThat(late.getPeerName()).isEqualTo(full);
    }

    @Test
    void acceptTimesOutAndWorksAgain() throws Exception {
        Socket listener = scope.listener(Scope.loopback4());
        listener.setTimeout(SHORT);
        TimedOutException late = assertThrowsExactly(TimedOutException.class, listener::accept);
        assertThat(late.operation()).isEqualTo("accept");
        assertThat(late.local()).isEqualTo(listener.getSockName());
        listener.setTimeout(Duration.ofSeconds(10));
        Tasks<Accepted> accepting = Tasks.start(listener::accept).awaitParked();
        Socket client = scope.socket(AF_INET, SOCK_STREAM);
        client.connect(listener.getSockName());

        Accepted accepted = accepting.result();
        scope.add(accepted.socket());
        assertThat(accepted.address()).isEqualTo(client.getSockName());
    }

    @Test
    void acceptOfANonBlockingListenerDoesNotWait() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());
        listener.setBlocking(false);

        assertThrowsExactly(WouldBlockException.class, listener::accept);
    }

    @Test
    void anAcceptedConnectionBlocksWhateverTheListenerDoes() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());
        listener.setTimeout(Duration.ofSeconds(9));
        Socket client = scope.socket(AF_INET, SOCK_STREAM);
        client.connect(listener.getSockName());

        assertThat(scope.accept(listener).getTimeout()).isNull();
        listener.setBlocking(false);
        scope.socket(AF_INET, SOCK_STREAM).connect(listener.getSockName());
        Socket second = eventually()
                .ignoreException(WouldBlockException.class)
                .until(() -> scope.accept(listener), accepted -> true);
        assertThat(second.getBlocking()).isTrue();
    }

    private Sockaddr freeTcpAddress() throws IOException {
        try (Socket unused = new Socket(AF_INET, SOCK_STREAM)) {
            unused.bind(Scope.loopback4());
            return unused.getSockName();
        }
    }

    /** Connects until the backlog is full. */
    private Sockaddr fill(Socket listener, int family, int type) throws IOException {
        Sockaddr address = listener.getSockName();
        for (; ; ) {
            Socket client = scope.socket(family, type);
            client.setTimeout(Duration.ofMillis(100));
            if (client.connectEx(address) == Errno.EAGAIN) {
                return address;
            }
        }
    }
}
