package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hawser.socket.SocketInterruptedException;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.concurrency.WaitingCall.Waiting;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class InterruptEndsWaitsTest {

    private static final int MEGABYTES_8 = 8 * 1024 * 1024;

    @AutoClose
    private final Opened opened = new Opened();

    @ParameterizedTest
    @MethodSource("dev.hawser.socket.concurrency.WaitingCall#onEachKindOfThread")
    void interruptEndsEveryKindOfWaitAndLeavesTheSocketUsable(WaitingCall kind, ThreadKind waiter) throws Exception {
        Waiting waiting = kind.prepare(opened);
        InThread<Object> call = InThread.start(waiter, waiting.call()).awaitParked();
        call.interrupt();
        assertThat(call.failure()).isInstanceOf(SocketInterruptedException.class);
        assertThat(call.interruptedAtEnd()).isTrue();

        InThread<Object> again = InThread.start(waiter, waiting.call()).awaitParked();
        waiting.release().run();
        assertThat(again.result()).isEqualTo(waiting.result());
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedThreadDoesNotBeginToWait(ThreadKind kind) throws Exception {
        SocketPair pair = opened.tcp();
        InThread<byte[]> call = InThread.start(kind, () -> {
            Thread.currentThread().interrupt();
            return pair.first().recv(1);
        });
        assertThat(call.failure()).isInstanceOf(SocketInterruptedException.class);
        assertThat(call.interruptedAtEnd()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptDoesNotDisturbACallThatNeedNotWait(ThreadKind kind) throws Exception {
        SocketPair pair = opened.tcp();
        pair.second().sendAll(new byte[] {1, 2, 3});
        SocketQueues.awaitLength(pair.first(), 3);
        InThread<byte[]> call = InThread.start(kind, () -> {
            Thread.currentThread().interrupt();
            pair.first().sendAll(new byte[] {4});
            return pair.first().recv(10);
        });
        assertThat(call.result()).containsExactly(1, 2, 3);
        assertThat(call.interruptedAtEnd()).isTrue();
    }

    /** After a read that took all there was, the next one expects to wait: it need not, where more has come. */
    @ParameterizedTest
    @EnumSource
    void anInterruptDoesNotHideWhatCameAfterAShortRead(ThreadKind kind) throws Exception {
        for (int i = 0; i < 50; i++) {
            SocketPair pair = opened.tcp();
            pair.second().sendAll(new byte[] {1, 2, 3});
            SocketQueues.awaitLength(pair.first(), 3);
            assertThat(pair.first().recv(10)).containsExactly(1, 2, 3);
            pair.second().sendAll(new byte[] {4, 5});
            SocketQueues.awaitLength(pair.first(), 2);
            InThread<byte[]> call = InThread.start(kind, () -> {
                Thread.currentThread().interrupt();
                return pair.first().recv(10);
            });
            assertThat(call.result()).containsExactly(4, 5);
            assertThat(call.interruptedAtEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptEndsTheWaitForAnotherReaderAndLeavesThatOneAlone(ThreadKind kind) throws Exception {
        SocketPair pair = opened.pair(SOCK_STREAM);
        InThread<byte[]> first =
                InThread.start(kind, () -> pair.first().recv(1)).awaitParked();
        InThread<byte[]> second =
                InThread.start(kind, () -> pair.first().recv(1)).awaitQueued();
        InThread<byte[]> third =
                InThread.start(kind, () -> pair.first().recv(1)).awaitQueued();
        second.interrupt();
        assertThat(second.failure()).isInstanceOf(SocketInterruptedException.class);
        assertThat(second.interruptedAtEnd()).isTrue();
        pair.second().sendAll(new byte[] {1});
        assertThat(first.result()).containsExactly(1);
        pair.second().sendAll(new byte[] {2});
        assertThat(third.result()).containsExactly(2);
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedReaderLetsTheNextInTurnIn(ThreadKind kind) throws Exception {
        SocketPair pair = opened.tcp();
        InThread<byte[]> first =
                InThread.start(kind, () -> pair.first().recv(1)).awaitParked();
        InThread<byte[]> second =
                InThread.start(kind, () -> pair.first().recv(1)).awaitQueued();
        first.interrupt();
        assertThat(first.failure()).isInstanceOf(SocketInterruptedException.class);
        pair.second().sendAll(new byte[] {1});
        assertThat(second.result()).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedSendAllTellsHowMuchWasSent(ThreadKind kind) throws Exception {
        SocketPair pair = opened.tcp();
        InThread<Void> call = InThread.<Void>start(kind, () -> {
                    pair.first().sendAll(new byte[MEGABYTES_8]);
                    return null;
                })
                .awaitParked();
        call.interrupt();
        SocketInterruptedException failure = (SocketInterruptedException) call.failure();
        assertThat(failure.bytesTransferred).isPositive().isLessThan(MEGABYTES_8);
        Draining peer = opened.add(new Draining(pair.second()));
        pair.first().close();
        assertThat(peer.total()).isEqualTo(failure.bytesTransferred);
    }

    @Test
    void anInterruptAtAnyMomentLosesNoByte() throws Exception {
        SocketPair pair = opened.tcp();
        for (int i = 0; i < 2000; i++) {
            byte[] message = {(byte) i};
            int moment = i % 200;
            InThread<byte[]> reader =
                    InThread.start(ThreadKind.of(i), () -> pair.first().recv(10));
            InThread<Void> sender = InThread.start(ThreadKind.of(i / 2), () -> {
                pair.second().sendAll(message);
                return null;
            });
            for (int spin = 0; spin < moment * 50; spin++) {
                Thread.onSpinWait();
            }
            reader.interrupt();
            Throwable failure = catchThrowable(() -> assertThat(reader.result()).isEqualTo(message));
            if (failure != null) {
                assertThat(failure).isInstanceOf(SocketInterruptedException.class);
                assertThat(pair.first().recv(10)).isEqualTo(message);
            }
            sender.result();
        }
    }
}
