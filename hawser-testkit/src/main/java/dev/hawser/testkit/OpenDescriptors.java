package dev.hawser.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The descriptors of this process, from /proc/self/fd, without those that the JVM opens for itself. */
final class OpenDescriptors {

    private static final Path DIRECTORY = Path.of("/proc/self/fd");

    /** What /proc/self/fd itself reads as while it is listed. */
    private static final String LISTING = "/proc/" + ProcessHandle.current().pid() + "/fd";

    /** Class loading, and the image of the JDK; they stay open. */
    private static final Set<String> CODE = Set.of(".jar", ".jmod", ".class", ".jsa", "/lib/modules");

    /** SecureRandom's; they stay open. */
    private static final Set<String> RANDOM = Set.of("/dev/random", "/dev/urandom");

    private OpenDescriptors() {}

    /** What each is, by number, in the order of the numbers. Empty where there is no /proc. */
    static Map<Integer, String> snapshot() {
        Map<Integer, String> descriptors = new TreeMap<>();
        if (!Files.isDirectory(DIRECTORY)) {
            return descriptors;
        }
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(DIRECTORY)) {
            listing.forEach(entry -> put(descriptors, entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return descriptors;
    }

    static boolean isEventPoll(String target) {
        return target.equals("anon_inode:[eventpoll]");
    }

    private static void put(Map<Integer, String> descriptors, Path entry) {
        try {
            String target = Files.readSymbolicLink(entry).toString();
            if (!belongsToTheJvm(target)) {
                descriptors.put(Integer.valueOf(entry.getFileName().toString()), target);
            }
        } catch (IOException closedMeanwhile) {
            // It was open when the directory was read, and is not any more: no leak.
        }
    }

    private static boolean belongsToTheJvm(String target) {
        return target.equals(LISTING)
                || RANDOM.contains(target)
                || CODE.stream().anyMatch(target::endsWith);
    }
}
