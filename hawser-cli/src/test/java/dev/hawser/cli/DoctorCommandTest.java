package dev.hawser.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.examples.Finding;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What this machine has, compared with what others say of it. */
class DoctorCommandTest {

    @Test
    void allThatHawserNeedsIsHere() {
        Captured run = Captured.run("", "doctor");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .startsWith("Java")
                .contains(
                        "Waiting",
                        "  yes  epoll",
                        "  yes  eventfd",
                        "Sockets",
                        "  yes  TCP over IPv4",
                        "Options",
                        "Limits")
                .endsWith("All that Hawser needs is here.")
                .allMatch(line -> line.length() < 80 || !line.strip().contains(" "));
    }

    @Test
    @RequiresProgram({"sh", "uname", "cat"})
    void whatItTellsIsTrue() throws Exception {
        List<String> lines = Captured.run("", "doctor").out().lines().toList();
        assertThat(lines).contains("  yes  Linux 5.10 or later    Linux " + said("uname -r"));
        assertThat(lines)
                .contains("       open files (ulimit -n) " + said("ulimit -Sn") + ", at most " + said("ulimit -Hn"));
        assertThat(lines).contains("       listen backlog         " + said("cat /proc/sys/net/core/somaxconn"));
        assertThat(lines)
                .contains("       local ports            "
                        + said("cat /proc/sys/net/ipv4/ip_local_port_range").replaceAll("\\s+", " to "));
    }

    private static String said(String command) throws Exception {
        try (Peer shell = Peers.start("sh", "-c", command)) {
            return shell.readLine();
        }
    }

    @Test
    @RequiresProgram("python3")
    void programsReadItAsJson() throws Exception {
        Captured run = Captured.run("", "doctor", "--json");
        try (Peer python = Peers.python("""
                import json, sys
                for line in sys.stdin:
                    finding = json.loads(line)
                    if finding["name"] == "epoll":
                        print(finding["section"], finding["verdict"], finding["needed"], repr(finding["detail"]))
                """)) {
            python.write(run.out().getBytes(UTF_8));
            python.closeInput();
            assertThat(python.readLine()).isEqualTo("Waiting yes True ''");
            assertThat(python.awaitExit()).isZero();
        }
    }

    @Test
    void whatIsMissingIsToldWithItsReasonAndALongOneIsBroken() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        new FindingLines(new PrintStream(told, true, UTF_8))
                .print(List.of(
                        new Finding("Waiting", "epoll", Finding.Verdict.NO, true, "ENOSYS (Function not implemented)"),
                        new Finding(
                                "Waiting",
                                "pidfd",
                                Finding.Verdict.NO,
                                false,
                                "word ".repeat(12).strip()),
                        new Finding("Limits", "files", Finding.Verdict.FIGURE, false, "1")));
        assertThat(told.toString(UTF_8)).isEqualTo("""
                Waiting
                  NO   epoll                  ENOSYS (Function not implemented)
                  no   pidfd                  word word word word word word word word word word
                                              word word

                Limits
                       files                  1

                Hawser needs what is not here: epoll
                """);
    }

    @Test
    void jsonHasNoControlCharacters() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        new FindingLines(new PrintStream(told, true, UTF_8))
                .printJson(new Finding("a", "\"b\\", Finding.Verdict.NO, false, "c\n\u001b"));
        assertThat(told.toString(UTF_8).strip())
                .isEqualTo("{\"section\":\"a\",\"name\":\"\\\"b\\\\\",\"verdict\":\"no\",\"needed\":false,"
                        + "\"detail\":\"c\\u000a\\u001b\"}");
    }
}
