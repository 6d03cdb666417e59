package dev.hawser.reactor.protocols;

import static dev.hawser.reactor.protocols.FakeTransport.feed;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatefulProtocolTest {

    private final List<String> received = new ArrayList<>();

    /** A digit says how long the string behind it is; 9 that there is no more. */
    private final StatefulProtocol receiver = new StatefulProtocol() {
        private final State length = new State(this::length, 1);

        @Override
        protected State getInitialState() {
            return length;
        }

        private @Nullable State length(byte[] digit) {
            if (digit[0] == '9') {
                transport().loseConnection();
            }
            return digit[0] == '8' ? new State(this::string, 1000) : new State(this::string, digit[0] - '0');
        }

        private State string(byte[] data) {
            received.add(new String(data, ISO_8859_1));
            return length;
        }
    };

    private final FakeTransport transport = FakeTransport.connect(receiver);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 100})
    void eachStateGetsAsManyBytesAsItWants(int partLength) {
        feed(receiver, "1a3bcd05hello2o", partLength);

        assertThat(received).containsExactly("a", "bcd", "", "hello");
    }

    @Test
    void nothingIsDeliveredBehindTheStateThatClosesTheConnection() {
        feed(receiver, "1a91b");

        assertThat(received).containsExactly("a");
    }

    @Test
    void aStateThatWantsTooMuchLosesTheConnection() {
        receiver.setMaxLength(999);
        feed(receiver, "1a8xxx");

        assertThat(received).containsExactly("a");
        assertThat(transport.closing).isTrue();
    }

    @Test
    void nullKeepsTheState() {
        StatefulProtocol pairs = new StatefulProtocol() {
            @Override
            protected State getInitialState() {
                return new State(
                        data -> {
                            received.add(new String(data, ISO_8859_1));
                            return null;
                        },
                        2);
            }
        };
        FakeTransport.connect(pairs);
        feed(pairs, "aabbc", 3);

        assertThat(received).containsExactly("aa", "bb");
    }

    @Test
    void aStateThatWaitsForNothingAndStaysIsAnError() {
        StatefulProtocol still = new StatefulProtocol() {
            @Override
            protected State getInitialState() {
                return new State(_ -> null, 0);
            }
        };
        FakeTransport.connect(still);

        assertThatThrownBy(() -> feed(still, "a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new StatefulProtocol.State(_ -> null, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
