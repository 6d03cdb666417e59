package dev.hawser.reactor.protocols;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.RunningReactor;
import dev.hawser.reactor.testing.Clock;
import dev.hawser.reactor.time.ReactorTime;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The snippets of the Javadoc, compiled and run. */
class ProtocolSnippetsTest {

    // @start region="lines"
    /** "PUT 5", five bytes, and the answer is a line. */
    static final class Store extends LineReceiver {

        private ByteBuffer wanted = ByteBuffer.allocate(0);

        @Override
        protected void lineReceived(byte[] line) {
            String command = new String(line, UTF_8);
            if (command.startsWith("PUT ")) {
                wanted = ByteBuffer.allocate(Integer.parseInt(command.substring(4)));
                setRawMode();
            } else {
                sendLine(command.toUpperCase(Locale.ROOT).getBytes(UTF_8));
            }
        }

        @Override
        protected void rawDataReceived(ByteBuffer data) {
            while (wanted.hasRemaining() && data.hasRemaining()) {
                wanted.put(data.get());
            }
            if (!wanted.hasRemaining()) {
                sendLine("stored".getBytes(UTF_8));
                setLineMode(); // the rest of the buffer is lines
            }
        }
    }
    // @end

    // @start region="netstrings"
    static final class NetstringEcho extends NetstringReceiver {
        @Override
        protected void stringReceived(byte[] string) {
            sendString(string);
        }
    }
    // @end

    // @start region="states"
    /** One byte says how long the name behind it is. */
    static final class Greeter extends StatefulProtocol {

        private final State length = new State(this::length, 1);

        @Override
        protected State getInitialState() {
            return length;
        }

        private State length(byte[] data) {
            return new State(this::name, data[0] & 0xff);
        }

        private State name(byte[] data) {
            transport().write(("Hello, " + new String(data, UTF_8) + "\n").getBytes(UTF_8));
            return length;
        }
    }
    // @end

    // @start region="idle"
    /** An echo that hangs up on who says nothing for a minute. */
    static final class ImpatientEcho extends Protocol {

        private final IdleTimeout idle;

        ImpatientEcho(ReactorTime clock) {
            idle = new IdleTimeout(clock, () -> transport().loseConnection());
        }

        @Override
        public void connectionMade() {
            idle.setTimeout(Duration.ofMinutes(1));
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            idle.resetTimeout();
            transport().write(data);
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            idle.setTimeout(null);
        }
    }
    // @end

    // @start region="coroutine"
    /** Asks for a name, and greets. */
    static final class Doorman extends CoroutineProtocol {
        @Override
        protected void run(Conversation conversation) throws Exception {
            conversation.setTimeout(Duration.ofSeconds(30));
            conversation.write("Your name? ");
            String name = conversation.readLine();
            if (name != null) {
                conversation.write("Come in, " + name + "\n");
            }
        }
    }
    // @end

    @Test
    void linesAndRawData() {
        Store store = new Store();
        FakeTransport transport = FakeTransport.connect(store);
        FakeTransport.feed(store, "PUT 5\r\na\r\nbcnoop\r\n", 3);

        assertThat(transport.takeWritten()).isEqualTo("stored\r\nNOOP\r\n");
    }

    @Test
    void netstrings() {
        NetstringEcho echo = new NetstringEcho();
        FakeTransport transport = FakeTransport.connect(echo);
        FakeTransport.feed(echo, "2:ab,", 3);

        assertThat(transport.takeWritten()).isEqualTo("2:ab,");
    }

    @Test
    void states() {
        Greeter greeter = new Greeter();
        FakeTransport transport = FakeTransport.connect(greeter);
        FakeTransport.feed(greeter, "\3Ann\3Bob", 2);

        assertThat(transport.takeWritten()).isEqualTo("Hello, Ann\nHello, Bob\n");
    }

