package dev.hawser.reactor.socks;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.Connector;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.RunningReactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.endpoints.ClientEndpoint;
import dev.hawser.reactor.protocols.Wire;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A reactor with a proxy and an echo. */
final class SocksFixture implements AutoCloseable {

    final RunningReactor reactor;
    final SocksFactory proxy;
    final int proxyPort;
    final int echoPort;
    final List<String> refused = new CopyOnWriteArrayList<>();

    SocksFixture() throws Exception {
        reactor = RunningReactor.open();
        proxy = new SocksFactory(reactor.reactor())
                .rules(SocksRules.EVERYTHING)
                .onRefused((client, reason) -> refused.add(reason.getMessage()));
        proxyPort = listen(proxy);
        echoPort = listen(Wire.echo());
    }

    int listen(Factory factory) throws Exception {
        return listen(SockaddrIn.of("127.0.0.1", 0), factory);
    }

    int listen(Sockaddr address, Factory factory) throws Exception {
        return SocksMessages.port(reactor.call(() -> reactor.reactor()
                .listenTcp(address, factory, ListenOptions.DEFAULT)
                .getHost()));
    }

    /** A connection with the proxy. */
    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxyPort);
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** A port as four hexadecimal digits. */
    static String hex(int port) {
        return HexFormat.of().toHexDigits((short) port);
    }

    static void send(Socket socket, String hex) throws IOException {
        socket.getOutputStream().write(HexFormat.of().parseHex(hex));
    }

    static String receive(Socket socket, int bytes) throws IOException {
        byte[] received = new byte[bytes];
        new DataInputStream(socket.getInputStream()).readFully(received);
        return HexFormat.of().formatHex(received);
    }

    /** An endpoint on TCP of this machine. */
    static ClientEndpoint endpoint(Reactor reactor, int port) {
        return factory -> {
            Deferred<Protocol> result = new Deferred<>();
            reactor.connectTcp("127.0.0.1", port, new OneConnection(factory, result), ConnectOptions.DEFAULT);
            return result;
        };
    }

    private record OneConnection(Factory factory, Deferred<Protocol> result) implements ClientFactory {
        @Override
        public @Nullable Protocol buildProtocol(@Nullable Sockaddr address) {
            Protocol protocol = factory.buildProtocol(address);
            result.callback(protocol);
            return protocol;
        }

        @Override
        public void clientConnectionFailed(Connector connector, IOException reason) {
            result.errback(reason);
        }
    }

    @Override
    public void close() {
        reactor.close();
    }
}
