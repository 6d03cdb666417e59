package dev.hawser.reactor;

import dev.hawser.reactor.defer.Deferred;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks TLS. Its protocol has it from the beginning; what is written before the handshake is done waits for it. A protocol that
 * implements {@link HandshakeListener} is told when it is.
 *
 * <h2>Threading</h2>
 * As of {@link Transport}.
 *
 * <p>Source: Twisted's {@code ISSLTransport} and {@code INegotiated}; RFC 8446.
 */
public interface TlsTransport extends Transport {

    /** A protocol that wants to know when the handshake is done: before anything is received. */
    interface HandshakeListener {
        /**
         * The handshake is done: the peer is who it says it is, as far as the context asks for it.
         *
         * @param tls what was agreed on
         */
        void handshakeCompleted(TlsTransport tls);
    }

    /**
     * Waits for the handshake.
     *
     * @return fires with this when the handshake is done; fails with the reason why it is not. A new one for each call
     */
    Deferred<TlsTransport> whenHandshakeDone();

    /**
     * Sets the limits of the handshake that goes on, which are 10 seconds and 256 KiB: to be called in {@link Protocol#connectionMade}, or after {@code startTls}.
     *
     * @param timeout how long it may take, from now on
     * @param bytes how much the peer may send before it is done
     * @throws IllegalArgumentException if one of them is not positive
     */
    void setHandshakeLimits(Duration timeout, long bytes);

    /**
     * Whom the peer has shown itself to be.
     *
     * @return its certificate, and those of its issuers that it sent; none where it has shown none, or before the handshake
     */
    List<X509Certificate> peerCertificates();

    /**
     * What was agreed on to be spoken (ALPN).
     *
     * @return the protocol's name; null where none was agreed on, or before the handshake
     */
    @Nullable
    String applicationProtocol();

    /**
     * The version of TLS.
     *
     * @return such as {@code TLSv1.3}; null before the handshake
     */
    @Nullable
    String version();

    /**
     * The cipher suite.
     *
     * @return its name of IANA; null before the handshake
     */
    @Nullable
    String cipher();

    /**
     * The name that the client has asked for (SNI), on either side.
     *
     * @return the name; null where none was told, or before the handshake
     */
    @Nullable
    String serverName();

    /**
     * Whether an earlier session was resumed.
     *
     * @return true where no certificate was shown anew
     */
    boolean isSessionReused();
}
