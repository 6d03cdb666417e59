package dev.hawser.reactor.amp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Whatever the parts, the boxes are those of the whole, and written again they are the bytes that came; and no value does more than to be refused. */
@Tag("fuzz")
class BoxDecoderFuzz {

    private static final AmpLimits LIMITS = new AmpLimits(5, 300, 1);
    private static final Argument<Long> NUMBER = Argument.integer("a").optional();
    private static final List<AmpType<?>> TYPES = List.of(
            AmpType.INTEGER,
            AmpType.BIG_INTEGER,
            AmpType.STRING,
            AmpType.BYTES,
            AmpType.BOOLEAN,
            AmpType.FLOAT,
            AmpType.DECIMAL,
            AmpType.DATE_TIME,
            AmpType.listOf(AmpType.listOf(AmpType.INTEGER)),
            AmpType.ampList(NUMBER));

    @FuzzTest
    void theBoxesAreThoseOfTheWhole(FuzzedDataProvider data) {
        int part = data.consumeInt(1, 20);
        byte[] bytes = data.consumeRemainingAsBytes();
        List<Object> whole = decode(bytes, bytes.length);
        assertThat(decode(bytes, 1)).isEqualTo(whole);
        assertThat(decode(bytes, part)).isEqualTo(whole);
        for (Object each : whole) {
            if (each instanceof AmpBox box) {
                assertThat(decode(box.toBytes(), 7)).containsExactly(box);
            }
        }
    }

    /** The boxes, and last the kind of an error, where there is one. */
    private static List<Object> decode(byte[] bytes, int part) {
        BoxDecoder decoder = new BoxDecoder(LIMITS);
        List<Object> decoded = new ArrayList<>();
        try {
            for (int at = 0; at < bytes.length; at += part) {
                ByteBuffer data = ByteBuffer.wrap(bytes, at, Math.min(part, bytes.length - at));
                for (AmpBox box = decoder.next(data); box != null; box = decoder.next(data)) {
                    decoded.add(box);
                }
                assertThat(data.hasRemaining()).isFalse();
            }
        } catch (AmpException e) {
            decoded.add(e.kind());
        }
        return decoded;
    }

    @FuzzTest
    void aValueIsReadOrRefused(FuzzedDataProvider data) {
        AmpType<?> type = data.pickValue(TYPES);
        try {
            readAndWrite(type, data.consumeRemainingAsBytes());
        } catch (IllegalArgumentException | IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    /** What was read can be written, and is read as the same. */
    private static <T> void readAndWrite(AmpType<T> type, byte[] bytes) throws IOException {
        T value = type.decode(bytes);
        assertThat(type.decode(type.encode(value))).isEqualTo(value);
    }
}
