package dev.hawser.reactor.socks;

import java.nio.charset.StandardCharsets;

/**
 * Who a client is to a proxy: RFC 1929, in version 5. Version 4 sends the user's name alone.
 *
 * @param user 1 to 255 bytes of UTF-8
 * @param password 1 to 255 bytes of UTF-8
 */
public record SocksCredentials(String user, String password) {

    private static final int MAX_BYTES = 255;

    /** Checks the lengths. */
    public SocksCredentials {
        check("user name", user);
        check("password", password);
    }

    private static void check(String what, String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > MAX_BYTES) {
            throw new IllegalArgumentException("a " + what + " has 1 to 255 bytes, not " + length);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "SocksCredentials[user=" + user + "]";
    }
}
