package dev.hawser.reactor;

import dev.hawser.tls.TlsContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** TLS between a connection and its protocol. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"}) // a draft
final class TlsLayer {

    private TlsLayer() {}

    static TlsTransport start(Transport under, TlsContext context, @Nullable String serverHostName) {
        throw new UnsupportedOperationException(under + " " + context + " " + serverHostName);
    }

    static Factory server(Factory factory, Supplier<TlsContext> context) {
        throw new UnsupportedOperationException(factory + " " + context);
    }

    static ClientFactory client(ClientFactory factory, TlsContext context, String serverHostName) {
        throw new UnsupportedOperationException(factory + " " + context + " " + serverHostName);
    }
}
