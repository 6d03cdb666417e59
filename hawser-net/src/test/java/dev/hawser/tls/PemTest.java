package dev.hawser.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLKeyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and certificates in every form that OpenSSL writes. */
@RequiresProgram("openssl")
class PemTest {

    @TempDir
    private Path directory;

    private Path make(String name, String words) {
        Path file = directory.resolve(name);
        Certificates.openssl(words.replace("OUT", file.toString()));
        return file;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RSA -pkeyopt rsa_keygen_bits:2048",
                "RSA-PSS -pkeyopt rsa_keygen_bits:2048",
                "EC -pkeyopt ec_paramgen_curve:P-384",
                "ED25519",
                "ED448"
            })
    void keysOfEveryAlgorithmAreRead(String algorithm) throws IOException {
        Path file = make("key.pem", "genpkey -out OUT -algorithm " + algorithm);
        assertThat(Pem.privateKey(file, null).getFormat()).isEqualTo("PKCS#8");
    }

    @Test
    void opensslsOwnFormsAreTheSameKeys() throws IOException {
        Path rsa = make("rsa.pem", "genpkey -out OUT -algorithm RSA -pkeyopt rsa_keygen_bits:2048");
        Path pkcs1 = make("pkcs1.pem", "rsa -traditional -out OUT -in " + rsa);
        assertThat(Files.readString(pkcs1)).contains("BEGIN RSA PRIVATE KEY");
        assertThat(Pem.privateKey(pkcs1, null)).isEqualTo(Pem.privateKey(rsa, null));

        Path sec1 = make("sec1.pem", "ecparam -genkey -name prime256v1 -out OUT"); // with EC PARAMETERS before it
        assertThat(Files.readString(sec1)).contains("BEGIN EC PRIVATE KEY").contains("BEGIN EC PARAMETERS");
        Path pkcs8 = make("pkcs8.pem", "pkcs8 -topk8 -nocrypt -out OUT -in " + sec1);
        assertThat(((ECPrivateKey) Pem.privateKey(sec1, null)).getS())
                .isEqualTo(((ECPrivateKey) Pem.privateKey(pkcs8, null)).getS());
    }

    @Test
    void anEncryptedKeyNeedsItsPassword() throws IOException {
        PrivateKey key = Pem.privateKey(Certificates.key(Certificates.local()), null);
        String words = "pkcs8 -topk8 -v2 aes-256-cbc -passout pass:secret -out OUT -in "
                + Certificates.key(Certificates.local());
        Path file = make("encrypted.pem", words);
        assertThat(Pem.privateKey(file, "secret".toCharArray()).getEncoded()).isEqualTo(key.getEncoded());
        assertThatThrownBy(() -> Pem.privateKey(file, "wrong".toCharArray()))
                .isInstanceOf(SSLKeyException.class)
                .hasMessage(file + ": its key cannot be decrypted: is the password right?");
        assertThatThrownBy(() -> Pem.privateKey(file, null)).hasMessageContaining("no password was given");
        assertThat(TlsContext.builder()
                        .certificate(Certificates.local(), file, "secret".toCharArray())
                        .build())
                .isNotNull();
    }

    @Test
    void theOldEncryptionIsRefusedWithARemedy() {
        Path key = make("key.pem", "genpkey -out OUT -algorithm RSA -pkeyopt rsa_keygen_bits:2048");
        Path old = make("old.pem", "rsa -traditional -aes128 -passout pass:secret -out OUT -in " + key);
        assertThatThrownBy(() -> Pem.privateKey(old, "secret".toCharArray()))
                .isInstanceOf(SSLKeyException.class)
                .hasMessageContaining("openssl pkcs8 -topk8 -in " + old);
    }

    @Test
    void aKeyMustBeThatOfTheCertificate() {
        for (Path other : List.of(Certificates.client(), Certificates.selfSigned())) {
            assertThatThrownBy(() -> TlsContext.forServer(Certificates.local(), Certificates.key(other)))
                    .isInstanceOf(SSLKeyException.class)
                    .hasMessageContaining("its key is not that of the certificate");
        }
    }

    @Test
    void whatIsNoPemIsNamed() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty.pem"));
        assertThatThrownBy(() -> Pem.certificates(empty))
                .isInstanceOf(SSLKeyException.class)
                .hasMessage(empty + ": it has no -----BEGIN CERTIFICATE-----");
        assertThatThrownBy(() -> Pem.privateKey(empty, null)).hasMessageContaining("-----BEGIN PRIVATE KEY-----");
        Path broken = Files.writeString(directory.resolve("broken.pem"), """
                -----BEGIN CERTIFICATE-----
                AAAA
                -----END CERTIFICATE-----
                -----BEGIN PRIVATE KEY-----
                MAUCAQAw
                -----END PRIVATE KEY-----
                """);
        assertThatThrownBy(() -> Pem.certificates(broken)).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> Pem.privateKey(broken, null))
                .isInstanceOf(SSLKeyException.class)
                .hasMessageContaining("its key cannot be read: it is no DER");
        assertThatThrownBy(() -> Pem.certificates(directory.resolve("missing.pem")))
                .isInstanceOf(java.nio.file.NoSuchFileException.class);
    }

    @Test
    void aBlockThatIsCutOffIsNotPassedOver() throws IOException {
        String whole = Files.readString(Certificates.authority());
        Path cut = Files.writeString(directory.resolve("cut.pem"), whole + whole.substring(0, whole.length() / 2));
        assertThatThrownBy(() -> Pem.certificates(cut))
                .isInstanceOf(SSLKeyException.class)
                .hasMessage(cut + ": its CERTIFICATE has no -----END CERTIFICATE-----");
    }

    @Test
    void aFileOfBeginningsIsRefusedAtOnce() throws IOException {
        Path many = Files.writeString(directory.resolve("many.pem"), "-----BEGIN A-----\n".repeat(800_000));
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> Pem.certificates(many)).isInstanceOf(SSLKeyException.class));
    }

    @Test
    void anEncryptedKeyWithoutParametersIsRefused() throws IOException {
        byte[] algorithm = Der.value(
                Der.SEQUENCE, Der.value(Der.OBJECT_IDENTIFIER, HexFormat.of().parseHex("2a864886f70d01050d")));
        byte[] encoded = Der.value(Der.SEQUENCE, algorithm, Der.value(Der.OCTET_STRING, new byte[16]));
        Path file = Files.writeString(
                directory.resolve("odd.pem"),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(encoded)
                        + "\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertThatThrownBy(() -> Pem.privateKey(file, "secret".toCharArray())).isInstanceOf(SSLKeyException.class);
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        assertThatThrownBy(() -> TlsContext.builder()
                        .trust(Certificates.authority())
                        .insecureWithoutVerification()
                        .build())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> TlsContext.builder()
                        .sslContext(javax.net.ssl.SSLContext.getDefault())
                        .insecureWithoutVerification()
                        .build())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> TlsContext.builder().protocols("TLSv9").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no such protocol: TLSv9; there are TLSv1.3");
        assertThatThrownBy(() -> TlsContext.builder().cipherSuites("ROT13").build())
                .hasMessageStartingWith("no such cipher suite: ROT13; there are TLS_");
        assertThatThrownBy(() -> TlsContext.builder().trust(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
