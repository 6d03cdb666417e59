package dev.hawser.reactor.protocols;

import static dev.hawser.reactor.protocols.FakeTransport.feed;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.ConnectionLost;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineReceiverTest {

    /** Does what the lines say. */
    private static final class Obedient extends LineReceiver {

        final List<String> received = new ArrayList<>();
        final List<String> tooLong = new ArrayList<>();
        boolean survives;
        private int rawWanted;

        Obedient() {
            setDelimiter(new byte[] {'\n'});
            setMaxLength(64);
        }

        @Override
        protected void lineReceived(byte[] bytes) {
            String line = new String(bytes, ISO_8859_1);
            received.add(line);
            switch (line.split(" ", -1)[0]) {
                case "raw" -> {
                    rawWanted = Integer.parseInt(line.split(" ", -1)[1]);
                    setRawMode();
                }
                case "pause" -> pauseProducing();
                case "blink" -> {
                    pauseProducing();
                    resumeProducing();
                }
                case "stop" -> stopProducing();
                case "close" -> transport().loseConnection();
                case "lost" -> {
                    ((FakeTransport) transport()).lost = true;
                    connectionLost(new ConnectionLost(ConnectionLost.Reason.LOST, "in the middle", null));
                }
                case "comma" -> setDelimiter(new byte[] {','});
                default -> {}
            }
        }

        @Override
        protected void rawDataReceived(ByteBuffer data) {
            byte[] bytes = new byte[Math.min(rawWanted, data.remaining())];
            data.get(bytes);
            received.add("<" + new String(bytes, ISO_8859_1) + ">");
            rawWanted -= bytes.length;
            if (rawWanted == 0) {
                setLineMode();
            }
        }

        @Override
        protected void lineLengthExceeded(byte[] data) {
            tooLong.add(new String(data, ISO_8859_1));
            if (!survives) {
                super.lineLengthExceeded(data);
            }
        }
    }

    private final Obedient receiver = new Obedient();
    private final FakeTransport transport = FakeTransport.connect(receiver);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 1000})
    void linesAndRawDataComeWhateverTheParts(int partLength) {
        feed(receiver, "a first line\nraw 10\n0123\n5678\nnext\n\nraw 3\nabclast\nrest", partLength);

        assertThat(String.join("|", receiver.received).replace(">|<", ""))
                .isEqualTo("a first line|raw 10|<0123\n5678\n>|next||raw 3|<abc>|last");
        assertThat(receiver.clearLineBuffer()).asString().isEqualTo("rest");
    }

    @ParameterizedTest
    @MethodSource("delimiters")
    void aDelimiterOfManyBytesIsFoundWhateverTheParts(String delimiter) {
        for (int partLength = 1; partLength < 12; partLength++) {
            Obedient each = new Obedient();
            FakeTransport.connect(each);
            each.setDelimiter(delimiter.getBytes(ISO_8859_1));
            feed(each, String.join(delimiter, "hello", "", "a\r", "world wide web of ropes", ""), partLength);
            assertThat(each.received).containsExactly("hello", "", "a\r", "world wide web of ropes");
        }
    }

    static Stream<String> delimiters() {
        return Stream.of("\r\n", "\n", "\r\r\n", "--boundary--", "\u00ff\u00fe");
    }

    @Test
    void aPauseInsideALineStopsDeliveryAtOnceAndLaterItGoesOn() {
        feed(receiver, "one\npause\ntwo\nthree\n");
        assertThat(receiver.received).containsExactly("one", "pause");
        assertThat(transport.paused).isTrue();

        feed(receiver, "four\npause\nfi");
        assertThat(receiver.received).hasSize(2);

        receiver.resumeProducing();
        assertThat(receiver.received).containsExactly("one", "pause", "two", "three", "four", "pause");
        assertThat(transport.paused).isTrue();

        receiver.resumeProducing();
        assertThat(transport.paused).isFalse();
        feed(receiver, "ve\n");
        assertThat(receiver.received).endsWith("five");
    }

    @Test
    void pausedAndResumedInsideOneLineDeliveryGoesOnInOrder() {
        feed(receiver, "blink\none\nblink\ntwo\n");

        assertThat(receiver.received).containsExactly("blink", "one", "blink", "two");
        assertThat(transport.paused).isFalse();
    }

    @Test
    void rawDataWaitWhileItIsPaused() {
        feed(receiver, "raw 4\nab");
        receiver.pauseProducing();
        feed(receiver, "cdline\n");
        assertThat(receiver.received).containsExactly("raw 4", "<ab>");

        receiver.resumeProducing();
        assertThat(receiver.received).containsExactly("raw 4", "<ab>", "<cd>", "line");
    }

    @Test
    void stopProducingDropsTheRestAndClosesTheConnection() {
        feed(receiver, "one\nstop\ntwo\n");

        assertThat(receiver.received).containsExactly("one", "stop");
        assertThat(transport.closing).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "lost"})
    void nothingIsDeliveredBehindTheLineThatEndsTheConnection(String last) {
        feed(receiver, "one\n" + last + "\ntwo\nthree\n");
        receiver.resumeProducing();

        assertThat(receiver.received).containsExactly("one", last);
    }

    @Test
    void whatIsKeptCanBeTakenAndNoLineIsMadeOfIt() {
        feed(receiver, "one\npause\ntwo\nthr");
        assertThat(receiver.clearLineBuffer()).asString().isEqualTo("two\nthr");

        receiver.resumeProducing();
        feed(receiver, "ee\n");
        assertThat(receiver.received).containsExactly("one", "pause", "ee");
    }

    @Test
    void manyModeSwitchesInOneBufferNeedNoStack() {
        feed(receiver, "raw 1\nx".repeat(50_000));

        assertThat(receiver.received).hasSize(100_000).endsWith("raw 1", "<x>");
    }

    @Test
    void aLineOfTheGreatestLengthIsALine() {
        feed(receiver, "x".repeat(64) + "\n");
        feed(receiver, "y".repeat(64), 7);
        feed(receiver, "\n");

        assertThat(receiver.received).containsExactly("x".repeat(64), "y".repeat(64));
        assertThat(transport.closing).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1000})
    void aLineThatIsTooLongLosesTheConnection(int partLength) {
        feed(receiver, "ok\n" + "x".repeat(65) + "\nmore\n", partLength);

        assertThat(receiver.received).containsExactly("ok");
        assertThat(receiver.tooLong).isNotEmpty();
        assertThat(transport.closing).isTrue();
    }

    @Test
    void aLineThatHasNoEndIsRefusedAsSoonAsItIsTooLong() {
        feed(receiver, "x".repeat(64));
        assertThat(transport.closing).isFalse();
        feed(receiver, "x");
        assertThat(transport.closing).isTrue();
    }

    @Test
    void halfADelimiterBehindTheLongestLineIsNoExcess() {
        receiver.setDelimiter("\r\n".getBytes(ISO_8859_1));
        feed(receiver, "x".repeat(64) + "\r");
        assertThat(transport.closing).isFalse();

        feed(receiver, "\n");
        assertThat(receiver.received).containsExactly("x".repeat(64));
    }

    @Test
    void anOverrideGetsAllThatHasComeAndGoesOnWithWhatComesNext() {
        receiver.survives = true;
        String twoLong = ("x".repeat(130) + "\n").repeat(2);
        feed(receiver, "ok\n" + twoLong);
        feed(receiver, "fine\n");

        assertThat(receiver.tooLong).containsExactly(twoLong);
        assertThat(receiver.received).containsExactly("ok", "fine");
    }

    @Test
    void theDelimiterMayChangeWithinWhatHasCome() {
        feed(receiver, "comma\na,b\nc,d");

        assertThat(receiver.received).containsExactly("comma", "a", "b\nc");
    }

    @Test
    void extraBytesThatAreGivenComeFirst() {
        List<String> lines = new ArrayList<>();
        LineReceiver decoding = new LineReceiver() {
            @Override
            protected void lineReceived(byte[] line) {
                lines.add(new String(line, ISO_8859_1));
                setRawMode();
            }

            @Override
            protected void rawDataReceived(ByteBuffer data) {
                setLineMode(ByteBuffer.wrap("decoded\r\n".getBytes(ISO_8859_1)));
            }
        };
        FakeTransport.connect(decoding);
        feed(decoding, "first\r\ncoded");
        feed(decoding, "coded");

        assertThat(lines).containsExactly("first", "decoded", "decoded");
    }

    @Test
    void rawDataWithoutAReceiverForThemAreAnErrorThatSaysSo() {
        LineReceiver plain = new LineReceiver() {
            @Override
            protected void lineReceived(byte[] line) {
                setRawMode();
            }
        };
        FakeTransport.connect(plain);
        assertThatThrownBy(() -> feed(plain, "line\r\nraw"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("rawDataReceived");
    }

    @Test
    void linesAreSentWithTheDelimiter() {
        receiver.sendLine("hello".getBytes(ISO_8859_1));

        assertThat(transport.takeWritten()).isEqualTo("hello\n");
    }

    @Test
    void limitsAndDelimitersAreChecked() {
        assertThatThrownBy(() -> receiver.setDelimiter(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> receiver.setMaxLength(-1)).hasMessageContaining("-1");
    }

    @Test
    void aLineThatComesByteByByteIsCopiedAConstantNumberOfTimes() {
        receiver.setMaxLength(1 << 22);
        byte[] one = {'x'};
        IntStream.range(0, 1 << 22).forEach(_ -> receiver.dataReceived(ByteBuffer.wrap(one)));
        feed(receiver, "\n");

        assertThat(receiver.received.getFirst()).hasSize(1 << 22);
    }
}
