package dev.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
    @ParameterizedTest
    @CsvSource({
        "localhost:80, localhost, 80",
        "127.0.0.1:0, 127.0.0.1, 0",
        "[::1]:65535, ::1, 65535",
        ":21567, '', 21567"
    })
    void readsWhatItWrites(String text, String host, int port) {
        HostPort parsed = HostPort.parse(text);
        assertThat(parsed).isEqualTo(new HostPort(host, port)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"foo", "", "foo:", "foo:x", "foo:-1", "foo:65536", "foo:999999", "::1:80", "[::1]", "foo:８０"})
    void saysWhatIsWrong(String text) {
        assertThatThrownBy(() -> HostPort.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void findsTheAddressToListenOn() throws IOException {
        assertThat(HostPort.parse(":80").toSockaddr()).hasToString("0.0.0.0:80");
        assertThat(HostPort.parse("[::1]:80").toSockaddr()).hasToString("[::1]:80");
        assertThat(HostPort.parse("localhost:80").toSockaddr()).hasToString("127.0.0.1:80");
    }
}
