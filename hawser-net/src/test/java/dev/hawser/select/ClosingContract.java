package dev.hawser.select;

import static dev.hawser.select.Selector.EVENT_READ;
import static dev.hawser.select.Selector.EVENT_WRITE;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hawser.socket.HasFileno;
import dev.hawser.socket.Scope;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Tasks;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a registration when its descriptor is closed, and its number another's. */
@Timeout(60)
abstract class ClosingContract {

    private static final int ROUNDS = 2000;
    private static final byte[] BYTE = {1};

    private final Backend backend;

    @AutoClose
    private final Scope scope = new Scope();

    private Selector selector;
    private Socket reader;
    private Socket writer;

    ClosingContract(Backend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void open() throws IOException {
        selector = scope.add(backend.open());
        SocketPair pair = scope.pair(SOCK_STREAM);
        reader = pair.first();
        writer = pair.second();
    }

    private List<ReadyKey> now() throws IOException {
        return selector.select(Duration.ZERO);
    }

    @Test
    void aSocketThatIsClosedLeavesByItself() throws IOException {
        selector.register(reader, EVENT_READ);
        writer.sendAll(BYTE);
        reader.close();
        assertThat(selector.getMap()).isEmpty();
        assertThat(selector.getMap().containsKey(reader)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> selector.getKey(reader));
        assertThatIllegalArgumentException().isThrownBy(() -> selector.modify(reader, EVENT_WRITE, null));
        assertThat(now()).isEmpty();
    }

    @Test
    void whatWasClosedMayBeUnregisteredOnce() throws IOException {
        SelectorKey key = selector.register(reader, EVENT_READ, new byte[100]);
        reader.close();
        assertThat(selector.unregister(reader)).isEqualTo(new SelectorKey(reader, key.fd(), EVENT_READ, null));
        assertThatIllegalArgumentException().isThrownBy(() -> selector.unregister(reader));
    }

    @Test
    void whatWasClosedMayBeUnregisteredWhenItsNumberIsRegisteredAnew() throws IOException {
        int fd = selector.register(reader, EVENT_READ).fd();
        reader.close();
        Socket next = scope.add(reader(fd));
        SelectorKey key = selector.register(next, EVENT_READ);
        assertThat(selector.unregister(reader).file()).isSameAs(reader);
        assertThat(selector.getMap()).containsOnly(Map.entry(next, key));
    }

    /** A socket with this number, which is free. */
    private Socket reader(int fd) throws IOException {
        for (; ; ) {
            Socket socket = scope.pair(SOCK_STREAM).first();
            if (socket.fileno() == fd) {
                return socket;
            }
        }
    }

    @Test
    void aClosedSocketWithADuplicateTellsNothingMore() throws IOException {
        selector.register(reader, EVENT_READ);
        Socket duplicate = scope.add(reader.dup());
        reader.close();
        writer.sendAll(BYTE);
        assertThat(now()).isEmpty();
        long start = System.nanoTime();
        assertThat(selector.select(Duration.ofMillis(30))).isEmpty();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000);
        SelectorKey key = selector.register(duplicate, EVENT_READ);
        assertThat(now()).containsExactly(new ReadyKey(key, EVENT_READ));
    }

    @Test
    void aDetachedSocketLeavesAndItsNumberCanBeRegistered() throws IOException {
        selector.register(reader, EVENT_READ);
        Socket again = scope.add(Sockets.adopt(reader.detach()));
        assertThat(selector.getMap()).isEmpty();
        writer.sendAll(BYTE);
        assertThat(now()).isEmpty();
        SelectorKey key = selector.register(again, EVENT_READ);
        assertThat(now()).containsExactly(new ReadyKey(key, EVENT_READ));
    }

    @Test
    void closingEndsTheRegistrationsOfAllSelectors() throws IOException {
        Selector other = scope.add(backend.open());
        selector.register(reader, EVENT_READ);
        other.register(reader, EVENT_READ | EVENT_WRITE);
        reader.close();
        assertThat(selector.getMap()).isEmpty();
        assertThat(other.getMap()).isEmpty();
        assertThat(other.select(Duration.ZERO)).isEmpty();
    }

