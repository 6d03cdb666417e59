package dev.hawser.reactor.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The snippets of the Javadoc. */
class TestingSnippetsTest {

    /** Greets, echoes, and closes when it is told to stop. */
    private static final class Echo extends Protocol {
        private boolean closed;

        @Override
        public void connectionMade() {
            transport().write("hello\n".getBytes(US_ASCII));
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            transport().write(data);
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            closed = true;
        }
    }

    @Test
    void timeIsMovedByHand() {
        // @start region="clock"
        Clock clock = new Clock();
        List<String> said = new ArrayList<>();
        clock.callLater(Duration.ofMinutes(5), () -> said.add("tea is ready"));

        clock.advance(Duration.ofMinutes(4));
        assertThat(said).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(said).containsExactly("tea is ready");
        // @end
    }

    @Test
    void theOtherEndIsTheTest() {
        // @start region="string-transport"
        StringTransport transport = new StringTransport();
        Echo echo = transport.connect(new Echo());
        assertThat(transport.text()).isEqualTo("hello\n");

        transport.clear();
        transport.receive("ahoy");
        assertThat(transport.text()).isEqualTo("ahoy");

        transport.receiveEnd();
        transport.runTurn();
        assertThat(echo.closed).isTrue();
        // @end
    }

    @Test
    void twoProtocolsAreConnectedInMemory() {
        // @start region="protocol-pair"
        AccumulatingProtocol client = new AccumulatingProtocol();
        ProtocolPair pair = ProtocolPair.connect(client, new Echo()).withBytesAtATime(1);
        pair.clientTransport().write("ahoy".getBytes(US_ASCII));
        pair.clientTransport().loseWriteConnection();
        pair.flush();

        assertThat(client.text()).isEqualTo("hello\nahoy");
        assertThat(pair.isClosed()).isTrue();
        // @end
    }

    @Test
    void aReactorWithoutAKernel() {
        // @start region="memory-reactor"
        MemoryReactor reactor = new MemoryReactor();
        reactor.listenTcp(7, Factory.of(Echo::new));

        AccumulatingProtocol client = new AccumulatingProtocol();
        ProtocolPair pair = reactor.ports().getFirst().accept(client);
        reactor.flush();
        assertThat(client.text()).isEqualTo("hello\n");

        reactor.callLater(Duration.ofSeconds(30), () -> client.transport().loseConnection());
        reactor.advance(Duration.ofSeconds(30));
        assertThat(pair.isClosed()).isTrue();
        // @end
    }
}
