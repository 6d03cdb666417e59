package dev.hawser.select;

import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import dev.hawser.select.RawForm.Reading;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketFailedException;
import dev.hawser.socket.SocketInterruptedException;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.concurrency.Await;
import dev.hawser.socket.concurrency.InThread;
import dev.hawser.socket.concurrency.Opened;
import dev.hawser.socket.concurrency.Recorded;
import dev.hawser.socket.concurrency.ThreadKind;
import dev.hawser.testkit.Faults;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each of the raw forms promises of its waits, on both kinds of thread. */
@Timeout(60)
abstract class RawWaitContract {

    private static final byte[] HELLO = "hello".getBytes(US_ASCII);
    private static final Duration SHORT = Duration.ofMillis(30);

    private final RawForm form;

    @AutoClose
    private final Opened opened = new Opened();

    private final Socket reader;
    private final Socket writer;

    RawWaitContract(RawForm form) throws IOException {
        this.form = form;
        SocketPair pair = opened.pair(SOCK_STREAM);
        reader = pair.first();
        writer = pair.second();
    }

    private Reading reading() throws IOException {
        return opened.add(form.reading(List.of(reader)));
    }

    private static InThread<List<Integer>> parked(Reading reading, @Nullable Duration timeout) {
        return InThread.start(ThreadKind.VIRTUAL, () -> reading.await(timeout)).awaitParked();
    }

