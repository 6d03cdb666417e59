package dev.hawser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code hawser resolve}: what it prints, and how it fails. */
class ResolveCommandTest {

    @Test
    void everyAnswerHasALine() {
        Captured run = Captured.run("", "resolve", "127.0.0.1", "80");
        assertThat(run.out()).isEqualTo("""
                        127.0.0.1:80  inet   stream  tcp
                        127.0.0.1:80  inet   dgram   udp
                        127.0.0.1:80  inet   raw     ip
                        """);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void withoutAServiceThereIsNoPort() {
        assertThat(Captured.run("", "resolve", "::1", "--type", "stream").out()).isEqualTo("::1  inet6  stream  tcp\n");
    }

    @Test
    void aServiceHasAName() {
        Captured run = Captured.run("", "resolve", "localhost", "http", "-f", "inet", "-t", "stream");
        assertThat(run.out()).isEqualTo("127.0.0.1:80  inet   stream  tcp\n");
    }

    @Test
    void theAddressesStandBelowEachOther() {
        Captured run = Captured.run("", "resolve", "", "80", "--type", "dgram", "--flags", "AI_PASSIVE,numericserv");
        assertThat(run.out().lines()).isNotEmpty().allMatch(line -> line.contains("  dgram   udp"));
        assertThat(run.out().lines().map(line -> line.indexOf("  inet")).distinct())
                .hasSize(1);
    }

    @Test
    void theCanonicalNameStandsFirst() {
        Captured run = Captured.run("", "resolve", "localhost", "-f", "inet", "--flags", "canonname", "--timeout", "5");
        assertThat(run.out()).startsWith("canonical name: localhost\n127.0.0.1  inet   stream  tcp\n");
    }

    @Test
    void anUnknownNameIsAFailure() {
        Captured run = Captured.run("", "resolve", "no..such");
        assertThat(run.err())
                .startsWith("hawser: no answer about 'no..such': EAI_")
                .endsWith("; check their spelling, and see whether the options leave any answer\n")
                .hasLineCount(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void anUnknownServiceIsAFailure() {
        Captured run = Captured.run("", "resolve", "127.0.0.1", "65536");
        assertThat(run.err()).startsWith("hawser: no answer about '127.0.0.1' and '65536': EAI_SERVICE");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aNameThatIsTooLongIsWrongUsage() {
        Captured run = Captured.run("", "resolve", "a".repeat(64));
        assertThat(run.err())
                .startsWith("hawser: a host with 64 characters between two dots, more than 63")
                .hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
