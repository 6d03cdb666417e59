package dev.hawser.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that runs a class of the tests in a JVM of its own. */
public final class TestJvm {

    private TestJvm() {}

    /** Of a class with a main method. */
    public static List<String> command(Class<?> main, String... arguments) {
        return command(main.getName(), arguments);
    }

    /** Of a file of source, which is compiled, too. */
    public static List<String> command(Path source) {
        return command(source.toString());
    }

    private static List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                program));
        command.addAll(List.of(arguments));
        return command;
    }
}
