package dev.hawser.select;

import static dev.hawser.select.SelectConstants.POLLERR;
import static dev.hawser.select.SelectConstants.POLLHUP;
import static dev.hawser.select.SelectConstants.POLLIN;
import static dev.hawser.select.SelectConstants.POLLNVAL;
import static dev.hawser.select.SelectConstants.POLLOUT;
import static dev.hawser.select.SelectConstants.POLLPRI;
import static dev.hawser.select.SelectConstants.POLLRDHUP;
import static dev.hawser.socket.Constants.MSG_OOB;
import static dev.hawser.socket.Constants.SHUT_WR;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.concurrency.Await;
import dev.hawser.socket.concurrency.InThread;
import dev.hawser.socket.concurrency.Opened;
import dev.hawser.socket.concurrency.ThreadKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What poll tells, and of what. How it waits is told by {@link RawWaitContract}. */
@Timeout(60)
class PollTest {

    private static final byte[] MESSAGE = " This is a test.".getBytes(US_ASCII);

    @AutoClose
    private final Opened opened = new Opened();

    private final Poll poll = new Poll();
    private final Socket first;
    private final Socket second;

    PollTest() throws IOException {
        SocketPair pair = opened.pair(SOCK_STREAM);
        first = pair.first();
        second = pair.second();
    }

    private List<ReadyFd> look() throws IOException {
        return poll.poll(Duration.ZERO);
    }

