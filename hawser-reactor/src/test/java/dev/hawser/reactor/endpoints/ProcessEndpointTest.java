package dev.hawser.reactor.endpoints;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ProcessOptions;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.RunningReactor;
import dev.hawser.reactor.StandardErrorBehavior;
import dev.hawser.reactor.protocols.Backoff;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Endpoints that are programs. */
@Timeout(60)
class ProcessEndpointTest {

    private RunningReactor running;

    @BeforeEach
    void open() throws IOException {
        running = RunningReactor.open();
    }

    @AfterEach
    void close() {
        running.close();
    }

    /** Says hello, and hangs up when it is answered. */
    private static final class Asking extends Protocol {

        private final CompletableFuture<String> answer = new CompletableFuture<>();
        private final CompletableFuture<ConnectionLost> end = new CompletableFuture<>();

        @Override
        public void connectionMade() {
            transport().write("hello\n".getBytes(UTF_8));
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            answer.complete(UTF_8.decode(data).toString());
            transport().loseConnection();
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            end.complete(reason);
        }
    }

    private CompletableFuture<Protocol> connect(ClientEndpoint endpoint, Factory factory) throws Exception {
        return running.call(() -> endpoint.connect(factory).toCompletableFuture(running.reactor()::callFromThread));
    }

    @Test
    void aProtocolSpeaksToAProgramAndEachConnectionIsAnother() throws Exception {
        ClientEndpoint cat = ProcessEndpoint.of(running.reactor(), "cat");
        Asking first = new Asking();
        Asking second = new Asking();

        assertThat(connect(cat, Factory.of(() -> first)).get(20, TimeUnit.SECONDS))
                .isSameAs(first);
        connect(cat, Factory.of(() -> second)).get(20, TimeUnit.SECONDS);

        assertThat(first.answer.get(20, TimeUnit.SECONDS)).isEqualTo("hello\n");
        assertThat(second.answer.get(20, TimeUnit.SECONDS)).isEqualTo("hello\n");
        assertThat(first.end.get(20, TimeUnit.SECONDS).reason()).isEqualTo(ConnectionLost.Reason.DONE);
        assertThat(second.end.get(20, TimeUnit.SECONDS).reason()).isEqualTo(ConnectionLost.Reason.DONE);
    }

    @Test
    void aProgramThatIsNotThereIsTheFailure() throws Exception {
        ClientEndpoint none = new ProcessEndpoint(
                running.reactor(), ProcessOptions.of("/no/such/program"), StandardErrorBehavior.DROP);

        assertThat(connect(none, Factory.of(Asking::new)))
                .failsWithin(20, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("/no/such/program");
    }

    @Test
    void aFactoryThatMakesNoProtocolStartsNoProcess() throws Exception {
        ClientEndpoint cat = ProcessEndpoint.of(running.reactor(), "cat");

        assertThat(connect(cat, address -> null))
                .failsWithin(20, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("the factory has refused the connection to process cat");
    }

    @Test
    void retriesOfAProgramThatIsNotThereEnd() throws Exception {
        ClientEndpoint none = ProcessEndpoint.of(running.reactor(), "/no/such/program");
        ClientEndpoint patient = Endpoints.retrying(
                none,
                running.reactor(),
                Backoff.DEFAULT
                        .withDelays(Duration.ofMillis(1), Duration.ofMillis(2))
                        .withMaxRetries(2));

        assertThat(connect(patient, Factory.of(Asking::new))).failsWithin(20, TimeUnit.SECONDS);
    }
}
