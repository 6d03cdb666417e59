package dev.hawser.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The outcome of a run as JSON, every window of it, for those who want to calculate themselves. */
final class JsonReport {
    private JsonReport() {}

    static String of(Load load, Columns columns, Machine machine, List<ServerResult> results) {
        return """
                {
                  "scenario": {"name": %s%s},
                  "machine": {"cpu": %s, "cores": %d, "kernel": %s, "jdk": %s, "date": "%s"},
                  "servers": [
                %s
                  ]
                }
                """.formatted(
                quote(load.scenario()),
                load.sizes().entrySet().stream()
                        .map(size -> ", " + quote(size.getKey()) + ": " + size.getValue())
                        .collect(Collectors.joining()),
                quote(machine.cpu()),
                machine.cores(),
                quote(machine.kernel()),
                quote(machine.jdk()),
                machine.date(),
                results.stream().map(result -> server(result, columns.unit())).collect(Collectors.joining(",\n")));
    }

    private static String server(ServerResult result, String unit) {
        return "    {\"name\": %s, \"idle\": %d, \"outcome\": %s, \"reason\": %s,%s \"windows\": [%s]}"
                .formatted(
                        quote(result.server()),
                        result.idle(),
                        quote(result.outcome().toString()),
                        quote(result.reason()),
                        memory(result.memory()),
                        result.windows().stream()
                                .map(window -> window(window, unit))
                                .collect(Collectors.joining(", ")));
    }

    private static String memory(@Nullable IdleMemory memory) {
        return memory == null
                ? ""
                : " \"idleMemory\": {\"connections\": %d, \"heapBytes\": %d, \"otherBytes\": %d},"
                        .formatted(memory.connections(), memory.heapBytes(), memory.otherBytes());
    }

    private static String window(Window window, String unit) {
        return String.format(
                Locale.ROOT,
                "{%s: %d, \"elapsedNanos\": %d, \"cpuNanos\": %d, \"loadCpuNanos\": %d, "
                        + "\"p50Nanos\": %d, \"p99Nanos\": %d, \"p999Nanos\": %d, \"maxNanos\": %d}",
                quote(unit + "s"),
                window.answers(),
                window.elapsedNanos(),
                window.cpuNanos(),
                window.loadCpuNanos(),
                window.latencies().p50Nanos(),
                window.latencies().p99Nanos(),
                window.latencies().p999Nanos(),
                window.latencies().maxNanos());
    }

    static String quote(String text) {
        return text.chars().mapToObj(JsonReport::escape).collect(Collectors.joining("", "\"", "\""));
    }

    private static String escape(int character) {
        if (character == '"' || character == '\\') {
            return "\\" + (char) character;
        }
        return character < ' ' ? String.format(Locale.ROOT, "\\u%04x", character) : String.valueOf((char) character);
    }
}
