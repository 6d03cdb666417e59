package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.tls.TlsContext;

/**
 * TLS on the connection of another endpoint: {@code tls:www.example.com:443}. The transport of the protocol is a {@link dev.hawser.reactor.TlsTransport};
 * the deferred of {@link #connect} fires before the handshake is done, as the protocol may write at once, and one that is refused loses the connection.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <h2>Errors</h2>
 * As those of the endpoint under it; what the handshake fails with is the reason of {@link Protocol#connectionLost}, and the failure of
 * {@link dev.hawser.reactor.TlsTransport#whenHandshakeDone}.
 *
 * <p>Source: Twisted's {@code wrapClientTLS}.
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="tls"}
 */
public final class TlsClientEndpoint implements ClientEndpoint {

    private final ClientEndpoint under;
    private final TlsContext context;
    private final String serverHostName;
    private final String text;

    /**
     * On an endpoint.
     *
     * @param under connects
     * @param context whom to trust
     * @param serverHostName the name that the server's certificate must have, and that the server is told (SNI)
     */
    public TlsClientEndpoint(ClientEndpoint under, TlsContext context, String serverHostName) {
        this(under, context, serverHostName, "TLS with " + serverHostName + " on " + under);
    }

    TlsClientEndpoint(ClientEndpoint under, TlsContext context, String serverHostName, String text) {
        this.under = under;
        this.context = context;
        this.serverHostName = serverHostName;
        this.text = text;
    }

    /**
     * What connects.
     *
     * @return the endpoint under this
     */
    public ClientEndpoint under() {
        return under;
    }

    @Override
    public Deferred<Protocol> connect(Factory factory) {
        return under.connect(StartTls.around(factory, connection -> connection.startTls(context, serverHostName)))
                .addCallback(StartTls::within);
    }

    /** The description that {@link Endpoints#client} has read; where this was made of objects, words. */
    @Override
    public String toString() {
        return text;
    }
}
