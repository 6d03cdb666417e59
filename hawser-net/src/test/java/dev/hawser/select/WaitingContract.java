package dev.hawser.select;

import static dev.hawser.select.Selector.EVENT_READ;
import static dev.hawser.select.Selector.EVENT_WRITE;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.posix.Errno;
import dev.hawser.socket.Scope;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketFailedException;
import dev.hawser.socket.SocketInterruptedException;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.socket.concurrency.InThread;
import dev.hawser.socket.concurrency.Recorded;
import dev.hawser.socket.concurrency.ThreadKind;
import dev.hawser.testkit.Faults;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a select returns, and who may end it. */
@Timeout(30)
abstract class WaitingContract {

    private static final String[] WAITS = {"epollWait", "poll", "select"};
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(40);

    private final Backend backend;

    @AutoClose
    private final Faults faults = Faults.install();

    @AutoClose
    private final Scope scope = new Scope();

    private Selector selector;
    private Socket reader;
    private Socket writer;

    WaitingContract(Backend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void open() throws IOException {
        selector = scope.add(backend.open());
        SocketPair pair = scope.pair(SOCK_STREAM);
        reader = pair.first();
        writer = pair.second();
        selector.register(reader, EVENT_READ, "reader");
    }

    private void send() throws IOException {
        writer.sendAll(new byte[] {1});
    }

    private ReadyKey readerIsReady() {
        return new ReadyKey(selector.getKey(reader), EVENT_READ);
    }

    private Tasks<List<ReadyKey>> selecting(Duration timeout) {
        return Tasks.start(() -> selector.select(timeout)).awaitWaiting();
    }

    @Test
    void tellsWhatIsReadyAndNothingElse() throws IOException {
        SelectorKey key = selector.register(writer, EVENT_WRITE);
        assertThat(selector.select(null)).containsExactly(new ReadyKey(key, EVENT_WRITE));
    }

    @Test
    void whatIsNotDealtWithIsToldAgain() throws IOException {
        send();
        for (int i = 0; i < 3; i++) {
            assertThat(selector.select(LONG)).containsExactly(readerIsReady());
        }
        reader.recv(10);
        assertThat(selector.select(Duration.ZERO)).isEmpty();
    }

    @Test
    void zeroDoesNotWait() throws IOException {
        assertThat(selector.select(Duration.ZERO)).isEmpty();
        send();
        assertThat(selector.select(Duration.ZERO)).containsExactly(readerIsReady());
        selector.unregister(reader);
        assertThat(selector.select(Duration.ZERO)).isEmpty();
    }

    @Test
    void aNegativeTimeoutIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> selector.select(Duration.ofMillis(-1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 300_000, 1_000_000, 1_500_000, 7_300_000, 40_000_000})
    void aTimeoutIsNeverCutShort(long nanos) throws IOException {
        long start = System.nanoTime();
        assertThat(selector.select(Duration.ofNanos(nanos))).isEmpty();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(nanos);
    }

    /** One try in many, as the machine has other things to do. */
    @ParameterizedTest
    @ValueSource(longs = {200_000, 1_200_000})
    void aShortTimeoutIsNotRoundedUpToMilliseconds(long nanos) {
        eventually().until(() -> {
            long start = System.nanoTime();
            selector.select(Duration.ofNanos(nanos));
            return System.nanoTime() - start < nanos + 600_000;
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000, 900_000, 3_700_000})
    void aShortTimeoutIsNoBusyLoop(long nanos) throws IOException {
        try (CountedCalls calls = new CountedCalls();
                Selector counted = backend.open()) {
            assertThat(counted.select(Duration.ofNanos(nanos))).isEmpty();
            // A look, a wait, and for epoll another wait for what is less than a millisecond.
            assertThat(calls.timeouts()).hasSizeLessThan(6);
        }
    }

    @Test
    void withNothingRegisteredATimeoutIsWaitedForAllTheSame() throws IOException {
        selector.unregister(reader);
        long start = System.nanoTime();
        assertThat(selector.select(SHORT)).isEmpty();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    @Test
    void whatComesEndsTheWait() throws Exception {
        for (Duration timeout : new Duration[] {null, LONG}) {
            Tasks<List<ReadyKey>> waiting = selecting(timeout);
            send();
            assertThat(waiting.result()).containsExactly(readerIsReady());
            reader.recv(10);
        }
    }

    @Test
    void wakeUpEndsTheWait() throws Exception {
        for (int i = 0; i < 100; i++) {
            Tasks<List<ReadyKey>> waiting = selecting(null);
            selector.wakeUp();
            assertThat(waiting.result()).isEmpty();
        }
        assertThat(selector.select(SHORT)).isEmpty();
    }

    @Test
    void manyWakeUpsBeforeASelectEndThatOneAlone() throws IOException {
        for (int i = 0; i < 100; i++) {
            selector.wakeUp();
        }
        assertThat(selector.select(null)).isEmpty();
        long start = System.nanoTime();
        assertThat(selector.select(SHORT)).isEmpty();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    @Test
    void aWakeUpWaitsForTheSelectThatWouldWait() throws IOException {
        selector.wakeUp();
        send();
        assertThat(selector.select(LONG)).containsExactly(readerIsReady());
        reader.recv(10);
        assertThat(selector.select(Duration.ZERO)).isEmpty();
        assertThat(selector.select(null)).isEmpty();
    }

    @Test
    void wakeUpsWhileItSelectsAreNeverLost() throws Exception {
        int rounds = 3000;
        Tasks<Integer> loop = Tasks.start(() -> {
                    int turns = 0;
                    while (selector.getMap().size() > 0) {
                        selector.select(null);
                        turns++;
                    }
                    return turns;
                })
                .awaitWaiting();
        for (int i = 0; i < rounds; i++) {
            selector.wakeUp();
        }
        selector.unregister(reader);
        selector.wakeUp();
        assertThat(loop.result()).isPositive();
    }

    @Test
    void closeEndsTheWait() throws Exception {
        Tasks<List<ReadyKey>> waiting = selecting(null);
        selector.close();
        assertThatThrownBy(waiting::result).isInstanceOf(ClosedSelectorException.class);
    }

    @Test
    void closeEndsTheWaitOfThoseWhoseTurnItIsNot() throws Exception {
        Tasks<List<ReadyKey>> first = selecting(null);
        Tasks<List<ReadyKey>> second = selecting(LONG);
        selector.close();
        assertThatThrownBy(first::result).isInstanceOf(ClosedSelectorException.class);
        assertThatThrownBy(second::result).isInstanceOf(ClosedSelectorException.class);
    }

    @Test
    void closeAtAnyMomentEndsTheSelect() throws Exception {
        for (int i = 0; i < 300; i++) {
            Selector closing = backend.open();
            Tasks<List<ReadyKey>> waiting = Tasks.start(() -> closing.select(null));
            for (int spin = 0; spin < i * 20; spin++) {
                Thread.onSpinWait();
            }
            closing.close();
            assertThatThrownBy(waiting::result).isInstanceOf(ClosedSelectorException.class);
        }
    }

    @Test
    void aSecondThreadWaitsForItsTurn() throws Exception {
        Tasks<List<ReadyKey>> first = selecting(null);
        Tasks<List<ReadyKey>> second = selecting(null);
        send();
        assertThat(first.result()).containsExactly(readerIsReady());
        assertThat(second.result()).containsExactly(readerIsReady());
    }

    @Test
    void aSecondThreadWaitsNoLongerThanItsTimeout() throws Exception {
        Tasks<List<ReadyKey>> first = selecting(null);
        assertThat(selector.select(Duration.ZERO)).isEmpty();
        long start = System.nanoTime();
        assertThat(selector.select(SHORT)).isEmpty();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
        selector.wakeUp();
        assertThat(first.result()).isEmpty();
    }

    @Test
    void whoeverDoesNotWaitForItsTurnIsNotInterruptedEither() throws Exception {
        Tasks<List<ReadyKey>> first = selecting(null);
        Tasks<List<ReadyKey>> looking = Tasks.start(() -> {
            Thread.currentThread().interrupt();
            return selector.select(Duration.ZERO);
        });
        assertThat(looking.result()).isEmpty();
        selector.wakeUp();
        assertThat(first.result()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void threadsOfBothKindsWorkOnOneSelector(ThreadKind kind) throws Exception {
        ThreadKind other = kind == ThreadKind.VIRTUAL ? ThreadKind.PLATFORM : ThreadKind.VIRTUAL;
        for (int i = 0; i < 50; i++) {
            InThread<List<ReadyKey>> waiting = InThread.start(kind, () -> selector.select(null));
            SelectorKey key =
                    InThread.start(other, this::registerAndCloseAndModify).result();
            assertThat(waiting.result()).containsExactly(new ReadyKey(key, EVENT_WRITE));
            selector.unregister(writer);
        }
    }

    private SelectorKey registerAndCloseAndModify() throws IOException {
        selector.register(writer, EVENT_READ);
        try (SocketPair closed = Sockets.socketPair()) {
            selector.register(closed.first(), EVENT_READ);
            closed.first().close();
        }
        return selector.modify(writer, EVENT_WRITE, "changed");
    }

    @Test
    void registerTakesEffectOnASelectThatWaits() throws Exception {
        Tasks<List<ReadyKey>> waiting = selecting(null);
        SelectorKey key = selector.register(writer, EVENT_WRITE);
        assertThat(waiting.result()).containsExactly(new ReadyKey(key, EVENT_WRITE));
    }

    @Test
    void modifyTakesEffectOnASelectThatWaits() throws Exception {
        Tasks<List<ReadyKey>> waiting = selecting(null);
        SelectorKey key = selector.modify(reader, EVENT_WRITE, "changed");
        assertThat(waiting.result()).containsExactly(new ReadyKey(key, EVENT_WRITE));
    }

    @Test
    void unregisterTakesEffectOnASelectThatWaits() throws Exception {
        Tasks<List<ReadyKey>> waiting = selecting(null);
        selector.unregister(reader);
        send();
        SelectorKey key = selector.register(writer, EVENT_WRITE);
        assertThat(waiting.result()).containsExactly(new ReadyKey(key, EVENT_WRITE));
    }

    @Test
    void aSignalIsNoReasonToReturnEarly() throws IOException {
        selector.select(Duration.ZERO);
        faults.on(WAITS).times(4).fail(Errno.EINTR);
        long start = System.nanoTime();
        assertThat(selector.select(SHORT)).isEmpty();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(faults.count("epollWait") + faults.count("poll") + faults.count("select"))
                .isEqualTo(4);
        faults.on(WAITS).times(4).fail(Errno.EINTR);
        send();
        assertThat(selector.select(null)).containsExactly(readerIsReady());
        faults.on(WAITS).times(4).fail(Errno.EINTR);
        assertThat(selector.select(Duration.ZERO)).containsExactly(readerIsReady());
    }

    @Test
    void whatTheKernelRefusesIsTold() throws IOException {
        selector.select(Duration.ZERO);
        faults.on(WAITS).times(1).fail(Errno.ENOMEM);
        assertThatThrownBy(() -> selector.select(LONG)).isInstanceOfSatisfying(SocketFailedException.class, e -> {
            assertThat(e.errno()).isEqualTo(Errno.ENOMEM);
            assertThat(e.operation()).isEqualTo("select");
            assertThat(e.systemCall()).isIn("epoll_wait", "poll", "select");
        });
        send();
        assertThat(selector.select(LONG)).containsExactly(readerIsReady());
    }

    @Test
    void anInterruptedThreadDoesNotBeginToWait() throws Exception {
        Tasks<Boolean> interrupted = Tasks.start(() -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> selector.select(null)).isInstanceOf(SocketInterruptedException.class);
            return Thread.currentThread().isInterrupted();
        });
        assertThat(interrupted.result()).isTrue();
    }

    @Test
    void anInterruptedThreadIsToldWhatIsReady() throws Exception {
        send();
        Tasks<List<ReadyKey>> interrupted = Tasks.start(() -> {
            Thread.currentThread().interrupt();
            return selector.select(null);
        });
        assertThat(interrupted.result()).containsExactly(readerIsReady());
    }

    @Test
    void anInterruptEndsTheWaitOfAVirtualThread() throws Exception {
        Tasks<List<ReadyKey>> waiting = selecting(null);
        waiting.interrupt();
        if (Thread.currentThread().isVirtual()) {
            assertThatThrownBy(waiting::result).isInstanceOf(SocketInterruptedException.class);
        } else {
            selector.wakeUp();
            assertThat(waiting.result()).isEmpty();
        }
        send();
        assertThat(selector.select(LONG)).containsExactly(readerIsReady());
    }

    @Test
    void anInterruptEndsTheWaitForOnesTurn() throws Exception {
        Tasks<List<ReadyKey>> first = selecting(null);
        Tasks<List<ReadyKey>> second = selecting(null);
        second.interrupt();
        assertThatThrownBy(second::result).isInstanceOf(SocketInterruptedException.class);
        selector.wakeUp();
        assertThat(first.result()).isEmpty();
    }

    @Test
    void aVirtualThreadThatWaitsLeavesItsCarrier() throws Exception {
        waitInEveryWay(); // the first call of each kind initializes classes, and that pins
        assertThat(Recorded.pinnedDuring(this::waitInEveryWay)).isEmpty();
    }

    private void waitInEveryWay() throws Exception {
        Tasks<List<ReadyKey>> first = selecting(null);
        Tasks<List<ReadyKey>> itsTurnIsNext = selecting(null);
        selector.wakeUp();
        assertThat(first.result()).isEmpty();
        send();
        assertThat(itsTurnIsNext.result()).containsExactly(readerIsReady());
        reader.recv(10);
        Tasks<List<ReadyKey>> untilTheTimeIsUp = selecting(SHORT);
        assertThat(untilTheTimeIsUp.result()).isEmpty();
        Tasks<List<ReadyKey>> whileAnotherIsClosed = selecting(LONG);
        SocketPair other = scope.pair(SOCK_STREAM);
        selector.register(other.first(), EVENT_READ);
        Tasks.run(other.first()::close).result();
        selector.wakeUp();
        assertThat(whileAnotherIsClosed.result()).isEmpty();
    }
}