    @Test
    void aNumberAloneStaysRegisteredAndTellsNothingOfTheNextSocket() throws IOException {
        Fd number = Fd.of(reader.fileno());
        SelectorKey key = selector.register(number, EVENT_READ | EVENT_WRITE, "data");
        reader.close();
        assertThat(selector.getKey(number)).isSameAs(key);
        assertThat(now()).isEmpty();
        Socket next = reader(number.fileno());
        assertThat(now()).isEmpty();
        assertThat(selector.unregister(number)).isSameAs(key);
        assertThat(selector.getMap()).isEmpty();
        SelectorKey ofNext = selector.register(next, EVENT_WRITE);
        assertThat(now()).containsExactly(new ReadyKey(ofNext, EVENT_WRITE));
    }

    @Test
    void aNumberAloneMakesWayForTheNextSocket() throws IOException {
        Fd number = Fd.of(reader.fileno());
        selector.register(number, EVENT_READ);
        reader.close();
        Socket next = reader(number.fileno());
        SelectorKey key = selector.register(next, EVENT_WRITE);
        assertThat(selector.getMap()).containsOnly(Map.entry(next, key));
        assertThat(now()).containsExactly(new ReadyKey(key, EVENT_WRITE));
    }

    @Test
    void closeWhileASelectWaitsLeavesItWaiting() throws Exception {
        selector.register(reader, EVENT_READ);
        Tasks<List<ReadyKey>> waiting = Tasks.start(() -> selector.select(null)).awaitWaiting();
        reader.close();
        assertThat(selector.getMap()).isEmpty();
        SelectorKey key = selector.register(writer, EVENT_WRITE);
        assertThat(waiting.result()).containsExactly(new ReadyKey(key, EVENT_WRITE));
    }

    /** poll(2) and select(2) hold on to what they wait for: it would live on in the kernel until they return. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closeIsCloseWhileASelectWaits(boolean unregisteredBefore) throws Exception {
        Tasks<List<ReadyKey>> waiting = Tasks.start(() -> selector.select(null)).awaitWaiting();
        Sockaddr address = Scope.loopback4();
        for (int i = 0; i < 200; i++) {
            try (Socket listener = Sockets.createServer(address)) {
                address = listener.getSockName();
                selector.register(listener, EVENT_READ);
                if (unregisteredBefore) {
                    selector.unregister(listener);
                }
            }
        }
        selector.wakeUp();
        assertThat(waiting.result()).isEmpty();
    }

    @Test
    void whatAHandlerClosesIsNotToldEvenIfItWasCollected() throws IOException {
        selector.register(reader, EVENT_WRITE);
        selector.register(writer, EVENT_WRITE);
        Map<HasFileno, Closeable> other = Map.of(reader, writer, writer, reader);
        List<SelectorKey> told = new ArrayList<>();
        int count = selector.select(Duration.ZERO, (key, events) -> {
            told.add(key);
            close(other.get(key.file()));
        });
        assertThat(count).isEqualTo(1);
        assertThat(told).hasSize(1);
    }

    @Test
    void whatAHandlerUnregistersIsNotToldEvenIfItWasCollected() throws IOException {
        selector.register(reader, EVENT_WRITE);
        selector.register(writer, EVENT_WRITE);
        Map<HasFileno, Socket> other = Map.of(reader, writer, writer, reader);
        assertThat(selector.select(Duration.ZERO, (key, events) -> selector.unregister(other.get(key.file()))))
                .isEqualTo(1);
    }

    @Test
    void whatAHandlerModifiesIsToldOnlyWhatItWaitsForNow() throws IOException {
        selector.register(reader, EVENT_WRITE);
        selector.register(writer, EVENT_WRITE);
        Map<HasFileno, Socket> other = Map.of(reader, writer, writer, reader);
        assertThat(selector.select(Duration.ZERO, (key, events) -> modify(other.get(key.file()), EVENT_READ)))
                .isEqualTo(1);
    }

    @Test
    void theNextSocketWithTheNumberIsNotToldWhatWasCollectedForTheOneBefore() throws IOException {
        int reused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            reused += replaceInHandler() ? 1 : 0;
        }
        // Now and then the virtual machine opens a file.
        assertThat(reused).isGreaterThan(ROUNDS / 2);
    }

    /** Both are ready; the handler of the first has the other's number change hands. */
    private boolean replaceInHandler() throws IOException {
        try (SocketPair one = Sockets.socketPair();
                SocketPair two = Sockets.socketPair();
                Scope silent = new Scope()) {
            one.second().sendAll(BYTE);
            two.second().sendAll(BYTE);
            selector.register(one.first(), EVENT_READ, two.first());
            selector.register(two.first(), EVENT_READ, one.first());
            List<Boolean> reused = new ArrayList<>();
            selector.select(Duration.ZERO, (key, events) -> {
                Socket victim = (Socket) key.attachment();
                assertThat(victim).isNotNull();
                int fd = victim.fileno();
                close(victim);
                Socket next = silent.add(pair()).first();
                reused.add(next.fileno() == fd);
                register(next, null);
            });
            assertThat(reused).hasSize(1);
            return reused.getFirst();
        }
    }

