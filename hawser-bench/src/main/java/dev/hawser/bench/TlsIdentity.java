package dev.hawser.bench;

import dev.hawser.tls.TlsContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/**
 * Who the servers of a run are, and what all of them speak, so that they differ in nothing but how they drive the JDK's engine: one certificate, which
 * keytool(1) of this JDK makes when a run begins, one version and one cipher suite.
 *
 * @param keys the key and its certificate
 */
record TlsIdentity(KeyStore keys) {
    static final String HOST = "localhost";
    static final String PROTOCOL = "TLSv1.3";
    static final String CIPHER_SUITE = "TLS_AES_128_GCM_SHA256";

    private static final String PROPERTY = "dev.hawser.bench.identity";
    private static final String FILE = "identity.p12";
    private static final String ALIAS = "server";

    /** Of a key that lives as long as the run. */
    private static final String PASSWORD = "no secret";

    /** The flag that tells a JVM of this run's identity, which is made where there is none yet. */
    static String flag(Workshop workshop) throws IOException {
        Path file = workshop.directory().resolve(FILE);
        if (!Files.exists(file)) {
            var made = Commands.run(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=" + HOST,
                    "-ext",
                    "san=dns:" + HOST,
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    file.toString()));
            if (made.exitCode() != 0) {
                throw new IOException("keytool failed: " + made.lastLine());
            }
        }
        return "-D" + PROPERTY + "=" + file;
    }

    /** The one that this JVM was told of. */
    static TlsIdentity ofThisRun() throws IOException {
        String file = System.getProperty(PROPERTY);
        if (file == null) {
            throw new IOException("no identity: -D" + PROPERTY + " is missing");
        }
        try {
            return new TlsIdentity(KeyStore.getInstance(Path.of(file).toFile(), PASSWORD.toCharArray()));
        } catch (GeneralSecurityException e) {
            throw new SSLException(file + ": " + e.getMessage(), e);
        }
    }

    TlsContext server() throws IOException {
        return common().certificate(keys, PASSWORD.toCharArray()).build();
    }

    TlsContext client() throws IOException {
        try {
            return common().trust(List.of((X509Certificate) keys.getCertificate(ALIAS)))
                    .build();
        } catch (GeneralSecurityException e) {
            throw new SSLException(e.getMessage(), e);
        }
    }

    private static TlsContext.Builder common() {
        return TlsContext.builder().protocols(PROTOCOL).cipherSuites(CIPHER_SUITE);
    }

    /** For those who have no contexts of Hawser's. */
    KeyManagerFactory keyManagers() throws IOException {
        try {
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, PASSWORD.toCharArray());
            return factory;
        } catch (GeneralSecurityException e) {
            throw new SSLException(e.getMessage(), e);
        }
    }
}
