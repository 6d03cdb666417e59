package dev.hawser.select;

import static dev.hawser.select.Selector.EVENT_PRIORITY;
import static dev.hawser.select.Selector.EVENT_READ;
import static dev.hawser.select.Selector.EVENT_WRITE;
import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.MSG_OOB;
import static dev.hawser.socket.Constants.SHUT_RDWR;
import static dev.hawser.socket.Constants.SHUT_WR;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.posix.Abi;
import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.Linger;
import dev.hawser.socket.Scope;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketOptions;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.WouldBlockException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What makes a descriptor ready, for which events, and how what is ready is handed over. */
@Timeout(60)
abstract class ReadinessContract {

    private static final int BOTH = EVENT_READ | EVENT_WRITE;
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int MANY = 2000;

    private final Backend backend;

    @AutoClose
    private final Scope scope = new Scope();

    private Selector selector;

    ReadinessContract(Backend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void open() throws IOException {
        selector = scope.add(backend.open());
    }

    private int eventsOf(HasFileno file, int events) throws IOException {
        SelectorKey key = selector.register(file, events);
        List<ReadyKey> ready = selector.select(LONG);
        assertThat(ready).hasSize(1);
        assertThat(ready.getFirst().key()).isSameAs(key);
        selector.unregister(file);
        return ready.getFirst().events();
    }

    private void assertNotReady(HasFileno file, int events) throws IOException {
        selector.register(file, events);
        assertThat(selector.select(Duration.ZERO)).isEmpty();
        selector.unregister(file);
    }

    @Test
    void aMessageGoesRoundEachOfTwelvePairs() throws IOException {
        for (int i = 0; i < 12; i++) {
            SocketPair pair = scope.pair(SOCK_STREAM);
            selector.register(pair.first(), EVENT_READ, pair.second());
            selector.register(pair.second(), EVENT_WRITE, pair.first());
        }
        byte[] message = "This is a test.".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int i = 0; i < 12; i++) {
            Socket writer = (Socket) selector.select(LONG).getLast().key().file();
            writer.sendAll(message);
            selector.unregister(writer);
            List<ReadyKey> readers = selector.select(LONG).stream()
                    .filter(ready -> ready.events() == EVENT_READ)
                    .toList();
            assertThat(readers).hasSize(1);
            Socket reader = (Socket) readers.getFirst().key().file();
            assertThat(readers.getFirst().key().attachment()).isSameAs(writer);
            assertThat(reader.recv(100)).isEqualTo(message);
            selector.unregister(reader);
        }
        assertThat(selector.getMap()).isEmpty();
    }

