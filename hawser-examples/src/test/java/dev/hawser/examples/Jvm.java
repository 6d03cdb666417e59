package dev.hawser.examples;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Runs an example as a process of its own. */
final class Jvm {

    private Jvm() {}

    static Peer start(Class<?> main, String... arguments) throws IOException {
        return Peers.start("env", command(main, arguments).toArray(String[]::new));
    }

    /**
     * Runs it in a network of its own, which root may make, and change first.
     *
     * @param setup commands of a shell
     */
    static Peer startInOwnNetwork(String setup, Class<?> main, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("-n", "sh", "-e", "-c", setup + "\nexec \"$@\"", "sh"));
        all.addAll(command(main, arguments));
        return Peers.start("unshare", all.toArray(String[]::new));
    }

    /** Runs it in the network of another. */
    static Peer startInNetworkOf(Peer other, Class<?> main, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(
                List.of("-n", "-t", Long.toString(other.process().pid())));
        all.addAll(command(main, arguments));
        return Peers.start("nsenter", all.toArray(String[]::new));
    }

    /** Skips the test where no network can be made, or this cannot be done in it: with the reason that the system gives. */
    static void requireOwnNetwork(String setup) throws IOException, InterruptedException {
        try (Peer probe = Peers.start("sh", "-c", "exec unshare -n sh -e -c \"$0\" 2>&1", setup)) {
            List<String> refusal = probe.readLines();
            Assumptions.assumeTrue(probe.awaitExit() == 0, () -> "no network of one's own: " + refusal);
        }
    }

    private static List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
