package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.tls.ReloadingTlsContext;
import dev.hawser.tls.TlsContext;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * TLS on the connections of another endpoint: {@code tls:443:privateKey=key.pem:certKey=cert.pem}. Twisted's word {@code ssl} means the same. The transport of a
 * protocol is a {@link dev.hawser.reactor.TlsTransport}.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <h2>Errors</h2>
 * As those of the endpoint under it. A handshake that fails is the end of its connection alone.
 *
 * <p>Source: Twisted's {@code SSL4ServerEndpoint}.
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="tls"}
 */
public final class TlsServerEndpoint implements ServerEndpoint {

    private final ServerEndpoint under;
    private final Supplier<TlsContext> context;
    private final String text;

    /**
     * On an endpoint.
     *
     * @param under takes the connections
     * @param context who this side is; asked anew for each connection, so that certificates can be renewed
     */
    public TlsServerEndpoint(ServerEndpoint under, Supplier<TlsContext> context) {
        this(under, context, "TLS on " + under);
    }

    TlsServerEndpoint(ServerEndpoint under, Supplier<TlsContext> context, String text) {
        this.under = under;
        this.context = context;
        this.text = text;
    }

    /**
     * The same on another endpoint: what wraps an endpoint and has to come before TLS, as the PROXY protocol does, goes between.
     *
     * @param other takes the connections
     * @param description what {@link #toString} gives
     * @return the endpoint
     */
    TlsServerEndpoint on(ServerEndpoint other, String description) {
        return new TlsServerEndpoint(other, context, description);
    }

    /**
     * What takes the connections.
     *
     * @return the endpoint under this
     */
    public ServerEndpoint under() {
        return under;
    }

    /**
     * Reads the files of its description, or of its {@link ReloadingTlsContext}, now, for the connections from now on. Where they have changed, this comes about by itself: the
     * first connection that comes a second later, or after that, is served with what they have then, and what is wrong with them is logged. With a context from elsewhere nothing is done.
     *
     * @throws IOException if a file cannot be read; all stays as it was
     * @throws EndpointSyntaxException if one that the description names is not what it should be; all stays as it was
     */
    public void renew() throws IOException {
        if (context instanceof ReloadingTlsContext files) {
            files.reload();
        }
    }

    @Override
    public Deferred<ListeningPort> listen(Factory factory) {
        return under.listen(StartTls.around(factory, connection -> connection.startTls(context.get())));
    }

    /** The description that {@link Endpoints#server} has read; where this was made of objects, words. */
    @Override
    public String toString() {
        return text;
    }
}
