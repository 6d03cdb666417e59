package dev.hawser.examples;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Connector;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.socket.Sockaddr;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The client of {@link ReactorTimeServer}, driven by events as well: a factory of clients, which is told what becomes of its connection. It
 * needs no thread besides the caller's: the reactor runs while there is an answer to come, and whoever brings the answer stops it.
 */
public final class ReactorTimeClient implements TimeClient, ClientFactory {

    /** How long to wait for a connection, and for an answer. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HostPort server;
    private final Duration timeout;
    private final Reactor reactor;
    private final Conversation conversation = new Conversation();
    private @Nullable IOException failure;

    /** Connects: looks the name up and tries each of its addresses. */
    public ReactorTimeClient(HostPort server, Duration timeout) throws IOException {
        this.server = server;
        this.timeout = timeout;
        this.reactor = Reactor.open();
        try {
            reactor.connectTcp(server.host(), server.port(), this, ConnectOptions.DEFAULT.withTimeout(timeout));
            runUntilStopped();
        } catch (IOException e) {
            reactor.close();
            throw e;
        }
    }

    /** Talks to {@code HOST:PORT}, the first argument, or to port 21567 of this machine. */
    public static void main(String[] args) throws IOException {
        HostPort server = HostPort.parse(args.length > 0 ? args[0] : "localhost:" + TimeServer.PORT);
        try (TimeClient client = new ReactorTimeClient(server, TIMEOUT)) {
            client.run(Lines.of(System.in, System.out, Terminal.isInput()), System.out, System.err);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>TCP may deliver an answer in pieces, and nothing in it says where it ends. But its length is known: the stamp's and the message's.
     */
    @Override
    public byte[] ask(byte[] message) throws IOException {
        if (message.length == 0 || message.length > TimeServer.BUFSIZ) {
            throw new IllegalArgumentException("a message has 1.." + TimeServer.BUFSIZ + " bytes: " + message.length);
        }
        DelayedCall late =
                reactor.callLater(timeout, () -> fail(new SocketTimeoutException("no answer from " + server)));
        reactor.callWhenRunning(() -> conversation.ask(message));
        runUntilStopped();
        late.cancel();
        return conversation.answer.toByteArray();
    }

    private void runUntilStopped() throws IOException {
        if (failure == null) {
            reactor.run();
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** The one connection. */
    private final class Conversation extends Protocol {

        private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
        private int expected;

        @Override
        public void connectionMade() {
            reactor.stop();
        }

        private void ask(byte[] message) {
            answer.reset();
            expected = Ctime.STAMP_BYTES + message.length;
            transport().write(message);
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            byte[] piece = new byte[data.remaining()];
            data.get(piece);
            answer.writeBytes(piece);
            if (answer.size() >= expected) {
                reactor.stop();
            }
        }
    }

    @Override
    public Protocol buildProtocol(@Nullable Sockaddr address) {
        return conversation;
    }

    @Override
    public void clientConnectionFailed(Connector connector, IOException reason) {
        fail(reason);
    }

    /** A kernel's error says more than that the connection has ended by it. */
    @Override
    public void clientConnectionLost(Connector connector, ConnectionLost reason) {
        if (reason.reason() == ConnectionLost.Reason.DONE) {
            fail(new EOFException(server + " closed the connection before it had answered"));
        } else {
            fail(reason.getCause() instanceof IOException cause ? cause : reason);
        }
    }

    private void fail(IOException reason) {
        failure = reason;
        reactor.stop();
    }

    @Override
    public void close() {
        reactor.close();
    }
}
