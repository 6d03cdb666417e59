package dev.hawser.examples;

import static dev.hawser.socket.Constants.AF_UNSPEC;
import static dev.hawser.socket.Constants.SOCK_DGRAM;

import dev.hawser.socket.AddrInfo;
import dev.hawser.socket.AddrInfoHints;
import dev.hawser.socket.NameService;
import dev.hawser.socket.NoRouteException;
import dev.hawser.socket.Socket;
import dev.hawser.socket.TimedOutException;
import dev.hawser.socket.UnreachablePortException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The UDP time client: sends each line that is typed, and prints what comes back.
 *
 * <p>A datagram may get lost, either way. A client that waited for ever would hang, so this one waits for a while, says
 * that no answer came, and goes on with the next line: that the one was lost tells nothing about the other.
 */
public final class UdpTimeClient implements TimeClient {

    /** How long to wait for an answer. */
    public static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** More than any datagram has: what does not fit into the buffer of a recv would be dropped. */
    private static final int MAX_DATAGRAM = 65_536;

    private final HostPort server;
    private final Duration timeout;
    private final Deque<AddrInfo> addresses;
    private @Nullable Socket socket;

    /** Looks the name up. Nothing is sent yet: UDP does not tell whether anybody is there. */
    public UdpTimeClient(HostPort server, Duration timeout) throws IOException {
        this.server = server;
        this.timeout = timeout;
        this.addresses = new ArrayDeque<>(
                NameService.getAddrInfo(server.host(), server.port(), AddrInfoHints.of(AF_UNSPEC, SOCK_DGRAM)));
    }

    /** Talks to {@code HOST:PORT}, the first argument, or to port 21567 of this machine. */
    public static void main(String[] args) throws IOException {
        HostPort server = HostPort.parse(args.length > 0 ? args[0] : "localhost:" + TimeServer.PORT);
        try (TimeClient client = new UdpTimeClient(server, TIMEOUT)) {
            client.run(Lines.of(System.in, System.out, Terminal.isInput()), System.out, System.err);
        }
    }

    @Override
    public int run(Lines lines, PrintStream out, PrintStream err) throws IOException {
        int unanswered = 0;
        byte[] message;
        while ((message = lines.next()) != null && message.length > 0) {
            try {
                out.write(ask(message));
                out.println();
                out.flush();
            } catch (TimedOutException e) {
                unanswered++;
                err.println("no answer from " + server + " within " + seconds(timeout));
            } catch (UnreachablePortException e) {
                unanswered++;
                err.println("no answer from " + server + ": nobody listens there");
            }
        }
        return unanswered;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Where nobody listens at one address of the name, the next is tried. An address that answers is kept.
     */
    @Override
    public byte[] ask(byte[] message) throws IOException {
        for (int left = addresses.size(); ; left--) {
            try {
                Socket connected = connected();
                connected.send(message);
                return connected.recv(MAX_DATAGRAM);
            } catch (IOException e) {
                close(); // the answer may only be late: the next socket has a port of its own, and will not get it
                boolean elsewhere = e instanceof UnreachablePortException || e instanceof NoRouteException;
                if (!elsewhere || left == 1) {
                    throw e;
                }
                addresses.addLast(addresses.removeFirst());
            }
        }
    }

    /**
     * A connected datagram socket sends nothing to connect. But it receives from this one peer alone, so that nobody else
     * can answer, and the kernel reports where the peer's machine says that nobody listens.
     */
    private Socket connected() throws IOException {
        if (socket == null) {
            AddrInfo peer = addresses.getFirst();
            socket = new Socket(peer.family(), SOCK_DGRAM);
            socket.setTimeout(timeout);
            socket.connect(peer.address());
        }
        return socket;
    }

    private static String seconds(Duration time) {
        String text = time.toMillis() % 1000 == 0 ? "" + time.toSeconds() : "" + time.toMillis() / 1000.0;
        return text + " s";
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
