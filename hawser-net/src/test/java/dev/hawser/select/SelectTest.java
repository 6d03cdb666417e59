package dev.hawser.select;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.MSG_OOB;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import dev.hawser.select.Select.Ready;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketFailedException;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.concurrency.InThread;
import dev.hawser.socket.concurrency.Opened;
import dev.hawser.socket.concurrency.ThreadKind;
import dev.hawser.testkit.Faults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What select tells, and of what. How it waits is told by {@link RawWaitContract}. */
@Timeout(60)
class SelectTest {

    private static final int F_DUPFD_CLOEXEC = Abi.value("F_DUPFD_CLOEXEC");

    @AutoClose
    private final Opened opened = new Opened();

    private final Socket first;
    private final Socket second;

    SelectTest() throws IOException {
        SocketPair pair = opened.pair(SOCK_STREAM);
        first = pair.first();
        second = pair.second();
    }

    private void send() throws IOException {
        second.sendAll("hello".getBytes(US_ASCII));
    }

    @Test
    void eachListTellsWhatItsCollectionIsReadyFor() throws IOException {
        send();
        List<Socket> both = List.of(first, second);

        Ready<Socket> ready = Select.select(both, both, both, null);

        assertThat(ready.readers()).containsExactly(first);
        assertThat(ready.writers()).containsExactly(first, second);
        assertThat(ready.exceptional()).isEmpty();
        assertThat(ready.isEmpty()).isFalse();
    }

    @Test
    void theListsAreFreshAndTheCallersOwn() throws IOException {
        Ready<Socket> ready = Select.select(List.of(), List.of(), List.of(), Duration.ofMillis(1));

        assertThat(ready.isEmpty()).isTrue();
        assertThat(ready.readers()).isNotSameAs(ready.writers()).isNotSameAs(ready.exceptional());
        assertThat(ready.writers()).isNotSameAs(ready.exceptional());
        ready.readers().add(first);
        assertThat(ready.writers()).isEmpty();
    }

    @Test
    void whatIsGivenIsWhatIsTold() throws IOException {
        send();
        HasFileno equal = new Equal(first.fileno());
        HasFileno other = new Equal(first.fileno());

        Ready<HasFileno> ready = Select.select(List.of(equal, first, other, equal), List.of(), List.of(), null);

        assertThat(ready.readers()).hasSize(4);
        assertThat(ready.readers().get(0)).isSameAs(equal);
        assertThat(ready.readers().get(1)).isSameAs(first);
        assertThat(ready.readers().get(2)).isSameAs(other);
        assertThat(ready.readers().get(3)).isSameAs(equal);
    }

    @SuppressWarnings("UnusedVariable") // a record is compared by it
    private record Equal(int fileno) implements HasFileno {}

    @Test
    void numbersAndSocketsGoTogether() throws IOException {
        send();
        Fd number = Fd.of(second.fileno());
        Ready<HasFileno> ready = Select.select(List.of(first), List.of(number), List.of(), null);
        assertThat(ready.readers()).containsExactly(first);
        assertThat(ready.writers()).containsExactly(number);
    }

    @Test
    void theCollectionsMayChangeDuringTheCall() throws IOException {
        List<HasFileno> shrinking = new ArrayList<>();
        HasFileno shrinks = () -> {
            shrinking.removeLast();
            return second.fileno();
        };
        shrinking.addAll(Collections.nCopies(10, shrinks));

        Ready<HasFileno> ready = Select.select(List.of(), shrinking, List.of(), null);

        assertThat(shrinking).isEmpty();
        assertThat(ready.writers()).isEqualTo(Collections.nCopies(10, shrinks));
    }

    @ParameterizedTest
    @EnumSource
    void urgentDataIsExceptional(ThreadKind kind) throws Exception {
        SocketPair pair = opened.tcp();
        InThread<Ready<Socket>> waiting =
                InThread.start(kind, () -> Select.select(List.of(), List.of(), List.of(pair.first()), null));
        pair.second().send(ByteBuffer.wrap("!".getBytes(US_ASCII)), MSG_OOB);
        assertThat(waiting.result().exceptional()).containsExactly(pair.first());
    }

    @Test
    void aConnectThatHasEndedIsWritable() throws IOException {
        Socket listener = opened.listener(SOCK_STREAM, Opened.loopback(), 1);
        Socket client = opened.socket(AF_INET, SOCK_STREAM);
        client.setBlocking(false);
        client.connectEx(listener.getSockName());
        assertThat(Select.select(List.of(listener), List.of(client), List.of(), null)
                        .isEmpty())
                .isFalse();
        assertThat(Select.select(List.of(), List.of(client), List.of(), null).writers())
                .containsExactly(client);
    }

