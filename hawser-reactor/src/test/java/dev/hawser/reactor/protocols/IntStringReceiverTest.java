package dev.hawser.reactor.protocols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.Protocol;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of the three receivers of strings behind their length. */
class IntStringReceiverTest {

    private final List<String> received = new ArrayList<>();
    private final List<Long> tooLong = new ArrayList<>();
    private boolean survives;

    private void took(byte[] string, Protocol by) {
        received.add(new String(string, ISO_8859_1));
        if (received.getLast().equals("close")) {
            by.transport().loseConnection();
        }
    }

    private final Int8StringReceiver int8 = new Int8StringReceiver() {
        @Override
        protected void stringReceived(byte[] string) {
            took(string, this);
        }
    };

    private final Int16StringReceiver int16 = new Int16StringReceiver() {
        @Override
        protected void stringReceived(byte[] string) {
            took(string, this);
        }
    };

    private final Int32StringReceiver int32 = new Int32StringReceiver() {
        @Override
        protected void stringReceived(byte[] string) {
            took(string, this);
        }

        @Override
        protected void lengthLimitExceeded(long length) {
            tooLong.add(length);
            if (!survives) {
                super.lengthLimitExceeded(length);
            }
        }
    };

    private Protocol receiver(int bits) {
        return bits == 8 ? int8 : bits == 16 ? int16 : int32;
    }

    private static void feedHex(Protocol receiver, String hex, int partLength) {
        FakeTransport.feed(receiver, new String(HexFormat.of().parseHex(hex), ISO_8859_1), partLength);
    }

    @ParameterizedTest
    @CsvSource({
        "8, 00 02 aa55 03 ffffff, '|aaU|yyy'",
        "16, 0000 0002 aa55 0003 ffffff, '|aaU|yyy'",
        "32, 00000000 00000002 aa55 00000003 ffffff, '|aaU|yyy'"
    })
    void stringsComeWhateverTheParts(int bits, String hex, String expected) {
        for (int partLength = 1; partLength < 20; partLength++) {
            Protocol each = receiver(bits);
            FakeTransport.connect(each);
            received.clear();
            feedHex(each, hex.replace(" ", ""), partLength);
            assertThat(received)
                    .containsExactly(expected.replace("aaU", "\u00aaU")
                            .replace('y', '\u00ff')
                            .split("\\|"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "000000", "00000001", "0000000161", "00000003616263"})
    void whatIsNotWholeWaits(String hex) {
        FakeTransport.connect(int32);
        feedHex(int32, hex, 1);

        assertThat(received).hasSize(hex.length() == 10 || hex.length() == 14 ? 1 : 0);
    }

    @Test
    void aStringIsSentBehindItsLength() {
        FakeTransport transport = FakeTransport.connect(int8);
        int8.sendString(new byte[] {'a', 'b'});
        assertThat(transport.takeWritten()).isEqualTo("\2ab");
        transport = FakeTransport.connect(int16);
        int16.sendString(new byte[258]);
        assertThat(transport.takeWritten()).hasSize(260).startsWith("\1\2");
        transport = FakeTransport.connect(int32);
        int32.sendString(new byte[65_536]);
        assertThat(transport.takeWritten()).hasSize(65_540).startsWith("\0\1\0\0");
    }

    @Test
    void whatItsLengthCannotSayIsNotSent() {
        FakeTransport transport = FakeTransport.connect(int8);
        assertThatThrownBy(() -> int8.sendString(new byte[256]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("255 at most");
        assertThat(transport.takeWritten()).isEmpty();
        FakeTransport.connect(int16);
        assertThatThrownBy(() -> int16.sendString(new byte[65_536])).hasMessageContaining("65535 at most");
    }

    @Test
    void aLengthBeyondTheLimitLosesTheConnectionBeforeItsBytesCome() {
        FakeTransport transport = FakeTransport.connect(int32);
        feedHex(int32, "000000016affffffff00", 100);

        assertThat(received).containsExactly("j");
        assertThat(tooLong).containsExactly(4_294_967_295L);
        assertThat(transport.closing).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void whereTheConnectionStaysTheBytesOfALongStringAreDropped(int partLength) {
        survives = true;
        int32.setMaxLength(5);
        FakeTransport.connect(int32);
        feedHex(
                int32,
                "00000006616263646566" + "0000000131" + "00000006616263646566" + "000000056162636465",
                partLength);

        assertThat(tooLong).containsExactly(6L, 6L);
        assertThat(received).containsExactly("1", "abcde");
    }

    @Test
    void nothingIsDeliveredBehindTheStringThatClosesTheConnection() {
        FakeTransport.connect(int16);
        FakeTransport.feed(int16, "\0\5close\0\1a");

        assertThat(received).containsExactly("close");
    }

    @Test
    void stringsThatCameWhileItWasPausedAreDeliveredUponResume() {
        FakeTransport transport = FakeTransport.connect(int8);
        int8.pauseProducing();
        FakeTransport.feed(int8, "\1a\1b\2c");
        assertThat(received).isEmpty();
        assertThat(transport.paused).isTrue();

        int8.resumeProducing();
        FakeTransport.feed(int8, "d");
        assertThat(received).containsExactly("a", "b", "cd");
        assertThat(transport.paused).isFalse();
    }

    @Test
    void aPeerThatAnnouncesMuchAndSendsLittleCostsLittle() {
        Unread unread = new Unread();
        CountedDecoder decoder = new CountedDecoder(4);
        for (byte each : new byte[] {0, 1, 0, 0, 'x'}) {
            unread.lend(ByteBuffer.wrap(new byte[] {each}));
            assertThat(decoder.next(unread)).isEqualTo(Decoder.Step.EXHAUSTED);
            unread.keep();
        }
        assertThat(unread.ownBytes()).isLessThan(64);
    }
}
