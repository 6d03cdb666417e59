package dev.hawser.reactor.amp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.RunningReactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.tls.TlsContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Twisted's own AMP at the other end, as the one that connects and as the one that listens: each side calls the other. */
@ParameterizedClass
@ValueSource(strings = {"connect", "listen"})
@Timeout(60)
@RequiresProgram({"python3", "openssl"})
class AmpTwistedTest {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private static final String PYTHON = """
            import os, socket, sys
            from twisted.internet import defer, protocol, reactor, ssl
            from twisted.protocols import amp
            from twisted.protocols.amp import DateTime
            class Everything(amp.Command):
                arguments = [(b'i', amp.Integer()), (b'big', amp.Integer()), (b'u', amp.Unicode()), (b's', amp.String()),
                             (b'bo', amp.Boolean()), (b'fl', amp.Float()), (b'd', amp.Decimal()), (b'dt', DateTime()),
                             (b'li', amp.ListOf(amp.Integer())), (b'lu', amp.ListOf(amp.Unicode())),
                             (b'al', amp.AmpList([(b'x', amp.Integer()), (b'y', amp.Unicode(optional=True))])),
                             (b'opt', amp.Integer(optional=True))]
                response = arguments
            class Fail(amp.Command):
                arguments = [(b'how', amp.Unicode())]
                errors = {ValueError: b'VALUE'}
                fatalErrors = {KeyError: b'KEY'}
            class Note(amp.Command):
                arguments = [(b'u', amp.Unicode())]
                requiresAnswer = False
            class Missing(amp.Command):
                pass
            class Drive(amp.Command):
                arguments = [(b'what', amp.Unicode())]
                response = [(b'result', amp.Unicode())]
            class Big(amp.Command):
                arguments = [(b's', amp.String())]
                response = [(b's', amp.String())]
            class Pass(amp.Command):
                arguments = [(b'fd', amp.Descriptor()), (b'u', amp.Unicode()), (b'fe', amp.Descriptor())]
                response = [(b'fd', amp.Descriptor())]
            class Switch(amp.ProtocolSwitchCommand):
                arguments = [(b'u', amp.Unicode())]
            class Upper(protocol.Protocol):
                def connectionMade(self):
                    self.transport.write(b'hello ')
                def dataReceived(self, data):
                    self.transport.write(data.upper())
            class UpperFactory(protocol.ClientFactory):
                protocol = Upper
            last = None
            class Side(amp.AMP):
                notes = []
                @Everything.responder
                def everything(self, **values):
                    global last
                    last = values
                    return values
                @Fail.responder
                def failing(self, how):
                    if how == 'declared': raise ValueError('told')
                    if how == 'fatal': raise KeyError('the end')
                    raise RuntimeError('unforeseen')
                @Note.responder
                def note(self, u):
                    self.notes.append(u)
                    return {}
                @Big.responder
                def big(self, s):
                    return dict(s=s)
                @Pass.responder
                def passed(self, fd, u, fe):
                    with socket.socket(fileno=fd) as first, socket.socket(fileno=fe) as second:
                        first.sendall(b'first ' + u.encode())
                        second.sendall(b'second')
                    self.kept = socket.socketpair()
                    self.kept[0].sendall(b'from Twisted')
                    return dict(fd=self.kept[1].fileno())
                @Switch.responder
                def switch(self, u):
                    return Upper()
                @amp.StartTLS.responder
                def startTls(self):
                    if sys.argv[1] == 'listen':
                        return dict(tls_localCertificate=certificate)
                    return dict(tls_verifyAuthorities=[authority])
                @Drive.responder
                @defer.inlineCallbacks
                def drive(self, what):
                    try:
                        result = yield getattr(self, 'drive_' + what)()
                    except Exception as e:
                        result = type(e).__name__ + ' ' + str(e)
                    return dict(result=str(result))
                @defer.inlineCallbacks
                def drive_everything(self):
                    result = yield self.callRemote(Everything, **last)
                    return result == last
                def drive_declared(self):
                    return self.callRemote(Fail, how='declared')
                def drive_missing(self):
                    return self.callRemote(Missing)
                @defer.inlineCallbacks
                def drive_big(self):
                    result = yield self.callRemote(Big, s=b'x' * 65535)
                    return len(result['s'])
                def drive_notes(self):
                    return ' '.join(self.notes)
                @defer.inlineCallbacks
                def drive_pass(self):
                    mine = socket.socketpair()
                    other = socket.socketpair()
                    result = yield self.callRemote(Pass, fd=mine[1].fileno(), u='x', fe=other[1].fileno())
                    with socket.socket(fileno=result['fd']) as back:
                        return ' | '.join([mine[0].recv(100).decode(), other[0].recv(100).decode(), back.recv(100).decode()])
                def drive_undeclared(self):
                    d = self.callRemote(Fail, how='undeclared')
                    d.addErrback(lambda f: print(f.type.__name__, flush=True))
                    return 'asked'
                def drive_switch(self):
                    reactor.callLater(0, lambda: self.callRemote(Switch, UpperFactory(), u='x'))
                    return 'soon'
                def drive_tls(self):
                    def start():
                        if sys.argv[1] == 'listen':
                            d = self.callRemote(amp.StartTLS, tls_localCertificate=certificate)
                        else:
                            d = self.callRemote(amp.StartTLS, tls_verifyAuthorities=[authority])
                        self.callRemote(Note, u='protected')
                    reactor.callLater(0, start)
                    return 'soon'
                def connectionLost(self, reason):
                    amp.AMP.connectionLost(self, reason)
                    if reactor.running: reactor.stop()
            read = lambda path: open(path).read()
            authority = ssl.Certificate.loadPEM(read(sys.argv[3]))
            certificate = ssl.PrivateCertificate.loadPEM(read(sys.argv[4]) + read(sys.argv[5]))
            if sys.argv[1] == 'listen':
                reactor.listenUNIX('\\0' + sys.argv[2], protocol.Factory.forProtocol(Side))
            else:
                reactor.connectUNIX('\\0' + sys.argv[2], protocol.ClientFactory.forProtocol(Side))
            print('ready', flush=True)
            reactor.run()
            """;

