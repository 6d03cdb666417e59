package dev.hawser.select;

import static dev.hawser.select.Selector.EVENT_PRIORITY;
import static dev.hawser.select.Selector.EVENT_READ;
import static dev.hawser.select.Selector.EVENT_WRITE;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.HasFileno;
import dev.hawser.socket.Scope;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is registered with a selector, and what is not: what CPython's test_selectors says of the map, and more. */
@Timeout(30)
abstract class KeysContract {

    private final Backend backend;

    @AutoClose
    private final Scope scope = new Scope();

    private Selector selector;
    private Socket reader;
    private Socket writer;

    KeysContract(Backend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void open() throws IOException {
        selector = scope.add(backend.open());
        SocketPair pair = scope.pair(SOCK_STREAM);
        reader = pair.first();
        writer = pair.second();
    }

    @Test
    void registerGivesTheKey() throws IOException {
        SelectorKey key = selector.register(reader, EVENT_READ, "data");
        assertThat(key).isEqualTo(new SelectorKey(reader, reader.fileno(), EVENT_READ, "data"));
        assertThat(selector.getKey(reader)).isSameAs(key);
    }

    @Test
    void anAttachmentIsOptional() throws IOException {
        assertThat(selector.register(reader, EVENT_READ).attachment()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 999_999, -1, EVENT_READ | 16, Integer.MIN_VALUE})
    void unknownEventsAndNoneAreRefused(int events) throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selector.register(reader, events))
                .withMessageContaining(String.valueOf(events));
        assertThat(selector.getMap()).isEmpty();
        SelectorKey key = selector.register(reader, EVENT_READ);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selector.modify(reader, events, null))
                .withMessageContaining(String.valueOf(events));
        assertThat(selector.getKey(reader)).isSameAs(key);
    }

    @Test
    void theSameObjectIsRegisteredOnce() throws IOException {
        SelectorKey key = selector.register(reader, EVENT_READ);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selector.register(reader, EVENT_WRITE))
                .withMessageContaining("descriptor " + reader.fileno() + " is registered already");
        assertThat(selector.getKey(reader)).isSameAs(key);
    }

    @Test
    void theSameNumberIsRegisteredOnce() throws IOException {
        SelectorKey key = selector.register(reader, EVENT_READ);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selector.register(Fd.of(reader.fileno()), EVENT_READ))
                .withMessageContaining("is registered already");
        assertThat(selector.getKey(reader)).isSameAs(key);
    }

    @Test
    void aNumberFindsTheSocketAndTheOtherWayRound() throws IOException {
        SelectorKey key = selector.register(reader, EVENT_READ);
        assertThat(selector.getKey(Fd.of(reader.fileno()))).isSameAs(key);
        SelectorKey ofNumber = selector.register(Fd.of(writer.fileno()), EVENT_WRITE);
        assertThat(selector.getKey(writer)).isSameAs(ofNumber);
        assertThat(selector.unregister(writer)).isSameAs(ofNumber);
    }

    @Test
    void aClosedSocketIsRefused() throws IOException {
        reader.close();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selector.register(reader, EVENT_READ))
                .withMessageContaining("closed");
        assertThat(selector.getMap()).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // what the compiler would not let pass
    void nullIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selector.register(null, EVENT_READ))
                .withMessageContaining("the file to register is null: give a socket, or Fd.of(a number)");
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> selector.unregister(null),
                () -> selector.modify(null, EVENT_READ, null),
                () -> selector.getKey(null))) {
            assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining("is null: give a socket");
        }
        assertThat(selector.getMap().containsKey(null)).isFalse();
    }

    @Test
    void unregisterEndsTheRegistrationAndGivesTheKey() throws IOException {
        SelectorKey key = selector.register(writer, EVENT_WRITE, "data");
        assertThat(selector.unregister(writer)).isSameAs(key);
        assertThat(selector.getMap()).isEmpty();
        assertThat(selector.select(Duration.ZERO)).isEmpty();
    }

    @Test
    void whatIsNotRegisteredIsRefused() throws IOException {
        for (HasFileno unknown : List.of(reader, Fd.of(999_999), Fd.of(Integer.MAX_VALUE))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> selector.unregister(unknown))
                    .withMessageContaining("not registered");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> selector.modify(unknown, EVENT_READ, null))
                    .withMessageContaining("not registered");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> selector.getKey(unknown))
                    .withMessageContaining("not registered");
        }
    }

    @Test
    void unregisterTwiceIsRefused() throws IOException {
        selector.register(reader, EVENT_READ);
        selector.unregister(reader);
        assertThatIllegalArgumentException().isThrownBy(() -> selector.unregister(reader));
    }

    @Test
    void whatWasUnregisteredCanBeRegisteredAnew() throws IOException {
        for (int i = 0; i < 3; i++) {
            selector.register(writer, EVENT_WRITE, i);
            assertThat(selector.select(Duration.ZERO))
                    .containsExactly(new ReadyKey(selector.getKey(writer), EVENT_WRITE));
            selector.unregister(writer);
        }
    }

    @Test
    void modifyChangesTheEvents() throws IOException {
        SelectorKey before = selector.register(writer, EVENT_READ, "data");
        assertThat(selector.select(Duration.ZERO)).isEmpty();
        SelectorKey after = selector.modify(writer, EVENT_WRITE, "data");
        assertThat(after).isEqualTo(new SelectorKey(writer, before.fd(), EVENT_WRITE, "data"));
        assertThat(selector.getKey(writer)).isSameAs(after);
        assertThat(selector.select(Duration.ZERO)).containsExactly(new ReadyKey(after, EVENT_WRITE));
        selector.modify(writer, EVENT_READ | EVENT_PRIORITY, "data");
        assertThat(selector.select(Duration.ZERO)).isEmpty();
    }

    @Test
    void modifyChangesTheAttachment() throws IOException {
        SelectorKey before = selector.register(writer, EVENT_WRITE, "one");
        SelectorKey after = selector.modify(writer, EVENT_WRITE, "two");
        assertThat(after.attachment()).isEqualTo("two");
        assertThat(before.attachment()).isEqualTo("one");
        assertThat(selector.select(Duration.ZERO)).containsExactly(new ReadyKey(after, EVENT_WRITE));
        assertThat(selector.modify(writer, EVENT_WRITE, null).attachment()).isNull();
    }

    @Test
    void modifyByNumberKeepsTheObjectThatWasRegistered() throws IOException {
        selector.register(writer, EVENT_READ);
        SelectorKey after = selector.modify(Fd.of(writer.fileno()), EVENT_WRITE, null);
        assertThat(after.file()).isSameAs(writer);
    }

    @Test
    void theMapChangesWithTheRegistrations() throws IOException {
        Map<HasFileno, SelectorKey> map = selector.getMap();
        assertThat(map).isEmpty();
        SelectorKey key = selector.register(reader, EVENT_READ, "data");
        assertThat(map).containsOnly(Map.entry(reader, key)).hasSize(1);
        assertThat(map.get(reader)).isSameAs(key);
        assertThat(map.get(Fd.of(reader.fileno()))).isSameAs(key);
        assertThat(map.containsKey(reader)).isTrue();
        assertThat(map.get(writer)).isNull();
        assertThat(map.containsKey(writer)).isFalse();
        SelectorKey other = selector.register(writer, EVENT_WRITE);
        assertThat(map.values()).containsExactlyInAnyOrder(key, other);
        selector.unregister(reader);
        assertThat(map.keySet()).containsExactly(writer);
    }

    @Test
    void theMapIsReadOnly() throws IOException {
        SelectorKey key = selector.register(reader, EVENT_READ);
        Map<HasFileno, SelectorKey> map = selector.getMap();
        assertThatThrownBy(() -> map.remove(reader)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.put(writer, key)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
        Iterator<HasFileno> files = map.keySet().iterator();
        files.next();
        assertThatThrownBy(files::remove).isInstanceOf(UnsupportedOperationException.class);
        assertThat(selector.getKey(reader)).isSameAs(key);
    }

    @Test
    void theMapMayBeWalkedThroughWhileItChanges() throws IOException {
        selector.register(reader, EVENT_READ);
        selector.register(writer, EVENT_READ);
        for (HasFileno file : selector.getMap().keySet()) {
            selector.unregister(file);
            scope.add(register(scope.pair(SOCK_STREAM)));
        }
        assertThat(selector.getMap()).doesNotContainKeys(reader, writer);
    }

    private Socket register(SocketPair pair) throws IOException {
        selector.register(pair.first(), EVENT_READ);
        return pair.first();
    }

    @Test
    void closeEndsAllRegistrationsAndLeavesTheSocketsOpen() throws IOException {
        Map<HasFileno, SelectorKey> map = selector.getMap();
        selector.register(reader, EVENT_READ);
        selector.register(writer, EVENT_WRITE);
        selector.close();
        assertThat(map).isEmpty();
        assertThat(map.get(reader)).isNull();
        writer.sendAll(new byte[] {1});
        assertThat(reader.recv(10)).containsExactly(1);
    }

    @Test
    void afterCloseEveryCallSaysSo() throws IOException {
        selector.register(reader, EVENT_READ);
        selector.close();
        assertClosed(() -> selector.register(writer, EVENT_READ));
        assertClosed(() -> selector.modify(reader, EVENT_WRITE, null));
        assertClosed(() -> selector.unregister(reader));
        assertClosed(() -> selector.getKey(reader));
        assertClosed(() -> selector.select(null));
        assertClosed(() -> selector.select(Duration.ZERO));
        assertThatCode(selector::wakeUp).doesNotThrowAnyException();
        assertThatCode(selector::close).doesNotThrowAnyException();
    }

    private static void assertClosed(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(ClosedSelectorException.class);
    }

    @Test
    void twoSelectorsMayWatchOneSocket() throws IOException {
        Selector other = scope.add(backend.open());
        selector.register(writer, EVENT_WRITE, "one");
        other.register(writer, EVENT_WRITE, "two");
        assertThat(selector.select(Duration.ZERO)).containsExactly(new ReadyKey(selector.getKey(writer), EVENT_WRITE));
        other.close();
        assertThat(selector.select(Duration.ZERO)).containsExactly(new ReadyKey(selector.getKey(writer), EVENT_WRITE));
    }

    @Test
    void itsTextTellsHowManyAreRegistered() throws IOException {
        selector.register(reader, EVENT_READ);
        assertThat(selector).asString().contains("Selector[1 registered]");
        selector.close();
        assertThat(selector).asString().contains("Selector[closed]");
    }
}
