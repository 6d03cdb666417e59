package dev.hawser.reactor.protocols;

import static dev.hawser.reactor.protocols.FakeTransport.feed;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetstringReceiverTest {

    private final List<String> received = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private final NetstringReceiver receiver = new NetstringReceiver() {
        @Override
        protected void stringReceived(byte[] string) {
            received.add(new String(string, ISO_8859_1));
            if (received.getLast().equals("pause")) {
                pauseProducing();
            }
        }

        @Override
        protected void illegalStringReceived(String complaint) {
            complaints.add(complaint);
            super.illegalStringReceived(complaint);
        }
    };
    private final FakeTransport transport = FakeTransport.connect(receiver);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 100_000})
    void whatOneSendsTheOtherReceivesWhateverTheParts(int partLength) {
        List<String> sent = List.of("hello", "world", "how", "are", "you123", ":today", "a".repeat(515), "", "4:abc,");
        sent.forEach(each -> receiver.sendString(each.getBytes(ISO_8859_1)));
        feed(receiver, transport.takeWritten(), partLength);

        assertThat(received).isEqualTo(sent);
    }

    @Test
    void aStringIsSentWithItsLengthAndAComma() {
        receiver.sendString("hello".getBytes(ISO_8859_1));

        assertThat(transport.takeWritten()).isEqualTo("5:hello,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9999999999999999999999",
                "abc",
                "4:abcde",
                "51:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "-1:",
                "+1:a,",
                " 1:a,",
                ":aaa,",
                "aaa,",
                "1a:",
                "00:",
                "01:a,",
                "0a",
                "3\n",
                "100000",
                "5:ab:cd:",
                ",",
                "0:x"
            })
    void whatIsNoNetstringLosesTheConnectionWhateverTheParts(String illegal) {
        for (int partLength : new int[] {1, 2, 100}) {
            NetstringReceiverTest each = new NetstringReceiverTest();
            feed(each.receiver, "2:ok," + illegal + "3:abc,", partLength);
            assertThat(each.received).containsExactly("ok");
            assertThat(each.complaints).hasSize(1);
            assertThat(each.transport.closing).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"12:, ''", "3:a, ''", "'0:,', ''", "'1:a,', 'a'", "'2:xy,', 'xy'"})
    void whatIsNotWholeWaits(String data, String payload) {
        feed(receiver, data);

        assertThat(transport.closing).isFalse();
        assertThat(received).isEqualTo(data.endsWith(",") ? List.of(payload) : List.of());
    }

    @Test
    void theGreatestLengthIsAllowedAndOneMoreIsNot() {
        receiver.setMaxLength(5);
        feed(receiver, "5:12345,");
        assertThat(received).containsExactly("12345");

        feed(receiver, "6");
        assertThat(transport.closing).isTrue();
        assertThat(complaints).containsExactly("it is longer than 5 bytes");
    }

    @Test
    void aComplaintIsMadeOnceEvenWhereTheConnectionStays() {
        List<String> heard = new ArrayList<>();
        NetstringReceiver tolerant = new NetstringReceiver() {
            @Override
            protected void stringReceived(byte[] string) {
                heard.add("string");
            }

            @Override
            protected void illegalStringReceived(String complaint) {
                heard.add(complaint);
            }
        };
        FakeTransport.connect(tolerant);
        feed(tolerant, "x1:a,1:b,", 1);

        assertThat(heard).containsExactly("its length is not digits and a colon");
    }

    @Test
    void stringsThatCameWhileItWasPausedAreDeliveredUponResume() {
        feed(receiver, "5:pause,1:a,1:b");
        feed(receiver, ",1:c,");
        assertThat(received).containsExactly("pause");

        receiver.resumeProducing();
        assertThat(received).containsExactly("pause", "a", "b", "c");
    }
}