    private static final Argument<Long> I = Argument.integer("i");
    private static final Argument<BigInteger> BIG = Argument.bigInteger("big");
    private static final Argument<String> U = Argument.string("u");
    private static final Argument<byte[]> S = Argument.bytes("s");
    private static final Argument<Boolean> BO = Argument.bool("bo");
    private static final Argument<Double> F = Argument.floating("fl");
    private static final Argument<BigDecimal> D = Argument.decimal("d");
    private static final Argument<OffsetDateTime> DT = Argument.dateTime("dt");
    private static final Argument<List<Long>> LI = Argument.listOf("li", AmpType.INTEGER);
    private static final Argument<List<String>> LU = Argument.listOf("lu", AmpType.STRING);
    private static final Argument<Long> X = Argument.integer("x");
    private static final Argument<String> Y = Argument.string("y").optional();
    private static final Argument<List<AmpValues>> AL = Argument.ampList("al", X, Y);
    private static final Argument<Long> OPT = Argument.integer("opt").optional();
    private static final Argument<String> HOW = Argument.string("how");
    private static final Argument<String> WHAT = Argument.string("what");
    private static final Argument<String> RESULT = Argument.string("result");
    private static final Argument<Descriptor> FD = Argument.descriptor("fd");
    private static final Argument<Descriptor> FE = Argument.descriptor("fe");

    private static final Command EVERYTHING = everything();
    private static final Command FAIL = Command.named("Fail")
            .argument(HOW)
            .error("VALUE", IllegalArgumentException.class, IllegalArgumentException::new)
            .fatalError("KEY", IllegalStateException.class, IllegalStateException::new);
    private static final Command NOTE = Command.named("Note").argument(U).withoutAnswer();
    private static final Command DRIVE = Command.named("Drive").argument(WHAT).response(RESULT);
    private static final Command BIGGEST = Command.named("Big").argument(S).response(S);
    private static final Command PASS =
            Command.named("Pass").argument(FD).argument(U).argument(FE).response(FD);
    private static final Command SWITCH = Command.named("Switch").argument(U);

    private final String role;
    private final List<String> notes = new ArrayList<>();
    private final CompletableFuture<Amp> made = new CompletableFuture<>();
    private final CompletableFuture<ConnectionLost> lost = new CompletableFuture<>();
    private final CompletableFuture<String> noted = new CompletableFuture<>();
    private final Upper upper = new Upper();
    private RunningReactor running;
    private Peer python;

    AmpTwistedTest(String role) {
        this.role = role;
    }

    private static Command everything() {
        Command command = Command.named("Everything");
        for (Argument<?> each : List.of(I, BIG, U, S, BO, F, D, DT, LI, LU, AL, OPT)) {
            command = command.argument(each).response(each);
        }
        return command;
    }

    private final class Side extends Amp {

        @Override
        public void connectionMade() {
            responder(EVERYTHING, values -> values);
            responder(BIGGEST, values -> values);
            responder(FAIL, AmpTwistedTest::fail);
            responder(NOTE, values -> {
                notes.add(values.get(U));
                noted.complete(values.get(U) + " " + (transport().tls() != null));
                return AmpValues.none();
            });
            responder(PASS, AmpTwistedTest::pass);
            locator().switchResponder(SWITCH, values -> upper);
            locator().tlsResponder(() -> tls());
            made.complete(this);
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            super.connectionLost(reason);
            lost.complete(reason);
        }
    }

