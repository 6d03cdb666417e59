package dev.hawser.reactor.socks;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.endpoints.ClientEndpoint;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody to connect to through a proxy. As the proxy is an endpoint itself, it may be behind another one, on a Unix socket, or under TLS; and TLS with the
 * target goes on top.
 *
 * {@snippet file="dev/hawser/reactor/socks/SocksSnippetsTest.java" region="client"}
 *
 * <p>Names are looked up by the proxy, unless they were before. The protocol's transport has the addresses of the connection with the proxy.
 *
 * <h2>Threading</h2>
 * For the thread of the proxy's reactor.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits. Connecting to the proxy has the timeout of its endpoint, and the proxy {@link #timeout} to connect, one minute unless it is set.
 *
 * <h2>Errors</h2>
 * {@link #connect} fails with a {@link SocksException} where the proxy refuses, else as the proxy's endpoint does.
 *
 * <p>Source: RFC 1928, RFC 1929, and OpenSSH's notes on SOCKS 4 and 4A.
 */
public final class SocksClientEndpoint implements ClientEndpoint {

    private final ClientEndpoint proxy;
    private final SocksVersion version;
    private final @Nullable SocksCredentials credentials;
    private final String host;
    private final int port;
    private final Duration timeout;

    /**
     * By version 5, without a password.
     *
     * @param proxy the proxy
     * @param host the target's name, or address
     * @param port the target's port
     */
    public SocksClientEndpoint(ClientEndpoint proxy, String host, int port) {
        this(proxy, SocksVersion.V5, null, host, port);
    }

    /**
     * By any version.
     *
     * @param proxy the proxy
     * @param version how to speak to it
     * @param credentials who asks; null: nobody in particular
     * @param host the target's name, or address
     * @param port the target's port
     * @throws IllegalArgumentException if the version has no such hosts: version 4 has IPv4 addresses alone
     */
    public SocksClientEndpoint(
            ClientEndpoint proxy, SocksVersion version, @Nullable SocksCredentials credentials, String host, int port) {
        this(proxy, version, credentials, host, port, Duration.ofMinutes(1));
    }

    private SocksClientEndpoint(
            ClientEndpoint proxy,
            SocksVersion version,
            @Nullable SocksCredentials credentials,
            String host,
            int port,
            Duration timeout) {
        this.proxy = Objects.requireNonNull(proxy);
        this.version = version;
        this.credentials = credentials;
        this.host = host;
        this.port = port;
        this.timeout = timeout;
        protocol(address -> null); // what cannot be asked for is found out now
    }

    /**
     * With another time for the proxy.
     *
     * @param limit from the connection with the proxy on
     * @return the endpoint
     * @throws IllegalArgumentException if it is zero or less
     */
    public SocksClientEndpoint timeout(Duration limit) {
        return new SocksClientEndpoint(proxy, version, credentials, host, port, limit);
    }

    private SocksClientProtocol protocol(Factory factory) {
        return SocksClientProtocol.connect(version, credentials, host, port, factory)
                .timeout(timeout);
    }

    @Override
    public Deferred<Protocol> connect(Factory factory) {
        SocksClientProtocol conversation = protocol(factory);
        return proxy.connect(address -> conversation).thenCompose(connected -> conversation.whenConnected());
    }

    /** Such as {@code localhost:80 by V5}. */
    @Override
    public String toString() {
        return host + ":" + port + " by " + version;
    }
}
