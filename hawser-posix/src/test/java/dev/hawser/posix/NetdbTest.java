package dev.hawser.posix;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The databases of libc: what cannot be seen from above. */
class NetdbTest {

    private static final long ONE_BYTE = 1;

    @ParameterizedTest
    @CsvSource({"tcp, 6", "udp, 17", "icmp, 1"})
    void theReentrantFunctionAndThatOfMuslAgree(String name, int number) {
        Answer<Protoent> expected = Answer.of(new Protoent(name, number));
        assertThat(NetdbEntries.protocolIntoOwnMemory(name, ONE_BYTE)).isEqualTo(expected);
        assertThat(NetdbEntries.protocolInStaticMemory(name)).isEqualTo(expected);
        assertThat(NetdbEntries.getProtoByName(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-protocol", ""})
    void whatIsNotThereIsNoFailure(String name) {
        assertThat(NetdbEntries.protocolIntoOwnMemory(name, ONE_BYTE)).isEqualTo(Answer.nothing());
        assertThat(NetdbEntries.protocolInStaticMemory(name)).isEqualTo(Answer.nothing());
        assertThat(NetdbEntries.getServByName(name, null)).isEqualTo(Answer.nothing());
    }

    @Test
    void aServiceIsFoundByNameAndByPort() {
        Servent https =
                requireNonNull(NetdbEntries.getServByName("https", "tcp").value());
        assertThat(https).isEqualTo(new Servent("https", 443, "tcp"));
        assertThat(NetdbEntries.getServByPort(443, "tcp").value()).isEqualTo(https);
    }

    @Test
    void aHostIsFoundByNameAndByAddress() {
        Hostent local = requireNonNull(NetdbEntries.getHostByName("localhost").value());
        assertThat(local.name()).isEqualTo("localhost");
        assertThat(local.addresses()).contains(new byte[] {127, 0, 0, 1});
        assertThat(NetdbEntries.getHostByName("no..such").code()).isPositive();
    }

    @Test
    void onlyWhatTheLibraryHasIsThere() {
        assertThat(Native.has("getprotobyname")).isTrue();
        assertThat(Native.has("no_such_function")).isFalse();
    }
}
