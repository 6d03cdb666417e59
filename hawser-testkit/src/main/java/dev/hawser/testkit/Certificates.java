package dev.hawser.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** Keys and certificates, made by the openssl program in a directory that goes with the JVM. */
public final class Certificates {

    private static final Path DIRECTORY = newDirectory();

    private static final String LOCAL = "DNS:localhost,DNS:local.test,IP:127.0.0.1,IP:::1";

    private Certificates() {}

    /** The authority that has issued the others. */
    public static synchronized Path authority() {
        Path file = file("ca.pem");
        if (!Files.exists(file)) {
            openssl(
                    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=HawserTestAuthority"
                            + " -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign",
                    "-keyout",
                    file("ca.key").toString(),
                    "-out",
                    file.toString());
        }
        return file;
    }

    /** A server's certificate for localhost and the loopback addresses; beside it lies its {@link #key}. */
    public static Path local() {
        return issue("local", "/O=Hawser/CN=localhost", LOCAL, 30);
    }

    /** One whose time is up. */
    public static Path expired() {
        return issue("expired", "/CN=localhost", LOCAL, -1);
    }

    /** One for a host of this name. */
    public static Path forHost(String name) {
        return issue(name, "/CN=" + name, "DNS:" + name, 30);
    }

    /** A client's. */
    public static Path client() {
        return issue("client", "/O=Hawser/CN=client", "DNS:client.test", 30);
    }

    /** One that nobody has issued. */
    public static synchronized Path selfSigned() {
        Path file = file("self.pem");
        if (!Files.exists(file)) {
            openssl(
                    "req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost -addext subjectAltName=" + LOCAL,
                    "-keyout",
                    key(file).toString(),
                    "-out",
                    file.toString());
        }
        return file;
    }

    /** The private key of a certificate, in PKCS #8. */
    public static Path key(Path certificate) {
        return Path.of(certificate.toString().replace(".pem", ".key"));
    }

    public static Path file(String name) {
        Path file = DIRECTORY.resolve(name);
        file.toFile().deleteOnExit();
        return file;
    }

    private static synchronized Path issue(String name, String subject, String alternatives, int days) {
        Path certificate = file(name + ".pem");
        if (!Files.exists(certificate)) {
            Path authority = authority();
            Path request = file(name + ".csr");
            openssl(
                    "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -addext subjectAltName=" + alternatives,
                    "-subj",
                    subject,
                    "-keyout",
                    key(certificate).toString(),
                    "-out",
                    request.toString());
            openssl(
                    "x509 -req -copy_extensions copyall -days " + days,
                    "-set_serial",
                    Integer.toString(name.hashCode() & 0xffffff),
                    "-in",
                    request.toString(),
                    "-CA",
                    authority.toString(),
                    "-CAkey",
                    file("ca.key").toString(),
                    "-out",
                    certificate.toString());
        }
        return certificate;
    }

    /** Runs openssl to its end; the first words are separated by blanks. */
    public static void openssl(String words, String... more) {
        List<String> all = new ArrayList<>(List.of(words.split(" ")));
        all.addAll(List.of(more));
        try (Peer openssl = Peers.start("openssl", all.toArray(String[]::new))) {
            Assertions.assertEquals(0, openssl.awaitExit(), () -> "openssl " + all + openssl.readErrorLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Path newDirectory() {
        try {
            Path directory = Files.createTempDirectory("hawser-tls");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
