package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.reactor.socks.SocksCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/** Who may use a SOCKS proxy: a file with a line {@code NAME:PASSWORD} for each; empty lines, and those that begin with #, say nothing. */
final class SocksUsers {

    private static final byte[] NOBODYS = {0};

    private final Map<String, byte[]> passwords = new HashMap<>();

    private SocksUsers() {}

    static SocksUsers read(Path file) throws IOException {
        SocksUsers users = new SocksUsers();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            int colon = line.indexOf(':');
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (colon < 1 || colon == line.length() - 1) {
                throw new IOException("line " + number + " is not NAME:PASSWORD");
            }
            users.passwords.put(
                    line.substring(0, colon), line.substring(colon + 1).getBytes(UTF_8));
        }
        return users;
    }

    /** How long it takes does not tell how much of a password was right. */
    boolean know(SocksCredentials credentials) {
        byte[] password = passwords.getOrDefault(credentials.user(), NOBODYS);
        return MessageDigest.isEqual(password, credentials.password().getBytes(UTF_8));
    }
}