    @Test
    void noEventOfTheNextSocketIsToldForTheOneBefore() throws Exception {
        Tasks<Integer> loop = Tasks.start(this::selectUntilClosed);
        for (int i = 0; i < ROUNDS; i++) {
            try (SocketPair silent = Sockets.socketPair()) {
                register(silent.first(), "silent");
                silent.first().close(); // before its peer, whose end it would be told of
            }
            try (SocketPair unregistered = Sockets.socketPair()) {
                unregistered.second().sendAll(BYTE);
            }
            try (SocketPair loud = Sockets.socketPair()) {
                loud.second().sendAll(BYTE);
                register(loud.first(), "loud");
            }
        }
        assertThat(selector.getMap()).isEmpty();
        selector.close();
        assertThat(loop.result()).isNotNegative();
    }

    private int selectUntilClosed() throws IOException {
        int told = 0;
        try {
            for (; ; ) {
                told += selector.select(
                        null, (key, events) -> assertThat(key.attachment()).isEqualTo("loud"));
            }
        } catch (ClosedSelectorException e) {
            return told;
        }
    }

    @Test
    void registerAndCloseAtTheSameTimeLeaveNothingBehind() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            try (SocketPair pair = Sockets.socketPair()) {
                Tasks<Void> closing = Tasks.run(pair.first()::close);
                for (int spin = 0; spin < i % 100 * 20; spin++) {
                    Thread.onSpinWait();
                }
                tryToRegister(pair.first());
                closing.result();
                assertThat(selector.getMap()).isEmpty();
            }
        }
        assertThat(now()).isEmpty();
    }

    private void tryToRegister(Socket socket) throws IOException {
        try {
            selector.register(socket, EVENT_READ | EVENT_WRITE);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("closed");
        }
    }

    @Test
    void unregisterAndCloseAtTheSameTimeBothEndIt() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            try (SocketPair pair = Sockets.socketPair()) {
                selector.register(pair.first(), EVENT_READ);
                Tasks<Void> closing = Tasks.run(pair.first()::close);
                assertThat(selector.unregister(pair.first()).file()).isSameAs(pair.first());
                closing.result();
            }
        }
    }

    @Test
    void closingSelectorAndSocketAtTheSameTimeIsFine() throws Exception {
        for (int i = 0; i < 500; i++) {
            Selector closing = backend.open();
            try (SocketPair pair = Sockets.socketPair()) {
                closing.register(pair.first(), EVENT_READ);
                Tasks<Void> other = Tasks.run(closing::close);
                pair.first().close();
                other.result();
            }
        }
    }

    @Test
    void aFileMadeOfTheSocketKeepsItsRegistration() throws IOException {
        SelectorKey key = selector.register(reader, EVENT_READ);
        Closeable file = scope.add(reader.makeFileInput());
        reader.close();
        writer.sendAll(BYTE);
        assertThat(now()).containsExactly(new ReadyKey(key, EVENT_READ));
        file.close();
        assertThat(selector.getMap()).isEmpty();
    }

    @Test
    void whatCannotTellItsNumberAnyMoreDoesNotKeepTheSocketOpen() throws IOException {
        boolean[] broken = new boolean[1];
        Socket socket = reader;
        HasFileno wrapper = () -> {
            assertThat(broken[0]).isFalse();
            return socket.fileno();
        };
        selector.register(wrapper, EVENT_READ);
        broken[0] = true;
        reader.close();
        assertThat(selector.getMap()).isEmpty();
        assertThat(writer.recv(1)).as("the end of the stream").isEmpty();
    }

    private static SocketPair pair() {
        try {
            return Sockets.socketPair();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void close(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void register(Socket socket, @Nullable String attachment) {
        try {
            selector.register(socket, EVENT_READ, attachment);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void modify(Socket socket, int events) {
        try {
            selector.modify(socket, events, null);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
