package dev.hawser.bench;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Ties a process to one core, by taskset(1) of util-linux. */
final class Pinning {
    private static final String TASKSET = "taskset";

    private Pinning() {}

    static boolean isPossible() {
        return Commands.isOnPath(TASKSET);
    }

    /** Whether a process of this user may run on that core. */
    static boolean isUsable(int core) throws IOException {
        return !isPossible() || Commands.run(onCore(core, List.of("true"))).exitCode() == 0;
    }

    /** {@code command} on that core: taskset becomes the command, so the process id stays. Else {@code command} itself. */
    static List<String> onCore(int core, List<String> command) {
        return isPossible()
                ? Stream.concat(Stream.of(TASKSET, "-c", Integer.toString(core)), command.stream())
                        .toList()
                : command;
    }
}
