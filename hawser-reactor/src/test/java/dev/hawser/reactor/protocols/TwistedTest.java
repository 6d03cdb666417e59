package dev.hawser.reactor.protocols;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.RunningReactor;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Twisted itself at the other end, both ways. */
@Timeout(120)
@RequiresProgram("python3")
class TwistedTest {

    private static final int MESSAGES = 500;

    /** Twisted's receivers; an echo of each kind, and a client that checks one. */
    private static final String TWISTED = """
        import sys
        from twisted.internet import protocol, reactor
        from twisted.protocols import basic

        kind = sys.argv[1]
        base = {'LINES': basic.LineReceiver, 'NETSTRINGS': basic.NetstringReceiver,
                'INT16': basic.Int16StringReceiver, 'INT32': basic.Int32StringReceiver}[kind]

        class Messages(base):
            def lineReceived(self, line):
                self.received(line)
            stringReceived = lineReceived
            def send(self, message):
                self.sendLine(message) if kind == 'LINES' else self.sendString(message)
        """;

    private static final String SERVER = TWISTED + """

        class Echo(Messages):
            def received(self, message):
                self.send(message)

        port = reactor.listenTCP(0, protocol.Factory.forProtocol(Echo), interface='127.0.0.1')
        print(port.getHost().port)
        reactor.run()
        """;

    private static final String CLIENT = TWISTED + """

        class Check(Messages):
            def connectionMade(self):
                self.sent = [bytes([97 + i % 26]) * (i * 7 % 1009) for i in range(int(sys.argv[3]))]
                self.got = []
                for message in self.sent:
                    self.send(message)
            def received(self, message):
                self.got.append(message)
                if len(self.got) == len(self.sent):
                    print('the same' if self.got == self.sent else 'different')
                    self.transport.loseConnection()
            def connectionLost(self, reason):
                reactor.stop()

        protocol.ClientCreator(reactor, Check).connectTCP('127.0.0.1', int(sys.argv[2]))
        reactor.run()
        """;

    /** Sends a request, ends its output at once, and wants the answer all the same. */
    private static final String HALF_CLOSER = """
        import socket, sys
        answered = 0
        for i in range(20):
            with socket.create_connection(('127.0.0.1', int(sys.argv[1]))) as s:
                s.sendall(b'5:hello,')
                s.shutdown(socket.SHUT_WR)
                answer = b''
                for part in iter(lambda: s.recv(100), b''):
                    answer += part
                answered += answer == b'5:hello,'
        print(answered)
        """;

    enum Kind {
        LINES,
        NETSTRINGS,
        INT16,
        INT32
    }

    /** What the receivers have in common. */
    private interface Messages {
        void received(byte[] message, java.util.function.Consumer<byte[]> send);
    }

    private RunningReactor reactor;

    @BeforeEach
    void open() throws Exception {
        Peers.requirePythonModule("twisted");
        reactor = RunningReactor.open();
    }

    @AfterEach
    void close() throws Exception {
        if (reactor != null) {
            reactor.close();
        }
    }

    private static Protocol protocol(Kind kind, Messages messages) {
        return switch (kind) {
            case LINES ->
                new LineReceiver() {
                    @Override
                    protected void lineReceived(byte[] line) {
                        messages.received(line, this::sendLine);
                    }
                };
            case NETSTRINGS ->
                new NetstringReceiver() {
                    @Override
                    protected void stringReceived(byte[] string) {
                        messages.received(string, this::sendString);
                    }
                };
            case INT16 ->
                new Int16StringReceiver() {
                    @Override
                    protected void stringReceived(byte[] string) {
                        messages.received(string, this::sendString);
                    }
                };
            case INT32 ->
                new Int32StringReceiver() {
                    @Override
                    protected void stringReceived(byte[] string) {
                        messages.received(string, this::sendString);
                    }
                };
        };
    }

    private static void send(Protocol protocol, byte[] message) {
        switch (protocol) {
            case LineReceiver lines -> lines.sendLine(message);
            case NetstringReceiver netstrings -> netstrings.sendString(message);
            case Int16StringReceiver strings -> strings.sendString(message);
            case Int32StringReceiver strings -> strings.sendString(message);
            default -> throw new AssertionError(protocol);
        }
    }

    private int listen(Factory factory) throws Exception {
        ListeningPort port = reactor.call(() -> reactor.reactor().listenTcp(0, factory));
        return ((SockaddrIn6) port.getHost()).port();
    }

