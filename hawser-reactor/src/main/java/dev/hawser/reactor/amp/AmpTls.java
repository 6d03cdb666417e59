package dev.hawser.reactor.amp;

import dev.hawser.tls.TlsContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which side of TLS this is. In Twisted, whoever has connected is the client of TLS, whichever side asks for it.
 *
 * @param context who this side is, or whom to trust
 * @param serverHostName the name that the server's certificate must have; null for the server
 */
public record AmpTls(TlsContext context, @Nullable String serverHostName) {

    /**
     * The server.
     *
     * @param context has its certificate
     * @return this side
     */
    public static AmpTls server(TlsContext context) {
        return new AmpTls(context, null);
    }

    /**
     * The client.
     *
     * @param context whom to trust
     * @param serverHostName the name that the server's certificate must have
     * @return this side
     */
    public static AmpTls client(TlsContext context, String serverHostName) {
        return new AmpTls(context, Objects.requireNonNull(serverHostName));
    }
}
