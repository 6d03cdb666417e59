package dev.hawser.reactor.amp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.amp.AmpException.Kind;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.defer.Outcomes;
import dev.hawser.reactor.testing.ProtocolPair;
import dev.hawser.reactor.testing.StringTransport;
import dev.hawser.testkit.CapturedLog;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls between two sides in memory, as Twisted's test_amp has them. */
class AmpTest {

    static final Argument<String> HELLO = Argument.string("hello");
    static final Argument<String> PRINT = Argument.string("Print").optional();
    static final Command GREET = Command.named("hello")
            .argument(HELLO)
            .argument(PRINT)
            .response(HELLO)
            .response(PRINT)
            .error("UNFRIENDLY", UnfriendlyException.class, UnfriendlyException::new)
            .fatalError("DEAD", DeadException.class, DeadException::new);

    private final CapturedLog log = new CapturedLog("dev.hawser.reactor.amp");
    private final Amp client = new Amp();
    private final Amp server = new Amp();
    private final ProtocolPair pair = ProtocolPair.connect(client, server);

    static final class UnfriendlyException extends Exception {
        private static final long serialVersionUID = 1L;

        UnfriendlyException(String message) {
            super(message);
        }
    }

    static final class DeadException extends Exception {
        private static final long serialVersionUID = 1L;

        DeadException(String message) {
            super(message);
        }
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static AmpValues hello(String text) {
        return AmpValues.of(HELLO, text);
    }

    private void serveHello() {
        server.responder(GREET, values -> {
            if (values.get(HELLO).equals("unfriendly")) {
                throw new UnfriendlyException("Don't be a dick.");
            }
            if (values.get(HELLO).equals("die")) {
                throw new DeadException("aieeeeeeeee");
            }
            if (values.get(HELLO).equals("break")) {
                throw new IllegalStateException("unforeseen");
            }
            return values;
        });
    }

    private Object result(Deferred<AmpValues> call) {
        List<Object> seen = Outcomes.of(call);
        pair.flush();
        assertThat(seen).hasSize(1);
        return seen.getFirst();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000})
    void aCallIsAnsweredHoweverItsBytesCome(int bytes) {
        pair.withBytesAtATime(bytes);
        serveHello();
        assertThat(result(client.callRemote(GREET, hello("w\u00f6rld").and(PRINT, ""))))
                .isEqualTo(hello("w\u00f6rld").and(PRINT, ""));
    }

    @Test
    void bothSidesCallAtOnce() {
        serveHello();
        client.responder(GREET, values -> hello("client"));
        List<Object> ofClient = Outcomes.of(client.callRemote(GREET, hello("1")));
        List<Object> ofServer = Outcomes.of(server.callRemote(GREET, hello("2")));
        pair.flush();
        assertThat(ofClient).containsExactly(hello("1"));
        assertThat(ofServer).containsExactly(hello("client"));
    }

    @Test
    void answersComeInAnyOrder() {
        List<Deferred<AmpValues>> answers = new ArrayList<>();
        server.deferredResponder(GREET, values -> {
            Deferred<AmpValues> answer = new Deferred<>();
            answers.add(answer);
            return answer;
        });
        List<Object> first = Outcomes.of(client.callRemote(GREET, hello("1")));
        List<Object> second = Outcomes.of(client.callRemote(GREET, hello("2")));
        pair.flush();
        answers.get(1).callback(hello("two"));
        pair.flush();
        assertThat(first).isEmpty();
        assertThat(second).containsExactly(hello("two"));
        answers.get(0).callback(hello("one"));
        pair.flush();
        assertThat(first).containsExactly(hello("one"));
    }

    @Test
    void anUnknownCommandIsAnsweredSoAndTheConnectionStands() {
        Object failure = result(client.callRemote(Command.named("WTF")));
        assertThat(failure).isInstanceOfSatisfying(RemoteErrorException.class, error -> {
            assertThat(error.isUnhandledCommand()).isTrue();
            assertThat(error.description()).contains("WTF");
        });
        assertThat(pair.isClosed()).isFalse();
    }