    /** epoll tells a hang-up to everyone, and select to readers alone: the wait must not run in circles over it. */
    @ParameterizedTest
    @EnumSource
    void aHangUpIsNoExceptionalConditionAndNoBusyLoop(ThreadKind kind) throws Exception {
        second.close();
        try (CountedCalls calls = new CountedCalls()) {
            InThread<Ready<Socket>> waiting = InThread.start(
                    kind, () -> Select.select(List.of(), List.of(), List.of(first), Duration.ofMillis(30)));
            assertThat(waiting.result().isEmpty()).isTrue();
            assertThat(calls.selects()).isLessThan(6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRegularFileIsReadyForAllButExceptions(ThreadKind kind) throws Exception {
        Fd file = Fd.of(SystemCalls.LIBC.open("/proc/self/exe", Abi.value("O_CLOEXEC"), 0));
        try {
            InThread<Ready<Fd>> waiting = InThread.start(
                    kind, () -> Select.select(List.of(file), List.of(file), List.of(file), Duration.ofHours(1)));
            assertThat(waiting.result()).isEqualTo(new Ready<>(List.of(file), List.of(file), List.of()));
            InThread<Ready<Fd>> inVain = InThread.start(
                    kind, () -> Select.select(List.of(), List.of(), List.of(file), Duration.ofMillis(10)));
            assertThat(inVain.result().isEmpty()).isTrue();
        } finally {
            SystemCalls.LIBC.close(file.fileno());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64, 1023, 1024, 1025, 5000})
    void numbersAboveThoseOfAnFdSetAreTold(int least) throws Exception {
        send();
        Fd high = Fd.of(duplicate(first, least));
        try {
            assertThat(high.fileno()).isGreaterThanOrEqualTo(least);
            for (ThreadKind kind : ThreadKind.values()) {
                List<HasFileno> files = List.of(high, second);
                Ready<HasFileno> ready = InThread.start(kind, () -> Select.select(files, files, List.of(), null))
                        .result();
                assertThat(ready.readers()).containsExactly(high);
                assertThat(ready.writers()).containsExactly(high, second);
            }
        } finally {
            SystemCalls.LIBC.close(high.fileno());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNumberAboveThoseOfAnFdSetIsWaitedFor(ThreadKind kind) throws Exception {
        Fd high = Fd.of(duplicate(first, 2000));
        try {
            InThread<Ready<Fd>> waiting =
                    InThread.start(kind, () -> Select.select(List.of(high), List.of(), List.of(), null));
            send();
            assertThat(waiting.result().readers()).containsExactly(high);
        } finally {
            SystemCalls.LIBC.close(high.fileno());
        }
    }

    @Test
    void aClosedNumberIsAnErrorThatNamesIt() throws IOException {
        Socket closed = opened.pair(SOCK_STREAM).first();
        int number = closed.fileno();
        closed.close();
        assertThatExceptionOfType(SocketFailedException.class)
                .isThrownBy(
                        () -> Select.select(List.of(first, Fd.of(number)), List.of(second), List.of(), Duration.ZERO))
                .withMessage("select descriptor " + number + ": EBADF (Bad file descriptor) of select: it is not open")
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBADF))
                .satisfies(e -> assertThat(e.systemCall()).isEqualTo("select"));
    }

    /** The kernel passes over what lies beyond its table, which would be a wait without end. */
    @ParameterizedTest
    @ValueSource(ints = {300_000, Integer.MAX_VALUE})
    void aNumberBeyondTheTableIsAnErrorAsWell(int number) {
        assertThatExceptionOfType(SocketFailedException.class)
                .isThrownBy(() -> Select.select(List.of(Fd.of(number), first), List.of(), List.of(), null))
                .withMessageContaining("descriptor " + number + ": EBADF");
    }

    @Test
    void whatIsClosedOrNullIsRefusedBeforeAnyCall() throws IOException {
        first.close();
        try (Faults faults = Faults.install()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Select.select(List.of(second), List.of(second, first), List.of(), null))
                    .withMessageContaining("writers[1] is closed, take it out: ")
                    .withMessageContaining(first.toString());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Select.<@org.jspecify.annotations.Nullable Socket>select(
                            Arrays.asList(second, null), List.of(), List.of(), null))
                    .withMessageContaining("readers[1] is null");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Select.select(List.of(), List.of(), List.of(), Duration.ofMillis(-1)))
                    .withMessageContaining("a timeout is not negative");
            assertThat(faults.seen("select")).isZero();
            assertThat(faults.seen("fcntl")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutDescriptorsItSleeps(ThreadKind kind) throws Exception {
        long start = System.nanoTime();
        InThread<Ready<Socket>> sleeping =
                InThread.start(kind, () -> Select.select(List.of(), List.of(), List.of(), Duration.ofMillis(5)));
        assertThat(sleeping.result().isEmpty()).isTrue();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(5_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epollCreate", "epollControl"})
    void aWaitThatCannotBeginSaysWhy(String call) throws Exception {
        int errno = call.equals("epollCreate") ? Errno.EMFILE : Errno.ENOSPC;
        try (Faults faults = Faults.install()) {
            faults.on(call).fail(errno);
            InThread<Ready<Socket>> waiting =
                    InThread.start(ThreadKind.VIRTUAL, () -> Select.select(List.of(first), List.of(), List.of(), null));
            assertThat(waiting.failure())
                    .isInstanceOf(SocketFailedException.class)
                    .hasMessageContaining(Errno.name(errno))
                    .hasMessageContaining(call.equals("epollCreate") ? "epoll_create1" : "epoll_ctl")
                    .hasMessageEndingWith("when it was to wait");
        }
    }

    private static int duplicate(Socket socket, int least) {
        int fd = SystemCalls.LIBC.fcntl(socket.fileno(), F_DUPFD_CLOEXEC, least);
        return fd < 0 ? abort("no descriptor " + least + ": " + Errno.describe(-fd)) : fd;
    }
}
