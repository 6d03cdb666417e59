package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.MSG_WAITALL;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** MSG_ZEROCOPY and its completions. */
@Timeout(30)
class ZeroCopyTest {

    private static final Duration LONG = Duration.ofSeconds(15);

    @AutoClose
    final Scope scope = new Scope();

    private final MemorySegment memory = Arena.ofAuto().allocate(50_000).fill((byte) 5);

    private static ZeroCopy of(Socket socket) throws IOException {
        try {
            return new ZeroCopy(socket);
        } catch (SocketFailedException e) {
            return abort("no MSG_ZEROCOPY here: " + e.getMessage());
        }
    }

    @Test
    void eachSendIsCompleted() throws IOException {
        SocketPair pair = scope.tcp();
        ZeroCopy zeroCopy = of(pair.first());
        assertThat(zeroCopy.isComplete(0)).isFalse();
        for (int i = 0; i < 5; i++) {
            ZeroCopy.Sent sent = zeroCopy.send(memory, 0);
            assertThat(sent.number()).isEqualTo(i);
            assertThat(pair.second().recv(sent.count(), MSG_WAITALL))
                    .hasSize(sent.count())
                    .containsOnly(5);
        }
        long seen = -1;
        while (seen < 4) {
            ZeroCopy.Completion completion = zeroCopy.awaitNext(LONG);
            assertThat(completion.first()).isEqualTo(seen + 1);
            assertThat(completion.copied()).as("the loopback copies").isTrue();
            seen = completion.last();
        }
        assertThat(zeroCopy.pending()).isZero();
        assertThat(zeroCopy.isComplete(4)).isTrue();
        assertThat(zeroCopy.isComplete(5)).isFalse();
        assertThrowsExactly(WouldBlockException.class, () -> zeroCopy.awaitNext(Duration.ZERO));
        assertThrowsExactly(TimedOutException.class, () -> zeroCopy.awaitNext(Duration.ofMillis(20)));
        zeroCopy.await(4, Duration.ZERO);
        assertThrowsExactly(IllegalArgumentException.class, () -> zeroCopy.await(5, Duration.ZERO));
    }

    @Test
    void datagramsAreCompletedToo() throws IOException {
        Socket receiver = scope.bound(SOCK_DGRAM, Scope.loopback4());
        Socket sender = scope.socket(AF_INET, SOCK_DGRAM);
        sender.connect(receiver.getSockName());
        ZeroCopy zeroCopy = of(sender);
        ZeroCopy.Sent sent = zeroCopy.send(memory.asSlice(0, 1000), 0);
        assertThat(receiver.recv(2000)).hasSize(1000);
        zeroCopy.await(sent.number(), LONG);
        assertThat(zeroCopy.isComplete(sent.number())).isTrue();
    }

    @Test
    void aSocketThatReceivesNoMoreStillCompletes() throws IOException {
        Socket receiver = scope.bound(SOCK_DGRAM, Scope.loopback4());
        Socket sender = scope.socket(AF_INET, SOCK_DGRAM);
        sender.connect(receiver.getSockName());
        ZeroCopy zeroCopy = of(sender);
        sender.shutdown(Constants.SHUT_RD);
        assertThrowsExactly(TimedOutException.class, () -> zeroCopy.awaitNext(Duration.ofMillis(20)));
        zeroCopy.await(zeroCopy.send(memory.asSlice(0, 1000), 0).number(), LONG);
    }

    /** Of memory that is freed, the kernel would send whatever comes to lie there next. */
    @Test
    void memoryThatNobodyElseKnowsIsKeptUntilItIsSent() throws IOException {
        SocketPair pair = scope.tcp();
        ZeroCopy zeroCopy = of(pair.first());
        WeakReference<MemorySegment> known = sendAndForget(zeroCopy);
        System.gc();
        assertThat(known.get()).isNotNull();
        zeroCopy.await(0, LONG);
        assertThat(zeroCopy.pending()).isZero();
    }

    private static WeakReference<MemorySegment> sendAndForget(ZeroCopy zeroCopy) throws IOException {
        MemorySegment unknown = Arena.ofAuto().allocate(10_000);
        zeroCopy.send(unknown, 0);
        return new WeakReference<>(unknown);
    }

    /** The peer reads nothing, so nothing is complete; readers and writers go on meanwhile. */
    @Test
    void whoWaitsHoldsUpNobodyAndIsWokenByClose() throws Exception {
        SocketPair pair = scope.tcp();
        ZeroCopy zeroCopy = of(pair.first());
        Tasks<ZeroCopy.Completion> waiting =
                Tasks.start(() -> zeroCopy.awaitNext(null)).awaitParked();
        Tasks<byte[]> reading = Tasks.start(() -> pair.first().recv(10)).awaitParked();
        pair.first().sendAll(Bytes.of("out"));
        assertThat(pair.second().recv(3, MSG_WAITALL)).isEqualTo(Bytes.of("out"));
        pair.second().sendAll(Bytes.of("in"));
        assertThat(reading.result()).isEqualTo(Bytes.of("in"));

        pair.first().close();
        assertThrowsExactly(SocketClosedException.class, waiting::result);
        assertThrowsExactly(SocketClosedException.class, () -> zeroCopy.awaitNext(null));
    }

    @Test
    void aCompletionWakesWhoWaits() throws Exception {
        SocketPair pair = scope.tcp();
        ZeroCopy zeroCopy = of(pair.first());
        Tasks<ZeroCopy.Completion> waiting =
                Tasks.start(() -> zeroCopy.awaitNext(LONG)).awaitParked();
        ZeroCopy.Sent sent = zeroCopy.send(memory, 0);
        pair.second().recv(sent.count(), MSG_WAITALL);
        assertThat(waiting.result().first()).isZero();
    }

    @Test
    void aSendThatFailedHasNoNumber() throws IOException {
        SocketPair pair = scope.tcp();
        ZeroCopy zeroCopy = of(pair.first());
        pair.first().shutdown(Constants.SHUT_WR);
        assertThrowsExactly(SocketFailedException.class, () -> zeroCopy.send(memory, 0));
        assertThat(zeroCopy.pending()).isZero();
        assertThat(zeroCopy.isComplete(0)).isFalse();
    }

    @Test
    void memoryThatMayMoveIsRefused() throws IOException {
        ZeroCopy zeroCopy = of(scope.tcp().first());
        MemorySegment heap = MemorySegment.ofArray(new byte[10]);
        assertThrowsExactly(IllegalArgumentException.class, () -> zeroCopy.send(heap, 0));
        assertThrowsExactly(IllegalArgumentException.class, () -> zeroCopy.send(memory.asSlice(0, 0), 0));
    }

    @Test
    void aSocketThatCannotSaysSo() throws IOException {
        Socket unix = scope.socket(AF_UNIX, SOCK_DGRAM);
        assertThrowsExactly(IllegalArgumentException.class, () -> new ZeroCopy(unix));
    }
}
