package dev.hawser.reactor.socks;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Messages are read in pieces as in the whole, none is longer than the longest can be, and what is read makes sense. */
@Tag("fuzz")
class SocksMessagesFuzz {

    /** Version 4a: a user and a name of 255 bytes each. */
    private static final int LONGEST = 8 + 2 * 256;

    @FuzzTest
    void messagesAreReadInPiecesAsInTheWhole(FuzzedDataProvider data) {
        MessageReader.Shape shape = switch (data.consumeInt(0, 4)) {
            case 0 -> SocksMessages::first;
            case 1 -> SocksMessages::addressed;
            case 2 -> SocksMessages::credentials;
            case 3 -> SocksMessages::reply4;
            default -> SocksMessages.answer(SocksMessages.VERSION_5);
        };
        int piece = data.consumeInt(1, 20);
        byte[] all = data.consumeRemainingAsBytes();
        List<String> whole = messages(all, shape, Math.max(1, all.length));
        assertThat(messages(all, shape, piece)).isEqualTo(whole);
        assertThat(messages(all, shape, 1)).isEqualTo(whole);
    }

    private static List<String> messages(byte[] all, MessageReader.Shape shape, int piece) {
        MessageReader reader = new MessageReader();
        List<String> messages = new ArrayList<>();
        try {
            for (int at = 0; at < all.length; at += piece) {
                ByteBuffer part = ByteBuffer.wrap(all, at, Math.min(piece, all.length - at));
                for (byte[] message = reader.read(part, shape); message != null; message = reader.read(part, shape)) {
                    assertThat(message).hasSizeLessThanOrEqualTo(LONGEST);
                    messages.add(Arrays.toString(message));
                }
                assertThat(part.hasRemaining()).isFalse();
            }
        } catch (SocksException e) {
            messages.add("refused: " + e.getMessage());
        }
        return messages;
    }

    @FuzzTest
    void whatIsReadMakesSense(FuzzedDataProvider data) {
        boolean isFirst = data.consumeBoolean();
        byte[] all = data.consumeRemainingAsBytes();
        try {
            byte[] message = new MessageReader()
                    .read(ByteBuffer.wrap(all), isFirst ? SocksMessages::first : SocksMessages::addressed);
            if (message == null) {
                return;
            }
            if (isFirst && message[0] == SocksMessages.VERSION_5) {
                return; // no request
            }
            SocksMessages.Request request = SocksMessages.request(message);
            assertThat(request.host()).matches("[!-~]{1,255}");
            assertThat(request.port()).isBetween(0, 0xffff);
            if (request.version() == SocksMessages.VERSION_5) {
                assertThat(SocksMessages.reply5(message).address()).isNotNull();
                ByteBuffer datagram = ByteBuffer.wrap(message, 3, message.length - 3);
                assertThat(SocksMessages.datagramHeaderBytes(datagram)).isEqualTo(message.length - 3);
                assertThat(SocksMessages.host(datagram)).isEqualTo(request.host());
            }
        } catch (SocksException e) {
            assertThat(e.code()).isBetween(1, 8);
        }
    }
}
