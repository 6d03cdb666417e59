package dev.hawser.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLKeyException;
import org.jspecify.annotations.Nullable;

/** Files with certificates and private keys as text, RFC 7468. */
final class Pem {

    /** Far more than the certificates of all the authorities in the world take. */
    private static final long MAX_FILE_BYTES = 16L * 1024 * 1024;

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final Pattern LABEL = Pattern.compile("[A-Z0-9 ]+");

    /** What stands between the two lines, and its label. */
    private record Block(String label, String text) {

        byte[] bytes(Path file) throws SSLKeyException {
            try {
                return Base64.getMimeDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw failure(file, "its " + label + " is no Base64", e);
            }
        }
    }

    private Pem() {}

    /** All certificates of a file, at least one. */
    static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks(file)) {
            if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
                certificates.add(certificate(file, block.bytes(file)));
            }
        }
        if (certificates.isEmpty()) {
            throw failure(file, "it has no -----BEGIN CERTIFICATE-----", null);
        }
        return certificates;
    }

    private static X509Certificate certificate(Path file, byte[] encoded) throws SSLKeyException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException e) {
            throw failure(file, "a certificate in it cannot be read: " + e.getMessage(), e);
        }
    }

    /** The private key of a file. */
    static PrivateKey privateKey(Path file, char @Nullable [] password) throws IOException {
        for (Block block : blocks(file)) {
            if (block.label().endsWith("PRIVATE KEY")) {
                return privateKey(file, block, password);
            }
        }
        throw failure(file, "it has no -----BEGIN PRIVATE KEY-----", null);
    }

    private static PrivateKey privateKey(Path file, Block block, char @Nullable [] password) throws SSLKeyException {
        if (block.text().contains("ENCRYPTED")) {
            throw failure(
                    file,
                    "its key is encrypted in OpenSSL's old way: convert it with 'openssl pkcs8 -topk8 -in " + file
                            + "'",
                    null);
        }
        byte[] encoded = block.bytes(file);
        try {
            return switch (block.label()) {
                case "PRIVATE KEY" -> PrivateKeys.ofPkcs8(encoded);
                case "RSA PRIVATE KEY" -> PrivateKeys.ofPkcs1(encoded);
                case "EC PRIVATE KEY" -> PrivateKeys.ofSec1(encoded);
                case "ENCRYPTED PRIVATE KEY" -> decrypt(file, encoded, password);
                default -> throw failure(file, "keys of the kind " + block.label() + " are not known", null);
            };
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw failure(file, "its key cannot be read: " + e.getMessage(), e);
        }
    }

    private static PrivateKey decrypt(Path file, byte[] encoded, char @Nullable [] password)
            throws SSLKeyException, GeneralSecurityException {
        if (password == null) {
            throw failure(file, "its key is encrypted, and no password was given", null);
        }
        try {
            return PrivateKeys.ofEncryptedPkcs8(encoded, password);
        } catch (GeneralSecurityException | IOException e) {
            throw failure(file, "its key cannot be decrypted: is the password right?", e);
        }
    }

    private static List<Block> blocks(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw failure(file, "it has more than " + MAX_FILE_BYTES + " bytes", null);
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int next = begin + BEGIN.length();
            String label = text.substring(next, Math.max(next, text.indexOf(DASHES, next)));
            if (LABEL.matcher(label).matches()) {
                int inside = next + label.length() + DASHES.length();
                int end = endOf(file, label, text, inside);
                blocks.add(new Block(label, text.substring(inside, end)));
                next = end;
            }
            begin = text.indexOf(BEGIN, next);
        }
        return blocks;
    }

    /** A block without an end is what is left of a file that was cut off: whoever passes it over trusts too few. */
    private static int endOf(Path file, String label, String text, int inside) throws SSLKeyException {
        String line = END + label + DASHES;
        int end = text.indexOf(line, inside);
        if (end < 0) {
            throw failure(file, "its " + label + " has no " + line, null);
        }
        return end;
    }

    static SSLKeyException failure(Path file, String what, @Nullable Exception cause) {
        SSLKeyException failure = new SSLKeyException(file + ": " + what);
        failure.initCause(cause);
        return failure;
    }
}
