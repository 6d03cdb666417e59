package dev.hawser.reactor.amp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes to boxes, and the limits from both sides. */
class BoxDecoderTest {

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static AmpBox box(String key, int valueBytes) {
        return new AmpBox().put(key, new byte[valueBytes]);
    }

    private static AmpBox decode(AmpLimits limits, byte[] bytes) throws AmpException {
        return new BoxDecoder(limits).next(ByteBuffer.wrap(bytes));
    }

    @Test
    void boxesAreTheSameInWhateverPiecesTheyCome() throws Exception {
        List<AmpBox> boxes = List.of(
                box("k", 65535),
                new AmpBox().put("a", bytes("")).put("b", bytes("value")),
                new AmpBox(),
                box("k".repeat(255), 3));
        for (int piece : new int[] {1, 2, 7, 1000, 100_000}) {
            BoxDecoder decoder = new BoxDecoder(AmpLimits.DEFAULT);
            List<AmpBox> decoded = new ArrayList<>();
            for (AmpBox each : boxes) {
                byte[] all = each.toBytes();
                for (int at = 0; at < all.length; at += piece) {
                    ByteBuffer part = ByteBuffer.wrap(all, at, Math.min(piece, all.length - at));
                    AmpBox made = decoder.next(part);
                    assertThat(part.hasRemaining()).isFalse();
                    if (made != null) {
                        decoded.add(made);
                    }
                }
            }
            assertThat(decoded).isEqualTo(boxes);
            assertThat(decoder.isBetweenBoxes()).isTrue();
        }
    }

    @Test
    void noByteBehindABoxIsTaken() throws Exception {
        ByteBuffer data = ByteBuffer.wrap(bytes("\0\1k\0\1v\0\0rest"));
        assertThat(new BoxDecoder(AmpLimits.DEFAULT).next(data)).isEqualTo(new AmpBox().put("k", bytes("v")));
        assertThat(data.remaining()).isEqualTo(4);
    }

    @Test
    void aKeyOf256BytesIsRefusedAtItsFirstByte() {
        assertThatThrownBy(() -> decode(AmpLimits.DEFAULT, bytes("\1"))).hasMessageContaining("more than 255 bytes");
    }

    @Test
    void keysAndBytesHaveTheirLimits() throws Exception {
        AmpLimits limits = new AmpLimits(2, 100, 1);
        AmpBox two = box("a", 1).put("b", new byte[1]);
        assertThat(decode(limits, two.toBytes())).isEqualTo(two);
        assertThatThrownBy(() -> decode(limits, two.put("c", new byte[1]).toBytes()))
                .hasMessageContaining("more than 2 keys");
        assertThat(decode(limits, box("a", 95).toBytes())).isNotNull();
        assertThatThrownBy(() -> decode(limits, box("a", 96).toBytes())).hasMessageContaining("more than 100 bytes");
        assertThatThrownBy(() -> new AmpLimits(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNotWholeIsNoList() {
        assertThatThrownBy(() -> AmpBox.parse(bytes("\0\1k\0\1v"))).hasMessageContaining("not whole");
        assertThatThrownBy(() -> AmpBox.parse(bytes("\0"))).hasMessageContaining("not whole");
    }
}
