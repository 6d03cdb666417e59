package dev.hawser.bench;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The servers of one scenario.
 *
 * @param all in the order in which they are reported; no two of the bench have the same name
 * @param onDemand the names of those that a run leaves out where it is not told otherwise
 */
record Servers(List<ServerProgram> all, Set<String> onDemand) {
    Servers {
        all = List.copyOf(all);
        onDemand = Set.copyOf(onDemand);
    }

    List<String> names() {
        return all.stream().map(ServerProgram::name).toList();
    }

    List<String> usual() {
        return names().stream().filter(name -> !onDemand.contains(name)).toList();
    }

    Optional<ServerProgram> named(String name) {
        return all.stream().filter(server -> server.name().equals(name)).findFirst();
    }

    /** Those that {@code --servers} names, each once. */
    List<ServerProgram> chosen(List<String> names) {
        return names.stream().map(String::strip).distinct().map(this::require).toList();
    }

    private ServerProgram require(String name) {
        return named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "--servers: no server is called '" + name + "', but " + String.join(", ", names())));
    }
}
