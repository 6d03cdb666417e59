package dev.hawser.reactor;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What process to start.
 *
 * @param command the program and its arguments; the program is looked for in this process's PATH
 * @param environment its environment; null: that of this process
 * @param directory its working directory; null: that of this process
 */
public record ProcessOptions(
        List<String> command,
        @Nullable Map<String, String> environment,
        @Nullable Path directory) {

    /**
     * Keeps copies.
     *
     * @throws IllegalArgumentException if there is no program
     */
    public ProcessOptions {
        command = List.copyOf(command);
        environment = environment == null ? null : Map.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a command begins with the name of a program, and this one is empty");
        }
    }

    /**
     * In this process's environment and directory.
     *
     * @param command the program and its arguments
     * @return the options
     */
    public static ProcessOptions of(String... command) {
        return new ProcessOptions(List.of(command), null, null);
    }

    /**
     * In another environment.
     *
     * @param environment all that the process has in its environment
     * @return the options
     */
    public ProcessOptions withEnvironment(Map<String, String> environment) {
        return new ProcessOptions(command, environment, directory);
    }

    /**
     * In another directory.
     *
     * @param directory its working directory
     * @return the options
     */
    public ProcessOptions withDirectory(Path directory) {
        return new ProcessOptions(command, environment, directory);
    }
}
