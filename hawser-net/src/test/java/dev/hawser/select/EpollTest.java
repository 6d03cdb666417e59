package dev.hawser.select;

import static dev.hawser.select.SelectConstants.EPOLLET;
import static dev.hawser.select.SelectConstants.EPOLLEXCLUSIVE;
import static dev.hawser.select.SelectConstants.EPOLLHUP;
import static dev.hawser.select.SelectConstants.EPOLLIN;
import static dev.hawser.select.SelectConstants.EPOLLONESHOT;
import static dev.hawser.select.SelectConstants.EPOLLOUT;
import static dev.hawser.select.SelectConstants.EPOLLRDHUP;
import static dev.hawser.socket.Constants.SHUT_WR;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketFailedException;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.concurrency.InThread;
import dev.hawser.socket.concurrency.Opened;
import dev.hawser.socket.concurrency.ThreadKind;
import dev.hawser.testkit.Faults;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What epoll tells, and of what. How it waits is told by {@link RawWaitContract}, how it ends by {@link EpollCloseTest}. */
@Timeout(60)
class EpollTest {

    private static final byte[] HELLO = "Hello!".getBytes(US_ASCII);

    @AutoClose
    private final Opened opened = new Opened();

    private final Epoll epoll;
    private final Socket first;
    private final Socket second;

    EpollTest() throws IOException {
        epoll = opened.add(new Epoll());
        SocketPair pair = opened.pair(SOCK_STREAM);
        first = pair.first();
        second = pair.second();
    }

    private List<ReadyFd> look() throws IOException {
        return epoll.poll(Duration.ZERO);
    }

    private ReadyFd first(int events) {
        return new ReadyFd(first.fileno(), events);
    }

    private ReadyFd second(int events) {
        return new ReadyFd(second.fileno(), events);
    }

    @Test
    void aSetIsADescriptorThatIsClosedOnExec() {
        assertThat(epoll.fileno()).isPositive();
        assertThat(epoll.isClosed()).isFalse();
        assertThat(epoll).hasToString("Epoll[fd=" + epoll.fileno() + "]");
        assertThat(SystemCalls.LIBC.fcntl(epoll.fileno(), Abi.value("F_GETFD"), 0))
                .isEqualTo(Abi.value("FD_CLOEXEC"));
    }

    @Test
    void withoutDescriptorsNoSetIsMade() {
        try (Faults faults = Faults.install()) {
            faults.on("epollCreate").fail(Errno.EMFILE);
            assertThatExceptionOfType(SocketFailedException.class)
                    .isThrownBy(Epoll::new)
                    .withMessageContaining("EMFILE")
                    .satisfies(e -> assertThat(e.systemCall()).isEqualTo("epoll_create1"));
        }
    }

    @Test
    void aConversationByEdges() throws IOException {
        epoll.register(first, EPOLLIN | EPOLLOUT | EPOLLET);
        epoll.register(second.fileno(), EPOLLIN | EPOLLOUT | EPOLLET);
        assertThat(epoll.poll(null, 4)).containsExactlyInAnyOrder(first(EPOLLOUT), second(EPOLLOUT));
        assertThat(epoll.poll(Duration.ofMillis(10), 4)).isEmpty();

        first.sendAll(HELLO);
        second.sendAll(HELLO);
        assertThat(epoll.poll(null, 4))
                .containsExactlyInAnyOrder(first(EPOLLIN | EPOLLOUT), second(EPOLLIN | EPOLLOUT));

        epoll.unregister(first);
        epoll.modify(second, EPOLLOUT);
        assertThat(epoll.poll(null, 4)).containsExactly(second(EPOLLOUT));
    }

    @Test
    void withoutEventsItIsReadingWritingAndUrgentDataThatIsWaitedFor() throws IOException {
        epoll.register(first);
        assertThat(look()).containsExactly(first(EPOLLOUT));
        second.sendAll(HELLO);
        assertThat(look()).containsExactly(first(EPOLLIN | EPOLLOUT));
    }

    @Test
    void aLevelIsToldForAsLongAsItLasts() throws IOException {
        epoll.register(first, EPOLLIN);
        second.sendAll(HELLO);
        assertThat(look()).containsExactly(first(EPOLLIN));
        assertThat(look()).containsExactly(first(EPOLLIN));
        first.recv(100);
        assertThat(look()).isEmpty();
    }

    @Test
    void anEdgeIsToldOnce() throws IOException {
        epoll.register(first, EPOLLIN | EPOLLET);
        second.sendAll(HELLO);
        assertThat(look()).containsExactly(first(EPOLLIN));
        assertThat(look()).isEmpty();
        second.sendAll(HELLO);
        assertThat(look()).containsExactly(first(EPOLLIN));
    }

