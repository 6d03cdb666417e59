package dev.hawser.reactor.socks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.RunningReactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.endpoints.ClientEndpoint;
import dev.hawser.reactor.protocols.AddressPrefix;
import dev.hawser.reactor.testing.AccumulatingProtocol;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.testkit.Eventually;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The snippets of the Javadoc, compiled and run. */
class SocksSnippetsTest {

    // @start region="server"
    /** For those of this machine who know the password. */
    static ListeningPort listen(Reactor reactor, SocksRules rules) throws Exception {
        SocksFactory proxy = new SocksFactory(reactor)
                .rules(rules)
                .authenticator((credentials, client) ->
                        Deferred.succeed(credentials.equals(new SocksCredentials("fred", "secret"))));
        return reactor.listenTcp(SockaddrIn.of("127.0.0.1", 0), proxy, ListenOptions.DEFAULT);
    }
    // @end

    // @start region="rules"
    /** The web of one network, and nothing else. */
    static SocksRules webOf(AddressPrefix network) {
        return (request, target) ->
                request.command() == SocksCommand.CONNECT && request.port() == 443 && network.contains(target);
    }
    // @end

    // @start region="client"
    static Deferred<Protocol> connect(ClientEndpoint proxy, String host, int port, Protocol protocol) {
        ClientEndpoint target =
                new SocksClientEndpoint(proxy, SocksVersion.V5, new SocksCredentials("fred", "secret"), host, port);
        return target.connect(address -> protocol);
    }
    // @end

    // @start region="bind"
    /** Has somebody connect to this side, by the proxy; where to is told when it is known. */
    static Deferred<Sockaddr> invite(ClientEndpoint proxy, Protocol protocol) {
        SocksClientProtocol conversation =
                SocksClientProtocol.bind(SocksVersion.V4, null, "0.0.0.0", 0, address -> protocol);
        return proxy.connect(address -> conversation).thenCompose(connected -> conversation.whenBound());
    }
    // @end

    @Test
    void aConnectionIsMadeThroughAProxy() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        AccumulatingProtocol client = new AccumulatingProtocol() {
            @Override
            public void dataReceived(java.nio.ByteBuffer data) {
                super.dataReceived(data);
                if (text().equals("hello")) {
                    answer.complete(text());
                }
            }
        };
        try (SocksFixture fixture = new SocksFixture()) {
            RunningReactor running = fixture.reactor;
            running.run(() -> {
                ListeningPort port = listen(running.reactor(), SocksRules.EVERYTHING);
                ClientEndpoint proxy = SocksFixture.endpoint(running.reactor(), SocksMessages.port(port.getHost()));
                connect(proxy, "localhost", fixture.echoPort, client)
                        .finish(
                                connected -> connected.transport().write("hello".getBytes(UTF_8)),
                                answer::completeExceptionally);
            });
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
        }
    }

    @Test
    void somebodyIsInvitedThroughAProxy() throws Exception {
        AccumulatingProtocol protocol = new AccumulatingProtocol();
        CompletableFuture<Sockaddr> where = new CompletableFuture<>();
        try (SocksFixture fixture = new SocksFixture()) {
            fixture.reactor.run(
                    () -> invite(SocksFixture.endpoint(fixture.reactor.reactor(), fixture.proxyPort), protocol)
                            .finish(where::complete, where::completeExceptionally));
            try (Socket peer =
                    new Socket(InetAddress.getLoopbackAddress(), SocksMessages.port(where.get(10, TimeUnit.SECONDS)))) {
                peer.getOutputStream().write("hello".getBytes(UTF_8));
                Eventually.eventually()
                        .until(() -> fixture.reactor.call(protocol::text).equals("hello"));
            }
        }
    }

    @Test
    void rulesSayWhoGoesWhere() {
        SocksRules rules = webOf(AddressPrefix.parse("192.0.2.0/24"));
        SocksRequest web = new SocksRequest(5, SocksCommand.CONNECT, null, null, "example.org", 443);
        assertThat(rules.allows(web, SockaddrIn.of("192.0.2.1", 443))).isTrue();
        assertThat(rules.allows(web, SockaddrIn.of("192.0.3.1", 443))).isFalse();
    }
}
