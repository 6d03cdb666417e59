package dev.hawser.reactor;

import dev.hawser.socket.Constants;
import dev.hawser.socket.DatagramBatch;
import dev.hawser.socket.Ipv6Options;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketOptions;
import dev.hawser.unix.UnixPath;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens the datagram sockets of a reactor, which receive one after another into one batch. */
final class Datagrams {

    private static final int MOST_IN_A_TURN = 16;
    private static final int BATCH_BYTES = 256 * 1024;

    private final LoopReactor reactor;
    private @Nullable DatagramBatch batch;
    private int batchPacketBytes;

    Datagrams(LoopReactor reactor) {
        this.reactor = reactor;
    }

    DatagramTransport listenUdp(Sockaddr address, DatagramProtocol protocol, DatagramOptions options)
            throws IOException {
        return open(inet(address), null, protocol, options);
    }

    DatagramTransport listenUnix(SockaddrUn address, DatagramProtocol protocol, DatagramOptions options)
            throws IOException {
        return open(Objects.requireNonNull(address), null, protocol, options);
    }

    void connectUdp(String host, int port, ConnectedDatagramProtocol protocol, DatagramOptions options) {
        reactor.requireThread();
        // What is no port is the caller's fault, and not known later.
        SockaddrIn ofPort = new SockaddrIn(0, port);
        reactor.resolve(host)
                .addCallback(addresses -> connectFirst(addresses, ofPort.port(), protocol, options))
                .addErrback(failure -> fail(protocol, failure));
    }

    void connectUnix(SockaddrUn address, ConnectedDatagramProtocol protocol, DatagramOptions options) {
        reactor.requireThread();
        try {
            // With a name of its own, so that the peer can answer.
            open(SockaddrUn.UNNAMED, address, protocol, options);
        } catch (IOException e) {
            reactor.callFromThread(() -> fail(protocol, e));
        }
    }

    /** Connecting sends nothing, so that the first address to which there is a route is as good as any. */
    private boolean connectFirst(
            List<Sockaddr> addresses, int port, ConnectedDatagramProtocol protocol, DatagramOptions options)
            throws IOException {
        IOException failure = null;
        for (Sockaddr address : addresses) {
            Sockaddr peer = withPort(address, port);
            try {
                open(wildcard(peer), peer, protocol, options);
                return true;
            } catch (IOException e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        throw failure == null ? new IOException("the host has no address") : failure;
    }

    private boolean fail(ConnectedDatagramProtocol protocol, Throwable failure) {
        IOException reason = failure instanceof IOException known ? known : new IOException(failure);
        try {
            protocol.connectionFailed(reason);
        } catch (RuntimeException | Error e) {
            reactor.report(protocol.getClass().getName() + ".connectionFailed has thrown", e);
        }
        return false;
    }

    private static Sockaddr wildcard(Sockaddr peer) {
        return peer instanceof SockaddrIn6 ? new SockaddrIn6(0, 0, 0, 0, 0) : new SockaddrIn(0, 0);
    }

    private static Sockaddr withPort(Sockaddr address, int port) {
        return switch (address) {
            case SockaddrIn four -> new SockaddrIn(four.address(), port);
            case SockaddrIn6 six -> new SockaddrIn6(six.high(), six.low(), port, six.flowInfo(), six.scopeId());
            default -> address;
        };
    }

    private static Sockaddr inet(Sockaddr address) {
        if (address instanceof SockaddrIn || address instanceof SockaddrIn6) {
            return address;
        }
        throw new IllegalArgumentException(
                "give an address of IPv4 or IPv6, or use listenUnixDatagram for Unix sockets: " + address);
    }

    private DatagramTransport open(
            Sockaddr address, @Nullable Sockaddr peer, DatagramProtocol protocol, DatagramOptions options)
            throws IOException {
        reactor.requireThread();
        Objects.requireNonNull(protocol);
        Socket socket = new Socket(address.family(), Constants.SOCK_DGRAM);
        UnixPath path = null;
        try {
            path = bind(socket, address, options);
            DatagramPort port = new DatagramPort(reactor, socket, path, protocol, batch(options), options);
            if (peer != null) {
                port.connect(peer);
            }
            port.start();
            return port;
        } catch (IOException | RuntimeException | Error e) {
            undo(socket, path, e);
            throw e;
        }
    }

    private static @Nullable UnixPath bind(Socket socket, Sockaddr address, DatagramOptions options)
            throws IOException {
        socket.setBlocking(false);
        if (options.reuseAddress()) {
            socket.setSockOpt(SocketOptions.SO_REUSEADDR, true);
            socket.setSockOpt(SocketOptions.SO_REUSEPORT, true);
        }
        if (address instanceof SockaddrUn unix) {
            return UnixPath.bind(socket, unix);
        }
        if (address instanceof SockaddrIn6) {
            // Whatever the machine's default is: the wildcard is for both.
            socket.setSockOpt(Ipv6Options.IPV6_V6ONLY, false);
        }
        socket.bind(address);
        return null;
    }

    private static void undo(Socket socket, @Nullable UnixPath path, Throwable cause) {
        try (socket) {
            if (path != null) {
                path.remove();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** A batch that has room for the longest datagram of all sockets so far; each cuts to its own. */
    private DatagramBatch batch(DatagramOptions options) {
        DatagramBatch known = batch;
        if (known == null || batchPacketBytes < options.maxPacketSize()) {
            batchPacketBytes = options.maxPacketSize();
            int capacity = Math.clamp(BATCH_BYTES / batchPacketBytes, 1, MOST_IN_A_TURN);
            known = new DatagramBatch(capacity, batchPacketBytes);
            batch = known;
        }
        return known;
    }
}
