package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.SHUT_WR;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hawser.testkit.Eventually;
import dev.hawser.testkit.Faults;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for a relay, on either kind of thread: source to {@code in.second}, relayed to {@code out.first}, sink. */
@Timeout(60)
abstract class RelayContract {

    private static final byte[] LARGE = Bytes.pattern(20_000_000);

    @AutoClose
    final Faults faults = Faults.install();

    @AutoClose
    final Scope scope = new Scope();

    private SocketPair in;
    private SocketPair out;

    private Relay relay(StreamKind incoming, StreamKind outgoing) throws IOException {
        in = incoming.connect(scope);
        out = outgoing.connect(scope);
        return new Relay(in.second(), out.first());
    }

    private Relay tcp() throws IOException {
        return relay(StreamKind.TCP4, StreamKind.TCP4);
    }

    private Tasks<Void> source(byte[] all) {
        return Tasks.run(() -> {
            in.first().sendAll(all);
            in.first().shutdown(SHUT_WR);
        });
    }

    @ParameterizedTest
    @CsvSource({"TCP4, TCP4", "TCP6, TCP4", "TCP4, UNIX_PATH", "UNIX_PATH, TCP4", "SOCKET_PAIR, UNIX_ABSTRACT"})
    void everyByteArrivesBetweenStreamsOfAllKinds(StreamKind incoming, StreamKind outgoing) throws Exception {
        Relay relay = relay(incoming, outgoing);
        Tasks<Void> sending = source(LARGE);
        Tasks<byte[]> received = Tasks.start(() -> Bytes.recvExactly(out.second(), LARGE.length));

        assertThat(relay.copy()).isEqualTo(LARGE.length);
        assertThat(Arrays.equals(received.result(), LARGE)).isTrue();
        sending.result();
        assertThat(relay.received()).isEqualTo(LARGE.length);
        assertThat(relay.sent()).isEqualTo(LARGE.length);
        assertThat(relay.takePending()).isEmpty();
        assertThat(faults.seen("splice")).isPositive();
        assertThat(faults.seen("recv")).isLessThan(faults.seen("splice") + LARGE.length / 1000);
        // The end is the caller's to pass on.
        out.first().sendAll(Bytes.of("more"));
        assertThat(out.second().recv(10)).isEqualTo(Bytes.of("more"));
    }

    @Test
    void cpythonTalksToCpythonThroughTwoRelays() throws Exception {
        String server = """
                import socket
                server = socket.create_server(('127.0.0.1', 0))
                print(server.getsockname()[1])
                connection, _ = server.accept()
                while data := connection.recv(5000):
                    connection.sendall(data.upper())
                connection.shutdown(socket.SHUT_WR)
                """;
        String client = """
                import socket, sys, threading
                s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
                sent = b'abc' * 1000000
                def send():
                    s.sendall(sent)
                    s.shutdown(socket.SHUT_WR)
                threading.Thread(target=send).start()
                got = bytearray()
                while data := s.recv(5000):
                    got += data
                print(bytes(got) == sent.upper())
                """;
        Socket listener = scope.listener(Scope.loopback4());
        try (CPython to = new CPython(server);
                CPython from = new CPython(client, ((SockaddrIn) listener.getSockName()).port())) {
            Socket left = scope.accept(listener);
            Socket right = scope.add(Sockets.createConnection("127.0.0.1", to.number()));
            Tasks<Void> back = Tasks.run(() -> SocketSnippetsTest.pass(right, left));
            SocketSnippetsTest.pass(left, right);
            back.result();
            assertThat(from.finish()).containsExactly("True");
            to.finish();
        }
    }

