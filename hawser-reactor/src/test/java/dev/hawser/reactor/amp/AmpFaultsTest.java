package dev.hawser.reactor.amp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.defer.Outcomes;
import dev.hawser.reactor.testing.StringTransport;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.CapturedLog;
import dev.hawser.tls.TlsContext;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Peers that mean no good, and what is given away and goes nowhere. */
class AmpFaultsTest {

    private static final Argument<Descriptor> FILE = Argument.descriptor("file");
    private static final Command GIVE = Command.named("give").response(FILE);
    private static final Command COUNT = Command.named("count");

    private final CapturedLog log = new CapturedLog("dev.hawser.reactor.amp");
    private final StringTransport transport = new StringTransport();
    private final Amp amp = new Amp(new CommandLocator(), new AmpLimits(10, 1000, 100));

    @AfterEach
    void close() {
        log.close();
    }

    private static byte[] ask(String command, String tag) {
        return new AmpBox()
                .put("_command", command.getBytes(ISO_8859_1))
                .put("_ask", tag.getBytes(ISO_8859_1))
                .toBytes();
    }

    private static byte[] together(byte[] one, byte[] two) {
        return ByteBuffer.allocate(one.length + two.length).put(one).put(two).array();
    }

    @Test
    void nothingIsDoneBehindAFatalError() {
        List<String> called = new ArrayList<>();
        amp.responder(COUNT, values -> {
            called.add("count");
            throw new IllegalStateException("on purpose");
        });
        transport.connect(amp);
        transport.receive(together(ask("count", "1"), ask("count", "2")));
        assertThat(called).containsExactly("count");
    }

    @Test
    void aTlsThatCannotBeginEndsTheConnectionAndNothingGoesUnprotected() throws Exception {
        TlsContext context = TlsContext.builder().build();
        amp.locator().tlsResponder(() -> AmpTls.client(context, "")); // no name: it is refused when TLS begins
        transport.connect(amp);
        transport.receive(ask("StartTLS", "1"));
        transport.clear();
        assertThat(transport.isDisconnecting()).isTrue();
        assertThat(Outcomes.now(amp.callRemote(COUNT))).isInstanceOf(AmpException.class);
        assertThat(transport.value()).isEmpty();
    }

    @Test
    void aRefusalToBeginTlsOfThisSideEndsTheConnection() throws Exception {
        transport.connect(amp);
        List<Object> outcome =
                Outcomes.of(amp.startTls(AmpTls.client(TlsContext.builder().build(), "")));
        List<Object> behind = Outcomes.of(amp.callRemote(COUNT));
        transport.clear();
        transport.receive("\0\7_answer\0\0011\0\0");
        transport.runTurn();
        assertThat(outcome).hasSize(1).hasOnlyElementsOfType(RuntimeException.class);
        assertThat(behind).hasSize(1).hasOnlyElementsOfType(AmpException.class);
        assertThat(transport.isDisconnecting()).isTrue();
        assertThat(transport.value()).isEmpty();
    }

    @Test
    void whatWaitsForTlsHasItsLimit() throws Exception {
        amp.responder(COUNT, values -> AmpValues.none());
        transport.connect(amp);
        List<Object> outcome =
                Outcomes.of(amp.startTls(AmpTls.client(TlsContext.builder().build(), "localhost")));
        for (int i = 0; i < 100 && !transport.isDisconnecting(); i++) {
            transport.receive(ask("count", "tag" + i)); // and never an answer
        }
        transport.clear();
        transport.runTurn();
        assertThat(outcome)
                .hasSize(1)
                .allSatisfy(error -> assertThat(error).asString().contains("wait for the peer to agree"));
    }

    @Test
    void whatWasAnsweredWhileThePeerRefusesToSwitchIsSentThen() {
        amp.responder(COUNT, values -> AmpValues.none());
        transport.connect(amp);
        Outcomes.of(amp.switchProtocol(COUNT, AmpValues.none(), () -> {
            throw new AssertionError("refused");
        }));
        transport.clear();
        transport.receive(ask("count", "theirs"));
        assertThat(transport.value()).isEmpty();
        transport.receive(new AmpBox()
                .put("_error", new byte[] {'1'})
                .put("_error_code", new byte[] {'N'})
                .toBytes());
        assertThat(transport.value())
                .isEqualTo(new AmpBox()
                        .put("_answer", "theirs".getBytes(ISO_8859_1))
                        .toBytes());
    }

    @Test
    void aDescriptorThatIsGivenToNobodyIsClosed() throws Exception {
        try (SocketPair pair = Sockets.socketPair()) {
            Deferred<AmpValues> late = new Deferred<>();
            amp.deferredResponder(GIVE, values -> late);
            transport.connect(amp);
            transport.receive(ask("give", "1"));
            transport.abortConnection();
            transport.runTurn();
            Descriptor given = Descriptor.giving(Sockets.dup(pair.first().fileno()));
            late.callback(AmpValues.of(FILE, given));
            assertThat(given.fileno()).isNegative();
        }
    }

    @Test
    void aDescriptorThatCannotPassIsClosedAndThePeerIsTold() throws Exception {
        try (SocketPair pair = Sockets.socketPair()) {
            Descriptor given = Descriptor.giving(Sockets.dup(pair.first().fileno()));
            amp.responder(GIVE, values -> AmpValues.of(FILE, given));
            transport.connect(amp);
            transport.receive(ask("give", "1"));
            assertThat(given.fileno()).isNegative();
            assertThat(new String(transport.value(), ISO_8859_1))
                    .contains("_error")
                    .contains("UNKNOWN");
            Descriptor asked = Descriptor.giving(Sockets.dup(pair.first().fileno()));
            Command take = Command.named("take").argument(FILE);
            Amp other = new StringTransport().connect(new Amp());
            assertThat(Outcomes.now(other.callRemote(take, AmpValues.of(FILE, asked))))
                    .isInstanceOf(AmpException.class);
            assertThat(asked.fileno()).isNegative();
        }
    }

    @Test
    void aPeerWritesNoLinesIntoTheLog() {
        transport.connect(amp);
        transport.receive(
                new AmpBox().put("evil", "\nERROR forged".getBytes(ISO_8859_1)).toBytes());
        assertThat(new AmpBox().put("k\n", "\r\nforged".getBytes(ISO_8859_1)).toString())
                .isEqualTo("AmpBox{k\\x0a=\\x0d\\x0aforged}");
        assertThat(transport.isDisconnecting()).isTrue();
    }
}