    @Test
    void idle() {
        Clock clock = new Clock();
        ImpatientEcho echo = new ImpatientEcho(clock);
        FakeTransport transport = FakeTransport.connect(echo);
        clock.advance(Duration.ofSeconds(59));
        FakeTransport.feed(echo, "x");
        clock.advance(Duration.ofSeconds(59));
        assertThat(transport.closing).isFalse();

        clock.advance(Duration.ofSeconds(1));
        assertThat(transport.closing).isTrue();
    }

    @Test
    void wire() throws Exception {
        try (Reactor reactor = Reactor.open()) {
            // @start region="wire"
            reactor.listenTcp(0, Wire.echo());
            reactor.listenTcp(0, Wire.daytime(InstantSource.system(), ZoneId.systemDefault()));
            // @end
            // @start region="portforward"
            reactor.listenTcp(0, PortForward.toTcp(reactor, "localhost", 80, ConnectOptions.DEFAULT));
            // @end
            // @start region="policies"
            Factory echo = Wire.echo();
            Factory limited = new LimitTotalConnectionsFactory(
                    new TimeoutFactory(reactor, echo, Duration.ofMinutes(5), null), 1000, null);
            reactor.listenTcp(0, limited);
            // @end
            assertThat(limited.buildProtocol(null)).isInstanceOf(ProtocolWrapper.class);
        }
    }

    @Test
    void doorman() throws Exception {
        RunningReactor running = RunningReactor.open();
        ListeningPort port = running.call(() -> running.reactor().listenTcp(0, Factory.of(Doorman::new)));
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), ((SockaddrIn6) port.getHost()).port())) {
            client.getOutputStream().write("Ann\n".getBytes(UTF_8));
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("Your name? Come in, Ann\n");
        } finally {
            running.close();
        }
    }

    @Test
    void reconnecting() {
        Clock reactor = new Clock();
        // @start region="reconnecting"
        ClientFactory factory = new ReconnectingClientFactory(reactor, _ -> new NetstringEcho());
        // @end
        assertThat(factory.buildProtocol(null)).isInstanceOf(NetstringEcho.class);
    }

    @Test
    void networksAreMatched() {
        // @start region="prefix"
        AddressPrefix internal = AddressPrefix.parse("10.0.0.0/8");
        boolean known = internal.contains(SockaddrIn.of("10.1.2.3", 4711)); // true
        // @end
        assertThat(known).isTrue();
    }

    // @start region="pair"
    /** Whoever connects second is joined with who has connected first. */
    static Protocol matchmaker(Deque<Protocol> waiting) {
        return new Protocol() {
            @Override
            public void connectionMade() {
                Protocol first = waiting.poll();
                if (first == null) {
                    transport().pauseProducing();
                    waiting.add(this);
                } else {
                    ConnectionPair.join(first.transport(), transport());
                }
            }

            @Override
            public void dataReceived(ByteBuffer data) {}

            @Override
            public void connectionLost(ConnectionLost reason) {
                waiting.remove(this);
            }
        };
    }
    // @end

    @Test
    void twoClientsAreJoined() throws Exception {
        Deque<Protocol> waiting = new ArrayDeque<>();
        try (RunningReactor reactor = RunningReactor.open()) {
            ListeningPort port = reactor.call(() -> reactor.reactor().listenTcp(0, address -> matchmaker(waiting)));
            int number = ((SockaddrIn6) port.getHost()).port();
            try (Socket one = new Socket(InetAddress.getLoopbackAddress(), number);
                    Socket two = new Socket(InetAddress.getLoopbackAddress(), number)) {
                one.getOutputStream().write("hello".getBytes(UTF_8));
                one.shutdownOutput();
                assertThat(two.getInputStream().readAllBytes()).isEqualTo("hello".getBytes(UTF_8));
                two.getOutputStream().write("you too".getBytes(UTF_8));
                two.shutdownOutput();
                assertThat(one.getInputStream().readAllBytes()).isEqualTo("you too".getBytes(UTF_8));
            }
        }
    }
}
