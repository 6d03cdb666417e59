package dev.hawser.socketserver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What /proc says. */
final class Processes {

    /** A process, with what it is: its number, its parent's, and its state as one letter. */
    record Stat(long pid, char state, long parent) {}

    private static final Path PROC = Path.of("/proc");

    private Processes() {}

    static List<Stat> childrenOf(long pid) {
        try (Stream<Path> all = Files.list(PROC)) {
            return all.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .flatMap(path -> stat(path).stream())
                    .filter(stat -> stat.parent() == pid)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Stat> ourChildren() {
        return childrenOf(ProcessHandle.current().pid());
    }

    /** As one letter; empty for a process that there is not. */
    static Optional<Character> stateOf(long pid) {
        return stat(PROC.resolve(Long.toString(pid))).stream().map(Stat::state).findFirst();
    }

    /** Zombies, too. */
    static boolean exists(long pid) {
        return Files.exists(PROC.resolve(Long.toString(pid)));
    }

    /** Not so while the process is still what the JDK starts processes with. */
    static boolean runs(long pid, Class<?> main) {
        try {
            return Files.readString(PROC.resolve(pid + "/cmdline"), ISO_8859_1).contains("\0" + main.getName() + "\0");
        } catch (IOException e) {
            return false;
        }
    }

    static long descriptorsOf(long pid) {
        try (Stream<Path> all = Files.list(PROC.resolve(pid + "/fd"))) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** None for a process that has ended meanwhile. */
    private static List<Stat> stat(Path process) {
        try {
            String text = Files.readString(process.resolve("stat"));
            int nameEnd = text.lastIndexOf(')');
            String[] fields = text.substring(nameEnd + 2).split(" ", -1);
            return List.of(new Stat(
                    Long.parseLong(process.getFileName().toString()), fields[0].charAt(0), Long.parseLong(fields[1])));
        } catch (IOException e) {
            return List.of();
        }
    }
}
