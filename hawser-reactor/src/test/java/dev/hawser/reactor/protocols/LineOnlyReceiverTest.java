package dev.hawser.reactor.protocols;

import static dev.hawser.reactor.protocols.FakeTransport.feed;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineOnlyReceiverTest {

    private final List<String> received = new ArrayList<>();

    private final LineOnlyReceiver receiver = new LineOnlyReceiver() {
        @Override
        protected void lineReceived(byte[] line) {
            received.add(new String(line, ISO_8859_1));
            if (line.length == 0) {
                transport().loseConnection();
            }
        }
    };
    private final FakeTransport transport = FakeTransport.connect(receiver);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void linesComeWhateverTheParts(int partLength) {
        feed(receiver, "foo\r\nbleakness\r\ndesolation\r\nplastic forks\r\n", partLength);

        assertThat(received).containsExactly("foo", "bleakness", "desolation", "plastic forks");
    }

    @Test
    void aLineThatIsTooLongLosesTheConnection() {
        feed(receiver, "x".repeat(receiver.maxLength() + 1) + "\r\nmore\r\n");

        assertThat(transport.closing).isTrue();
        assertThat(received).isEmpty();
    }

    @Test
    void nothingIsDeliveredBehindTheLineThatClosesTheConnection() {
        feed(receiver, "a\r\n\r\nb\r\n");

        assertThat(received).containsExactly("a", "");
    }

    @Test
    void linesThatCameWhileItWasPausedAreDeliveredUponResume() {
        receiver.pauseProducing();
        feed(receiver, "a\r\nb\r\n");
        assertThat(received).isEmpty();

        receiver.resumeProducing();
        assertThat(received).containsExactly("a", "b");
        assertThat(transport.paused).isFalse();
    }
}
