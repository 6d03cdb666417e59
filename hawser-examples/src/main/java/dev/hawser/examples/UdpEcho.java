package dev.hawser.examples;

import dev.hawser.reactor.DatagramOptions;
import dev.hawser.reactor.DatagramProtocol;
import dev.hawser.reactor.DatagramTransport;
import dev.hawser.reactor.Reactor;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Sends each datagram back to whoever sent it: the echo service of RFC 862, on the reactor. Even an empty datagram is one. */
public final class UdpEcho implements ReactorServer {

    /** The longest datagram of UDP over IPv4. */
    private static final int MAX_PACKET_BYTES = 65_507;

    private final PrintStream log;
    private final Reactor reactor;
    private final DatagramTransport socket;
    private final AtomicLong datagrams = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /** Receives from now on: what arrives before {@link #serve} waits. */
    public UdpEcho(Sockaddr address, PrintStream log) throws IOException {
        this.log = log;
        this.reactor = Reactor.open();
        try {
            this.socket =
                    reactor.listenUdp(address, new Echo(), DatagramOptions.DEFAULT.withMaxPacketSize(MAX_PACKET_BYTES));
        } catch (IOException e) {
            reactor.close();
            throw e;
        }
    }

    /** Serves on {@code HOST:PORT}, the first argument, or on port 7007 of this machine. */
    public static void main(String[] args) throws IOException {
        HostPort where = HostPort.parse(args.length > 0 ? args[0] : "127.0.0.1:7007");
        PrintStream log = System.out;
        try (UdpEcho echo = new UdpEcho(where.toSockaddr(), log)) {
            log.println("UDP echo on " + echo.address());
            echo.serve();
        }
    }

    /** The one socket. */
    private final class Echo extends DatagramProtocol {

        @Override
        public void datagramReceived(ByteBuffer data, @Nullable Sockaddr sender) {
            if (sender == null) {
                return; // a sender without a name cannot be answered
            }
            int length = data.remaining();
            try {
                transport().write(data, sender);
                datagrams.incrementAndGet();
                bytes.addAndGet(length);
            } catch (IOException e) {
                // One client that cannot be reached must not end the service for all.
                log.println("...not returned to: " + sender + ": " + e.getMessage());
            }
        }
    }

    @Override
    public Reactor reactor() {
        return reactor;
    }

    @Override
    public Sockaddr address() {
        return socket.getHost();
    }

    @Override
    public String served() {
        return Server.count(datagrams.get(), "datagram") + ", " + Server.count(bytes.get(), "byte");
    }
}
