package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.MSG_WAITALL;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.concurrency.WaitingCall.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CloseWakesWaitersTest {

    @AutoClose
    private final Opened opened = new Opened();

    @ParameterizedTest
    @MethodSource("dev.hawser.socket.concurrency.WaitingCall#onEachKindOfThread")
    void closeEndsEveryKindOfWait(WaitingCall kind, ThreadKind waiter) throws Exception {
        Waiting waiting = kind.prepare(opened);
        InThread<Object> call = InThread.start(waiter, waiting.call()).awaitParked();
        waiting.owner().close();
        assertThat(call.failure()).isInstanceOf(SocketClosedException.class);
        assertThat(call.interruptedAtEnd()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("dev.hawser.socket.concurrency.WaitingCall#onEachKindOfThread")
    void closeByAVirtualThreadEndsEveryKindOfWait(WaitingCall kind, ThreadKind waiter) throws Exception {
        Waiting waiting = kind.prepare(opened);
        InThread<Object> call = InThread.start(waiter, waiting.call()).awaitParked();
        InThread<Object> closer = InThread.start(ThreadKind.VIRTUAL, () -> {
            waiting.owner().close();
            return "closed";
        });
        assertThat(call.failure()).isInstanceOf(SocketClosedException.class);
        assertThat(closer.result()).isEqualTo("closed");
    }

    @ParameterizedTest
    @EnumSource
    void closeWakesAllWhoQueueBehindOneReader(ThreadKind closer) throws Exception {
        SocketPair pair = opened.tcp();
        List<InThread<byte[]>> readers = new ArrayList<>();
        readers.add(
                InThread.start(ThreadKind.VIRTUAL, () -> pair.first().recv(1)).awaitParked());
        for (int i = 0; i < 20; i++) {
            readers.add(
                    InThread.start(ThreadKind.of(i), () -> pair.first().recv(1)).awaitQueued());
        }
        InThread<Object> close = InThread.start(closer, () -> {
            pair.first().close();
            return pair.first().fileno();
        });
        for (InThread<byte[]> reader : readers) {
            assertThat(reader.failure()).isInstanceOf(SocketClosedException.class);
        }
        assertThat(close.result()).isEqualTo(-1);
    }

    @Test
    void closeWakesReaderAndWriterOfOneSocket() throws Exception {
        SocketPair pair = opened.pair(SOCK_STREAM);
        InThread<byte[]> reader =
                InThread.start(ThreadKind.PLATFORM, () -> pair.first().recv(1)).awaitParked();
        InThread<String> writer = InThread.start(ThreadKind.VIRTUAL, () -> {
                    pair.first().sendAll(new byte[8 * 1024 * 1024]);
                    return "sent";
                })
                .awaitParked();
        pair.first().close();
        assertThat(reader.failure()).isInstanceOf(SocketClosedException.class);
        assertThat(writer.failure()).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void ofTwoWhoCloseAtOnceNeitherFails() throws Exception {
        for (int i = 0; i < 500; i++) {
            Socket socket = opened.pair(SOCK_STREAM).first();
            InThread<byte[]> reader = InThread.start(ThreadKind.of(i), () -> socket.recv(1));
            CountDownLatch start = new CountDownLatch(1);
            List<InThread<Object>> closers = new ArrayList<>();
            for (ThreadKind kind : ThreadKind.values()) {
                closers.add(InThread.start(kind, () -> {
                    start.await();
                    socket.close();
                    return socket.isClosed();
                }));
            }
            start.countDown();
            for (InThread<Object> closer : closers) {
                assertThat(closer.result()).isEqualTo(true);
            }
            assertThat(reader.failure()).isInstanceOf(SocketClosedException.class);
            opened.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aThreadMayBeWokenByItsOwnChild(ThreadKind kind) throws Exception {
        Socket socket = opened.tcp().first();
        InThread<byte[]> parent = InThread.start(kind, () -> {
            Thread me = Thread.currentThread();
            InThread.start(kind, () -> {
                Await.until("the parent waits", () -> me.getState() == Thread.State.WAITING);
                socket.close();
                return "closed";
            });
            return socket.recv(1);
        });
        assertThat(parent.failure()).isInstanceOf(SocketClosedException.class);
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedThreadClosesAllTheSame(ThreadKind kind) throws Exception {
        Socket socket = opened.tcp().first();
        InThread<byte[]> reader =
                InThread.start(ThreadKind.PLATFORM, () -> socket.recv(1)).awaitParked();
        InThread<Object> closer = InThread.start(kind, () -> {
            Thread.currentThread().interrupt();
            socket.close();
            return socket.fileno();
        });
        assertThat(closer.result()).isEqualTo(-1);
        assertThat(closer.interruptedAtEnd()).isTrue();
        assertThat(reader.failure()).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void whatCameBeforeTheCloseIsReturnedByAnUnfinishedRecvAll() throws Exception {
        SocketPair pair = opened.tcp();
        InThread<byte[]> reader =
                InThread.start(ThreadKind.VIRTUAL, () -> pair.first().recv(10, MSG_WAITALL));
        pair.second().sendAll(new byte[] {1, 2, 3});
        reader.awaitParked();
        Await.until("all received", () -> SocketQueues.isEmpty(pair.first()));
        reader.awaitParked();
        pair.first().close();
        assertThat(reader.result()).containsExactly(1, 2, 3);
    }

    @Test
    void aCloseAtAnyMomentOfACallEndsIt() throws Exception {
        for (int i = 0; i < 2000; i++) {
            SocketPair pair = opened.pair(SOCK_STREAM);
            int moment = i % 400;
            InThread<byte[]> reader =
                    InThread.start(ThreadKind.of(i), () -> pair.first().recv(1));
            for (int spin = 0; spin < moment * 50; spin++) {
                Thread.onSpinWait();
            }
            pair.first().close();
            assertThat(reader.failure()).isInstanceOf(SocketClosedException.class);
            opened.close();
        }
    }
}
