package dev.hawser.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Private keys in memory that cost nothing to read. The JDK's key manager takes them out of their key store anew for each handshake, and PKCS #12 has them
 * encrypted so that each attempt takes milliseconds; the format JKS only keeps them from being changed by accident, which is all that memory needs.
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record QuickKeys(KeyStore given, char[] password) {

    static final char[] PASSWORD = "in memory".toCharArray();

    /** A store with one key. */
    static KeyStore store(Key key, Certificate[] chain) throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            store.setKeyEntry("key", key, PASSWORD, chain);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("an empty store needs no file", e);
        }
    }

    /**
     * The private keys of the store, each in a store of its own, so that they stay in their order; the store itself where one of them cannot leave the device that
     * it is on.
     *
     * @throws GeneralSecurityException if the password is wrong
     */
    List<KeyStore.Builder> builders() throws GeneralSecurityException {
        List<KeyStore.Builder> all = new ArrayList<>();
        for (String alias : Collections.list(given.aliases())) {
            if (given.isKeyEntry(alias) && given.getKey(alias, password) instanceof PrivateKey key) {
                if (key.getEncoded() == null) {
                    return List.of(KeyStore.Builder.newInstance(given, new PasswordProtection(password)));
                }
                KeyStore quick = store(key, given.getCertificateChain(alias));
                all.add(KeyStore.Builder.newInstance(quick, new PasswordProtection(PASSWORD)));
            }
        }
        return all;
    }
}
