package dev.hawser.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How many connections this machine allows.
 *
 * @param openFiles that one process may have; the servers inherit it
 * @param ports from which connections to one server can come
 */
record Limits(long openFiles, long ports) {
    /** What a JVM and its server have open besides connections, and a little more. */
    static final int OTHER_FILES = 200;

    private static final Path PROCESS = Path.of("/proc/self/limits");
    private static final String OPEN_FILES = "Max open files";
    private static final Path PORT_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    static Limits here() throws IOException {
        return new Limits(maxOpenFiles(), countPorts());
    }

    private static long maxOpenFiles() throws IOException {
        try (Stream<String> lines = Files.lines(PROCESS)) {
            return lines.filter(line -> line.startsWith(OPEN_FILES))
                    .map(line -> line.substring(OPEN_FILES.length()).strip().split("\\s+", -1)[0])
                    .mapToLong(soft -> soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft))
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        }
    }

    private static long countPorts() throws IOException {
        // Not Files.readString: its first read is of one byte, and there is no second one in this file.
        try (BufferedReader reader = Files.newBufferedReader(PORT_RANGE)) {
            String[] range = String.valueOf(reader.readLine()).strip().split("\\s+", -1);
            return Long.parseLong(range[1]) - Long.parseLong(range[0]) + 1;
        }
    }

    /**
     * Refuses what a server could not hold, before anything is started.
     *
     * @param options those that ask for so many
     * @param connections all of them
     * @param fromOneAddress how many of them come from 127.0.0.1
     */
    void require(String options, long connections, long fromOneAddress) throws BenchException {
        long files = connections + OTHER_FILES;
        if (files > openFiles) {
            throw new BenchException(options + ": a server would need " + files
                    + " open files, but a process may have only " + openFiles + " here (see ulimit -n)");
        }
        if (fromOneAddress > ports) {
            throw new BenchException(options + ": " + fromOneAddress + " connections to one server, but only " + ports
                    + " ports for them to come from (see sysctl net.ipv4.ip_local_port_range)");
        }
    }
}
