package dev.hawser.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The programs that tests talk to: {@code python3}, {@code socat}, {@code curl}, {@code openssl} and any other.
 *
 * {@snippet :
 * try (Peer python = Peers.python("print('ready'); print(input().upper())")) {
 *     assertThat(python.readLine()).isEqualTo("ready");
 *     python.writeLine("hello");
 *     assertThat(python.readLine()).isEqualTo("HELLO");
 * }
 * }
 *
 * <p>A test whose program is missing is skipped, and says which. With the environment variable {@code CI=true} it fails:
 * what continuous integration runs must have everything. {@link RequiresProgram} asks before the test begins.
 */
public final class Peers {

    /** Where a program is looked for before PATH: there, python3 may be anybody's, and a daemon is not on a user's. */
    private static final Map<String, Path> FIRST =
            Map.of("python3", Path.of("/usr/bin/python3"), "rsyslogd", Path.of("/usr/sbin/rsyslogd"));

    private Peers() {}

    /** Runs CPython with a script, its output unbuffered. */
    public static Peer python(String script, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("-u", "-c", script));
        all.addAll(List.of(arguments));
        return start("python3", all.toArray(String[]::new));
    }

    /**
     * Starts a program.
     *
     * @param program its name
     * @param arguments what follows on its command line
     * @return the running program; close it
     */
    public static Peer start(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(require(program).toString());
        command.addAll(List.of(arguments));
        return new Peer(program, new ProcessBuilder(command).start());
    }

    /** Finds a program: skips the test where it is missing, and on continuous integration fails it. */
    public static Path require(String program) {
        return find(program).orElseThrow(() -> absent(missing(program)));
    }

    /** What the test fails with; where it is to be skipped, this throws. */
    private static AssertionError absent(String what) {
        if (!onContinuousIntegration()) {
            Assumptions.abort(what);
        }
        return new AssertionError(what);
    }

    /** Asks CPython for a module: skips the test where it is missing, and on continuous integration fails it. */
    public static void requirePythonModule(String module) throws IOException, InterruptedException {
        try (Peer probe =
                python("import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)", module)) {
            if (probe.awaitExit() != 0) {
                throw absent("Python's module " + module + " is not installed");
            }
        }
    }

    /** Finds a program. */
    public static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        Stream<Path> onPath = Stream.of(path.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program));
        return Stream.concat(Stream.ofNullable(FIRST.get(program)), onPath)
                .filter(Files::isRegularFile)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static String missing(String program) {
        return "the program " + program + " is not installed (or not on PATH)";
    }

    static boolean onContinuousIntegration() {
        return "true".equals(System.getenv("CI"));
    }
}
