package dev.hawser.cli;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command in a process of its own, which a signal reaches. */
final class CommandProcess {

    private CommandProcess() {}

    /** A build that runs in the background of a shell ignores SIGINT, and so would its children. */
    static Peer start(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--default-signal=INT"));
        all.addAll(command(arguments));
        return Peers.start("env", all.toArray(String[]::new));
    }

    /** What starts it. */
    static List<String> command(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        all.addAll(List.of(arguments));
        return all;
    }

    static void send(String signal, Peer process) throws IOException, InterruptedException {
        try (Peer kill = Peers.start(
                "kill", "-" + signal, Long.toString(process.process().pid()))) {
            kill.awaitExit();
        }
    }
}
