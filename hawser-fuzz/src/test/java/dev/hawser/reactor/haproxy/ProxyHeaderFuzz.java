package dev.hawser.reactor.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Whatever comes is a header, none, or not all of one; in pieces as in the whole; and a header that is written is read as it was. */
@Tag("fuzz")
class ProxyHeaderFuzz {

    private static final int LIMIT = 600;

    @FuzzTest
    void aHeaderIsReadInPiecesAsInTheWhole(FuzzedDataProvider data) {
        byte[] beginning = switch (data.consumeInt(0, 3)) {
            case 0 -> "PROXY TCP".getBytes(StandardCharsets.US_ASCII);
            case 1, 2 -> ProxyHeaderDecoder.SIGNATURE;
            default -> new byte[0];
        };
        int piece = data.consumeInt(1, 20);
        byte[] rest = data.consumeRemainingAsBytes();
        byte[] all = Arrays.copyOf(beginning, beginning.length + rest.length);
        System.arraycopy(rest, 0, all, beginning.length, rest.length);

        String whole = outcome(all, all.length);
        assertThat(outcome(all, piece)).isEqualTo(whole);
        assertThat(outcome(all, 1)).isEqualTo(whole);
    }

    /** What it comes to, and how many bytes were read. */
    private static String outcome(byte[] all, int piece) {
        ProxyHeaderDecoder decoder = new ProxyHeaderDecoder(LIMIT);
        for (int at = 0; at < all.length; at += piece) {
            ByteBuffer part = ByteBuffer.wrap(all, at, Math.min(piece, all.length - at));
            try {
                ProxyHeader header = decoder.decode(part);
                assertThat(decoder.taken()).hasSizeLessThanOrEqualTo(LIMIT + ProxyHeaderDecoder.FIXED_BYTES);
                if (header != null) {
                    assertReadAgain(header);
                    return part.position() + " " + header;
                }
                assertThat(part.hasRemaining()).isFalse();
            } catch (ProxyHeaderException e) {
                return "refused " + e.getMessage();
            }
        }
        return "more";
    }

    /** It is of the bytes as they were, and what fills up an address may have been anything. */
    private static ProxyHeader withoutChecksum(ProxyHeader header) {
        List<ProxyTlv> others = header.tlvs().stream()
                .filter(field -> field.type() != ProxyTlv.CRC32C)
                .toList();
        return new ProxyHeader(
                header.version(), header.command(), header.network(), header.source(), header.destination(), others);
    }

    private static void assertReadAgain(ProxyHeader header) throws ProxyHeaderException {
        ProxyHeader again = new ProxyHeaderDecoder(0xffff).decode(ByteBuffer.wrap(header.encode()));
        assertThat(withoutChecksum(again)).isEqualTo(withoutChecksum(header));
        assertThat(header.ssl() == null).isEqualTo(again.ssl() == null);
    }
}
