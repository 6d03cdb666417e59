package dev.hawser.reactor;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What process to start.
 *
 * @param command the program and its arguments
 * @param environment its environment; null: that of this process
 * @param directory its working directory; null: that of this process
 */
public record ProcessOptions(
        List<String> command,
        @Nullable Map<String, String> environment,
        @Nullable Path directory) {

    /**
     * In this process's environment and directory.
     *
     * @param command the program and its arguments
     * @return the options
     */
    public static ProcessOptions of(String... command) {
        return new ProcessOptions(List.of(command), null, null);
    }
}
