package dev.hawser.tls;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyStoreBuilderParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust, who one is, and what to agree on: CPython's {@code ssl.SSLContext}. One context serves many connections,
 * as client and as server, and remembers their sessions: a client that uses it again for the same host and port
 * resumes.
 *
 * <p>Without more, a client trusts the authorities of the platform (the JDK's {@code cacerts}), checks that the certificate is
 * for the host that it was told, and speaks TLS 1.3 or 1.2. {@link Builder#insecureWithoutVerification} alone turns that off.
 *
 * <h2>Threading</h2>
 * Immutable, and safe from any thread; its {@link Builder} is for one.
 *
 * <h2>Blocking and timeouts</h2>
 * Wrapping waits for nothing: the handshake comes with {@link TlsSocket#doHandshake} or the first transfer.
 *
 * <h2>Errors</h2>
 * What a file has that is no certificate or key is an {@link javax.net.ssl.SSLKeyException} that names the file and the
 * remedy. What contradicts itself is an {@link IllegalArgumentException} or {@link IllegalStateException}.
 *
 * <p>Source: CPython's {@code ssl} module; RFC 8446, RFC 6066 (server names), RFC 7301 (ALPN), RFC 7468 (PEM), RFC 9525 (which
 * name a certificate must have).
 *
 * {@snippet file="dev/hawser/tls/TlsSnippetsTest.java" region="contexts"}
 */
public final class TlsContext {

    private final SSLContext context;
    private final SSLParameters parameters;
    private final boolean verifying;
    private final boolean mayServe;

    private TlsContext(Builder builder, SSLContext context) {
        this.context = context;
        this.parameters = context.getDefaultSSLParameters();
        this.verifying = !builder.insecure;
        this.mayServe = builder.context != null || !builder.keys.isEmpty();
        parameters.setProtocols(known(
                "protocol",
                builder.protocols,
                context.getSupportedSSLParameters().getProtocols()));
        if (!builder.cipherSuites.isEmpty()) {
            String[] supported = context.getSupportedSSLParameters().getCipherSuites();
            parameters.setCipherSuites(known("cipher suite", builder.cipherSuites, supported));
        }
        parameters.setApplicationProtocols(builder.alpn.toArray(String[]::new));
        // Each of the two setters clears what the other has set.
        switch (builder.clientCertificate) {
            case NONE -> parameters.setNeedClientAuth(false);
            case WANTED -> parameters.setWantClientAuth(true);
            case NEEDED -> parameters.setNeedClientAuth(true);
        }
    }

    private static String[] known(String what, List<String> names, String... supported) {
        for (String name : names) {
            if (!Set.of(supported).contains(name)) {
                throw new IllegalArgumentException(
                        "no such " + what + ": " + name + "; there are " + String.join(", ", supported));
            }
        }
        return names.toArray(String[]::new);
    }

    /**
     * A context with nothing set: for clients that trust whom the platform trusts.
     *
     * @return the context
     * @throws IOException if the platform's authorities cannot be read
     */
    public static TlsContext createDefault() throws IOException {
        return builder().build();
    }

    /**
     * A context for servers.
     *
     * @param certificateChain the server's certificate, and those of its issuers, as PEM
     * @param privateKey the private key, as PEM, not encrypted
     * @return the context
     * @throws IOException if a file cannot be read
     */
    public static TlsContext forServer(Path certificateChain, Path privateKey) throws IOException {
        return builder().certificate(certificateChain, privateKey).build();
    }

    /**
     * Begins a context.
     *
     * @return what gathers its settings
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes a connected socket the client's end of a TLS connection. The result takes the socket's descriptor over, and its timeout: the
     * socket itself is closed, so that nobody writes plaintext in between.
     *
     * @param socket a connected stream socket
     * @param serverHostName the name that the server's certificate must have, and that the server is told (SNI); an IP address, too.
     *     May be null where verification is off
     * @return the connection, before its handshake
     * @throws IOException if the socket is closed or not connected
     */
    public TlsSocket wrapClient(Socket socket, @Nullable String serverHostName) throws IOException {
        requireStream(socket);
        if (serverHostName == null && verifying) {
            throw new IllegalArgumentException("whose certificate is it to be? Give wrapClient the server's host name");
        }
        return new TlsSocket(socket, newClient(serverHostName, port(socket.getPeerName())), serverHostName);
    }

    /**
     * Makes a connected socket the server's end of a TLS connection. The result takes the socket's descriptor over, and its timeout: the
     * socket itself is closed, so that nobody writes plaintext in between.
     *
     * @param socket a connected stream socket
     * @return the connection, before its handshake
     * @throws IllegalStateException if the context has no certificate
     * @throws IOException if the socket is closed
     */
    public TlsSocket wrapServer(Socket socket) throws IOException {
        requireStream(socket);
        return new TlsSocket(socket, server(), null);
    }

    /**
     * The client's end of a TLS connection, from bytes to bytes: what {@code wrap_bio} of CPython's context makes.
     *
     * @param serverHostName the name that the server's certificate must have, and that the server is told (SNI); an IP address, too
     * @param port the server's port, which is a part of the name under which a session is remembered; -1 where there is none
     * @return the engine, before its handshake
     */
    public TlsEngine client(String serverHostName, int port) {
        return newClient(serverHostName, port);
    }

    /**
     * The server's end of a TLS connection, from bytes to bytes.
     *
     * @return the engine, before its handshake
     * @throws IllegalStateException if the context has no certificate
     */
    public TlsEngine server() {
        if (!mayServe) {
            throw new IllegalStateException(
                    "a server needs a certificate: TlsContext.forServer, or Builder.certificate");
        }
        return new TlsEngine(serverEngine(), null);
    }

    private TlsEngine newClient(@Nullable String serverHostName, int port) {
        return new TlsEngine(clientEngine(serverHostName, port), serverHostName);
    }

    private static void requireStream(Socket socket) {
        if (socket.type() != Constants.SOCK_STREAM) {
            throw new IllegalArgumentException("TLS needs a stream socket, not " + socket);
        }
    }

    /** The port is a part of the name under which a client remembers a session. */
    private static int port(Sockaddr peer) {
        return switch (peer) {
            case SockaddrIn in -> in.port();
            case SockaddrIn6 in6 -> in6.port();
            default -> -1;
        };
    }

    private SSLEngine clientEngine(@Nullable String serverHostName, int port) {
        ServerName name = serverHostName == null ? null : ServerName.of(serverHostName);
        SSLEngine engine = context.createSSLEngine(name == null ? null : name.text(), port);
        engine.setUseClientMode(true);
        SSLParameters own = copyOfParameters(engine);
        own.setEndpointIdentificationAlgorithm(verifying ? "HTTPS" : null);
        if (name != null) {
            own.setServerNames(name.indication());
        }
        engine.setSSLParameters(own);
        return engine;
    }

    private SSLEngine serverEngine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(copyOfParameters(engine));
        return engine;
    }

    private SSLParameters copyOfParameters(SSLEngine engine) {
        SSLParameters own = engine.getSSLParameters();
        own.setProtocols(parameters.getProtocols());
        own.setCipherSuites(parameters.getCipherSuites());
        own.setApplicationProtocols(parameters.getApplicationProtocols());
        if (parameters.getNeedClientAuth()) {
            own.setNeedClientAuth(true);
        } else {
            own.setWantClientAuth(parameters.getWantClientAuth());
        }
        return own;
    }

    /**
     * Gathers the settings of a {@link TlsContext}. Each method returns the builder itself.
     *
     * <h2>Threading</h2>
     * For one thread.
     */
    public static final class Builder {

        private final List<QuickKeys> keys = new ArrayList<>();
        private List<String> protocols = List.of("TLSv1.3", "TLSv1.2");
        private List<String> cipherSuites = List.of();
        private List<String> alpn = List.of();
        private ClientCertificate clientCertificate = ClientCertificate.NONE;
        private @Nullable KeyStore authorities;
        private @Nullable SSLContext context;
        private @Nullable Duration sessionTimeout;
        private int sessionCacheSize = -1;
        private boolean insecure;

        private Builder() {}

        /**
         * Adds a certificate to show, whose key is not encrypted. A server that has several shows the one for the name that the client asks
         * for (SNI).
         *
         * @param chain the certificate, and those of its issuers, as PEM
         * @param privateKey the private key as PEM: PKCS #8, or PKCS #1 (RSA) or SEC 1 (EC) as OpenSSL writes them
         * @return this builder
         * @throws IOException if a file cannot be read
         */
        public Builder certificate(Path chain, Path privateKey) throws IOException {
            return add(Pem.certificates(chain), Pem.privateKey(privateKey, null), privateKey);
        }

        /**
         * Adds a certificate to show whose issuers' certificates are in files of their own.
         *
         * @param chain the file with the certificate, and then those with its issuers', as PEM
         * @param privateKey the private key as PEM, not encrypted
         * @return this builder
         * @throws IOException if a file cannot be read
         */
        public Builder certificate(List<Path> chain, Path privateKey) throws IOException {
            List<X509Certificate> all = new ArrayList<>();
            for (Path each : chain) {
                all.addAll(Pem.certificates(each));
            }
            if (all.isEmpty()) {
                throw new IllegalArgumentException("a chain begins with the file of the certificate: give one");
            }
            return add(all, Pem.privateKey(privateKey, null), privateKey);
        }

        /**
         * Adds a certificate to show, whose key may be encrypted.
         *
         * @param chain the certificate, and those of its issuers, as PEM
         * @param privateKey the private key as PEM; encrypted as PKCS #8
         * @param password what it is encrypted with
         * @return this builder
         * @throws IOException if a file cannot be read, or the password is wrong
         */
        public Builder certificate(Path chain, Path privateKey, char[] password) throws IOException {
            return add(Pem.certificates(chain), Pem.privateKey(privateKey, password), privateKey);
        }

        /**
         * Adds the certificates to show that a key store has.
         *
         * @param keyStore the key store, loaded
         * @param password of its keys
         * @return this builder
         */
        public Builder certificate(KeyStore keyStore, char[] password) {
            keys.add(new QuickKeys(keyStore, password.clone()));
            return this;
        }

        private Builder add(List<X509Certificate> chain, PrivateKey key, Path keyFile) throws IOException {
            try {
                if (!PrivateKeys.belongTogether(key, chain.getFirst().getPublicKey())) {
                    throw Pem.failure(keyFile, "its key is not that of the certificate", null);
                }
                return certificate(QuickKeys.store(key, chain.toArray(X509Certificate[]::new)), QuickKeys.PASSWORD);
            } catch (GeneralSecurityException e) {
                throw Pem.failure(keyFile, "its key cannot be used: " + e.getMessage(), e);
            }
        }

        /**
         * Trusts these authorities, and no longer those of the platform. A certificate that signs itself is its own authority.
         *
         * @param authorities their certificates, as PEM
         * @return this builder
         * @throws IOException if the file cannot be read
         */
        public Builder trust(Path authorities) throws IOException {
            return trust(Pem.certificates(authorities));
        }

        /**
         * Trusts these authorities, and no longer those of the platform.
         *
         * @param authorities their certificates
         * @return this builder
         * @throws IOException if there is none
         */
        public Builder trust(Collection<X509Certificate> authorities) throws IOException {
            if (authorities.isEmpty()) {
                throw new IllegalArgumentException("whoever trusts no authority can talk to nobody: give one, or more");
            }
            try {
                return trust(Trust.store(authorities));
            } catch (GeneralSecurityException e) {
                throw new SSLException("the authorities cannot be used: " + e.getMessage(), e);
            }
        }

        /**
         * Trusts the authorities in a key store, and no longer those of the platform.
         *
         * @param authorities the key store, loaded
         * @return this builder
         */
        public Builder trust(KeyStore authorities) {
            this.authorities = authorities;
            return this;
        }

        /**
         * Uses a context of the JDK's, whose own key and trust managers decide then; {@code certificate} and {@code trust} cannot be given
         * beside it. Clients still check the host name, if its trust managers heed the endpoint identification that is asked
         * of them, as the JDK's do.
         *
         * @param sslContext the context, initialized
         * @return this builder
         */
        public Builder sslContext(SSLContext sslContext) {
            this.context = sslContext;
            return this;
        }

        /**
         * Whether a server asks for a certificate; without this it does not. Say by {@code trust} which authorities may
         * vouch for a client: without it, whoever has a certificate of any authority that this platform knows is let in.
         *
         * @param wish NONE, WANTED or NEEDED
         * @return this builder
         */
        public Builder clientCertificate(ClientCertificate wish) {
            this.clientCertificate = wish;
            return this;
        }

        /**
         * The versions of TLS to agree on; without this, TLSv1.3 and TLSv1.2.
         *
         * @param names their names in the JDK
         * @return this builder
         */
        public Builder protocols(String... names) {
            this.protocols = List.of(names);
            return this;
        }

        /**
         * The cipher suites to agree on, the best first; without this, the JDK's choice.
         *
         * @param names their names in the JDK, which are those of IANA
         * @return this builder
         */
        public Builder cipherSuites(String... names) {
            this.cipherSuites = List.of(names);
            return this;
        }

        /**
         * The protocols to offer, or to choose from, by ALPN, the best first. Where both peers use ALPN and have none in common, the handshake fails.
         *
         * @param names such as {@code h2}, {@code http/1.1}
         * @return this builder
         */
        public Builder alpnProtocols(String... names) {
            this.alpn = List.of(names);
            return this;
        }

        /**
         * How long a session may be resumed; without this, the JDK's 24 hours.
         *
         * @param timeout a second or more
         * @return this builder
         */
        public Builder sessionTimeout(Duration timeout) {
            if (timeout.toSeconds() < 1 || timeout.toSeconds() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a session lasts from a second to 68 years: " + timeout);
            }
            this.sessionTimeout = timeout;
            return this;
        }

        /**
         * How many sessions are remembered; without this, the JDK's 20480.
         *
         * @param sessions 0: as many as there are
         * @return this builder
         */
        public Builder sessionCacheSize(int sessions) {
            if (sessions < 0) {
                throw new IllegalArgumentException("a cache has 0 or more sessions: " + sessions);
            }
            this.sessionCacheSize = sessions;
            return this;
        }

        /**
         * Takes any certificate, of whomever, for any host: no expiry, no signature, no name is looked at, of servers and of clients.
         * The connection is then encrypted, but anyone on the way can be at its other end. It is what Python 2's
         * {@code ssl()} did. For tests; {@link #trust(Path)} is hardly more work.
         *
         * @return this builder
         */
        public Builder insecureWithoutVerification() {
            this.insecure = true;
            return this;
        }

        /**
         * Makes the context.
         *
         * @return the context
         * @throws IllegalStateException if settings contradict each other
         * @throws IllegalArgumentException if there is no such protocol or cipher suite; the message lists all
         * @throws IOException if keys or authorities cannot be used
         */
        public TlsContext build() throws IOException {
            if (insecure && authorities != null) {
                throw new IllegalStateException(
                        "insecureWithoutVerification asks no authority: leave out one of the two");
            }
            if (context != null && (insecure || authorities != null || !keys.isEmpty())) {
                throw new IllegalStateException("an SSLContext of one's own has its own keys and its own trust");
            }
            try {
                SSLContext made = context != null ? context : newContext();
                if (context == null) {
                    configure(made.getClientSessionContext());
                    configure(made.getServerSessionContext());
                }
                return new TlsContext(this, made);
            } catch (GeneralSecurityException e) {
                throw new SSLException("the keys or the authorities cannot be used: " + e.getMessage(), e);
            }
        }

        private SSLContext newContext() throws GeneralSecurityException {
            TrustManager[] trust = insecure ? Trust.inAnyone() : Trust.in(authorities);
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(keyManagers(), trust, null);
            return made;
        }

        private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException {
            if (keys.isEmpty()) {
                return null;
            }
            // The other one of the JDK's does not choose by the name that the client asks for.
            KeyManagerFactory factory = KeyManagerFactory.getInstance("NewSunX509");
            List<KeyStore.Builder> each = new ArrayList<>();
            for (QuickKeys one : keys) {
                each.addAll(one.builders());
            }
            factory.init(new KeyStoreBuilderParameters(each));
            return factory.getKeyManagers();
        }

        private void configure(SSLSessionContext sessions) {
            if (sessionTimeout != null) {
                sessions.setSessionTimeout((int) sessionTimeout.toSeconds());
            }
            if (sessionCacheSize >= 0) {
                sessions.setSessionCacheSize(sessionCacheSize);
            }
        }
    }
}
