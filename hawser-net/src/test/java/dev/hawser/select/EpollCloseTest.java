package dev.hawser.select;

import static dev.hawser.select.SelectConstants.EPOLLIN;
import static dev.hawser.select.SelectConstants.EPOLLOUT;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hawser.posix.Errno;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketFailedException;
import dev.hawser.socket.concurrency.Await;
import dev.hawser.socket.concurrency.InThread;
import dev.hawser.socket.concurrency.Opened;
import dev.hawser.socket.concurrency.ThreadKind;
import dev.hawser.testkit.Faults;
import dev.hawser.testkit.LeakCheck;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an epoll set ends: whoever waits is told, and the number is nobody's before all have left. */
@Timeout(60)
class EpollCloseTest {

    @AutoClose
    private final Opened opened = new Opened();

    private final Socket socket;

    EpollCloseTest() throws IOException {
        socket = opened.pair(SOCK_STREAM).first();
    }

    @ParameterizedTest
    @EnumSource
    void closeEndsAWait(ThreadKind kind) throws Exception {
        for (Duration timeout : new Duration[] {Duration.ofHours(1), null}) {
            try (CountedCalls calls = new CountedCalls()) {
                Epoll epoll = opened.add(new Epoll());
                epoll.register(socket, EPOLLIN);
                InThread<List<ReadyFd>> waiting = InThread.start(kind, () -> epoll.poll(timeout));
                awaitWaiting(kind, waiting, calls);
                epoll.close();
                assertThat(waiting.failure()).isInstanceOf(ClosedSelectorException.class);
            }
        }
    }

    @Test
    void closeEndsAWaitOfLessThanAMillisecondToo() throws Exception {
        for (int i = 0; i < 200; i++) {
            Epoll epoll = opened.add(new Epoll());
            InThread<List<ReadyFd>> waiting =
                    InThread.start(ThreadKind.of(i), () -> epoll.poll(Duration.ofNanos(900_000)));
            epoll.close();
            Await.until("ended", waiting::isDone);
        }
    }

    @ParameterizedTest
    @EnumSource
    void closeEndsTheWaitOfThoseInTheQueueToo(ThreadKind kind) throws Exception {
        try (CountedCalls calls = new CountedCalls()) {
            Epoll epoll = opened.add(new Epoll());
            List<InThread<List<ReadyFd>>> waiting = new ArrayList<>();
            waiting.add(InThread.start(kind, () -> epoll.poll(null)));
            awaitWaiting(kind, waiting.getFirst(), calls);
            for (int i = 0; i < 4; i++) {
                waiting.add(
                        InThread.start(ThreadKind.of(i), () -> epoll.poll(null)).awaitQueued());
            }
            epoll.close();
            for (InThread<List<ReadyFd>> each : waiting) {
                assertThat(each.failure()).isInstanceOf(ClosedSelectorException.class);
            }
        }
    }

    private static void awaitWaiting(ThreadKind kind, InThread<?> waiting, CountedCalls calls) {
        if (kind == ThreadKind.VIRTUAL) {
            waiting.awaitParked();
        } else {
            Await.until("waiting in the kernel", () -> !calls.waits().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherObjectOfTheSetIsNotTold(ThreadKind kind) throws Exception {
        for (int i = 0; i < 50; i++) {
            Epoll closing = opened.add(new Epoll());
            assertThat(closing.poll(Duration.ofNanos(1))).isEmpty();
            Epoll other = opened.add(Epoll.fromFd(closing.fileno()));
            InThread<List<ReadyFd>> waiting = InThread.start(kind, () -> other.poll(null));
            closing.close();
            other.register(socket, EPOLLOUT);
            assertThat(waiting.result()).containsExactly(new ReadyFd(socket.fileno(), EPOLLOUT));
            other.close();
        }
    }

    /** A call that is held up stands for one that has not begun yet, and would meet the next owner of the number. */
    @Test
    void theNumberIsGivenBackWhenTheLastCallHasLeft() throws Exception {
        try (HeldUp calls = new HeldUp()) {
            Epoll epoll = new Epoll();
            int number = epoll.fileno();
            InThread<List<ReadyFd>> waiting = InThread.start(ThreadKind.PLATFORM, () -> epoll.poll(null));
            calls.awaitInside();

            InThread<String> closing = InThread.start(ThreadKind.PLATFORM, () -> {
                epoll.close();
                return "closed";
            });
            Await.until("closing", epoll::isClosed);
            closing.awaitState(Thread.State.WAITING);
            assertThat(calls.closed()).doesNotContain(number);

            calls.letGo();
            assertThat(closing.result()).isEqualTo("closed");
            assertThat(waiting.failure()).isInstanceOf(ClosedSelectorException.class);
            assertThat(calls.closed()).contains(number);
        }
    }

    @Test
    void closingRacesWithWaitsAndChanges() throws Exception {
        for (int i = 0; i < 300; i++) {
            Epoll epoll = opened.add(new Epoll());
            InThread<List<ReadyFd>> waiting = InThread.start(ThreadKind.of(i), () -> epoll.poll(null));
            InThread<String> changing = InThread.start(ThreadKind.of(i / 2), () -> {
                for (; ; ) {
                    epoll.register(socket, EPOLLIN);
                    epoll.unregister(socket);
                }
            });
            epoll.close();
            assertThat(waiting.failure()).isInstanceOf(ClosedSelectorException.class);
            assertThat(changing.failure()).isInstanceOf(ClosedSelectorException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventFd", "epollControl"})
    void aWaitThatCouldNotBeEndedDoesNotBegin(String call) throws IOException {
        try (Faults faults = Faults.install();
                Epoll epoll = new Epoll()) {
            int errno = call.equals("eventFd") ? Errno.EMFILE : Errno.ENOSPC;
            faults.on(call).times(1).fail(errno);
            assertThatExceptionOfType(SocketFailedException.class)
                    .isThrownBy(() -> epoll.poll(null))
                    .withMessageContaining(Errno.name(errno))
                    .satisfies(e ->
                            assertThat(e.systemCall()).isEqualTo(call.equals("eventFd") ? "eventfd" : "epoll_ctl"));
            assertThat(epoll.poll(Duration.ofMillis(1)))
                    .as("the next one tries again")
                    .isEmpty();
        }
    }

    @Test
    void aLostSetIsReportedAndClosed() throws IOException {
        loseOne();
        Await.until("reported", () -> {
            System.gc();
            return LeakCheck.takeLostReports().size() > 0;
        });
    }

    private static void loseOne() throws IOException {
        assertThat(new Epoll().fileno()).isPositive();
    }
}