    /** A wait that has begun, in a thread of its own, of what was made with these calls. */
    private static InThread<List<Integer>> waiting(
            ThreadKind kind, Reading reading, @Nullable Duration timeout, CountedCalls calls) {
        if (kind == ThreadKind.VIRTUAL) {
            return parked(reading, timeout);
        }
        InThread<List<Integer>> waiting = InThread.start(kind, () -> reading.await(timeout));
        Await.until("waiting in the kernel", () -> !calls.waits().isEmpty());
        return waiting;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsReadyIsToldAtOnce(ThreadKind kind) throws Exception {
        writer.sendAll(HELLO);
        Reading reading = reading();
        for (Duration timeout : new Duration[] {Duration.ZERO, Duration.ofHours(1), null}) {
            assertThat(InThread.start(kind, () -> reading.await(timeout)).result())
                    .containsExactly(reader.fileno());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWaitEndsWhenThereIsSomething(ThreadKind kind) throws Exception {
        try (CountedCalls calls = new CountedCalls()) {
            for (Duration timeout : new Duration[] {Duration.ofHours(1), null}) {
                calls.timeouts().clear();
                InThread<List<Integer>> waiting = waiting(kind, reading(), timeout, calls);
                writer.sendAll(HELLO);
                assertThat(waiting.result()).containsExactly(reader.fileno());
                assertThat(reader.recv(100)).isEqualTo(HELLO);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theEndOfTheStreamIsSomething(ThreadKind kind) throws Exception {
        try (CountedCalls calls = new CountedCalls()) {
            InThread<List<Integer>> waiting = waiting(kind, reading(), null, calls);
            writer.close();
            assertThat(waiting.result()).containsExactly(reader.fileno());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPipeIsWaitedForAsASocketIs(ThreadKind kind) throws Exception {
        int[] pipe = new int[2];
        assertThat(SystemCalls.LIBC.pipe(MemorySegment.ofArray(pipe), Abi.value("O_CLOEXEC")))
                .isZero();
        try (CountedCalls calls = new CountedCalls();
                Reading reading = form.reading(List.of(Fd.of(pipe[0])))) {
            InThread<List<Integer>> waiting = waiting(kind, reading, null, calls);
            assertThat(SystemCalls.LIBC.write(pipe[1], MemorySegment.ofArray(HELLO)))
                    .isEqualTo(HELLO.length);
            assertThat(waiting.result()).containsExactly(pipe[0]);
            assertThat(SystemCalls.LIBC.read(pipe[0], MemorySegment.ofArray(new byte[100])))
                    .isEqualTo(HELLO.length);

            calls.timeouts().clear();
            InThread<List<Integer>> untilTheEnd = waiting(kind, reading, null, calls);
            SystemCalls.LIBC.close(pipe[1]);
            assertThat(untilTheEnd.result()).containsExactly(pipe[0]);
        } finally {
            SystemCalls.LIBC.close(pipe[0]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWaitEndsWhenTheTimeIsUpAndNotBefore(ThreadKind kind) throws Exception {
        Reading reading = reading();
        for (long micros : new long[] {1, 999, 1_001, 5_500, 30_000}) {
            long start = System.nanoTime();
            assertThat(InThread.start(kind, () -> reading.await(Duration.ofNanos(micros * 1000)))
                            .result())
                    .isEmpty();
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(micros * 1000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void zeroDoesNotWait(ThreadKind kind) throws Exception {
        try (CountedCalls calls = new CountedCalls()) {
            Reading reading = reading();
            assertThat(InThread.start(kind, () -> reading.await(Duration.ZERO)).result())
                    .isEmpty();
            assertThat(calls.timeouts()).containsExactly(0L);
        }
    }

    @Test
    void aNegativeTimeoutIsRefusedBeforeAnyCall() throws IOException {
        try (CountedCalls calls = new CountedCalls()) {
            Reading reading = reading();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> reading.await(Duration.ofNanos(-1)))
                    .withMessageContaining("negative")
                    .withMessageContaining("PT-0.000000001S");
            assertThat(calls.timeouts()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSignalIsNoEndAndTheTimeGoesOn(ThreadKind kind) throws Exception {
        try (CountedCalls calls = new CountedCalls()) {
            Reading reading = reading();
            calls.interrupt(7);
            long start = System.nanoTime();
            assertThat(InThread.start(kind, () -> reading.await(SHORT)).result())
                    .isEmpty();
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
            assertThat(calls.timeouts()).hasSizeGreaterThan(7);
            assertThat(calls.waits())
                    .allMatch(nanos -> nanos <= SHORT.toNanos())
                    .isSortedAccordingTo((a, b) -> Long.compare(b, a));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 100_000, 999_999, 1_000_001, 2_500_000})
    void aShortTimeoutIsNoBusyLoop(long nanos) throws Exception {
        for (ThreadKind kind : ThreadKind.values()) {
            try (CountedCalls calls = new CountedCalls()) {
                Reading reading = reading();
                assertThat(InThread.start(kind, () -> reading.await(Duration.ofNanos(nanos)))
                                .result())
                        .isEmpty();
                // A look, a wait, and for epoll another wait for what is less than a millisecond.
                assertThat(calls.timeouts()).as(kind.toString()).hasSizeLessThanOrEqualTo(5);
            }
        }
    }

    @Test
    void anInterruptEndsTheWaitOfAVirtualThread() throws Exception {
        Reading reading = reading();
        InThread<List<Integer>> waiting = parked(reading, null);
        waiting.interrupt();
        assertThat(waiting.failure())
                .asInstanceOf(type(SocketInterruptedException.class))
                .satisfies(e -> assertThat(e.operation()).isEqualTo(operation()))
                .satisfies(e -> assertThat(e).hasMessageContaining("interrupted while waiting"));
        assertThat(waiting.interruptedAtEnd()).isTrue();

        writer.sendAll(HELLO);
        assertThat(reading.await(Duration.ZERO)).as("it stays usable").containsExactly(reader.fileno());
    }

    @ParameterizedTest
    @EnumSource
    void whoeverIsInterruptedDoesNotBeginToWait(ThreadKind kind) throws Exception {
        Reading reading = reading();
        assertThat(interrupted(kind, reading, null).failure()).isInstanceOf(SocketInterruptedException.class);
        assertThat(interrupted(kind, reading, SHORT).failure()).isInstanceOf(SocketInterruptedException.class);

        assertThat(interrupted(kind, reading, Duration.ZERO).result()).isEmpty();
        writer.sendAll(HELLO);
        InThread<List<Integer>> looking = interrupted(kind, reading, null);
        assertThat(looking.result()).containsExactly(reader.fileno());
        assertThat(looking.interruptedAtEnd()).isTrue();
    }

    private static InThread<List<Integer>> interrupted(ThreadKind kind, Reading reading, @Nullable Duration timeout) {
        return InThread.start(kind, () -> {
            Thread.currentThread().interrupt();
            return reading.await(timeout);
        });
    }

    @Test
    void aWaitingVirtualThreadLeavesItsCarrier() throws Exception {
        waitAndRelease(); // the first call of each kind initializes classes, and that pins
        assertThat(Recorded.pinnedDuring(this::waitAndRelease)).isEmpty();
    }

    private void waitAndRelease() throws Exception {
        Reading reading = reading();
        InThread<List<Integer>> waiting = parked(reading, Duration.ofHours(1));
        writer.sendAll(HELLO);
        assertThat(waiting.result()).containsExactly(reader.fileno());
        assertThat(reader.recv(100)).isEqualTo(HELLO);
        InThread<List<Integer>> inVain = InThread.start(ThreadKind.VIRTUAL, () -> reading.await(SHORT));
        assertThat(inVain.result()).isEmpty();
    }

    @Test
    void manyVirtualThreadsWaitAtOnce() throws Exception {
        List<InThread<List<Integer>>> all = new ArrayList<>();
        List<SocketPair> pairs = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            SocketPair pair = opened.pair(SOCK_STREAM);
            Reading reading = opened.add(form.reading(List.of(pair.first())));
            all.add(InThread.start(ThreadKind.VIRTUAL, () -> reading.await(null)));
            pairs.add(pair);
        }
        for (InThread<List<Integer>> each : all) {
            each.awaitParked();
        }
        for (int i = 0; i < 200; i++) {
            pairs.get(i).second().sendAll(HELLO);
            assertThat(all.get(i).result()).containsExactly(pairs.get(i).first().fileno());
        }
    }

    @ParameterizedTest
    @EnumSource
    void tenThousandDescriptorsAreNotTooMany(ThreadKind kind) throws Exception {
        try (ManyDescriptors many = ManyDescriptors.open(10_000);
                CountedCalls calls = new CountedCalls();
                Reading reading = form.reading(many.files())) {
            assertThat(reading.await(Duration.ZERO)).isEmpty();
            InThread<List<Integer>> waiting = waiting(kind, reading, null, calls);

            many.makeReadable(9_999);
            assertThat(waiting.result()).containsExactly(many.files().get(9_999).fileno());

            many.makeReadable(5);
            assertThat(reading.await(null))
                    .containsExactlyInAnyOrder(
                            many.files().get(5).fileno(),
                            many.files().get(9_999).fileno());
        }
    }

    @ParameterizedTest
    @EnumSource
    void allThatIsReadyIsToldAtOnce(ThreadKind kind) throws Exception {
        try (ManyDescriptors many = ManyDescriptors.open(6_000);
                Reading reading = form.reading(many.files())) {
            IntStream.range(0, 6_000).forEach(many::makeReadable);
            assertThat(InThread.start(kind, () -> reading.await(null)).result()).hasSize(6_000);
        }
    }

    @Test
    void anErrorOfTheWaitSaysWhatFailed() throws IOException {
        try (Faults faults = Faults.install()) {
            Reading reading = reading();
            faults.on("poll", "select", "epollWait").fail(Errno.ENOMEM);
            assertThatExceptionOfType(SocketFailedException.class)
                    .isThrownBy(() -> reading.await(null))
                    .withMessageContaining("ENOMEM")
                    .withMessageContaining(systemCall())
                    .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOMEM))
                    .satisfies(e -> assertThat(e.operation()).isEqualTo(operation()))
                    .satisfies(e -> assertThat(e.systemCall()).isEqualTo(systemCall()));
        }
    }

    private String operation() {
        return form == RawForm.SELECT ? "select" : "poll";
    }

    private String systemCall() {
        return switch (form) {
            case SELECT -> "select";
            case POLL -> "poll";
            case EPOLL -> "epoll_wait";
        };
    }
}