    @Test
    void aOneShotIsToldOnceUntilItIsModified() throws IOException {
        epoll.register(first, EPOLLIN | EPOLLONESHOT);
        second.sendAll(HELLO);
        assertThat(look()).containsExactly(first(EPOLLIN));
        second.sendAll(HELLO);
        assertThat(look()).isEmpty();
        epoll.modify(first, EPOLLIN | EPOLLONESHOT);
        assertThat(look()).containsExactly(first(EPOLLIN));
    }

    @Test
    void anExclusiveOneIsToldToOneSetAtLeastAndNotModified() throws Exception {
        List<Epoll> sets = new ArrayList<>(List.of(epoll));
        for (int i = 0; i < 3; i++) {
            sets.add(opened.add(new Epoll()));
        }
        for (Epoll set : sets) {
            set.register(first, EPOLLIN | EPOLLEXCLUSIVE);
        }
        List<InThread<List<ReadyFd>>> waiting = new ArrayList<>();
        for (Epoll set : sets) {
            waiting.add(InThread.start(ThreadKind.PLATFORM, () -> set.poll(Duration.ofSeconds(20))));
        }
        second.sendAll(HELLO);
        assertThat(anyOf(waiting)).containsExactly(first(EPOLLIN));
        sets.forEach(Epoll::close);

        try (Epoll other = new Epoll()) {
            other.register(first, EPOLLIN | EPOLLEXCLUSIVE);
            assertFails(() -> other.modify(first, EPOLLIN), "modify descriptor " + first.fileno(), Errno.EINVAL);
        }
    }