    @Test
    void aListenerIsReadyForReadingWhenAClientHasConnected() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());
        assertNotReady(listener, EVENT_READ);
        scope.socket(AF_INET, SOCK_STREAM).connect(listener.getSockName());
        assertThat(eventsOf(listener, EVENT_READ)).isEqualTo(EVENT_READ);
    }

    @Test
    void aConnectThatHasEndedMakesReadyForWriting() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());
        Socket client = scope.socket(AF_INET, SOCK_STREAM);
        client.setTimeout(Duration.ZERO);
        connectEx(client, listener);
        assertThat(eventsOf(client, BOTH)).isEqualTo(EVENT_WRITE);
        assertThat(client.getSockOpt(SocketOptions.SO_ERROR)).isZero();
    }

    @Test
    void aRefusedConnectMakesReadyForReadingAndWriting() throws IOException {
        Socket closed = scope.listener(Scope.loopback4());
        Socket client = scope.socket(AF_INET, SOCK_STREAM);
        client.setTimeout(Duration.ZERO);
        Socket listener = closed;
        var address = listener.getSockName();
        closed.close();
        try {
            client.connect(address);
        } catch (IOException refusedAtOnceOrLater) {
            assertThat(refusedAtOnceOrLater).isNotNull();
        }
        for (int events : new int[] {BOTH, EVENT_READ, EVENT_WRITE}) {
            assertThat(eventsOf(client, events)).isEqualTo(events);
        }
    }

    private static void connectEx(Socket client, Socket listener) throws IOException {
        try {
            client.connect(listener.getSockName());
        } catch (WouldBlockException underWay) {
            assertThat(underWay.errno()).isNotZero();
        }
    }

    @Test
    void theEndOfAStreamMakesReadyForReading() throws IOException {
        SocketPair pair = scope.tcp();
        assertNotReady(pair.first(), EVENT_READ);
        pair.second().shutdown(SHUT_WR);
        assertThat(eventsOf(pair.first(), EVENT_READ)).isEqualTo(EVENT_READ);
    }

    @Test
    void aHangUpMakesReadyForWhatIsWaitedFor() throws IOException {
        SocketPair pair = scope.pair(SOCK_STREAM);
        pair.second().close();
        for (int events : new int[] {BOTH, EVENT_READ, EVENT_WRITE}) {
            assertThat(eventsOf(pair.first(), events)).isEqualTo(events);
        }
    }

    @Test
    void aResetMakesReadyForWhatIsWaitedFor() throws IOException {
        SocketPair pair = scope.tcp();
        pair.second().setSockOpt(SocketOptions.SO_LINGER, new Linger(true, 0));
        pair.second().close();
        for (int events : new int[] {EVENT_READ, BOTH, EVENT_WRITE}) {
            assertThat(eventsOf(pair.first(), events)).isEqualTo(events);
        }
    }

    @Test
    void aFullSocketIsNotReadyForWriting() throws IOException {
        SocketPair pair = scope.pair(SOCK_STREAM);
        pair.first().setTimeout(Duration.ZERO);
        fill(pair.first());
        assertNotReady(pair.first(), BOTH);
        pair.second().recv(1 << 20);
        pair.second().setTimeout(Duration.ZERO);
        drain(pair.second());
        assertThat(eventsOf(pair.first(), BOTH)).isEqualTo(EVENT_WRITE);
    }

    private static void fill(Socket socket) throws IOException {
        try {
            for (; ; ) {
                socket.send(new byte[4096]);
            }
        } catch (WouldBlockException full) {
            assertThat(full.errno()).isNotZero();
        }
    }

    private static void drain(Socket socket) throws IOException {
        try {
            for (; ; ) {
                socket.recv(1 << 16);
            }
        } catch (WouldBlockException empty) {
            assertThat(empty.errno()).isNotZero();
        }
    }

    @Test
    void urgentDataAreThePriorityEvent() throws IOException {
        SocketPair pair = scope.tcp();
        int all = EVENT_READ | EVENT_PRIORITY;
        assertNotReady(pair.first(), all);
        pair.second().sendAll(new byte[] {'!'}, 0, 1, MSG_OOB);
        assertThat(eventsOf(pair.first(), EVENT_PRIORITY)).isEqualTo(EVENT_PRIORITY);
        assertThat(eventsOf(pair.first(), all) & EVENT_PRIORITY).isNotZero();
        assertThat(pair.first().recv(1, MSG_OOB)).containsExactly('!');
        assertNotReady(pair.first(), EVENT_PRIORITY);
    }

    @Test
    void datagramsMakeReadyForReading() throws IOException {
        for (var address : List.of(Scope.loopback4(), Scope.unixAbstract())) {
            Socket receiver = scope.bound(SOCK_DGRAM, address);
            assertThat(eventsOf(receiver, BOTH)).isEqualTo(EVENT_WRITE);
            assertNotReady(receiver, EVENT_READ);
            Socket sender = scope.socket(address.family(), SOCK_DGRAM);
            sender.sendTo(new byte[0], receiver.getSockName());
            assertThat(eventsOf(receiver, EVENT_READ)).isEqualTo(EVENT_READ);
        }
    }

    @Test
    void theEndsOfAPipeAreWaitedForByNumber() throws IOException {
        int[] fds = new int[2];
        MemorySegment two = MemorySegment.ofArray(fds);
        SystemCalls calls = SystemCalls.installed();
        assertThat(calls.pipe(two, Abi.value("O_CLOEXEC") | Abi.value("O_NONBLOCK")))
                .isZero();
        Fd out = Fd.of(two.getAtIndex(JAVA_INT, 0));
        Fd in = Fd.of(two.getAtIndex(JAVA_INT, 1));
        try {
            assertNotReady(out, EVENT_READ);
            assertThat(eventsOf(in, EVENT_WRITE)).isEqualTo(EVENT_WRITE);
            calls.write(in.fileno(), MemorySegment.ofArray(new byte[1]));
            assertThat(eventsOf(out, EVENT_READ)).isEqualTo(EVENT_READ);
            calls.read(out.fileno(), MemorySegment.ofArray(new byte[1]));
        } finally {
            calls.close(in.fileno());
        }
        try {
            assertThat(eventsOf(out, EVENT_READ)).isEqualTo(EVENT_READ);
        } finally {
            calls.close(out.fileno());
        }
    }

    @Test
    void aStandardStreamIsWaitedForByItsNumber() throws IOException {
        try {
            selector.register(Fd.STDERR, EVENT_READ | EVENT_WRITE);
        } catch (IOException regularFile) {
            assertThat(regularFile).hasMessageContaining("EPERM");
            return;
        }
        assertThat(selector.getKey(Fd.of(2)).fd()).isEqualTo(2);
        assertThat(selector.select(LONG)).hasSize(1);
    }

    @Test
    void afterShutdownOfBothEndsEverythingIsReady() throws IOException {
        SocketPair pair = scope.tcp();
        pair.first().shutdown(SHUT_RDWR);
        pair.second().shutdown(SHUT_RDWR);
        assertThat(eventsOf(pair.first(), BOTH)).isEqualTo(BOTH);
    }

    @Test
    void whatTheHandlerThrowsEndsTheCallAndTheRestIsToldByTheNext() throws IOException {
        for (int i = 0; i < 5; i++) {
            selector.register(scope.pair(SOCK_STREAM).first(), EVENT_WRITE, i);
        }
        Set<Object> told = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> selector.select(LONG, (key, events) -> {
                        told.add(String.valueOf(key.attachment()));
                        selector.unregister(key.file());
                        throw new IllegalArgumentException("of the handler");
                    }))
                    .hasMessage("of the handler");
            assertThat(told).hasSize(i + 1);
        }
        assertThat(selector.select(Duration.ZERO)).isEmpty();
    }

    @Test
    void aHandlerMustNotSelectWithTheSameSelector() throws IOException {
        selector.register(scope.pair(SOCK_STREAM).first(), EVENT_WRITE);
        assertThatThrownBy(() -> selector.select(LONG, (key, events) -> selectNow()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("handler");
        assertThat(selector.select(LONG)).hasSize(1);
    }

    private void selectNow() {
        try {
            selector.select(Duration.ZERO);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aHandlerMayCloseTheSelector() throws IOException {
        SocketPair pair = scope.pair(SOCK_STREAM);
        selector.register(pair.first(), EVENT_WRITE);
        selector.register(pair.second(), EVENT_WRITE);
        assertThat(selector.select(LONG, (key, events) -> closeSelector())).isEqualTo(1);
        assertThatThrownBy(() -> selector.select(LONG)).isInstanceOf(java.nio.channels.ClosedSelectorException.class);
    }

    private void closeSelector() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aWakeUpOfTheHandlerEndsTheNextWait() throws IOException {
        Socket socket = scope.pair(SOCK_STREAM).first();
        selector.register(socket, EVENT_WRITE);
        selector.select(LONG, (key, events) -> selector.wakeUp());
        selector.unregister(socket);
        assertThat(selector.select(null)).isEmpty();
    }

    @Test
    void thousandsOfDescriptorsAreToldWithNumbersAbove1024() throws IOException {
        List<Socket> writers = new ArrayList<>();
        int highest = 0;
        for (int i = 0; i < MANY / 2; i++) {
            SocketPair pair = scope.pair(SOCK_STREAM);
            selector.register(pair.first(), EVENT_READ);
            selector.register(pair.second(), EVENT_WRITE);
            writers.add(pair.second());
            highest = Math.max(highest, pair.second().fileno());
        }
        assertThat(highest).isGreaterThan(1024);
        assertThat(selector.getMap()).hasSize(MANY);
        assertEachIsTold(writers);
        Socket last = writers.getLast();
        for (Socket writer : writers) {
            selector.unregister(writer);
        }
        last.sendAll(new byte[1]);
        List<ReadyKey> ready = selector.select(LONG);
        assertThat(ready).hasSize(1);
        assertThat(ready.getFirst().key().fd()).isGreaterThan(1024);
    }

    /** A backend may tell a part at a time, but nobody waits for ever. */
    private void assertEachIsTold(List<Socket> expected) throws IOException {
        Set<HasFileno> told = new HashSet<>();
        for (int i = 0; i < 20 && told.size() < expected.size(); i++) {
            int before = told.size();
            int count = selector.select(LONG, (key, events) -> told.add(key.file()));
            assertThat(count).isPositive().isGreaterThanOrEqualTo(told.size() - before);
        }
        assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aPriorityKeyAloneDoesNotSpinWhenThePeerIsGone() throws IOException {
        SocketPair pair = scope.tcp();
        pair.second().setSockOpt(SocketOptions.SO_LINGER, new Linger(true, 0));
        pair.second().close();
        try (CountedCalls calls = new CountedCalls();
                Selector counted = backend.open()) {
            SelectorKey key = counted.register(pair.first(), EVENT_PRIORITY);
            if (counted instanceof SelectSelector) {
                assertThat(counted.select(Duration.ofMillis(20))).isEmpty();
            } else {
                assertThat(counted.select(LONG)).containsExactly(new ReadyKey(key, EVENT_PRIORITY));
            }
            assertThat(calls.timeouts()).hasSizeLessThan(8);
        }
    }
}
