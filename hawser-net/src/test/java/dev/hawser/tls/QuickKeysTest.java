package dev.hawser.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.RequiresProgram;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

@RequiresProgram("openssl")
class QuickKeysTest {

    private static final char[] PASSWORD = "secret".toCharArray();

    /** Of several that fit, the first is shown. */
    @Test
    void keysStayInTheirOrderAndTheSame() throws Exception {
        KeyStore given = KeyStore.getInstance("PKCS12");
        given.load(null, null);
        List<Path> certificates = List.of(Certificates.local(), Certificates.client(), Certificates.selfSigned());
        for (Path each : certificates) {
            PrivateKey key = Pem.privateKey(Certificates.key(each), null);
            X509Certificate[] chain = Pem.certificates(each).toArray(X509Certificate[]::new);
            given.setKeyEntry("of " + each.getFileName(), key, PASSWORD, chain);
        }
        List<Key> expected = new ArrayList<>();
        for (String alias : Collections.list(given.aliases())) {
            expected.add(given.getKey(alias, PASSWORD));
        }

        List<KeyStore.Builder> builders = new QuickKeys(given, PASSWORD).builders();

        assertThat(builders).hasSize(certificates.size());
        for (int i = 0; i < expected.size(); i++) {
            KeyStore quick = builders.get(i).getKeyStore();
            assertThat(quick.getType()).isEqualTo("JKS");
            assertThat(quick.getKey("key", QuickKeys.PASSWORD)).isEqualTo(expected.get(i));
        }
    }

    @Test
    void aWrongPasswordIsToldWhenTheContextIsBuilt() throws Exception {
        KeyStore given = KeyStore.getInstance("PKCS12");
        given.load(null, null);
        Path certificate = Certificates.local();
        X509Certificate[] chain = Pem.certificates(certificate).toArray(X509Certificate[]::new);
        given.setKeyEntry("key", Pem.privateKey(Certificates.key(certificate), null), PASSWORD, chain);

        TlsContext.Builder builder = TlsContext.builder().certificate(given, "wrong".toCharArray());

        assertThatThrownBy(builder::build)
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("the keys or the authorities cannot be used");
    }
}