    private static List<ReadyFd> anyOf(List<InThread<List<ReadyFd>>> waiting) throws Exception {
        for (; ; ) {
            for (InThread<List<ReadyFd>> each : waiting) {
                if (each.isDone()) {
                    return each.result();
                }
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void thePeersLastByteIsToldToWhomAsks() throws IOException {
        epoll.register(first, EPOLLRDHUP);
        assertThat(look()).isEmpty();
        second.shutdown(SHUT_WR);
        assertThat(look()).containsExactly(first(EPOLLRDHUP));
        second.close();
        assertThat(look()).containsExactly(first(EPOLLRDHUP | EPOLLHUP));
    }

    @Test
    void registeringTwiceIsRefused() throws IOException {
        epoll.register(first, EPOLLIN);
        assertFails(
                () -> epoll.register(first, EPOLLOUT),
                "register descriptor " + first.fileno()
                        + ": EEXIST (File exists) of epoll_ctl: it is registered already, modify it",
                Errno.EEXIST);
    }

    @Test
    void whatIsNotRegisteredIsRefused() {
        String reason = ": ENOENT (No such file or directory) of epoll_ctl: it is not registered";
        assertFails(() -> epoll.modify(first, EPOLLIN), "modify descriptor " + first.fileno() + reason, Errno.ENOENT);
        assertFails(() -> epoll.unregister(first), "unregister descriptor " + first.fileno() + reason, Errno.ENOENT);
    }

    @Test
    void aRegularFileIsRefused() throws IOException {
        int file = SystemCalls.LIBC.open("/proc/self/exe", Abi.value("O_CLOEXEC"), 0);
        try {
            assertFails(() -> epoll.register(file, EPOLLIN), "register descriptor " + file + ": EPERM", Errno.EPERM);
        } finally {
            SystemCalls.LIBC.close(file);
        }
        assertThat(look()).isEmpty();
    }

    @Test
    void aNumberThatIsNotOpenIsRefused() {
        assertFails(() -> epoll.register(10_000_000, EPOLLIN), "register descriptor 10000000: EBADF", Errno.EBADF);
    }

    @Test
    void aCloseEndsTheRegistration() throws IOException {
        int number = second.fileno();
        epoll.register(second, EPOLLOUT);
        assertThat(look()).containsExactly(second(EPOLLOUT));
        second.close();
        assertThat(look()).isEmpty();
        assertFails(() -> epoll.unregister(number), "unregister descriptor " + number + ": EBADF", Errno.EBADF);
    }

    private static void assertFails(ThrowingCallable call, String message, int errno) {
        assertThatExceptionOfType(SocketFailedException.class)
                .isThrownBy(call)
                .withMessageStartingWith(message)
                .satisfies(e -> assertThat(e.errno()).isEqualTo(errno))
                .satisfies(e -> assertThat(e.systemCall()).isEqualTo("epoll_ctl"))
                .satisfies(e -> assertThat(message).startsWith(e.operation()));
    }

    @Test
    void wrongArgumentsAreRefusedBeforeAnyCall() throws IOException {
        first.close();
        try (Faults faults = Faults.install();
                Epoll set = new Epoll()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> set.register(-1, EPOLLIN))
                    .withMessage("a descriptor is not negative: -1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> set.register(first, EPOLLIN))
                    .withMessageContaining("is closed")
                    .withMessageContaining(first.toString());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> set.poll(null, 0))
                    .withMessage("maxEvents is at least 1: 0");
            assertThat(faults.seen("epollControl")).isZero();
            assertThat(faults.seen("epollWait")).isZero();
        }
    }

    @Test
    void whatIsBeyondMaxEventsHasItsTurnInTheNextCall() throws IOException {
        epoll.register(first, EPOLLOUT);
        epoll.register(second, EPOLLOUT);
        List<ReadyFd> both = new ArrayList<>(epoll.poll(null, 1));
        both.addAll(epoll.poll(null, 1));
        assertThat(both).containsExactlyInAnyOrder(first(EPOLLOUT), second(EPOLLOUT));
        assertThat(epoll.poll(null, Integer.MAX_VALUE)).hasSize(2);
    }

    @Test
    void twoObjectsOfOneSetTellTheSameAndCloseApart() throws IOException {
        Epoll other = opened.add(Epoll.fromFd(epoll.fileno()));
        other.register(first, EPOLLOUT);
        assertThat(epoll.poll(null)).containsExactly(first(EPOLLOUT));
        assertThat(other.poll(null)).containsExactly(first(EPOLLOUT));

        epoll.close();

        assertThat(other.fileno()).isPositive();
        assertThat(other.poll(null)).containsExactly(first(EPOLLOUT));
    }

    @Test
    void onlyASetIsTakenForOne() throws IOException {
        epoll.register(first, EPOLLIN);
        int before = epoll.fileno();
        assertFails(
                () -> Epoll.fromFd(first.fileno()), "fromFd descriptor " + first.fileno() + ": EINVAL", Errno.EINVAL);
        assertThatExceptionOfType(SocketFailedException.class)
                .isThrownBy(() -> Epoll.fromFd(10_000_000))
                .withMessageContaining("EBADF");
        assertThatIllegalArgumentException().isThrownBy(() -> Epoll.fromFd(-1));
        assertThat(epoll.fileno()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void aSetCanBeWaitedForItself(ThreadKind kind) throws Exception {
        epoll.register(first, EPOLLIN);
        try (Epoll outer = new Epoll()) {
            outer.register(epoll, EPOLLIN);
            assertThat(outer.poll(Duration.ZERO)).isEmpty();
            InThread<List<ReadyFd>> waiting = InThread.start(kind, () -> outer.poll(null));
            InThread<Select.Ready<Epoll>> selecting =
                    InThread.start(kind, () -> Select.select(List.of(epoll), List.of(), List.of(), null));
            second.sendAll(HELLO);
            assertThat(waiting.result()).containsExactly(new ReadyFd(epoll.fileno(), EPOLLIN));
            assertThat(selecting.result().readers()).containsExactly(epoll);
        }
    }

    @Test
    void whoWaitsSeesWhatIsRegisteredMeanwhile() throws Exception {
        for (ThreadKind kind : ThreadKind.values()) {
            InThread<List<ReadyFd>> waiting = InThread.start(kind, () -> epoll.poll(null));
            epoll.register(first, EPOLLOUT);
            assertThat(waiting.result()).containsExactly(first(EPOLLOUT));
            epoll.unregister(first);
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalThreadsTakeTurnsAndEachOneShotGoesToOne(ThreadKind kind) throws Exception {
        List<InThread<List<ReadyFd>>> waiting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            waiting.add(InThread.start(kind, () -> epoll.poll(null, 1)));
        }
        epoll.register(first, EPOLLOUT | EPOLLONESHOT);
        epoll.register(second, EPOLLOUT | EPOLLONESHOT);
        List<ReadyFd> told = new ArrayList<>(waiting.get(0).result());
        told.addAll(waiting.get(1).result());
        assertThat(told).containsExactlyInAnyOrder(first(EPOLLOUT), second(EPOLLOUT));
        assertThat(look()).isEmpty();
    }

    @Test
    void whoHasToWaitForItsTurnWaitsNoLongerThanItsTimeout() throws Exception {
        InThread<List<ReadyFd>> waiting = InThread.start(ThreadKind.PLATFORM, () -> epoll.poll(null));
        assertThat(epoll.poll(Duration.ofMillis(5))).isEmpty();
        epoll.register(first, EPOLLOUT);
        assertThat(waiting.result()).isNotEmpty();
    }

    @Test
    void afterItsEndNothingIsPossible() throws IOException {
        epoll.close();
        epoll.close();
        assertThat(epoll.isClosed()).isTrue();
        assertThat(epoll.fileno()).isEqualTo(-1);
        assertThat(epoll).hasToString("Epoll[closed]");
        List<ThrowingCallable> all = List.of(
                () -> epoll.register(first, EPOLLIN),
                () -> epoll.modify(first, EPOLLIN),
                () -> epoll.unregister(first),
                () -> epoll.poll(Duration.ZERO),
                () -> epoll.poll(null));
        for (ThrowingCallable each : all) {
            assertThatExceptionOfType(ClosedSelectorException.class).isThrownBy(each);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Select.select(List.of(epoll), List.of(), List.of(), null));
    }
}
