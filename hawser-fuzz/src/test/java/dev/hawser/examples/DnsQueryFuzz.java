package dev.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;

/** Whatever bytes come, the DNS server has nothing to say or answers with a short datagram, which is itself no query. */
@Tag("fuzz")
class DnsQueryFuzz {

    private static final HostsTable TABLE = HostsTable.parse("127.0.0.1 a a.b\n::1 a");

    @FuzzTest
    void anyMessageHasAShortAnswerOrNone(byte[] message) {
        DnsQuery query = DnsQuery.parse(message);
        if (query == null) {
            return;
        }
        DnsAnswer answer = DnsServer.answer(query, TABLE);
        byte[] bytes = answer.bytes();
        assertThat(bytes).hasSizeBetween(DnsQuery.HEADER_BYTES, 512);
        assertThat(Arrays.copyOf(bytes, 2)).isEqualTo(Arrays.copyOf(message, 2));
        assertThat(DnsQuery.parse(bytes)).as("answers get no answers").isNull();
        assertThat(answer.toString()).matches("[ -~]+");
    }
}
