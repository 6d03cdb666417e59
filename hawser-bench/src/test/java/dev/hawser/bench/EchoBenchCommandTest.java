package dev.hawser.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EchoBenchCommandTest {
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
                "--connections | 0           | --connections must be 1 to 20000, not 0",
                "--depth       | 5000        | --depth must be 1 to 1024, not 5000",
                "--bytes       | -1          | --bytes must be 1 to 1048576, not -1",
                "--idle        | -1          | --idle must be 0 to 1000000, not -1",
                "--rounds      | 0           | --rounds must be 1 to 1000, not 0",
                "--seconds     | NaN         | --seconds must be 0.1 to 3600, not NaN",
                "--warmup      | 1e9         | --warmup must be 0 to 3600, not 1000000000",
                "--cores       | 1           | --cores must be two numbers, as in 0,1, not '1'",
                "--cores       | 0,99999     | --cores: there is no core 99999 to run on",
                "--servers     | c-epoll,zig | --servers: no server is called 'zig', but c-epoll, jdk-selector, "
                        + "jdk-virtual-threads, hawser-virtual-threads, hawser-epoll, hawser-poll, hawser-select, hawser-reactor, hawser-reactor-poll, "
                        + "hawser-reactor-select, netty-nio, netty-epoll, netty-io_uring",
                "--json        | /dev/x/y    | --json: cannot write /dev/x/y"
            })
    void aBadValueGivesOneLineAndExitCode2(String option, String value, String complaint) {
        assertThat(bench("echo", option, value)).isEqualTo(2);
        assertThat(err.toString()).isEqualToIgnoringNewLines("bench echo: " + complaint);
    }

    @Test
    void idleConnectionsSpeakNoTls() {
        assertThat(bench("echo", "--tls", "--idle", "5")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("bench echo: --idle is for connections in the clear, not for --tls");
    }

    @Test
    void withTlsThereAreOtherServers() {
        assertThat(bench("echo", "--tls", "--servers", "netty-nio")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("bench echo: --servers: no server is called 'netty-nio', but "
                        + "hawser-reactor-tls, netty-nio-tls, netty-epoll-tls");
    }

    @Test
    void helpNamesTheServersAndTheDefaults() {
        assertThat(bench("echo", "--help")).isZero();
        assertThat(out.toString())
                .contains("hawser-virtual-threads", "hawser-epoll", "--idle=N", "--connections=N", "Default: 64");
    }

    @Test
    void printsTheTableAndTheMachine(@TempDir Path directory) throws Exception {
        Path json = directory.resolve("echo.json");
        String[] tiny = {
            "echo",
            "--servers",
            "jdk-virtual-threads",
            "--connections",
            "4",
            "--rounds",
            "1",
            "--seconds",
            "0.2",
            "--warmup",
            "0",
            "--cores",
            "0,0",
            "--json",
            json.toString()
        };

        assertThat(bench(tiny)).as(err::toString).isZero();
        assertThat(out.toString())
                .contains("echo: 4 connections, 1 in flight on each, 64 bytes; 1 rounds of 0.2 s")
                .containsPattern("jdk-virtual-threads +[0-9,]+ +[0-9.]+")
                .contains("ratio to c-epoll: blank")
                .contains(System.getProperty("os.version"));
        assertThat(Files.readString(json)).contains("\"servers\"");
    }
}
