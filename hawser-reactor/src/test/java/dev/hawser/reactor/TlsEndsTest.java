package dev.hawser.reactor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.testing.MemoryReactor;
import dev.hawser.reactor.testing.StringTransport;
import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.tls.TlsContext;
import dev.hawser.tls.TlsEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** What a layer of TLS leaves to others when something ends in the middle: producers, limits, the memory of a loop. */
@RequiresProgram("openssl")
class TlsEndsTest {

    private static final byte[] MESSAGE = "a message".getBytes(US_ASCII);

    private final RecordingProtocol server = new RecordingProtocol();
    private final StringTransport transport = new StringTransport().withReactor(new MemoryReactor());
    private final TlsEngine client;

    TlsEndsTest() throws IOException {
        TlsContext serving = TlsContext.forServer(Certificates.local(), Certificates.key(Certificates.local()));
        transport.connect(TlsFactory.forServer(address -> server, () -> serving).buildProtocol(null));
        client = TlsContext.builder().trust(Certificates.authority()).build().client("localhost", -1);
    }

    private byte[] said() {
        byte[] bytes = new byte[client.output().remaining()];
        client.output().get(bytes);
        return bytes;
    }

    private void shake() throws SSLException {
        while (!client.isHandshaken()) {
            client.handshake();
            transport.receive(said());
            client.input().put(transport.value());
            transport.clear();
        }
    }

    private byte[] encrypted() throws SSLException {
        client.write(ByteBuffer.wrap(MESSAGE));
        return said();
    }

    /** Has always more to write. */
    private static final class Endless implements PullProducer {
        private final Transport transport;
        private int stopped;

        Endless(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void resumeProducing() {
            transport.write(MESSAGE);
        }

        @Override
        public void stopProducing() {
            stopped++;
        }
    }

    private Endless registerEndless() {
        Endless endless = new Endless(server.transport());
        server.transport().registerProducer(endless);
        transport.runTurn();
        transport.clear();
        return endless;
    }

    @Test
    void aProducerDoesNotKeepABrokenConnectionFromItsEnd() throws Exception {
        shake();
        Endless endless = registerEndless();
        byte[] bad = encrypted();
        bad[bad.length - 1]++;
        transport.receive(bad);
        transport.clear(); // the peer has taken the alert
        transport.runTurn();
        assertThat(server.reasonOfTheEnd().reason()).isEqualTo(Reason.LOST);
        assertThat(endless.stopped).isEqualTo(1);
    }

    @Test
    void aProducerThatThrowsAtTheEndKeepsNobodyFromIt() throws Exception {
        server.onMade(connection -> connection.registerProducer(new PullProducer() {
            @Override
            public void resumeProducing() {}

            @Override
            public void stopProducing() {
                throw new IllegalStateException("on purpose");
            }
        }));
        StringTransport other = new StringTransport().withReactor(new MemoryReactor());
        TlsContext serving = TlsContext.forServer(Certificates.local(), Certificates.key(Certificates.local()));
        other.connect(TlsFactory.forServer(address -> server, () -> serving).buildProtocol(null));
        other.abortConnection();
        other.runTurn();
        assertThat(server.isLost()).isTrue();
    }

    @Test
    void anEndThatComesWhileTheProtocolHasPausedIsToldBehindWhatCameBefore() throws Exception {
        shake();
        server.onData((connection, data) -> connection.pauseProducing());
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(encrypted());
        transport.receive(all.toByteArray());
        all.reset();
        all.writeBytes(encrypted());
        client.closeOutput();
        all.writeBytes(said());
        transport.receive(all.toByteArray());
        transport.receiveEnd();
        transport.runTurn();
        assertThat(server.calls()).containsExactly("made", "data");
        server.transport().resumeProducing();
        server.transport().resumeProducing();
        assertThat(server.received()).asString(US_ASCII).isEqualTo("a message".repeat(2));
        assertThat(server.calls()).contains("readLost").doesNotContain("lost LOST");
    }

    @Test
    void theLimitCountsWhatIsWrittenAndNotWhatTlsAdds() throws Exception {
        server.onMade(connection -> connection.setWriteLimits(new WriteLimits(10, 20, 1000)));
        StringTransport other = new StringTransport().withReactor(new MemoryReactor());
        TlsContext serving = TlsContext.forServer(Certificates.local(), Certificates.key(Certificates.local()));
        other.connect(TlsFactory.forServer(address -> server, () -> serving).buildProtocol(null));
        while (!client.isHandshaken()) {
            client.handshake();
            other.receive(said());
            other.runTurn();
            client.input().put(other.value());
            other.clear();
        }
        other.holdOutput();
        server.transport().write(new byte[995]);
        other.runTurn();
        assertThat(server.isLost()).isFalse();
        server.transport().write(new byte[6]);
        other.runTurn();
        assertThat(server.reasonOfTheEnd()).hasMessageContaining("the limit of 1000");
    }

    @Test
    void nothingIsToldWithinWhatIsBeingTold() throws Exception {
        shake();
        List<String> order = new ArrayList<>();
        server.onData((connection, data) -> {
            order.add("in");
            connection.pauseProducing();
            connection.resumeProducing();
            order.add("out");
        });
        server.transport().pauseProducing();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 9; i++) {
            client.write(ByteBuffer.wrap(new byte[16_000])); // more than is decrypted at once
            all.writeBytes(said());
        }
        transport.receive(all.toByteArray());
        assertThat(order).isEmpty();
        server.transport().resumeProducing();
        assertThat(order).containsSubsequence("in", "out", "in", "out");
        for (int i = 0; i < order.size(); i += 2) {
            assertThat(order.subList(i, i + 2)).containsExactly("in", "out");
        }
    }

    @Test
    void theMemoryIsThatOfTheLoopWhereTheConnectionIsNow() throws Exception {
        try (RunningReactor one = RunningReactor.open();
                RunningReactor two = RunningReactor.open()) {
            one.run(() -> {});
            two.run(() -> {});
            AtomicReference<Reactor> where = new AtomicReference<>(one.reactor());
            Transport moving = (Transport) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Transport.class}, (proxy, method, arguments) -> {
                        assertThat(method.getName()).isEqualTo("reactor");
                        return where.get();
                    });
            TlsPlace place = new TlsPlace(() -> {});
            one.run(() -> {
                place.enter(moving);
                place.leave();
                assertThat(place.memory()).isSameAs(((LoopReactor) one.reactor()).tlsMemory());
            });
            where.set(two.reactor());
            two.run(() -> {
                assertThat(place.memory()).isSameAs(((LoopReactor) two.reactor()).tlsMemory());
                assertThat(place.chunks()).isSameAs(((LoopReactor) two.reactor()).chunks());
            });
        }
    }
}
