package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hawser.examples.SyslogLogger.Severity;
import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SyslogLoggerTest {

    private static final long PID = ProcessHandle.current().pid();
    private static final Clock STOPPED = Clock.fixed(Instant.parse("2026-11-02T09:05:01.9Z"), ZoneId.of("UTC"));

    @TempDir
    Path directory;

    /** rsyslog, the daemon of most Linux systems, with a socket and a log of its own. */
    private Peer daemon() throws IOException {
        Path configuration = Files.writeString(directory.resolve("rsyslog.conf"), """
                module(load="imuxsock" SysSock.Use="off")
                input(type="imuxsock" Socket="%1$s/log" UseSysTimeStamp="off" IgnoreTimestamp="off")
                template(name="t" type="string" string="%%syslogfacility-text%%.%%syslogseverity-text%% \
                %%timegenerated:::date-year%% %%timestamp:::date-rfc3164%% %%programname%% %%procid%%:%%msg%%\\n")
                *.* action(type="omfile" file="%1$s/messages" template="t")
                """.formatted(directory));
        Peer rsyslog = Peers.start(
                "rsyslogd",
                "-n",
                "-f",
                configuration.toString(),
                "-i",
                directory.resolve("pid").toString());
        await().until(() -> Files.exists(directory.resolve("log")));
        return rsyslog;
    }

    private List<String> messages() throws IOException {
        Path file = directory.resolve("messages");
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .filter(line -> !line.contains("rsyslogd"))
                        .map(line -> line.replaceFirst(" \\d{4} ", " "))
                        .toList()
                : List.of();
    }

    private SyslogLogger logger() throws IOException {
        return new SyslogLogger(SockaddrUn.of(directory.resolve("log")), "example", STOPPED);
    }

    @Test
    void rsyslogUnderstandsEverySeverity() throws Exception {
        try (Peer rsyslog = daemon();
                SyslogLogger logger = logger()) {
            assertThat(rsyslog.process().isAlive()).isTrue();
            for (Severity severity : Severity.values()) {
                logger.log(severity, "this is " + severity + ", 网络");
            }
            String rest = " Nov  2 09:05:01 example " + PID + ": this is ";
            await().untilAsserted(() -> assertThat(messages())
                    .containsExactly(
                            "user.emerg" + rest + "EMERGENCY, 网络",
                            "user.alert" + rest + "ALERT, 网络",
                            "user.crit" + rest + "CRITICAL, 网络",
                            "user.err" + rest + "ERROR, 网络",
                            "user.warning" + rest + "WARNING, 网络",
                            "user.notice" + rest + "NOTICE, 网络",
                            "user.info" + rest + "INFO, 网络",
                            "user.debug" + rest + "DEBUG, 网络"));
        }
    }

    @Test
    void aDaemonThatWasStartedAgainGetsTheNextMessage() throws Exception {
        try (SyslogLogger logger = logger()) {
            try (Peer first = daemon()) {
                assertThat(first.process().isAlive()).isTrue();
                logger.log(Severity.INFO, "one");
                await().untilAsserted(() -> assertThat(messages()).hasSize(1));
            }
            Files.deleteIfExists(directory.resolve("log"));
            assertThatThrownBy(() -> logger.log(Severity.INFO, "lost")).isInstanceOf(IOException.class);
            try (Peer second = daemon()) {
                assertThat(second.process().isAlive()).isTrue();
                logger.log(Severity.INFO, "two");
                await().untilAsserted(() ->
                        assertThat(messages()).hasSize(2).last().asString().endsWith("two"));
            }
        }
    }

    @Test
    void theCommandLogsItsWords() throws Exception {
        try (Peer rsyslog = daemon()) {
            assertThat(rsyslog.process().isAlive()).isTrue();
            SyslogLogger.main(new String[] {"--socket", directory.resolve("log").toString(), "two", "words"});
            await().untilAsserted(() ->
                    assertThat(messages()).singleElement().asString().endsWith(": two words"));
        }
    }

    @Test
    void aLongMessageIsCutBetweenCharacters() throws Exception {
        try (Socket daemon = new Socket(Constants.AF_UNIX, Constants.SOCK_DGRAM);
                SyslogLogger logger = logger()) {
            daemon.bind(SockaddrUn.of(directory.resolve("log")));
            logger.log(Severity.INFO, "网".repeat(1000));
            byte[] received = daemon.recv(10_000);
            assertThat(received.length).isBetween(2046, 2048);
            assertThat(new String(received, UTF_8)).endsWith("网").doesNotContain("\ufffd");
        }
    }
}
