package dev.hawser.reactor.amp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.RunningReactor;
import dev.hawser.reactor.amp.CommandLocator.Responder;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.defer.Outcomes;
import dev.hawser.reactor.testing.ProtocolPair;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The snippets of the Javadoc, compiled and run. */
@Timeout(30)
class AmpSnippetsTest {

    // @start region="command"
    static final Argument<Long> A = Argument.integer("a");
    static final Argument<Long> B = Argument.integer("b");
    static final Argument<Long> TOTAL = Argument.integer("total");

    static final Command SUM = Command.named("Sum").argument(A).argument(B).response(TOTAL);

    static final Command DIVIDE = Command.named("Divide")
            .argument(A)
            .argument(B)
            .response(TOTAL)
            .error("ZERO_DIVISION", ArithmeticException.class, ArithmeticException::new);
    // @end

    // @start region="responder"
    static Amp calculator() {
        return new Amp()
                .responder(SUM, values -> AmpValues.of(TOTAL, values.get(A) + values.get(B)))
                .responder(DIVIDE, values -> AmpValues.of(TOTAL, values.get(A) / values.get(B)));
    }
    // @end

    // @start region="call"
    static Deferred<Long> sum(Amp connection, long a, long b) {
        return connection.callRemote(SUM, AmpValues.of(A, a).and(B, b)).addCallback(answer -> answer.get(TOTAL));
    }
    // @end

    @Test
    void numbersAreAddedOnTheOtherSide() {
        Amp client = new Amp();
        ProtocolPair pair = ProtocolPair.connect(client, calculator());
        List<Object> results = new ArrayList<>();
        sum(client, 13, 81).finish(results::add, results::add);
        client.callRemote(DIVIDE, AmpValues.of(A, 1L).and(B, 0L)).finish(results::add, results::add);
        pair.flush();
        assertThat(results.getFirst()).isEqualTo(94L);
        assertThat(results.getLast())
                .isInstanceOf(ArithmeticException.class)
                .asString()
                .contains("/ by zero");
    }

    @Test
    void boxesAreBytesAndBack() throws AmpException {
        // @start region="box"
        AmpBox box = new AmpBox().put("key", "value".getBytes(US_ASCII));
        byte[] sent = box.toBytes(); // 0 3 k e y 0 5 v a l u e 0 0
        List<AmpBox> received = AmpBox.parse(sent);
        // @end
        assertThat(sent).hasSize(14);
        assertThat(received).containsExactly(box);
    }

    // @start region="type"
    /** Lengths of time, in seconds. */
    static final AmpType<Duration> DURATION = new AmpType<>() {
        @Override
        public byte[] encode(Duration value) {
            return Long.toString(value.toSeconds()).getBytes(US_ASCII);
        }

        @Override
        public Duration decode(byte[] bytes) {
            return Duration.ofSeconds(Long.parseLong(new String(bytes, US_ASCII)));
        }
    };

    static final Argument<Duration> PATIENCE = Argument.of("patience", DURATION);
    // @end

    @Test
    void aProgramHasTypesOfItsOwn() {
        Command command = Command.named("Wait").argument(PATIENCE).response(PATIENCE);
        Responder echo = values -> values;
        Amp client = new Amp();
        ProtocolPair pair = ProtocolPair.connect(client, new Amp().responder(command, echo));
        List<Object> seen = Outcomes.of(client.callRemote(command, AmpValues.of(PATIENCE, Duration.ofMinutes(2)))
                .addCallback(answer -> answer.get(PATIENCE)));
        pair.flush();
        assertThat(seen).containsExactly(Duration.ofMinutes(2));
    }

    // @start region="descriptor"
    static final Argument<Descriptor> FILE = Argument.descriptor("file");
    static final Command GREET = Command.named("Greet").argument(FILE);

    /** Says hello to whatever socket it is given. */
    static Amp greeter() {
        return new Amp().responder(GREET, values -> {
            try (Socket passed = values.get(FILE).takeSocket()) {
                passed.sendAll("hello".getBytes(US_ASCII));
            }
            return AmpValues.none();
        });
    }

    static Deferred<AmpValues> greet(Amp connection, HasFileno file) {
        return connection.callRemote(GREET, AmpValues.of(FILE, Descriptor.of(file)));
    }
    // @end

    @Test
    void aSocketPassesWithACall() throws Exception {
        SockaddrUn address = SockaddrUn.ofAbstract(
                "hawser-amp-snippet-" + ProcessHandle.current().pid());
        CompletableFuture<AmpValues> answer = new CompletableFuture<>();
        try (RunningReactor running = RunningReactor.open();
                SocketPair pair = Sockets.socketPair()) {
            Amp client = new Amp() {
                @Override
                public void connectionMade() {
                    greet(this, pair.first()).finish(answer::complete, answer::completeExceptionally);
                }
            };
            running.run(() -> {
                running.reactor().listenUnix(address, Factory.of(AmpSnippetsTest::greeter), ListenOptions.DEFAULT);
                running.reactor().connectUnix(address, peer -> client, ConnectOptions.DEFAULT);
            });
            assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(AmpValues.none());
            assertThat(pair.second().recv(100)).isEqualTo("hello".getBytes(US_ASCII));
        }
    }
}
