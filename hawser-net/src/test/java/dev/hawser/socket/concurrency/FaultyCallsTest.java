package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hawser.posix.Errno;
import dev.hawser.socket.ConnectionBrokenException;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.SocketFailedException;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.concurrency.WaitingCall.Waiting;
import dev.hawser.testkit.Faults;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultyCallsTest {

    private static final String[] CALLS = {
        "recv", "recvFrom", "recvMsg", "recvMmsg", "send", "sendTo", "sendMsg", "sendMmsg", "accept4", "connect"
    };

    @AutoClose
    private final Faults faults = Faults.install();

    @AutoClose
    private final Opened opened = new Opened();

    @ParameterizedTest
    @MethodSource("dev.hawser.socket.concurrency.WaitingCall#onEachKindOfThread")
    void aSignalIsNoReasonToFailOrToStopWaiting(WaitingCall kind, ThreadKind waiter) throws Exception {
        Waiting waiting = kind.prepare(opened);
        faults.on(CALLS).times(5).fail(Errno.EINTR);
        faults.on("epollWait").times(20).fail(Errno.EINTR);
        InThread<Object> call = InThread.start(waiter, waiting.call()).awaitParked();
        waiting.release().run();
        assertThat(call.result()).as(faults.toString()).isEqualTo(waiting.result());
    }

    @ParameterizedTest
    @MethodSource("dev.hawser.socket.concurrency.WaitingCall#onEachKindOfThread")
    void afterAFalseEagainTheCallIsMadeAgain(WaitingCall kind, ThreadKind waiter) throws Exception {
        Waiting waiting = kind.prepare(opened);
        waiting.release().run();
        faults.on(CALLS).times(5).fail(Errno.EAGAIN);
        assertThat(InThread.start(waiter, waiting.call()).result())
                .as(faults.toString())
                .isEqualTo(waiting.result());
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM})
    void aConnectionThatCouldNotBeAcceptedStaysInTheQueue(int errno) throws Exception {
        Socket listener = opened.listener(SOCK_STREAM, Opened.loopback(), 1);
        Socket client = opened.socket(AF_INET, SOCK_STREAM);
        client.connect(listener.getSockName());
        faults.on("accept4").times(2).fail(errno);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(listener::accept)
                    .isInstanceOfSatisfying(
                            SocketFailedException.class,
                            e -> assertThat(e.errno()).isEqualTo(errno));
        }
        Socket accepted = opened.add(listener.accept().socket());
        assertThat(accepted.getPeerName()).isEqualTo(client.getSockName());
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatBrokeInTheQueueIsPassedOver(ThreadKind kind) throws Exception {
        Socket listener = opened.listener(SOCK_STREAM, Opened.loopback(), 1);
        faults.on("accept4").every(2).fail(Errno.ECONNABORTED);
        InThread<Socket> accepting = InThread.start(
                        kind, () -> opened.add(listener.accept().socket()))
                .awaitParked();
        Socket client = opened.socket(AF_INET, SOCK_STREAM);
        client.connect(listener.getSockName());
        assertThat(accepting.result().getPeerName()).isEqualTo(client.getSockName());
        assertThat(faults.count("accept4")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EPIPE, Errno.ECONNRESET, Errno.ETIMEDOUT})
    void aBrokenConnectionTellsItsErrno(int errno) throws Exception {
        SocketPair pair = opened.tcp();
        faults.on("send", "recv").fail(errno);
        for (ThrowingCallable call : new ThrowingCallable[] {
            () -> pair.first().send(new byte[1]),
            () -> pair.first().sendAll(new byte[1]),
            () -> pair.first().recv(1)
        }) {
            assertThat(catchThrowable(call))
                    .isInstanceOf(ConnectionBrokenException.class)
                    .isInstanceOfSatisfying(
                            SocketError.class, e -> assertThat(e.errno()).isEqualTo(errno));
        }
    }

    @Test
    void theNextDatagramGoesOutAfterEnobufs() throws Exception {
        SocketPair pair = opened.pair(SOCK_DGRAM);
        faults.on("send").onCall(1).fail(Errno.ENOBUFS);
        assertThatThrownBy(() -> pair.first().send(new byte[] {1}))
                .isInstanceOfSatisfying(
                        SocketFailedException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOBUFS));
        pair.first().send(new byte[] {2});
        assertThat(pair.second().recv(10)).containsExactly(2);
    }

    /** ENOSPC: /proc/sys/fs/epoll/max_user_watches. */
    @ParameterizedTest
    @EnumSource
    void aWaitThatCannotBeginFailsAndMayBeTriedAgain(ThreadKind kind) throws Exception {
        SocketPair pair = opened.pair(SOCK_STREAM);
        faults.on("epollControl").onCall(1).fail(Errno.ENOSPC);
        assertThat(InThread.start(kind, () -> pair.first().recv(1)).failure())
                .isInstanceOfSatisfying(
                        SocketFailedException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOSPC));
        InThread<byte[]> again =
                InThread.start(kind, () -> pair.first().recv(1)).awaitParked();
        pair.second().sendAll(new byte[] {3});
        assertThat(again.result()).containsExactly(3);
    }

    @Test
    void sendAllGoesOnAfterShortWrites() throws Exception {
        SocketPair pair = opened.tcp();
        faults.on("send").shortTo(7);
        byte[] message = new byte[5000];
        new Random(1).nextBytes(message);
        pair.first().sendAll(message);
        faults.clear();
        pair.first().close();
        byte[] received = new byte[message.length];
        for (int n = 0; n < received.length; ) {
            n += pair.second().recvInto(received, n, received.length - n, 0);
        }
        assertThat(received).isEqualTo(message);
        assertThat(faults.count("send")).isGreaterThan(700);
    }
}
