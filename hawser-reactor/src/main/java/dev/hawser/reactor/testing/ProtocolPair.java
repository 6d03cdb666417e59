package dev.hawser.reactor.testing;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.Transport;
import dev.hawser.socket.SockaddrIn;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two protocols that are connected to each other in memory: nothing moves until the test says {@link #pump} or {@link #flush}. Twisted has it as
 * {@code iosim}.
 *
 * <p>It is as a TCP connection without a kernel's buffers: whatever the other end has not taken counts as not sent. What an end writes to one that has
 * closed breaks the connection, as a reset would.
 *
 * <h2>Threading</h2>
 * For the test's thread.
 *
 * <h2>Errors</h2>
 * What a method of a protocol throws loses its connection, as anywhere, and is kept for the test: {@link #clientFailure} and
 * {@link #serverFailure}.
 *
 * {@snippet file="dev/hawser/reactor/testing/TestingSnippetsTest.java" region="protocol-pair"}
 */
public final class ProtocolPair {

    private static final SockaddrIn CLIENT = SockaddrIn.of("127.0.0.2", 50_000);
    private static final SockaddrIn SERVER = SockaddrIn.of("127.0.0.1", 7);
    private static final int MOST_PUMPS = 100_000;

    private final PairedTransport client = new PairedTransport(CLIENT, SERVER);
    private final PairedTransport server = new PairedTransport(SERVER, CLIENT);
    private int bytesAtATime = 64 * 1024;

    private ProtocolPair(@Nullable Reactor reactor) {
        client.setReactor(reactor);
        server.setReactor(reactor);
    }

    /**
     * Connects two protocols: {@code connectionMade} of both is called, and nothing else yet.
     *
     * @param client one end
     * @param server the other
     * @return the pair
     */
    public static ProtocolPair connect(Protocol client, Protocol server) {
        return connect(client, server, null);
    }

    /**
     * Connects two protocols that ask for their reactor.
     *
     * @param client one end
     * @param server the other
     * @param reactor the reactor of both, or null
     * @return the pair
     */
    public static ProtocolPair connect(Protocol client, Protocol server, @Nullable Reactor reactor) {
        ProtocolPair pair = new ProtocolPair(reactor);
        pair.client.attach(client);
        pair.server.attach(server);
        return pair;
    }

    /** Has somebody told of the end of the client's connection, after its protocol. */
    void onClientLost(Consumer<ConnectionLost> listener) {
        client.setEndListener(listener);
    }

    /**
     * Has each receive get no more than so many bytes from now on.
     *
     * @param bytes how many; 1 shows whether a protocol depends on how its bytes are cut
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public ProtocolPair withBytesAtATime(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("at least 1 byte at a time, not " + bytes);
        }
        bytesAtATime = bytes;
        return this;
    }

    /**
     * Makes one turn for each end: what was written is received by the other, and what follows from earlier calls is told.
     *
     * @return whether anything happened
     */
    public boolean pump() {
        boolean happened = client.turn();
        happened |= server.turn();
        happened |= move(client, server);
        happened |= move(server, client);
        return happened;
    }

    /**
     * Pumps until nothing happens any more.
     *
     * @throws IllegalStateException if they never stop
     */
    public void flush() {
        for (int i = 0; i < MOST_PUMPS; i++) {
            if (!pump()) {
                return;
            }
        }
        throw new IllegalStateException("something still happens after " + MOST_PUMPS + " pumps");
    }

    private boolean move(PairedTransport from, PairedTransport to) {
        if (to.isLost()) {
            return tellOfLoss(from);
        }
        if (from.isReset()) {
            to.broken(reset());
            return true;
        }
        if (!to.isReading()) {
            return false;
        }
        byte[] data = from.output().take(bytesAtATime);
        if (data.length > 0) {
            to.received(data);
            from.taken();
            return true;
        }
        return from.hasSentEnd() && to.endReceived();
    }

    /** The other end is gone: what is sent there is answered by a reset. */
    private static boolean tellOfLoss(PairedTransport from) {
        boolean unsent = from.output().size() > 0;
        from.output().clear();
        if (unsent && !from.isLost()) {
            from.broken(reset());
            return true;
        }
        return false;
    }

    private static ConnectionLost reset() {
        return new ConnectionLost(Reason.LOST, "reset by the peer", null);
    }

    /** The network between them breaks: each is told now that the connection is lost. */
    public void breakConnection() {
        client.broken(new ConnectionLost(Reason.LOST, "the connection was broken by the test", null));
        server.broken(new ConnectionLost(Reason.LOST, "the connection was broken by the test", null));
    }

    /**
     * The client's end.
     *
     * @return its transport
     */
    public Transport clientTransport() {
        return client;
    }

    /**
     * The server's end.
     *
     * @return its transport
     */
    public Transport serverTransport() {
        return server;
    }

    /**
     * What a method of the client's protocol has thrown.
     *
     * @return the exception, or null
     */
    public @Nullable Throwable clientFailure() {
        return client.failure();
    }

    /**
     * What a method of the server's protocol has thrown.
     *
     * @return the exception, or null
     */
    public @Nullable Throwable serverFailure() {
        return server.failure();
    }

    /**
     * Whether neither end has a connection any more.
     *
     * @return true when both protocols were told
     */
    public boolean isClosed() {
        return client.isLost() && server.isLost();
    }
}
