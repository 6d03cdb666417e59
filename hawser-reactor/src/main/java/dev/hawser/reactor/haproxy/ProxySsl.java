package dev.hawser.reactor.haproxy;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy tells of the TLS that the client speaks with it: {@code PP2_TYPE_SSL}.
 *
 * <h2>Threading</h2>
 * Immutable.
 *
 * <p>Source: proxy-protocol.txt, section 2.2.6.
 *
 * @param client of {@link #CLIENT_SSL}, {@link #CLIENT_CERT_CONN}, {@link #CLIENT_CERT_SESS}
 * @param verify 0 if the client has shown a certificate, and it was found good; see {@link #isVerified}
 * @param fields the fields within, of the types {@link #VERSION} to {@link #KEY_ALG}, and others as they came
 */
public record ProxySsl(int client, int verify, List<ProxyTlv> fields) {

    /** {@code PP2_CLIENT_SSL}: the client speaks TLS. */
    public static final int CLIENT_SSL = 0x01;

    /** {@code PP2_CLIENT_CERT_CONN}: it has shown a certificate on this connection. */
    public static final int CLIENT_CERT_CONN = 0x02;

    /** {@code PP2_CLIENT_CERT_SESS}: it has shown a certificate in this session, perhaps on an earlier connection. */
    public static final int CLIENT_CERT_SESS = 0x04;

    /** {@code PP2_SUBTYPE_SSL_VERSION}. */
    public static final int VERSION = 0x21;

    /** {@code PP2_SUBTYPE_SSL_CN}: the certificate's common name. */
    public static final int COMMON_NAME = 0x22;

    /** {@code PP2_SUBTYPE_SSL_CIPHER}. */
    public static final int CIPHER = 0x23;

    /** {@code PP2_SUBTYPE_SSL_SIG_ALG}: what the certificate is signed with. */
    public static final int SIG_ALG = 0x24;

    /** {@code PP2_SUBTYPE_SSL_KEY_ALG}: what the certificate's key is for. */
    public static final int KEY_ALG = 0x25;

    private static final int FIXED_BYTES = 5;

    /** Keeps a copy of the list. */
    public ProxySsl {
        fields = List.copyOf(fields);
    }

    static ProxySsl decode(byte[] value) throws ProxyHeaderException {
        if (value.length < FIXED_BYTES) {
            throw new ProxyHeaderException("a TLV of TLS has 5 bytes or more, not " + value.length);
        }
        ByteBuffer from = ByteBuffer.wrap(value);
        return new ProxySsl(Byte.toUnsignedInt(from.get()), from.getInt(), ProxyTlv.decode(from));
    }

    /**
     * As a field of a header.
     *
     * @return the field
     */
    public ProxyTlv toTlv() {
        int length =
                FIXED_BYTES + fields.stream().mapToInt(ProxyTlv::encodedBytes).sum();
        ByteBuffer to = ByteBuffer.allocate(length).put((byte) client).putInt(verify);
        fields.forEach(field -> field.encodeTo(to));
        return new ProxyTlv(ProxyTlv.SSL, to.array());
    }

    /**
     * Whether the client has shown a certificate that the proxy has found good.
     *
     * @return true where a certificate was shown, on this connection or in this session, and {@link #verify} is 0
     */
    public boolean isVerified() {
        return (client & (CLIENT_CERT_CONN | CLIENT_CERT_SESS)) != 0 && verify == 0;
    }

    /**
     * The version of TLS.
     *
     * @return such as {@code TLSv1.3}; null where it is not told
     */
    public @Nullable String version() {
        return text(VERSION);
    }

    /**
     * Whom the client's certificate names.
     *
     * @return the common name; null where it is not told
     */
    public @Nullable String commonName() {
        return text(COMMON_NAME);
    }

    /**
     * The cipher suite.
     *
     * @return its name of OpenSSL; null where it is not told
     */
    public @Nullable String cipher() {
        return text(CIPHER);
    }

    /**
     * What the proxy's certificate is signed with.
     *
     * @return such as {@code SHA256}; null where it is not told
     */
    public @Nullable String signatureAlgorithm() {
        return text(SIG_ALG);
    }

    /**
     * What the key of the proxy's certificate is for.
     *
     * @return such as {@code RSA2048}; null where it is not told
     */
    public @Nullable String keyAlgorithm() {
        return text(KEY_ALG);
    }

    private @Nullable String text(int type) {
        return fields.stream()
                .filter(field -> field.type() == type)
                .map(ProxyTlv::text)
                .findFirst()
                .orElse(null);
    }
}
