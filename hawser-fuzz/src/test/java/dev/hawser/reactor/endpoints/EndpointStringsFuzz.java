package dev.hawser.reactor.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hawser.reactor.testing.MemoryReactor;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;

/** A string is an endpoint, or is refused with a place and a reason. What is written of an endpoint describes it. */
@Tag("fuzz")
class EndpointStringsFuzz {

    private static final MemoryReactor REACTOR = new MemoryReactor();

    @FuzzTest
    void anyStringIsAServerOrRefused(String description) {
        check(description, text -> Endpoints.server(REACTOR, text));
    }

    @FuzzTest
    void anyStringIsAClientOrRefused(String description) {
        check(description, text -> Endpoints.client(REACTOR, text));
    }

    @FuzzTest
    void whatIsQuotedIsOneValue(String value) {
        if (value == null || value.isEmpty()) {
            return;
        }
        ClientEndpoint endpoint = Endpoints.client(REACTOR, "tcp:" + Endpoints.quoteStringArgument(value) + ":port=1");
        assertThat(((TcpClientEndpoint) endpoint).host()).isEqualTo(value);
    }

    private static void check(String description, Function<String, ?> read) {
        if (description == null) {
            return;
        }
        Object endpoint;
        try {
            endpoint = read.apply(description);
        } catch (EndpointSyntaxException refused) {
            assertThat(refused.reason()).isNotBlank();
            assertThat(refused.position()).isBetween(0, description.length());
            return;
        }
        assertThat(read.apply(endpoint.toString())).hasToString(endpoint.toString());
    }
}
