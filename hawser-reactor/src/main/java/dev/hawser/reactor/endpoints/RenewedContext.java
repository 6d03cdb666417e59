package dev.hawser.reactor.endpoints;

import dev.hawser.tls.TlsContext;
import java.util.function.Supplier;

/** Who this side is, as its files said when they were read last. */
final class RenewedContext implements Supplier<TlsContext> {

    private final Supplier<TlsContext> files;
    private volatile TlsContext current;

    /** Reads the files now. */
    RenewedContext(Supplier<TlsContext> files) {
        this.files = files;
        this.current = files.get();
    }

    /** Reads them again; where that fails, all stays as it was. */
    void renew() {
        current = files.get();
    }

    @Override
    public TlsContext get() {
        return current;
    }
}
