package dev.hawser.asynchat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.asyncore.Dispatcher;
import dev.hawser.socket.WouldBlockException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a chat keeps in memory at most. */
class ChatLimitsTest extends ChatByHand {

    /** Each element costs a turn here, while a turn could receive thousands of them. */
    @Test
    void whatAFailingHandlerLeavesIsHandedOverBeforeMoreIsReceived() throws IOException {
        chat.staysOpen = true;
        chat.onElement = line -> {
            throw new IllegalStateException(line);
        };
        peer.setBlocking(false);
        byte[] lines = "bad\n".repeat(25_000).getBytes(ISO_8859_1);
        long sent = 0;
        for (int i = 0; i < 300; i++) {
            try {
                sent += peer.send(lines);
            } catch (WouldBlockException e) {
                // The chat does not read faster than it understands.
            }
            turn();
        }
        assertThat(sent).isLessThan(4_000_000);
        assertThat(chat.errors).hasSizeGreaterThanOrEqualTo(300);
    }

    @Test
    void anElementThatIsTooLongClosesTheChatThroughHandleError() throws IOException {
        chat.setMaxElementBytes(10);
        say("0123456789\n");
        turn();
        assertThat(chat.elements).containsExactly("0123456789");
        say("01234567890");
        turn();
        assertThat(chat.errors)
                .singleElement()
                .isInstanceOfSatisfying(
                        ChatLimitException.class, e -> assertThat(e.limit()).isEqualTo(10))
                .extracting(Throwable::getMessage)
                .asString()
                .contains("limit of 10 bytes", "setMaxElementBytes");
        assertThat(chat.state()).isEqualTo(Dispatcher.State.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void ofAnElementThatIsTooLongTheRestIsDroppedWhereTheChatStaysOpen(int part) throws IOException {
        chat.setMaxElementBytes(10);
        chat.setInBufferSize(part);
        chat.staysOpen = true;
        say("first\nthis one is much too long\nlast\n");
        for (int i = 0; i < 40; i++) {
            turn();
        }
        assertThat(chat.elements).containsExactly("first", "last");
        assertThat(chat.errors).hasSize(1);
    }

    @Test
    void afterAnElementThatIsTooLongOneMayGoOnWithoutATerminator() throws IOException {
        chat.setMaxElementBytes(10);
        chat.staysOpen = true;
        say("this one is much too long");
        turn();
        assertThat(chat.errors).hasSize(1);
        chat.clearTerminator();
        say("raw");
        turn();
        assertThat(chat.rest()).isEqualTo("raw");
    }

    @Test
    void withoutATerminatorTheLimitIsOnWhatIsKept() throws IOException {
        chat.clearTerminator();
        chat.setMaxElementBytes(10);
        for (int i = 0; i < 3; i++) {
            say("0123456789");
            turn();
            assertThat(chat.rest()).isEqualTo("0123456789");
        }
        say("01234567890");
        turn();
        assertThat(chat.errors).singleElement().isInstanceOf(ChatLimitException.class);
    }

    @Test
    void aCountBeyondTheLimitIsRefusedBeforeAnythingIsCollected() throws IOException {
        chat.onElement = length -> chat.setTerminator(Long.parseLong(length));
        say("999999999999\nx");
        turn();
        assertThat(chat.errors)
                .singleElement()
                .isInstanceOf(IllegalArgumentException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("999999999999", "setMaxElementBytes");
    }

    @Test
    void aPushBeyondTheLimitIsRefusedAndTakesNothing() throws IOException {
        TestChat waiting = new TestChat(loop); // not connected: all of it waits
        waiting.setMaxOutputBytes(10);
        waiting.push("12345678");
        assertThatThrownBy(() -> waiting.push("901"))
                .isInstanceOfSatisfying(
                        ChatLimitException.class, e -> assertThat(e.limit()).isEqualTo(10))
                .hasMessageContainingAll("8 bytes of output wait", "3 more", "limit of 10", "setMaxOutputBytes");
        waiting.push("90");
        assertThat(waiting.outputSize()).isEqualTo(10);
    }

    @Test
    void producersThatWaitCountForABufferEach() throws IOException {
        TestChat waiting = new TestChat(loop);
        waiting.setMaxOutputBytes(2L * AsyncChat.DEFAULT_BUFFER_SIZE + 1);
        waiting.pushWithProducer(new Zeros(1, 1));
        waiting.pushWithProducer(new Zeros(1, 1));
        Zeros refused = new Zeros(1, 1);
        assertThatThrownBy(() -> waiting.pushWithProducer(refused)).isInstanceOf(ChatLimitException.class);
        assertThat(refused.closed).isEqualTo(1);
        waiting.discardBuffers();
        assertThat(waiting.outputSize()).isZero();
    }

    @Test
    void sizesAndLimitsAreTold() {
        assertThat(chat.getInBufferSize()).isEqualTo(65_536);
        assertThat(chat.getOutBufferSize()).isEqualTo(65_536);
        assertThat(chat.getMaxElementBytes()).isEqualTo(1_048_576);
        assertThat(chat.getMaxOutputBytes()).isEqualTo(16_777_216);
        chat.setInBufferSize(1);
        chat.setOutBufferSize(2);
        chat.setMaxElementBytes(3);
        chat.setMaxOutputBytes(4);
        assertThat(List.of(
                        (long) chat.getInBufferSize(),
                        (long) chat.getOutBufferSize(),
                        chat.getMaxElementBytes(),
                        chat.getMaxOutputBytes()))
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void sizesAreOneByteAtLeast() {
        List<Runnable> settings = List.of(
                () -> chat.setInBufferSize(0),
                () -> chat.setOutBufferSize(-1),
                () -> chat.setMaxElementBytes(0),
                () -> chat.setMaxOutputBytes(0));
        for (Runnable setting : settings) {
            assertThatThrownBy(setting::run).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
