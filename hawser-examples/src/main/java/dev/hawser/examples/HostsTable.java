package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of names, from text as in /etc/hosts: on each line an address and its names, up to a {@code #}. A name may be on
 * several lines.
 *
 * <p>Source: hosts(5).
 */
public final class HostsTable {

    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_LABEL_BYTES = 63;

    /** By the name as DNS writes it, in lower case. */
    private final Map<String, List<byte[]>> addresses = new HashMap<>();

    private HostsTable() {}

    /** Reads a file, whose comments may be in any encoding; an {@link IllegalArgumentException} says which line is none. */
    public static HostsTable read(Path file) throws IOException {
        return parse(Files.readString(file, ISO_8859_1));
    }

    /** Reads the text; an {@link IllegalArgumentException} says which line is none. */
    public static HostsTable parse(String text) {
        HostsTable table = new HostsTable();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String[] fields = line.replaceFirst("#.*", "").strip().split("\\s+", -1);
            try {
                table.add(fields);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
            }
        }
        return table;
    }

    private void add(String[] fields) {
        if (fields[0].isEmpty()) {
            return;
        }
        byte[] address = address(fields[0]);
        for (int i = 1; i < fields.length; i++) {
            addresses.computeIfAbsent(key(fields[i]), key -> new ArrayList<>()).add(address);
        }
    }

    private static byte[] address(String text) {
        try {
            return InetAddress.ofLiteral(text.replaceFirst("%.*", ""))
                    .getAddress(); // an interface is of this machine alone
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not an address, such as 127.0.0.1 or ::1", e);
        }
    }

    /** The name as it is in a question: each label after a byte of its length, and a zero. */
    private static String key(String name) {
        StringBuilder key = new StringBuilder();
        for (String label : name.replaceFirst("\\.$", "").split("\\.", -1)) {
            byte[] bytes = label.getBytes(ISO_8859_1);
            if (bytes.length == 0 || bytes.length > MAX_LABEL_BYTES) {
                throw new IllegalArgumentException(
                        "'" + name + "' is not a name: between its dots are 1 to " + MAX_LABEL_BYTES + " characters");
            }
            key.append((char) bytes.length).append(label);
        }
        if (key.length() >= MAX_NAME_BYTES) {
            throw new IllegalArgumentException("'" + name + "' is too long for a name");
        }
        return key.append('\0').toString().toLowerCase(Locale.ROOT);
    }

    /** The addresses of a name, as {@link DnsQuery.Question#key} has it; null where there is no such name. */
    @Nullable
    List<byte[]> addresses(String key) {
        return addresses.get(key);
    }
}