    @Test
    void aDozenConversationsComeToTheirEnds() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        Map<Integer, SocketPair> pairs = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            SocketPair pair = opened.pair(SOCK_STREAM);
            poll.register(pair.first());
            poll.modify(pair.first(), POLLIN);
            poll.register(pair.second(), POLLOUT);
            pairs.put(pair.first().fileno(), pair);
            pairs.put(pair.second().fileno(), pair);
        }
        while (!pairs.isEmpty()) {
            SocketPair writing = pairs.get(oneOf(POLLOUT, random));
            writing.second().sendAll(MESSAGE);
            SocketPair pair = pairs.get(oneOf(POLLIN, random));
            assertThat(pair.first().recv(100)).isEqualTo(MESSAGE);
            int reader = pair.first().fileno();
            int writer = pair.second().fileno();
            pair.first().close();
            pair.second().close();
            poll.unregister(writer);
            poll.unregister(reader);
            pairs.remove(writer);
            pairs.remove(reader);
        }
        assertThat(look()).isEmpty();
    }

    private int oneOf(int event, SplittableRandom random) throws IOException {
        List<ReadyFd> ready = poll.poll(null).stream()
                .filter(each -> (each.events() & event) != 0)
                .toList();
        return ready.get(random.nextInt(ready.size())).fd();
    }

    @Test
    void withoutEventsItIsReadingWritingAndUrgentDataThatIsWaitedFor() throws IOException {
        SocketPair tcp = opened.tcp();
        poll.register(tcp.first());
        assertThat(look()).containsExactly(new ReadyFd(tcp.first().fileno(), POLLOUT));
        tcp.second().send(ByteBuffer.wrap("!".getBytes(US_ASCII)), MSG_OOB);
        poll.modify(tcp.first(), POLLPRI);
        assertThat(poll.poll(null)).containsExactly(new ReadyFd(tcp.first().fileno(), POLLPRI));
    }

    @Test
    void whatIsReadyComesInTheOrderOfTheRegistrations() throws IOException {
        poll.register(second, POLLOUT);
        poll.register(first, POLLOUT);
        assertThat(look()).extracting(ReadyFd::fd).containsExactly(second.fileno(), first.fileno());
    }

    @Test
    void registeringTwiceChangesTheRegistration() throws IOException {
        poll.register(first, POLLOUT);
        poll.register(first.fileno(), POLLIN);
        assertThat(look()).isEmpty();
    }

    @Test
    void aNumberThatIsNotOpenIsToldAsSuch() throws IOException {
        int number = first.fileno();
        poll.register(first, POLLIN);
        first.close();
        assertThat(look()).containsExactly(new ReadyFd(number, POLLNVAL));
        assertThat(poll.poll(null)).as("and is no reason to wait").containsExactly(new ReadyFd(number, POLLNVAL));

        poll.unregister(number);
        poll.register(Integer.MAX_VALUE, 0);
        assertThat(look()).containsExactly(new ReadyFd(Integer.MAX_VALUE, POLLNVAL));
    }

    @ParameterizedTest
    @EnumSource
    void aHangUpIsToldWithoutBeingAskedFor(ThreadKind kind) throws Exception {
        poll.register(first, 0);
        InThread<List<ReadyFd>> waiting = InThread.start(kind, () -> poll.poll(null));
        second.close();
        assertThat(waiting.result()).containsExactly(new ReadyFd(first.fileno(), POLLHUP));
    }

    @Test
    void anErrorIsToldWithoutBeingAskedFor() throws IOException {
        SocketPair tcp = opened.tcp();
        tcp.first().sendAll(MESSAGE);
        poll.register(tcp.second(), POLLIN);
        poll.poll(null);
        poll.unregister(tcp.second());
        tcp.second().close(); // with unread data: a reset
        poll.register(tcp.first(), 0);
        assertThat(poll.poll(null).getFirst().events() & POLLERR).isNotZero();
    }

    @Test
    void thePeersLastByteIsToldToWhomAsks() throws IOException {
        poll.register(first, POLLRDHUP);
        assertThat(look()).isEmpty();
        second.shutdown(SHUT_WR);
        assertThat(look()).containsExactly(new ReadyFd(first.fileno(), POLLRDHUP));
    }

    @Test
    void whatIsNotRegisteredIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> poll.unregister(3))
                .withMessage("descriptor 3 is not registered: register it first");
        assertThatIllegalArgumentException().isThrownBy(() -> poll.modify(first, POLLIN));
        poll.register(first);
        poll.unregister(first);
        assertThatIllegalArgumentException().isThrownBy(() -> poll.unregister(first));
    }

    @Test
    void whatIsClosedHasNoNumberToRegister() throws IOException {
        first.close();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> poll.register(first, POLLIN))
                .withMessageContaining("is closed")
                .withMessageContaining(first.toString());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> poll.register(-1, POLLIN))
                .withMessage("a descriptor is not negative: -1");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0x10000, SelectConstantsForTests.ET})
    void moreThanSixteenBitsAreNoEvents(int events) {
        poll.register(second, POLLIN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> poll.register(first, events))
                .withMessageContaining("0x" + Integer.toHexString(events));
        assertThatIllegalArgumentException().isThrownBy(() -> poll.modify(second, events));
    }

    @Test
    void allSixteenBitsAreTaken() throws IOException {
        poll.register(first, 0xffff);
        assertThat(look().getFirst().events() & POLLOUT).isNotZero();
    }

    /** EPOLLET as a compile-time constant, which annotations need. */
    private static final class SelectConstantsForTests {
        static final int ET = 1 << 31;
    }

    @ParameterizedTest
    @EnumSource
    void whileOneThreadPollsAnotherIsRefusedAndMayRegister(ThreadKind kind) throws Exception {
        poll.register(first, POLLIN);
        try (CountedCalls calls = new CountedCalls()) {
            Poll own = new Poll();
            own.register(first, POLLIN);
            InThread<List<ReadyFd>> waiting = InThread.start(kind, () -> own.poll(null));
            Await.until("polling", () -> !calls.timeouts().isEmpty());

            assertThatIllegalStateException()
                    .isThrownBy(() -> own.poll(Duration.ZERO))
                    .withMessage("another thread polls: give each thread a Poll of its own");
            own.unregister(first);
            own.register(second, POLLOUT);

            second.sendAll(MESSAGE);
            assertThat(waiting.result()).as("what it began with").containsExactly(new ReadyFd(first.fileno(), POLLIN));
            assertThat(own.poll(null)).containsExactly(new ReadyFd(second.fileno(), POLLOUT));
        }
    }
}
