package dev.hawser.netlink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which processes have which sockets open, as {@code ss -p} tells: read from /proc, once. The descriptors of other users'
 * processes can be seen with privileges only, so that a socket may have no owner here.
 *
 * <p><b>Threading:</b> immutable, for any thread. <b>Blocking and timeouts:</b> reads thousands of small files of /proc,
 * which does not wait for anything. <b>Platform notes:</b> without /proc nobody owns anything.
 *
 * <p>Source: proc(5).
 */
public final class SocketOwners {

    private static final Path PROC = Path.of("/proc");

    private final Map<Long, List<Owner>> byInode;

    private SocketOwners(Map<Long, List<Owner>> byInode) {
        this.byInode = byInode;
    }

    /**
     * A descriptor on a socket.
     *
     * @param command the name of the process, as the kernel has it: up to 15 bytes
     * @param pid the number of the process
     * @param fd the number of the descriptor
     */
    public record Owner(String command, long pid, int fd) {}

    /**
     * Looks at all processes. Those that end meanwhile, and those that may not be looked at, are left out.
     *
     * @return what was found
     */
    public static SocketOwners read() {
        return read(PROC);
    }

    static SocketOwners read(Path proc) {
        Map<Long, List<Owner>> byInode = new HashMap<>();
        for (Path process : entries(proc, "[0-9]*")) {
            addOwners(process, byInode);
        }
        byInode.values()
                .forEach(owners ->
                        owners.sort(Comparator.comparingLong(Owner::pid).thenComparingInt(Owner::fd)));
        return new SocketOwners(byInode);
    }

    /** The name is the process's: it is read once, and only where there is a socket. */
    private static void addOwners(Path process, Map<Long, List<Owner>> byInode) {
        long pid = Long.parseLong(process.getFileName().toString());
        String command = null;
        for (Path descriptor : entries(process.resolve("fd"), "*")) {
            long inode = inodeOf(descriptor);
            if (inode > 0) {
                command = command == null ? command(process) : command;
                int fd = Integer.parseInt(descriptor.getFileName().toString());
                byInode.computeIfAbsent(inode, key -> new ArrayList<>()).add(new Owner(command, pid, fd));
            }
        }
    }

    private static List<Path> entries(Path directory, String names) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, names)) {
            stream.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException e) {
            return entries; // the process has ended, or is none of ours
        }
        return entries;
    }

    private static String command(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("comm")), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            return "?"; // it has just ended
        }
    }

    /** The number in {@code socket:[1234]}, or 0 for any other file. */
    private static long inodeOf(Path descriptor) {
        String target;
        try {
            target = Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return 0; // closed meanwhile
        }
        return target.startsWith("socket:[")
                ? Long.parseLong(target.substring("socket:[".length(), target.length() - 1))
                : 0;
    }

    /**
     * The descriptors on a socket.
     *
     * @param inode the socket's, {@link SocketEntry#inode}
     * @return the descriptors by process and number, none where they cannot be seen
     */
    public List<Owner> of(long inode) {
        return List.copyOf(byInode.getOrDefault(inode, List.of()));
    }
}