    private static final class Upper extends Protocol {

        private final CompletableFuture<String> heard = new CompletableFuture<>();
        private final StringBuilder all = new StringBuilder();

        @Override
        public void connectionMade() {
            transport().write("from Hawser".getBytes(US_ASCII));
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            all.append(US_ASCII.decode(data));
            if (all.toString().endsWith("FROM HAWSER")) {
                heard.complete(all.toString());
            }
        }
    }

    private static AmpValues fail(AmpValues values) throws Exception {
        if (values.get(HOW).equals("declared")) {
            throw new IllegalArgumentException("told");
        }
        throw new IOException("unforeseen");
    }

    private static AmpValues pass(AmpValues values) throws Exception {
        try (Socket first = values.get(FD).takeSocket();
                Socket second = values.get(FE).takeSocket();
                SocketPair own = Sockets.socketPair()) {
            first.sendAll(("first " + values.get(U)).getBytes(US_ASCII));
            second.sendAll("second".getBytes(US_ASCII));
            own.first().sendAll("from Hawser".getBytes(US_ASCII));
            return AmpValues.of(FD, Descriptor.giving(Sockets.dup(own.second().fileno())));
        }
    }

    private AmpTls tls() throws Exception {
        return role.equals("listen") ? AmpTls.client(clientContext(), "localhost") : AmpTls.server(serverContext());
    }

    private static TlsContext serverContext() throws Exception {
        return TlsContext.forServer(Certificates.local(), Certificates.key(Certificates.local()));
    }

    private static TlsContext clientContext() throws Exception {
        return TlsContext.builder().trust(Certificates.authority()).build();
    }

    @BeforeEach
    void open() throws Exception {
        Peers.requirePythonModule("twisted");
        Peers.requirePythonModule("OpenSSL");
        String name = "hawser-amp-" + ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet();
        SockaddrUn address = SockaddrUn.ofAbstract(name);
        running = RunningReactor.open();
        if (role.equals("connect")) {
            running.run(() -> running.reactor().listenUnix(address, Factory.of(Side::new), ListenOptions.DEFAULT));
        }
        String local = Certificates.local().toString();
        String key = Certificates.key(Certificates.local()).toString();
        python = Peers.python(PYTHON, role, name, Certificates.authority().toString(), local, key);
        assertThat(python.readLine()).isEqualTo("ready");
        if (role.equals("listen")) {
            running.run(() -> running.reactor().connectUnix(address, peer -> new Side(), ConnectOptions.DEFAULT));
        }
        made.get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        python.close();
        running.close();
    }