    @Test
    void aDeclaredErrorIsTheSameExceptionOnTheOtherSide() {
        serveHello();
        assertThat(result(client.callRemote(GREET, hello("unfriendly"))))
                .isInstanceOf(UnfriendlyException.class)
                .hasToString(UnfriendlyException.class.getName() + ": Don't be a dick.");
        assertThat(result(client.callRemote(GREET, hello("friend")))).isEqualTo(hello("friend"));
    }

    @Test
    void aFatalErrorIsAnsweredAndEndsTheConnection() {
        serveHello();
        assertThat(result(client.callRemote(GREET, hello("die")))).isInstanceOf(DeadException.class);
        assertThat(pair.isClosed()).isTrue();
    }

    @Test
    void anErrorThatIsNotDeclaredIsUnknownReportedAndEndsTheConnection() {
        serveHello();
        Object failure = result(client.callRemote(GREET, hello("break")));
        assertThat(failure).isInstanceOfSatisfying(RemoteErrorException.class, error -> {
            assertThat(error.code()).isEqualTo(RemoteErrorException.UNKNOWN);
            assertThat(error.description()).isEqualTo("Unknown Error");
        });
        assertThat(pair.isClosed()).isTrue();
        assertThat(log.messages()).anyMatch(message -> message.contains("responder of command hello has failed"));
    }

    @Test
    void aResponderMayNameItsOwnCode() {
        server.responder(GREET, values -> {
            throw new RemoteErrorException("ODD", "odd");
        });
        assertThat(result(client.callRemote(GREET, hello("x"))))
                .isInstanceOfSatisfying(
                        RemoteErrorException.class,
                        error -> assertThat(error.code()).isEqualTo("ODD"));
        assertThat(pair.isClosed()).isFalse();
    }

    @Test
    void anAnswerThatCannotBeWrittenIsUnknownToThePeer() {
        server.responder(GREET, values -> AmpValues.none());
        assertThat(result(client.callRemote(GREET, hello("x")))).isInstanceOf(RemoteErrorException.class);
        assertThat(log.errors()).isNotEmpty();
        assertThat(pair.isClosed()).isTrue();
    }

    @Test
    void theEndOfTheConnectionFailsWhatWasAskedAndWhatIs() {
        server.deferredResponder(GREET, values -> new Deferred<>());
        List<Object> waiting = Outcomes.of(client.callRemote(GREET, hello("x")));
        pair.flush();
        pair.breakConnection();
        pair.flush();
        assertThat(waiting).hasSize(1).hasOnlyElementsOfType(ConnectionLost.class);
        assertThat(Outcomes.now(client.callRemote(GREET, hello("y")))).isInstanceOf(ConnectionLost.class);
    }

    @Test
    void anAnswerThatComesWhenTheConnectionHasEndedIsDropped() {
        Deferred<AmpValues> late = new Deferred<>();
        server.deferredResponder(GREET, values -> late);
        Outcomes.of(client.callRemote(GREET, hello("x")));
        pair.flush();
        pair.breakConnection();
        pair.flush();
        late.callback(hello("late"));
        assertThat(pair.serverFailure()).isNull();
    }

    @Test
    void aCommandWithoutAnswerIsDoneWhenItIsWritten() {
        List<String> came = new ArrayList<>();
        server.responder(GREET, values -> {
            came.add(values.get(HELLO));
            return AmpValues.none(); // which nobody looks at
        });
        assertThat(Outcomes.now(client.callRemote(GREET.withoutAnswer(), hello("x"))))
                .isEqualTo(AmpValues.none());
        pair.flush();
        assertThat(came).containsExactly("x");
        assertThat(pair.isClosed()).isFalse();
    }

    @Test
    void aCommandWithoutAnswerThatFailsEndsTheConnection() {
        serveHello();
        client.callRemote(GREET.withoutAnswer(), hello("unfriendly"));
        pair.flush();
        assertThat(pair.isClosed()).isTrue();
        assertThat(log.errors()).isNotEmpty();
    }

