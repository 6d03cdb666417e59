package dev.hawser.asynchat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputQueueTest {

    private static final int COST = 1000;

    private final OutputQueue queue = new OutputQueue();
    private final List<String> closed = new ArrayList<>();

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    private void add(String text, int blockBytes) {
        queue.add(bytes(text), 0, text.length(), blockBytes);
    }

    private String takeBlock() throws IOException {
        OutputQueue.Block block = queue.next();
        if (block == null) {
            return "";
        }
        String text = new String(block.bytes(), block.start(), block.length(), US_ASCII);
        queue.sent(block, block.length());
        return text;
    }

    private String takeAll() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String text = takeBlock(); !text.isEmpty(); text = takeBlock()) {
            all.writeBytes(bytes(text));
        }
        return all.toString(US_ASCII);
    }

    /** Gives its parts, then fails where a part is "!". */
    private final class Parts implements Producer {
        private final String name;
        private final List<String> parts;

        Parts(String name, String... parts) {
            this.name = name;
            this.parts = new ArrayList<>(List.of(parts));
        }

        @Override
        public byte[] more() throws IOException {
            String part = parts.isEmpty() ? "" : parts.removeFirst();
            if (part.equals("!")) {
                throw new IOException(name + " has failed");
            }
            return bytes(part);
        }

        @Override
        public void close() throws IOException {
            closed.add(name);
            if (name.startsWith("stuck")) {
                throw new IOException(name);
            }
        }
    }

    @Test
    void smallPushesAreSentAsOneBlock() throws IOException {
        add("hello ", 64);
        add("wo", 64);
        add("rld", 64);
        assertThat(queue.size()).isEqualTo(11);
        assertThat(takeBlock()).isEqualTo("hello world");
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.size()).isZero();
    }

    @Test
    void noBlockIsLongerThanItsSize() throws IOException {
        add("abcdefg", 3);
        add("hij", 3);
        assertThat(takeBlock()).isEqualTo("abc");
        assertThat(takeBlock()).isEqualTo("def");
        assertThat(takeBlock()).isEqualTo("ghi");
        assertThat(takeBlock()).isEqualTo("j");
        assertThat(takeBlock()).isEmpty();
    }

    @Test
    void whatIsSentInPartGoesOnWhereItStopped() throws IOException {
        add("abcdef", 64);
        OutputQueue.Block block = queue.next();
        assertThat(block).isNotNull();
        queue.sent(block, 2);
        assertThat(queue.size()).isEqualTo(4);
        add("gh", 64);
        assertThat(takeBlock()).isEqualTo("cdefgh");
    }

    @Test
    void whatIsPushedIsCopied() throws IOException {
        byte[] data = bytes("-one-");
        queue.add(data, 1, 3, 64);
        data[1] = 'X';
        assertThat(takeBlock()).isEqualTo("one");
    }

    @Test
    void producersAndBytesKeepTheirOrder() throws IOException {
        add("a", 64);
        queue.add(new Parts("first", "b", "c"), COST);
        add("d", 64);
        queue.add(new Parts("second", "e"), COST);
        assertThat(queue.size()).isEqualTo(2 + 2 * COST);
        assertThat(takeAll()).isEqualTo("abcde");
        assertThat(closed).containsExactly("first", "second");
        assertThat(queue.size()).isZero();
    }

    @Test
    void aProducerIsAskedOnlyWhenAllBeforeItIsSent() throws IOException {
        Parts producer = new Parts("producer", "b", "c");
        add("a", 64);
        queue.add(producer, COST);
        assertThat(takeBlock()).isEqualTo("a");
        assertThat(producer.parts).hasSize(2);
        assertThat(takeBlock()).isEqualTo("b");
        assertThat(producer.parts).hasSize(1);
    }

    @Test
    void aProducerThatFailsIsGone() throws IOException {
        queue.add(new Parts("it", "a", "!", "never"), COST);
        add("z", 64);
        assertThat(takeBlock()).isEqualTo("a");
        assertThatThrownBy(queue::next).hasMessage("it has failed");
        assertThat(closed).containsExactly("it");
        assertThat(takeAll()).isEqualTo("z");
        assertThat(queue.size()).isZero();
    }

    @Test
    void aFailureStaysTheFirstWhenTheProducerCannotBeClosedEither() {
        queue.add(new Parts("stuck", "!"), COST);
        assertThatThrownBy(queue::next)
                .hasMessage("stuck has failed")
                .satisfies(
                        e -> assertThat(e.getSuppressed()).singleElement().hasToString("java.io.IOException: stuck"));
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void forgettingClosesEveryProducer() {
        queue.add(new Parts("stuck 1"), COST);
        add("a", 64);
        queue.add(new Parts("good", "a"), COST);
        queue.add(new Parts("stuck 2", "a"), COST);
        assertThatThrownBy(queue::clear)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("stuck 1")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
        assertThat(closed).containsExactly("stuck 1", "good", "stuck 2");
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.size()).isZero();
    }

    @Test
    void aSimpleProducerMakesPartsAndThenNothing() {
        SimpleProducer producer = new SimpleProducer(bytes("hello world"), 8);
        assertThat(producer.more()).isEqualTo(bytes("hello wo"));
        assertThat(producer.more()).isEqualTo(bytes("rld"));
        assertThat(producer.more()).isEmpty();
        assertThat(producer.more()).isEmpty();
        assertThatThrownBy(() -> new SimpleProducer(bytes("a"), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStreamIsSentToItsEndAndClosed() throws IOException {
        byte[] data = new byte[2 * AsyncChat.DEFAULT_BUFFER_SIZE + 1];
        data[data.length - 1] = 'z';
        ByteArrayInputStream stream = new ByteArrayInputStream(data) {
            @Override
            public void close() {
                closed.add("stream");
            }
        };
        queue.add(new StreamProducer(stream), COST);
        assertThat(takeAll()).hasSize(data.length).endsWith("z");
        assertThat(closed).containsExactly("stream");
    }
}