    private <T> T await(Callable<Deferred<T>> call) throws Exception {
        CompletableFuture<T> result = running.call(() -> call.call().toCompletableFuture());
        try {
            return result.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    private AmpValues call(Command command, AmpValues values) throws Exception {
        return await(() -> made.join().callRemote(command, values));
    }

    private String drive(String what) throws Exception {
        return call(DRIVE, AmpValues.of(WHAT, what)).get(RESULT);
    }

    @Test
    void valuesOfEveryKindPassBothWays() throws Exception {
        AmpValues values = AmpValues.of(I, -7L)
                .and(BIG, BigInteger.TWO.pow(200))
                .and(U, "w\u00f6rld \ud83d\ude00")
                .and(S, new byte[] {0, -1})
                .and(BO, true)
                .and(F, 0.1)
                .and(D, new BigDecimal("1.50E+10"))
                .and(DT, OffsetDateTime.parse("2026-11-23T16:00:00.000001+05:30"))
                .and(LI, List.of(1L, -2L))
                .and(LU, List.of("", "\u2603"))
                .and(AL, List.of(AmpValues.of(X, 1L).and(Y, "y"), AmpValues.of(X, 2L)));
        AmpValues answer = call(EVERYTHING, values);
        for (Argument<?> each : List.of(I, BIG, U, S, BO, F, D, DT, LI, LU, AL)) {
            assertThat((Object) answer.get(each)).as(each.name()).isEqualTo(values.get(each));
        }
        assertThat(answer.find(OPT)).isEmpty();
        assertThat(drive("everything")).isEqualTo("True");
    }

    @Test
    void manyCallsBothWaysAtOnce() throws Exception {
        List<CompletableFuture<AmpValues>> calls = running.call(() -> {
            List<CompletableFuture<AmpValues>> all = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                all.add(made.join()
                        .callRemote(BIGGEST, AmpValues.of(S, Integer.toString(i).getBytes(US_ASCII)))
                        .toCompletableFuture());
                if (i % 10 == 0) {
                    made.join().callRemote(DRIVE, AmpValues.of(WHAT, "big")).finish(v -> {}, e -> {});
                }
            }
            return all;
        });
        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).get(20, TimeUnit.SECONDS).get(S))
                    .isEqualTo(Integer.toString(i).getBytes(US_ASCII));
        }
    }

    @Test
    void errorsAreToldBothWays() throws Exception {
        assertThat(catchThrowable(() -> call(FAIL, AmpValues.of(HOW, "declared"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("told");
        assertThat(catchThrowable(() -> call(Command.named("Missing"), AmpValues.none())))
                .isInstanceOfSatisfying(
                        RemoteErrorException.class,
                        e -> assertThat(e.isUnhandledCommand()).isTrue());
        assertThat(drive("declared")).isEqualTo("ValueError told");
        assertThat(drive("missing")).startsWith("UnhandledCommand");
        assertThat(catchThrowable(() -> call(FAIL, AmpValues.of(HOW, "fatal"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(lost.get(20, TimeUnit.SECONDS).reason()).isEqualTo(ConnectionLost.Reason.DONE);
    }

    @Test
    void whatAResponderDoesNotDeclareIsUnknownToTheOtherSide() throws Exception {
        assertThat(drive("undeclared")).isEqualTo("asked");
        assertThat(python.readLine()).isEqualTo("UnknownRemoteError");
        assertThat(lost.get(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void theLargestValuesPassBothWaysAndALargerOneIsRefusedHere() throws Exception {
        byte[] largest = "y".repeat(65535).getBytes(US_ASCII);
        assertThat(call(BIGGEST, AmpValues.of(S, largest)).get(S)).isEqualTo(largest);
        assertThat(drive("big")).isEqualTo("65535");
        assertThat(catchThrowable(() -> call(BIGGEST, AmpValues.of(S, new byte[65536]))))
                .isInstanceOf(AmpException.class)
                .hasMessageContaining("command Big, argument s");
    }

    @Test
    void commandsWithoutAnswerArrive() throws Exception {
        call(NOTE, AmpValues.of(U, "one"));
        call(NOTE, AmpValues.of(U, "two"));
        assertThat(drive("notes")).isEqualTo("one two");
    }

    @Test
    void descriptorsPassBothWays() throws Exception {
        try (SocketPair first = Sockets.socketPair();
                SocketPair second = Sockets.socketPair()) {
            AmpValues answer = call(
                    PASS,
                    AmpValues.of(FD, Descriptor.of(first.first())).and(U, "x").and(FE, Descriptor.of(second.first())));
            try (Socket back = answer.get(FD).takeSocket()) {
                assertThat(new String(back.recv(100), UTF_8)).isEqualTo("from Twisted");
            }
            assertThat(new String(first.second().recv(100), UTF_8)).isEqualTo("first x");
            assertThat(new String(second.second().recv(100), UTF_8)).isEqualTo("second");
        }
        assertThat(drive("pass")).isEqualTo("first x | second | from Hawser");
    }

    @Test
    void tlsIsStartedByACommand() throws Exception {
        CompletableFuture<AmpValues> agreed =
                running.call(() -> made.join().startTls(tls()).toCompletableFuture());
        CompletableFuture<AmpValues> behind = running.call(() ->
                made.join().callRemote(BIGGEST, AmpValues.of(S, new byte[3])).toCompletableFuture());
        agreed.get(20, TimeUnit.SECONDS);
        assertThat(behind.get(20, TimeUnit.SECONDS).get(S)).hasSize(3);
        assertThat(drive("big")).isEqualTo("65535");
        assertThat(running.<Boolean>call(() -> made.join().transport().tls() != null))
                .isTrue();
        assertThat(catchThrowable(() -> await(() -> made.join().startTls(tls()))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("started before");
    }

    /** By Twisted's client: its server would take what a client of TLS says first for AMP, where that comes right behind the answer. */
    @Test
    void tlsIsStartedByThePeer() throws Exception {
        Assumptions.assumeTrue(role.equals("connect"), "Twisted's server cannot ask for TLS");
        assertThat(drive("tls")).isEqualTo("soon");
        assertThat(noted.get(20, TimeUnit.SECONDS)).isEqualTo("protected true");
        assertThat(drive("big")).isEqualTo("65535");
    }

    @Test
    void theConnectionGoesOnWithAnotherProtocol() throws Exception {
        await(() -> made.join().switchProtocol(SWITCH, AmpValues.of(U, "x"), () -> upper));
        assertThat(upper.heard.get(20, TimeUnit.SECONDS)).isEqualTo("hello FROM HAWSER");
    }

    @Test
    void thePeerSwitchesToAnotherProtocol() throws Exception {
        assertThat(drive("switch")).isEqualTo("soon");
        assertThat(upper.heard.get(20, TimeUnit.SECONDS)).isEqualTo("hello FROM HAWSER");
    }
}
