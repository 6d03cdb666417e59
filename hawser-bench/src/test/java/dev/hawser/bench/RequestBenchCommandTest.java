package dev.hawser.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RequestBenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int bench(String... arguments) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--clients | 0    | --clients must be 1 to 4000, not 0",
                "--rounds  | 1001 | --rounds must be 1 to 1000, not 1001",
                "--servers | zig  | --servers: no server is called 'zig', but hawser-threading, "
                        + "hawser-threading-platform, hawser-forking, python-threading, python-forking"
            })
    void aBadValueGivesOneLineAndExitCode2(String option, String value, String complaint) {
        assertThat(bench("requests", option, value)).isEqualTo(2);
        assertThat(err.toString()).isEqualToIgnoringNewLines("bench requests: " + complaint);
    }

    @Test
    void helpNamesTheServersAndTheDefaults() {
        assertThat(bench("requests", "--help")).isZero();
        assertThat(out.toString())
                .contains("hawser-forking", "python-forking", "--clients=N", "Default: 16", "window. Default: 2.0");
    }

    /** What a process without programs does: its PATH is not to be changed from within. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchCommand()).execute(arguments));
    }

    @Test
    @RequiresProgram("env")
    void withoutPythonItsServersAreNotAvailableAndThatIsNoFailure(@TempDir Path empty) throws Exception {
        List<String> java = JavaLauncher.command(
                RequestBenchCommandTest.class,
                "requests",
                "--servers",
                "python-threading",
                "--rounds",
                "1",
                "--seconds",
                "0.1",
                "--warmup",
                "0",
                "--cores",
                "0,0");
        try (Peer bench = Peers.start(
                "env", Stream.concat(Stream.of("PATH=" + empty), java.stream()).toArray(String[]::new))) {
            assertThat(bench.readLines())
                    .contains(
                            "python-threading   not available: no python3 on PATH",
                            "ratio to python-threading: blank, as it was not measured");
            assertThat(bench.awaitExit()).isZero();
        }
    }

    @Test
    @RequiresProgram("python3")
    void measuresEveryServerInOneRun(@TempDir Path directory) throws Exception {
        Path json = directory.resolve("requests.json");
        String[] tiny = {
            "requests",
            "--clients",
            "2",
            "--rounds",
            "1",
            "--seconds",
            "0.3",
            "--warmup",
            "0",
            "--cores",
            "0,0",
            "--json",
            json.toString()
        };

        assertThat(bench(tiny)).as(() -> err + "\n" + out).isZero();
        assertThat(out.toString())
                .contains("requests: 2 clients, a connection for each request; 1 rounds of 0.3 s")
                .containsPattern("server +requests/s +CPU us/request +\\(min..max\\) +p50 us +p99 us +max us +busy")
                .contains("ratio to python-threading  ", "ratio to python-forking  ");
        RequestServers.SERVERS
                .names()
                .forEach(server -> assertThat(out.toString()).containsPattern("\n" + server + " +[0-9,]+ +[0-9.]+"));
        assertThat(Files.readString(json)).contains("{\"name\": \"requests\", \"clients\": 2}", "{\"requests\": ");
    }
}