    private static Factory echo(Kind kind) {
        return Factory.of(() -> protocol(kind, (message, send) -> send.accept(message)));
    }

    @ParameterizedTest
    @EnumSource
    void aClientOfTwistedGetsItsMessagesBack(Kind kind) throws Exception {
        int port = listen(echo(kind));
        try (Peer twisted = Peers.python(CLIENT, kind.name(), String.valueOf(port), String.valueOf(MESSAGES))) {
            assertThat(twisted.readLine()).isEqualTo("the same");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerOfTwistedSendsOurMessagesBack(Kind kind) throws Exception {
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            sent.add(String.valueOf((char) ('a' + i % 26)).repeat(i * 7 % 1009).getBytes(UTF_8));
        }
        List<byte[]> received = new ArrayList<>();
        CompletableFuture<List<byte[]>> all = new CompletableFuture<>();
        Supplier<Protocol> client = () -> protocol(kind, (message, _) -> {
            received.add(message);
            if (received.size() == MESSAGES) {
                all.complete(received);
            }
        });
        try (Peer twisted = Peers.python(SERVER, kind.name())) {
            int port = Integer.parseInt(twisted.readLine());
            connect(port, client, sent);
            List<byte[]> echoed = all.get(30, TimeUnit.SECONDS);
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(echoed.get(i)).isEqualTo(sent.get(i));
            }
        }
    }

    private void connect(int port, Supplier<Protocol> client, List<byte[]> messages) throws Exception {
        ClientFactory factory = new ClientFactory() {
            @Override
            public Protocol buildProtocol(@Nullable Sockaddr address) {
                Protocol protocol = client.get();
                reactor.reactor().callFromThread(() -> messages.forEach(message -> send(protocol, message)));
                return protocol;
            }
        };
        reactor.run(() -> reactor.reactor().connectTcp("127.0.0.1", port, factory, ConnectOptions.DEFAULT));
    }

    @Test
    void answersAreStillSentAfterThePeersHalfClose() throws Exception {
        int port = listen(echo(Kind.NETSTRINGS));
        try (Peer python = Peers.python(HALF_CLOSER, String.valueOf(port))) {
            assertThat(python.readLine()).isEqualTo("20");
        }
    }

    @Test
    @RequiresProgram({"twistd3", "curl"})
    void curlReadsTwistedsWebThroughOurPortForward(@TempDir Path directory) throws Exception {
        byte[] page = "a line of the page\n".repeat(50_000).getBytes(UTF_8);
        Files.write(directory.resolve("page.txt"), page);
        try (Peer twisted = twistd("web", "--listen=tcp:0:interface=127.0.0.1", "--path=" + directory)) {
            PortForward forward = PortForward.toTcp(
                    reactor.reactor(), "127.0.0.1", portOf(twisted, "Site starting on "), ConnectOptions.DEFAULT);
            int port = listen(forward);
            try (Peer curl = Peers.start("curl", "-sS", "http://127.0.0.1:" + port + "/page.txt")) {
                assertThat(curl.readLines()).hasSize(50_000).containsOnly("a line of the page");
                assertThat(curl.awaitExit()).isZero();
            }
            assertThat(reactor.<Long>call(forward::bytesFromTarget)).isGreaterThan(page.length);
        }
    }

    @Test
    @RequiresProgram("twistd3")
    void twistedsPortForwardStandsInFrontOfOurServer() throws Exception {
        int port = listen(echo(Kind.LINES));
        try (Peer twisted = twistd(
                "portforward", "-p", "tcp:0:interface=127.0.0.1", "-h", "127.0.0.1", "-d", String.valueOf(port))) {
            int front = portOf(twisted, "ProxyFactory starting on ");
            try (Peer client = Peers.python(CLIENT, "LINES", String.valueOf(front), String.valueOf(MESSAGES))) {
                assertThat(client.readLine()).isEqualTo("the same");
            }
        }
    }

    private static Peer twistd(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("-n", "-o", "--pidfile=", "-l", "-"));
        all.addAll(List.of(arguments));
        return Peers.start("twistd3", all.toArray(String[]::new));
    }

    /** From its log. */
    private static int portOf(Peer twisted, String announcement) {
        while (true) {
            String line = twisted.readLine();
            int at = line.indexOf(announcement);
            if (at >= 0) {
                return Integer.parseInt(
                        line.substring(at + announcement.length()).strip());
            }
        }
    }
}
