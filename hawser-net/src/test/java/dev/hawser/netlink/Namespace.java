package dev.hawser.netlink;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A network namespace of a test's own, in which it may do what it likes: as root, or as a root of a user namespace. */
final class Namespace {

    private Namespace() {}

    /** Runs a class of the tests in a new namespace; the test is skipped where none can be made, with the reason. */
    static Peer run(Class<?> program, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                options(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        all.addAll(List.of(arguments));
        return Peers.start("unshare", all.toArray(String[]::new));
    }

    private static String options() throws IOException, InterruptedException {
        Peers.require("unshare");
        Peers.require("ip");
        String reason = "";
        for (String options : List.of("-n", "-rn")) {
            Process trial = new ProcessBuilder("unshare", options, "true")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (trial.waitFor() == 0) {
                return options;
            }
            reason = output;
        }
        return abort("no network namespace can be made here: " + reason);
    }
}