    @Test
    void whatCannotBeSentFailsTheCallAndNamesCommandAndArgument() {
        assertThat(Outcomes.now(client.callRemote(GREET, hello("x".repeat(65536)))))
                .isInstanceOfSatisfying(AmpException.class, error -> {
                    assertThat(error.kind()).isEqualTo(Kind.TOO_LONG);
                    assertThat(error)
                            .hasMessageContaining("command hello, argument hello")
                            .hasMessageContaining("65536");
                });
        assertThat(Outcomes.now(client.callRemote(GREET, AmpValues.none())))
                .isInstanceOf(AmpException.class)
                .asString()
                .contains("needs its argument hello");
        assertThat(Outcomes.now(client.callRemote(GREET, hello("x").and(Argument.integer("more"), 1L))))
                .asString()
                .contains("has no argument more");
        serveHello();
        assertThat(result(client.callRemote(GREET, hello("x".repeat(65535))))).isEqualTo(hello("x".repeat(65535)));
    }

    @Test
    void namesThatAreTooLongAreRefused() {
        assertThatThrownBy(() -> Argument.string("k".repeat(256))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Argument.string("k".repeat(255)).name()).hasSize(255);
        assertThatThrownBy(() -> Argument.string("_ask")).hasMessageContaining("the protocol's own");
        assertThatThrownBy(() -> new AmpBox().put("k", new byte[65536])).hasMessageContaining("send it in parts");
        assertThatThrownBy(() -> Command.named("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GREET.argument(HELLO)).hasMessageContaining("already");
    }

    @Test
    void aKeyThatIsTooLongEndsTheConnectionAndFailsWhatWasAsked() {
        StringTransport transport = new StringTransport();
        Amp amp = transport.connect(new Amp());
        List<Object> waiting = Outcomes.of(amp.callRemote(GREET, hello("x")));
        transport.receive("\u0001\u0000");
        transport.runTurn();
        assertThat(transport.isDisconnecting()).isTrue();
        assertThat(waiting.getFirst())
                .isInstanceOfSatisfying(
                        AmpException.class, error -> assertThat(error.kind()).isEqualTo(Kind.TOO_LONG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\0",
                "\0\7_answer\0\0019\0\0",
                "\0\3foo\0\3bar\0\0",
                "\0\6_error\0\0011\0\0",
                "\0\7_answer\0\0011\0\0\0\0"
            })
    void whatIsNoAmpEndsTheConnection(String bytes) {
        StringTransport transport = new StringTransport();
        Amp amp = transport.connect(new Amp());
        amp.callRemote(Command.named("x"));
        transport.receive(bytes.getBytes(ISO_8859_1));
        assertThat(transport.isDisconnecting()).isTrue();
        assertThat(log.messages()).anyMatch(message -> message.contains("is refused"));
    }

    @Test
    void theBytesAreTwisteds() {
        StringTransport transport = new StringTransport();
        Amp amp = transport.connect(new Amp());
        amp.callRemote(GREET, hello("world"));
        assertThat(transport.value())
                .isEqualTo("\0\4_ask\0\0011\0\b_command\0\5hello\0\5hello\0\5world\0\0".getBytes(ISO_8859_1));
    }

    @Test
    void noMoreQuestionsThanTheLimitWait() {
        Amp asking = new Amp(new CommandLocator(), new AmpLimits(10, 1000, 2));
        StringTransport transport = new StringTransport();
        transport.connect(asking);
        asking.callRemote(GREET, hello("1"));
        asking.callRemote(GREET, hello("2"));
        assertThat(Outcomes.now(asking.callRemote(GREET, hello("3"))))
                .isInstanceOfSatisfying(
                        AmpException.class, error -> assertThat(error.kind()).isEqualTo(Kind.TOO_MANY_QUESTIONS));
    }

    @Test
    void aPeerThatAsksFasterThanItIsAnsweredIsNotHeardForAWhile() {
        List<Deferred<AmpValues>> answers = new ArrayList<>();
        Amp answering = new Amp(new CommandLocator(), new AmpLimits(10, 1000, 2));
        answering.deferredResponder(GREET, values -> {
            Deferred<AmpValues> answer = new Deferred<>();
            answers.add(answer);
            return answer;
        });
        StringTransport transport = new StringTransport();
        transport.connect(answering);
        for (int i = 1; i < 3; i++) {
            assertThat(transport.isPaused()).isFalse();
            transport.receive(new AmpBox()
                    .put("_command", "hello".getBytes(ISO_8859_1))
                    .put("_ask", new byte[] {(byte) ('0' + i)})
                    .put("hello", "x".getBytes(ISO_8859_1))
                    .toBytes());
        }
        assertThat(transport.isPaused()).isTrue();
        answers.getFirst().callback(hello("x"));
        assertThat(transport.isPaused()).isFalse();
    }

    // ---- another protocol

    private static final Command SWITCH =
            Command.named("Switch").argument(HELLO).error("NO", UnfriendlyException.class, UnfriendlyException::new);

    private static final class Text extends Protocol {

        private final StringBuilder received = new StringBuilder();
        private boolean lost;

        @Override
        public void dataReceived(ByteBuffer data) {
            received.append(ISO_8859_1.decode(data));
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            lost = true;
        }

        void say(String text) {
            transport().write(text.getBytes(ISO_8859_1));
        }
    }

    @Test
    void theConnectionGoesOnWithAnotherProtocolOnBothSides() {
        Text mine = new Text();
        Text theirs = new Text();
        server.locator().switchResponder(SWITCH, values -> theirs);
        server.deferredResponder(GREET, values -> new Deferred<>());
        List<Object> waiting = Outcomes.of(client.callRemote(GREET, hello("x")));
        List<Object> switched = Outcomes.of(client.switchProtocol(SWITCH, hello("x"), () -> mine));
        assertThat(Outcomes.now(client.callRemote(GREET, hello("no"))))
                .asString()
                .contains("another protocol");
        pair.flush();
        assertThat(switched).containsExactly(AmpValues.none());
        assertThat(waiting.getFirst())
                .isInstanceOfSatisfying(
                        AmpException.class, error -> assertThat(error.kind()).isEqualTo(Kind.SWITCHED));
        theirs.say("to mine");
        mine.say("to theirs");
        pair.flush();
        assertThat(mine.received).hasToString("to mine");
        assertThat(theirs.received).hasToString("to theirs");
        assertThat(Outcomes.now(server.callRemote(GREET, hello("no")))).isInstanceOf(AmpException.class);
        pair.breakConnection();
        pair.flush();
        assertThat(mine.lost && theirs.lost).isTrue();
    }

    @Test
    void whatComesBehindTheSwitchIsTheOtherProtocols() {
        Text next = new Text();
        StringTransport transport = new StringTransport();
        Amp amp = transport.connect(new Amp());
        amp.switchProtocol(SWITCH, hello("x"), () -> next);
        transport.receive("\0\7_answer\0\0011\0\0and more");
        assertThat(next.received).hasToString("and more");
    }

    @Test
    void aRefusedSwitchLeavesTheConnectionAsItWas() {
        serveHello();
        server.locator().switchResponder(SWITCH, values -> {
            throw new UnfriendlyException("no");
        });
        assertThat(result(client.switchProtocol(SWITCH, hello("x"), Text::new)))
                .isInstanceOf(UnfriendlyException.class);
        assertThat(result(client.callRemote(GREET, hello("y")))).isEqualTo(hello("y"));
    }

    // ---- values

    @Test
    void valuesAreAskedForByTheirArguments() {
        AmpValues values = hello("x");
        assertThat(values.find(PRINT)).isEmpty();
        assertThatThrownBy(() -> values.get(PRINT)).hasMessageContaining("there is no Print");
    }

    @Test
    void aValueThatIsNotOfItsTypeIsNotAnswered() {
        server.responder(GREET, values -> values);
        Command numbers = Command.named("hello").argument(Argument.bytes("hello"));
        assertThat(result(client.callRemote(numbers, AmpValues.of(Argument.bytes("hello"), new byte[] {(byte) 0xff}))))
                .isInstanceOfSatisfying(
                        RemoteErrorException.class,
                        error -> assertThat(error.code()).isEqualTo(RemoteErrorException.UNKNOWN));
    }
}
