package dev.hawser.tls;

import dev.hawser.socket.Socket;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The function {@code ssl} that Python 2 had in its {@code socket} module. It made the client's end of a TLS connection over a
 * connected socket; its object had {@code read}, {@code write}, {@code server} and {@code issuer}, and {@link TlsSocket} has
 * these names too. Python's checked no certificate. This one does, so it must be told whom it talks to; who
 * wants what Python did says so, with {@link TlsContext.Builder#insecureWithoutVerification}.
 *
 * <h2>Threading</h2>
 * Safe from any thread.
 *
 * <h2>Blocking and timeouts</h2>
 * The handshake is done on return, within the socket's timeout.
 *
 * <h2>Errors</h2>
 * Where the handshake fails, the socket is closed.
 *
 * {@snippet file="dev/hawser/tls/TlsSnippetsTest.java" region="seed"}
 */
public final class Tls {

    /** Made when it is first used; what is shared is the cache of sessions. */
    private static final class Default {
        static final TlsContext CONTEXT = context();

        private static TlsContext context() {
            try {
                return TlsContext.createDefault();
            } catch (IOException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    private Tls() {}

    /**
     * Speaks TLS over a connected socket, as a client that trusts whom the platform trusts.
     *
     * @param socket the connected stream socket, which is owned by the result from now on
     * @param serverHostName the name or the address that the server's certificate must have
     * @return the connection, its handshake done
     * @throws IOException if there is no connection: the socket is closed then
     */
    public static TlsSocket ssl(Socket socket, String serverHostName) throws IOException {
        return shaken(Default.CONTEXT.wrapClient(socket, serverHostName));
    }

    /**
     * Speaks TLS over a connected socket, as a client that can show a certificate.
     *
     * @param socket the connected stream socket, which is owned by the result from now on
     * @param serverHostName the name or the address that the server's certificate must have
     * @param keyFile the client's private key, as PEM
     * @param certFile the client's certificate, and those of its issuers, as PEM
     * @return the connection, its handshake done
     * @throws IOException if there is no connection: the socket is closed then; or if a file cannot be read
     */
    public static TlsSocket ssl(Socket socket, String serverHostName, Path keyFile, Path certFile) throws IOException {
        TlsContext context = TlsContext.builder().certificate(certFile, keyFile).build();
        return shaken(context.wrapClient(socket, serverHostName));
    }

    private static TlsSocket shaken(TlsSocket socket) throws IOException {
        try {
            socket.doHandshake();
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }
}
