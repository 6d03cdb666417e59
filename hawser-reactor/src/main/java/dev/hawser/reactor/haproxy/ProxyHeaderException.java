package dev.hawser.reactor.haproxy;

import java.net.ProtocolException;

/** What came first is no header of the PROXY protocol, or one that must not be believed. */
public final class ProxyHeaderException extends ProtocolException {

    private static final long serialVersionUID = 1L;

    /**
     * For decoders and tests.
     *
     * @param message what is wrong
     */
    public ProxyHeaderException(String message) {
        super(message);
    }
}
