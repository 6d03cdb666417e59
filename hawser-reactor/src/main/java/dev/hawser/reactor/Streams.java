package dev.hawser.reactor;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Errno;
import dev.hawser.socket.ServerFlag;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.SocketOptions;
import dev.hawser.socket.Sockets;
import dev.hawser.unix.UnixPath;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stream transports of a reactor: ports, connections and connectors. */
final class Streams {

    private Streams() {}

    static ListeningPort listenTcp(LoopReactor reactor, int port, Factory factory, ListenOptions options)
            throws IOException {
        SockaddrIn ipv4 = SockaddrIn.of("0.0.0.0", port);
        try {
            return listen(reactor, SockaddrIn6.of("::", port), factory, options);
        } catch (IOException e) {
            if (!options.ipv6Only() && e instanceof SocketError error && hasNoIpv6(error.errno())) {
                return listen(reactor, ipv4, factory, options);
            }
            throw e;
        }
    }

    /** A kernel without IPv6, or one that has it and was told not to use it. */
    private static boolean hasNoIpv6(int errno) {
        return errno == Errno.EAFNOSUPPORT || errno == Errno.EADDRNOTAVAIL;
    }

    static ListeningPort listen(LoopReactor reactor, Sockaddr address, Factory factory, ListenOptions options)
            throws IOException {
        reactor.requireThread();
        Objects.requireNonNull(factory);
        Socket inherited = reactor.portPassing().take(address);
        if (inherited != null) {
            return StreamPort.open(reactor, inherited, factory, options.backlog(), address, null);
        }
        if (address instanceof SockaddrUn unix) {
            return listenUnix(reactor, unix, factory, options);
        }
        List<ServerFlag> flags = new ArrayList<>();
        if (address instanceof SockaddrIn6 six && !options.ipv6Only() && six.equals(SockaddrIn6.of("::", six.port()))) {
            flags.add(ServerFlag.DUAL_STACK);
        }
        if (options.reusePort()) {
            flags.add(ServerFlag.REUSE_PORT);
        }
        Socket socket = Sockets.createServer(address, options.backlog(), flags.toArray(ServerFlag[]::new));
        return StreamPort.open(reactor, socket, factory, options.backlog(), address, null);
    }

    private static ListeningPort listenUnix(
            LoopReactor reactor, SockaddrUn address, Factory factory, ListenOptions options) throws IOException {
        Socket socket = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM);
        UnixPath path = null;
        try {
            path = UnixPath.bind(socket, address);
            if (options.unixMode() >= 0) {
                // Before anybody can connect.
                setMode(address, path, options.unixMode());
            }
            socket.listen(options.backlog());
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            if (path != null) {
                path.remove();
            }
            throw e;
        }
        return StreamPort.open(reactor, socket, factory, options.backlog(), address, path);
    }

    private static void setMode(SockaddrUn address, @Nullable UnixPath path, int mode) throws IOException {
        if (path == null) {
            throw new IllegalArgumentException("permissions need a path of the file system, which this is not: "
                    + address + "; leave unixMode at -1");
        }
        Files.setAttribute(path.path(), "unix:mode", mode);
    }

    static Connector connectTcp(
            LoopReactor reactor, String host, int port, ClientFactory factory, ConnectOptions options) {
        reactor.requireThread();
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
        Objects.requireNonNull(host);
        StreamConnector connector =
                new StreamConnector(reactor, new StreamConnector.Destination(host, port, null), factory, options);
        connector.connect();
        return connector;
    }

    static Connector connect(LoopReactor reactor, Sockaddr address, ClientFactory factory, ConnectOptions options) {
        reactor.requireThread();
        StreamConnector connector = new StreamConnector(
                reactor, new StreamConnector.Destination(address.toString(), -1, address), factory, options);
        connector.connect();
        return connector;
    }

    static ListeningPort adoptStreamPort(LoopReactor reactor, int fd, Factory factory) throws IOException {
        reactor.requireThread();
        Objects.requireNonNull(factory);
        Socket socket = Sockets.adopt(fd);
        try {
            if (!socket.getSockOpt(SocketOptions.SO_ACCEPTCONN) || socket.type() != Constants.SOCK_STREAM) {
                throw new IOException("descriptor " + fd + " is no stream socket that listens: " + socket);
            }
        } catch (IOException | RuntimeException | Error e) {
            socket.detach(); // it is the caller's, who may have meant another one
            throw e;
        }
        return StreamPort.open(reactor, socket, factory, ListenOptions.DEFAULT.backlog(), null, null);
    }

    static Transport adoptStreamConnection(LoopReactor reactor, int fd, Factory factory) throws IOException {
        reactor.requireThread();
        Objects.requireNonNull(factory);
        Socket socket = Sockets.adopt(fd);
        Sockaddr peer = peerOf(socket, fd);
        Protocol protocol;
        try {
            protocol = factory.buildProtocol(peer);
            if (protocol == null) {
                throw new IOException("the factory has refused the connection of " + peer);
            }
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
        return StreamConnection.open(reactor, socket, peer, protocol, null);
    }

    /** Who is at the other end of a stream; the descriptor of anything else stays the caller's, who may have meant another one. */
    private static Sockaddr peerOf(Socket socket, int fd) throws IOException {
        try {
            if (socket.type() != Constants.SOCK_STREAM) {
                throw new IOException("descriptor " + fd + " is no stream socket: " + socket);
            }
            return socket.getPeerName();
        } catch (IOException | RuntimeException | Error e) {
            socket.detach();
            throw e;
        }
    }
}
