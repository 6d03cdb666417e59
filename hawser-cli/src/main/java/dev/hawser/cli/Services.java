package dev.hawser.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The names of ports, as /etc/services has them. Source: services(5). */
final class Services {

    /** No names at all. */
    static final Services NONE = new Services(Map.of());

    private static final Path FILE = Path.of("/etc/services");

    private final Map<String, String> names;

    private Services(Map<String, String> names) {
        this.names = names;
    }

    /** Reads the file, which small systems do without. */
    static Services read() throws IOException {
        return Files.isReadable(FILE) ? of(Files.readString(FILE, StandardCharsets.ISO_8859_1)) : NONE;
    }

    /** Reads lines such as {@code https 443/tcp # comment}. Of several names for a port the first counts. */
    static Services of(String text) {
        Map<String, String> names = new HashMap<>();
        text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip().split("\\s+"))
                .filter(fields -> fields.length >= 2)
                .forEach(fields -> names.putIfAbsent(fields[1], fields[0]));
        return new Services(names);
    }

    /** The name of a port, or its number where it has none. */
    String name(String protocol, int port) {
        return names.getOrDefault(port + "/" + protocol, Integer.toString(port));
    }
}
