package dev.hawser.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The names of ports, as /etc/services has them, and of protocols, which are the ports of raw sockets. Source: services(5), protocols(5). */
final class Services {

    /** No names at all. */
    static final Services NONE = new Services(Map.of());

    private static final Path SERVICES = Path.of("/etc/services");
    private static final Path PROTOCOLS = Path.of("/etc/protocols");

    private final Map<String, String> names;

    private Services(Map<String, String> names) {
        this.names = names;
    }

    /** Reads the files, which small systems do without. */
    static Services read() throws IOException {
        return of(text(SERVICES), text(PROTOCOLS));
    }

    private static String text(Path file) throws IOException {
        return Files.isReadable(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }

    /**
     * Reads lines such as {@code https 443/tcp # comment} and {@code icmp 1 ICMP}. Of several names for a port the first
     * counts.
     */
    static Services of(String services, String protocols) {
        Map<String, String> names = new HashMap<>();
        addAll(names, services, "");
        addAll(names, protocols, "/raw");
        return new Services(names);
    }

    private static void addAll(Map<String, String> names, String text, String ending) {
        text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip().split("\\s+"))
                .filter(fields -> fields.length >= 2)
                .forEach(fields -> names.putIfAbsent(fields[1] + ending, fields[0]));
    }

    /** The name of a port, or its number where it has none. */
    String name(String protocol, int port) {
        return names.getOrDefault(port + "/" + protocol, Integer.toString(port));
    }
}
