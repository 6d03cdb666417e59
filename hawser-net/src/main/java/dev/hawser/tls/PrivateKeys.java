package dev.hawser.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Private keys in the encodings that OpenSSL writes. The JDK reads PKCS #8; the others are put into its frame. */
final class PrivateKeys {

    private static final byte[] VERSION_0 = Der.value(Der.INTEGER, new byte[] {0});

    /** 1.2.840.113549.1.1.1 and the parameters NULL: RFC 8017, appendix A.1. */
    private static final byte[] RSA = Der.value(
            Der.SEQUENCE,
            Der.value(
                    Der.OBJECT_IDENTIFIER,
                    new byte[] {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1}),
            new byte[] {5, 0});

    /** 1.2.840.10045.2.1: RFC 5480, section 2.1.1. */
    private static final byte[] EC =
            Der.value(Der.OBJECT_IDENTIFIER, new byte[] {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1});

    private PrivateKeys() {}

    /** PrivateKeyInfo, RFC 5958: it says which algorithm it is for. */
    static PrivateKey ofPkcs8(byte[] encoded) throws GeneralSecurityException {
        Der info = new Der(encoded).enter(Der.SEQUENCE);
        info.enter(Der.INTEGER);
        byte[] algorithm = info.enter(Der.SEQUENCE).enter(Der.OBJECT_IDENTIFIER).rest();
        return KeyFactory.getInstance(dotted(algorithm)).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    /** RSAPrivateKey, RFC 8017. */
    static PrivateKey ofPkcs1(byte[] encoded) throws GeneralSecurityException {
        return ofPkcs8(Der.value(Der.SEQUENCE, VERSION_0, RSA, Der.value(Der.OCTET_STRING, encoded)));
    }

    /** ECPrivateKey, RFC 5915: the curve, which PKCS #8 has in its head, is its third field. */
    static PrivateKey ofSec1(byte[] encoded) throws GeneralSecurityException {
        Der key = new Der(encoded).enter(Der.SEQUENCE);
        key.enter(Der.INTEGER);
        key.enter(Der.OCTET_STRING);
        if (!key.hasMore() || key.nextTag() != Der.CONTEXT_0) {
            throw new IllegalArgumentException("the EC key does not name its curve");
        }
        byte[] curve = key.enter(Der.CONTEXT_0).whole();
        byte[] algorithm = Der.value(Der.SEQUENCE, EC, curve);
        return ofPkcs8(Der.value(Der.SEQUENCE, VERSION_0, algorithm, Der.value(Der.OCTET_STRING, encoded)));
    }

    /** EncryptedPrivateKeyInfo, RFC 5958. */
    static PrivateKey ofEncryptedPkcs8(byte[] encoded, char[] password) throws GeneralSecurityException, IOException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encoded);
        if (info.getAlgParameters() == null) {
            throw new GeneralSecurityException("its encryption has no parameters");
        }
        PBEKeySpec spec = new PBEKeySpec(password);
        try {
            // For PBES2 the name of the algorithm is in its parameters only.
            String algorithm = info.getAlgParameters().toString();
            SecretKey secret = SecretKeyFactory.getInstance(algorithm).generateSecret(spec);
            return ofPkcs8(info.getKeySpec(secret).getEncoded());
        } finally {
            spec.clearPassword();
        }
    }

    /** Whether what the private key signs is verified by the public one. */
    static boolean belongTogether(PrivateKey key, PublicKey other) throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(other.getAlgorithm())) {
            return key.getAlgorithm().startsWith("Ed") && other.getAlgorithm().startsWith("Ed");
        }
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "DSA" -> "SHA256withDSA";
            default -> key.getAlgorithm(); // EdDSA
        };
        if (algorithm.equals("RSASSA-PSS")) {
            return true; // whose signatures need parameters that only the peers agree on
        }
        byte[] text = new byte[32];
        new SecureRandom().nextBytes(text);
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(other);
        signature.update(text);
        return signature.verify(signed);
    }

    /** An object identifier as text, X.690, section 8.19; those of keys begin with 1. */
    private static String dotted(byte[] identifier) {
        StringBuilder text = new StringBuilder();
        long number = 0;
        for (byte b : identifier) {
            number = number << 7 | (b & 0x7f);
            if (b >= 0) {
                text.append(text.isEmpty() ? number / 40 + "." + number % 40 : "." + number);
                number = 0;
            }
        }
        return text.toString();
    }
}
