package dev.hawser.reactor.protocols;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.PushProducer;
import dev.hawser.reactor.testing.AccumulatingProtocol;
import dev.hawser.reactor.testing.StringTransport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Receivers that give their connection away with a message: what follows it is not theirs. */
class ReplacedReceiversTest {

    private static final String REST = "the rest\r\nof it";

    private final List<String> messages = new ArrayList<>();
    private final AccumulatingProtocol next = new AccumulatingProtocol();

    /** A receiver, and two messages for it. */
    record Kind(String name, Function<ReplacedReceiversTest, Protocol> receiver, String first, String second) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind("lines", ReplacedReceiversTest::lines, "one\r\n", "two\r\n"),
                new Kind("raw", ReplacedReceiversTest::raw, "one\r\n", "two"),
                new Kind("only lines", ReplacedReceiversTest::onlyLines, "one\r\n", "two\r\n"),
                new Kind("8", ReplacedReceiversTest::int8, "\003one", "\003two"),
                new Kind("16", ReplacedReceiversTest::int16, "\000\003one", "\000\003two"),
                new Kind("32", ReplacedReceiversTest::int32, "\000\000\000\003one", "\000\000\000\003two"),
                new Kind("netstrings", ReplacedReceiversTest::netstrings, "3:one,", "3:two,"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatFollowsIsTheNextOnes(Kind kind) {
        StringTransport transport = connect(kind);
        transport.receive(kind.first() + kind.second() + REST);

        assertThat(messages).containsExactly("one", "two");
        assertThat(next.text()).isEqualTo(REST);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void alsoInPiecesOfOneByte(Kind kind) {
        StringTransport transport = connect(kind);
        transport.receiveByteByByte(kind.first() + kind.second() + REST);

        assertThat(messages).containsExactly("one", "two");
        assertThat(next.text()).isEqualTo(REST);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void alsoWhatWasKeptWhileItWasPaused(Kind kind) {
        StringTransport transport = connect(kind);
        PushProducer receiver = (PushProducer) transport.protocol();
        receiver.pauseProducing();
        transport.receive(kind.first() + kind.second() + "the ");
        assertThat(messages).isEmpty();
        receiver.resumeProducing();
        transport.receive("rest");

        assertThat(messages).containsExactly("one", "two");
        assertThat(next.text()).isEqualTo("the rest");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void alsoInsideAWrapper(Kind kind) {
        StringTransport transport = new StringTransport();
        ProtocolWrapper wrapper = new ProtocolWrapper(kind.receiver().apply(this), new ConnectionObserver() {});
        transport.connect(wrapper);
        transport.receive(kind.first() + kind.second() + REST);

        assertThat(messages).containsExactly("one", "two");
        assertThat(next.text()).isEqualTo(REST);
        assertThat(next.transport()).isSameAs(wrapper);
        assertThat(wrapper.protocol()).isSameAs(next);
        assertThat(transport.protocol()).isSameAs(wrapper);
    }

    private StringTransport connect(Kind kind) {
        StringTransport transport = new StringTransport();
        transport.connect(kind.receiver().apply(this));
        return transport;
    }

    private void told(Protocol receiver, byte[] message) {
        messages.add(new String(message, US_ASCII));
        if (messages.size() == 2) {
            receiver.transport().setProtocol(next);
        }
    }

    private Protocol lines() {
        return new LineReceiver() {
            @Override
            protected void lineReceived(byte[] line) {
                told(this, line);
            }
        };
    }

    private Protocol raw() {
        return new LineReceiver() {
            private StringBuilder raw = new StringBuilder();

            @Override
            protected void lineReceived(byte[] line) {
                told(this, line);
                raw = new StringBuilder();
                setRawMode();
            }

            @Override
            protected void rawDataReceived(ByteBuffer data) {
                while (data.hasRemaining() && messages.size() == 1) {
                    raw.append((char) data.get());
                    if (raw.length() == 3) {
                        told(this, raw.toString().getBytes(US_ASCII));
                    }
                }
            }
        };
    }

    private Protocol onlyLines() {
        return new LineOnlyReceiver() {
            @Override
            protected void lineReceived(byte[] line) {
                told(this, line);
            }
        };
    }

    private Protocol int8() {
        return new Int8StringReceiver() {
            @Override
            protected void stringReceived(byte[] string) {
                told(this, string);
            }
        };
    }

    private Protocol int16() {
        return new Int16StringReceiver() {
            @Override
            protected void stringReceived(byte[] string) {
                told(this, string);
            }
        };
    }

    private Protocol int32() {
        return new Int32StringReceiver() {
            @Override
            protected void stringReceived(byte[] string) {
                told(this, string);
            }
        };
    }

    private Protocol netstrings() {
        return new NetstringReceiver() {
            @Override
            protected void stringReceived(byte[] string) {
                told(this, string);
            }
        };
    }
}