    /** splice(2) stops before an urgent byte, and at the end of the stream it takes that for the end. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatFollowsAnUrgentByteArrives(boolean ended) throws Exception {
        Relay relay = tcp();
        in.second().setTimeout(Duration.ofSeconds(10));
        out.second().setTimeout(Duration.ofSeconds(10));
        in.first().sendAll(Bytes.of("before"));
        in.first().sendAll(Bytes.of("!"), 0, 1, Constants.MSG_OOB);
        in.first().sendAll(Bytes.of("after"));
        if (ended) {
            in.first().shutdown(SHUT_WR);
        }
        Tasks<Long> copying = Tasks.start(relay::copy);
        assertThat(Bytes.recvExactly(out.second(), 11)).isEqualTo(Bytes.of("beforeafter"));
        if (!ended) {
            in.first().sendAll(Bytes.of("..."));
            in.first().shutdown(SHUT_WR);
        }
        assertThat(copying.result()).isEqualTo(ended ? 11 : 14);
        assertThat(relay.received()).isEqualTo(relay.sent());
    }

    @Test
    void aSocketMayBeRelayedToItself() throws Exception {
        SocketPair pair = scope.tcp();
        Relay echo = new Relay(pair.second(), pair.second());
        pair.first().sendAll(Bytes.of("echo"));
        pair.first().shutdown(SHUT_WR);

        assertThat(echo.copy()).isEqualTo(4);
        assertThat(pair.first().recv(10)).isEqualTo(Bytes.of("echo"));
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EINVAL, dev.hawser.posix.Errno.ENOSYS, Errno.EOPNOTSUPP, Errno.EPERM})
    void whatTheKernelWillNotSpliceIsReceivedAndSent(int errno) throws Exception {
        faults.on("splice").fail(errno);
        Relay relay = tcp();
        in.first().sendAll(Bytes.of("the long way"));
        in.first().shutdown(SHUT_WR);

        assertThat(relay.copy()).isEqualTo(12);
        assertThat(out.second().recv(100)).isEqualTo(Bytes.of("the long way"));
        assertThat(faults.count("splice")).isOne();
    }

    /** The first splice fills the pipe. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 20})
    void aRefusalWithBytesInThePipeLosesNone(int call) throws Exception {
        faults.on("splice").onCall(call).fail(Errno.EINVAL);
        Relay relay = tcp();
        Tasks<Void> sending = source(LARGE);
        Tasks<byte[]> received = Tasks.start(() -> Bytes.recvExactly(out.second(), LARGE.length));

        assertThat(relay.copy()).isEqualTo(LARGE.length);
        assertThat(Arrays.equals(received.result(), LARGE)).isTrue();
        assertThat(faults.count("splice")).isOne();
        sending.result();
    }

    @Test
    void withoutADescriptorForAPipeItGoesTheLongWay() throws Exception {
        faults.on("pipe").fail(Errno.EMFILE);
        Relay relay = tcp();
        in.first().sendAll(Bytes.of("the long way"));
        in.first().shutdown(SHUT_WR);

        assertThat(relay.copy()).isEqualTo(12);
        assertThat(out.second().recv(100)).isEqualTo(Bytes.of("the long way"));
        assertThat(faults.seen("splice")).isZero();
    }

    @Test
    void shortTransfersSignalsAndFalseEagainsLoseNothing() throws Exception {
        Relay relay = tcp();
        faults.randomly(11, 0.3, "splice", "read", "send").fail(Errno.EINTR, Errno.EAGAIN);
        faults.on("splice").shortTo(777);
        byte[] content = Bytes.pattern(300_000);
        Tasks<Void> sending = source(content);
        Tasks<byte[]> received = Tasks.start(() -> Bytes.recvExactly(out.second(), content.length));

        assertThat(relay.copy()).as(faults.toString()).isEqualTo(content.length);
        assertThat(Arrays.equals(received.result(), content)).isTrue();
        sending.result();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterATimeoutForRoomItGoesOnWhereItWas(boolean spliced) throws Exception {
        if (!spliced) {
            faults.on("splice").fail(Errno.EINVAL);
        }
        Relay relay = tcp();
        out.first().setTimeout(Duration.ofMillis(30));
        Tasks<Void> sending = source(LARGE);

        TimedOutException late = assertThrows(TimedOutException.class, relay::copy);
        assertThat(late).hasMessageStartingWith("relay tcp").hasMessageContaining("timed out after 30 ms");
        assertThat(late.bytesTransferred).isEqualTo(relay.sent());
        assertThat(relay.received() - relay.sent()).isBetween(1L, 65536L);

        out.first().setTimeout(null);
        Tasks<byte[]> received = Tasks.start(() -> Bytes.recvExactly(out.second(), LARGE.length));
        assertThat(relay.copy()).isEqualTo(LARGE.length - late.bytesTransferred);
        assertThat(Arrays.equals(received.result(), LARGE)).isTrue();
        sending.result();
    }

    @Test
    void afterATimeoutForBytesItGoesOnToo() throws Exception {
        Relay relay = tcp();
        in.second().setTimeout(Duration.ofMillis(20));
        in.first().sendAll(Bytes.of("one"));

        TimedOutException late = assertThrows(TimedOutException.class, relay::copy);
        assertThat(late.bytesTransferred).isEqualTo(3);
        in.first().sendAll(Bytes.of("two"));
        in.first().shutdown(SHUT_WR);
        assertThat(relay.copy()).isEqualTo(3);
        assertThat(Bytes.recvExactly(out.second(), 6)).isEqualTo(Bytes.of("onetwo"));
    }

    @Test
    void socketsThatMayNotWaitSayWhatWouldBlock() throws Exception {
        Relay relay = tcp();
        in.second().setTimeout(Duration.ZERO);

        assertThatThrownBy(relay::copy).isInstanceOf(WouldBlockException.class);
        in.first().sendAll(Bytes.of("x"));
        in.first().shutdown(SHUT_WR);
        Eventually.eventually().until(() -> copied(relay));
        assertThat(out.second().recv(10)).isEqualTo(Bytes.of("x"));
    }

    private static boolean copied(Relay relay) throws IOException {
        try {
            relay.copy();
            return true;
        } catch (WouldBlockException notYet) {
            return false;
        }
    }

    @Test
    void whatWasReceivedAndNotSentWhenTheSocketIsClosedCanBeTaken() throws Exception {
        Relay relay = tcp();
        Tasks<Long> copying = Tasks.start(relay::copy);
        Tasks<Void> sending = source(LARGE);
        // Both ends have what they can hold when the source waits.
        sending.awaitParked();
        copying.awaitParked();

        out.first().close();
        assertThatThrownBy(copying::result).isInstanceOf(SocketClosedException.class);
        byte[] pending = relay.takePending();
        byte[] arrived = Bytes.recvToEnd(out.second());
        assertThat((long) arrived.length).isEqualTo(relay.sent());
        assertThat((long) arrived.length + pending.length).isEqualTo(relay.received());
        assertThat(Arrays.equals(arrived, Arrays.copyOf(LARGE, arrived.length))).isTrue();
        assertThat(pending).isEqualTo(Arrays.copyOfRange(LARGE, arrived.length, arrived.length + pending.length));
        assertThat(relay.takePending()).isEmpty();
        in.second().close();
        assertThatThrownBy(sending::result).isInstanceOf(ConnectionBrokenException.class);
    }

    @Test
    void closingTheIncomingSocketEndsTheWaitForBytes() throws Exception {
        Relay relay = tcp();
        Tasks<Long> copying = Tasks.start(relay::copy).awaitParked();

        in.second().close();
        assertThatThrownBy(copying::result).isInstanceOf(SocketClosedException.class);
        assertThatThrownBy(relay::copy).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void anInterruptEndsTheWaitAndLosesNothing() throws Exception {
        Relay relay = tcp();
        Thread me = Thread.currentThread();
        in.first().sendAll(Bytes.of("before"));
        Tasks<Void> interrupting = Tasks.run(() -> {
            Eventually.eventually().until(() -> relay.sent() == 6 && me.getState() == Thread.State.WAITING);
            me.interrupt();
        });

        assertThatThrownBy(relay::copy).isInstanceOf(SocketInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        interrupting.result();
        in.first().sendAll(Bytes.of("after"));
        in.first().shutdown(SHUT_WR);
        assertThat(relay.copy()).isEqualTo(5);
        assertThat(Bytes.recvExactly(out.second(), 11)).isEqualTo(Bytes.of("beforeafter"));
    }

    @Test
    void aReceiverThatLeavesBreaksItAndSaysWhichSide() throws Exception {
        Relay relay = tcp();
        Tasks<Long> copying = Tasks.start(relay::copy);
        source(LARGE).awaitParked();
        copying.awaitParked();

        String outgoing = out.first().getSockName().toString();
        out.second().close();
        assertThatThrownBy(copying::result)
                .isInstanceOf(ConnectionBrokenException.class)
                .hasMessageContaining(outgoing);
        assertThat(relay.takePending()).isNotEmpty();
    }

    @Test
    void aPipeThatCannotBeReadIsReported() throws Exception {
        faults.on("splice").onCall(2).fail(Errno.EPIPE);
        faults.on("read").fail(dev.hawser.posix.Errno.EIO);
        Relay relay = tcp();
        in.first().sendAll(Bytes.of("lost"));

        assertThatThrownBy(relay::copy)
                .isInstanceOf(SocketFailedException.class)
                .hasMessageContaining("4 bytes in a pipe")
                .hasMessageContaining("EIO");
    }

    @Test
    void oneThreadCopiesAtATime() throws Exception {
        Relay relay = tcp();
        Tasks<Long> copying = Tasks.start(relay::copy).awaitParked();

        assertThatThrownBy(relay::copy).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(relay::takePending).isInstanceOf(IllegalStateException.class);
        in.first().shutdown(SHUT_WR);
        assertThat(copying.result()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP4", "SOCKET_PAIR"})
    void onlyStreamsAreRelayed(StreamKind kind) throws Exception {
        Socket stream = kind.connect(scope).first();
        Socket datagrams = scope.socket(AF_INET, SOCK_DGRAM);

        assertThatThrownBy(() -> new Relay(stream, datagrams))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a relay is for stream sockets, not for udp");
        assertThatThrownBy(() -> new Relay(datagrams, stream)).isInstanceOf(IllegalArgumentException.class);
    }
}
