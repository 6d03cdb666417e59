package dev.hawser.reactor.haproxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.RunningReactor;
import dev.hawser.reactor.haproxy.HaProxyFactory.Expectation;
import dev.hawser.reactor.protocols.AddressPrefix;
import dev.hawser.reactor.testing.AccumulatingProtocol;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The snippets of the Javadoc, compiled and run. */
class HaProxySnippetsTest {

    // @start region="server"
    /** Behind a proxy of this machine or of the network 10/8. */
    static ListeningPort listen(Reactor reactor, int port, Factory service) throws Exception {
        HaProxyFactory behindProxy = new HaProxyFactory(service)
                .trust(
                        List.of(AddressPrefix.parse("127.0.0.1"), AddressPrefix.parse("10.0.0.0/8")),
                        Expectation.REFUSED)
                .localConnections(address -> null); // health checks end here
        return reactor.listenTcp(port, behindProxy);
    }

    /** What a protocol learns. */
    static final class WhoAmI extends Protocol {
        @Override
        public void connectionMade() {
            ProxyHeader header = ProxyHeader.of(transport()); // null where there was none
            String name = header == null ? null : header.authority();
            transport().write((transport().getPeer() + " asks for " + name + "\n").getBytes(US_ASCII));
        }

        @Override
        public void dataReceived(ByteBuffer data) {}
    }
    // @end

    // @start region="client"
    static void connect(Reactor reactor, int port, ClientFactory factory) {
        ProxyHeader header = ProxyHeader.of(2, SockaddrIn.of("192.0.2.1", 56324), SockaddrIn.of("192.0.2.2", 443))
                .with(ProxyTlv.of(ProxyTlv.AUTHORITY, "example.org"));
        reactor.connectTcp("127.0.0.1", port, new HaProxyClientFactory(factory, header), ConnectOptions.DEFAULT);
    }
    // @end

    @Test
    void aServerLearnsWhatAClientTells() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        ClientFactory client = address -> new AccumulatingProtocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                super.dataReceived(data);
                if (text().endsWith("\n")) {
                    answer.complete(text());
                    transport().loseConnection();
                }
            }
        };
        try (RunningReactor reactor = RunningReactor.open()) {
            reactor.run(() -> {
                ListeningPort port = listen(reactor.reactor(), 0, address -> new WhoAmI());
                connect(reactor.reactor(), ((SockaddrIn6) port.getHost()).port(), client);
            });
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("192.0.2.1:56324 asks for example.org\n");
        }
    }

    @Test
    void headersAreWrittenAndRead() throws Exception {
        byte[] received = "PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\nGET".getBytes(US_ASCII);
        // @start region="decoder"
        ProxyHeaderDecoder decoder = new ProxyHeaderDecoder();
        ByteBuffer data = ByteBuffer.wrap(received);
        ProxyHeader header = decoder.decode(data); // null: there is more to come
        // what is left in the buffer follows the header
        // @end
        assertThat(data.remaining()).isEqualTo(3);
        assertThat(header.source()).hasToString("192.0.2.1:56324");

        // @start region="header"
        ProxySsl tls = new ProxySsl(ProxySsl.CLIENT_SSL, 0, List.of(ProxyTlv.of(ProxySsl.VERSION, "TLSv1.3")));
        byte[] first = ProxyHeader.of(2, SockaddrIn.of("192.0.2.1", 56324), SockaddrIn.of("192.0.2.2", 443))
                .with(ProxyTlv.of(ProxyTlv.ALPN, "h2"), tls.toTlv(), ProxyTlv.crc32c())
                .encode();
        // @end
        assertThat(new ProxyHeaderDecoder().decode(ByteBuffer.wrap(first)).ssl())
                .isEqualTo(tls);
    }
}
