package dev.hawser.reactor.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;

/** Whatever the parts, the messages are those of the whole, and no more is kept than a message and a part. */
@Tag("fuzz")
class DecodersFuzz {

    private static final int MAX_LENGTH = 40;
    private static final int MAX_PART = 100;
    private static final byte[] ALPHABET = "01234:,\r\nab\0\1\2\u007f".getBytes(StandardCharsets.US_ASCII);

    @FuzzTest
    void theMessagesAreThoseOfTheWhole(FuzzedDataProvider data) {
        Supplier<Decoder> decoder = switch (data.consumeInt(0, 5)) {
            case 0 -> DecodersFuzz::netstrings;
            case 1 -> () -> counted(1);
            case 2 -> () -> counted(2);
            case 3 -> () -> counted(4);
            case 4 -> () -> lines("\r\n");
            default -> () -> lines("aab");
        };
        List<byte[]> parts = new ArrayList<>();
        while (data.remainingBytes() > 0) {
            parts.add(letters(data.consumeBytes(data.consumeInt(1, MAX_PART))));
        }
        int total = parts.stream().mapToInt(part -> part.length).sum();
        ByteBuffer whole = ByteBuffer.allocate(total);
        parts.forEach(whole::put);
        List<String> expected = run(decoder.get(), List.of(whole.array()), Integer.MAX_VALUE);
        int bound = 2 * (MAX_LENGTH + MAX_PART + 64);
        assertThat(run(decoder.get(), parts, bound)).isEqualTo(expected);
        List<byte[]> single = new ArrayList<>();
        for (byte each : whole.array()) {
            single.add(new byte[] {each});
        }
        assertThat(run(decoder.get(), single, bound)).isEqualTo(expected);
    }

    private static NetstringDecoder netstrings() {
        NetstringDecoder decoder = new NetstringDecoder();
        decoder.setMaxLength(MAX_LENGTH);
        return decoder;
    }

    private static CountedDecoder counted(int prefixBytes) {
        CountedDecoder decoder = new CountedDecoder(prefixBytes);
        decoder.setMaxLength(MAX_LENGTH);
        return decoder;
    }

    private static LineDecoder lines(String delimiter) {
        LineDecoder decoder = new LineDecoder();
        decoder.setMaxLength(MAX_LENGTH);
        decoder.setDelimiter(delimiter.getBytes(StandardCharsets.US_ASCII));
        return decoder;
    }

    private static List<String> run(Decoder decoder, List<byte[]> parts, int bound) {
        Unread unread = new Unread();
        List<String> messages = new ArrayList<>();
        for (byte[] part : parts) {
            byte[] lent = part.clone();
            unread.lend(ByteBuffer.wrap(lent));
            for (Decoder.Step step = decoder.next(unread);
                    step != Decoder.Step.EXHAUSTED;
                    step = decoder.next(unread)) {
                if (step == Decoder.Step.MESSAGE) {
                    messages.add(new String(decoder.message(), StandardCharsets.ISO_8859_1));
                } else {
                    messages.add("refused");
                    if (!(decoder instanceof CountedDecoder)) {
                        return messages;
                    }
                }
            }
            unread.keep();
            // The lender's buffer is the lender's again.
            Arrays.fill(lent, (byte) 'z');
            assertThat(unread.ownBytes()).isLessThanOrEqualTo(bound);
        }
        messages.add("rest " + unread.takeAll().length);
        return messages;
    }

    private static byte[] letters(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = ALPHABET[(bytes[i] & 0xff) % ALPHABET.length];
        }
        return bytes;
    }
}
