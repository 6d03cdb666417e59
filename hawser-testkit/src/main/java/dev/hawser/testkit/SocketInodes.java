package dev.hawser.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what {@code socket:[12345]} is, from the tables of /proc/net. */
final class SocketInodes {

    private static final List<String> INET = List.of("tcp", "tcp6", "udp", "udp6", "raw", "raw6");
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int INET_INODE = 9;
    private static final int UNIX_INODE = 6;

    private SocketInodes() {}

    /** The target with what is known about it, or as it is. */
    static String describe(String target) {
        if (!target.startsWith("socket:[")) {
            return target;
        }
        String inode = target.substring("socket:[".length(), target.length() - 1);
        for (String table : INET) {
            String[] line = find(table, INET_INODE, inode);
            if (line != null) {
                return target + " " + table + " " + address(line[LOCAL]) + " -> " + address(line[REMOTE]);
            }
        }
        String[] unix = find("unix", UNIX_INODE, inode);
        return unix == null
                ? target
                : target + " unix " + (unix.length > UNIX_INODE + 1 ? unix[UNIX_INODE + 1] : "unnamed");
    }

    private static String @Nullable [] find(String table, int column, String inode) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/net/" + table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns.length > column && columns[column].equals(inode)) {
                    return columns;
                }
            }
        } catch (IOException e) {
            return null; // the kernel was built without that protocol
        }
        return null;
    }

    /** {@code 0100007F:1F90}: each word of the address in the byte order of the machine, the port as a number. */
    private static String address(String hex) {
        int colon = hex.indexOf(':');
        ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(hex.substring(0, colon)));
        ByteBuffer bytes = ByteBuffer.allocate(words.capacity()).order(ByteOrder.nativeOrder());
        while (words.hasRemaining()) {
            bytes.putInt(words.getInt());
        }
        try {
            String host = InetAddress.getByAddress(bytes.array()).getHostAddress();
            return (host.contains(":") ? "[" + host + "]" : host) + ":"
                    + Integer.parseInt(hex.substring(colon + 1), 16);
        } catch (UnknownHostException e) {
            return hex;
        }
    }
}
