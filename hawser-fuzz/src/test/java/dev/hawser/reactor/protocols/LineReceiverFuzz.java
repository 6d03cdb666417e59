package dev.hawser.reactor.protocols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hawser.reactor.testing.StringTransport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Whatever the parts, with pauses and switches of the mode anywhere, what is received is that of the whole. */
@Tag("fuzz")
class LineReceiverFuzz {

    private static final byte[] ALPHABET = "rrpbx\n\n0".getBytes(ISO_8859_1);

    /** Lines say what it does: switch to raw data of the line's length, pause, or pause and resume. */
    private static final class Obedient extends LineReceiver {

        private final StringBuilder received = new StringBuilder();
        private int rawWanted;
        private boolean pausedByLine;

        Obedient() {
            setDelimiter(new byte[] {'\n'});
        }

        @Override
        protected void lineReceived(byte[] line) {
            assertThat(pausedByLine).isFalse();
            String text = new String(line, ISO_8859_1);
            received.append('[').append(text).append(']');
            if (text.startsWith("r")) {
                rawWanted = text.length();
                setRawMode();
            } else if (text.startsWith("p")) {
                pausedByLine = true;
                pauseProducing();
            } else if (text.startsWith("b")) {
                pauseProducing();
                resumeProducing();
            }
        }

        @Override
        protected void rawDataReceived(ByteBuffer data) {
            assertThat(pausedByLine).isFalse();
            byte[] bytes = new byte[Math.min(rawWanted, data.remaining())];
            data.get(bytes);
            received.append(new String(bytes, ISO_8859_1));
            rawWanted -= bytes.length;
            if (rawWanted == 0) {
                setLineMode();
            }
        }

        void resumeAsOftenAsItPauses() {
            while (pausedByLine) {
                pausedByLine = false;
                resumeProducing();
            }
        }
    }

    @FuzzTest
    void whatIsReceivedIsThatOfTheWhole(FuzzedDataProvider data) {
        List<byte[]> parts = new ArrayList<>();
        while (data.remainingBytes() > 0) {
            parts.add(letters(data.consumeBytes(data.consumeInt(1, 50))));
        }
        ByteBuffer whole =
                ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(whole::put);

        assertThat(receive(parts)).isEqualTo(receive(List.of(whole.array())));
    }

    private static String receive(List<byte[]> parts) {
        Obedient receiver = new Obedient();
        StringTransport transport = new StringTransport();
        transport.connect(receiver);
        for (byte[] part : parts) {
            transport.receive(part);
            receiver.resumeAsOftenAsItPauses();
            transport.runTurn();
            assertThat(transport.failure()).isNull();
        }
        return receiver.received + "|" + new String(receiver.clearLineBuffer(), ISO_8859_1);
    }

    private static byte[] letters(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = ALPHABET[(bytes[i] & 0xff) % ALPHABET.length];
        }
        return bytes;
    }
}
