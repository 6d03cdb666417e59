package dev.hawser.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final long SECOND = 1_000_000_000L;

    /** A second in which so many messages came back, each for so much of the server's time. */
    private static Window window(long messages, double cpuMicros) {
        long cpuNanos = Math.round(messages * cpuMicros * 1e3);
        return new Window(
                messages, SECOND, cpuNanos, SECOND, new Window.Latencies(400_000, 800_000, 2_000_000, 3_000_000));
    }

    private static final ServerResult C =
            ServerResult.complete("c-epoll", List.of(window(100_000, 5), window(120_000, 4), window(110_000, 6)));
    private static final ServerResult JDK = ServerResult.complete(
            "jdk-virtual-threads", List.of(window(50_000, 10), window(60_000, 10), window(55_000, 12)));
    private static final ServerResult NO_C =
            new ServerResult("c-epoll", 0, ServerResult.Outcome.UNAVAILABLE, List.of(), "no gcc on PATH");

    @Test
    void tellsMediansAndTheSpreadOfTheCpuTime() {
        assertThat(new Report(EchoBenchCommand.COLUMNS, List.of(C, JDK)).lines(List.of()))
                .startsWith(
                        "server                messages/s   CPU us/message       (min..max)   p50 us   p99 us   p99.9 us   busy",
                        "c-epoll                  110,000             5.00     (4.00..6.00)      400      800      2,000    55%",
                        "jdk-virtual-threads       55,000            10.00   (10.00..12.00)      400      800      2,000    59%");
    }

    @Test
    void tellsTheRatiosToEachReference() {
        assertThat(new Report(EchoBenchCommand.COLUMNS, List.of(C, JDK))
                        .lines(List.of("c-epoll", "jdk-virtual-threads")))
                .containsSubsequence(
                        "ratio to c-epoll      messages/s   CPU us/message   p50 us   p99 us   p99.9 us",
                        "c-epoll                     1.00             1.00     1.00     1.00       1.00",
                        "jdk-virtual-threads         0.50             2.00     1.00     1.00       1.00",
                        "",
                        "ratio to jdk-virtual-threads   messages/s   CPU us/message   p50 us   p99 us   p99.9 us",
                        "c-epoll                              2.00             0.50     1.00     1.00       1.00");
    }

    @Test
    void tellsWhatIdleConnectionsCost() {
        var crowded = new ServerResult(
                "c-epoll",
                10_000,
                ServerResult.Outcome.COMPLETE,
                List.of(window(50_000, 10), window(60_000, 8), window(55_000, 12)),
                "",
                new IdleMemory(7_500, 7_500_000, 750_000));

        assertThat(new Report(EchoBenchCommand.COLUMNS, List.of(C, crowded, JDK)).lines(List.of("c-epoll")))
                .containsSubsequence(
                        "ratio to c-epoll      messages/s   CPU us/message   p50 us   p99 us   p99.9 us",
                        "c-epoll                     1.00             1.00     1.00     1.00       1.00",
                        "c-epoll +10000 idle         0.50             2.00     1.00     1.00       1.00",
                        "jdk-virtual-threads         0.50             2.00     1.00     1.00       1.00",
                        "",
                        "ratio to itself without idle   messages/s   CPU us/message   p50 us   p99 us   p99.9 us",
                        "c-epoll +10000 idle                  0.50             2.00     1.00     1.00       1.00",
                        "",
                        "memory per idle connection   bytes   on the heap   elsewhere",
                        "c-epoll +10000 idle          1,100         1,000         100");
    }

    @Test
    void saysWhyAServerIsMissingAndLeavesItsRatiosBlank() {
        assertThat(new Report(EchoBenchCommand.COLUMNS, List.of(NO_C, JDK)).lines(List.of("c-epoll")))
                .contains("c-epoll               not available: no gcc on PATH")
                .contains("ratio to c-epoll: blank, as it was not measured");
    }

    @Test
    void warnsOfAMachineThatWasBusyWithOtherWork() {
        Window disturbed = new Window(1_000, SECOND, SECOND / 2, SECOND / 4, new Window.Latencies(1, 2, 3, 4));

        assertThat(new Report(EchoBenchCommand.COLUMNS, List.of(ServerResult.complete("a", List.of(disturbed))))
                        .lines(List.of()))
                .last()
                .asString()
                .contains("75% of the time")
                .contains("NOT quiet");
    }

    @Test
    void saysNothingOfNoiseOnAQuietMachine() {
        assertThat(new Report(EchoBenchCommand.COLUMNS, List.of(C)).lines(List.of()))
                .last()
                .asString()
                .contains("0% of the time.");
    }

    @Test
    void takesRatiosRoundByRound() {
        List<Window> slowing = List.of(window(100, 4), window(100, 8), window(100, 100));
        List<Window> reference = List.of(window(100, 2), window(100, 4), window(100, 10));

        assertThat(Figure.CPU_PER_ANSWER.ratio(slowing, reference)).isEqualTo(2.0);
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        assertThat(Figure.ANSWERS_PER_SECOND.overRounds(
                        List.of(window(1, 1), window(2, 1), window(4, 1), window(9, 1))))
                .isEqualTo(3.0);
    }

    @Test
    void writesEveryWindowAsJson() {
        var machine = new Machine("a \"fast\" one", 2, "Linux", "JDK", LocalDate.of(2026, 11, 23));

        assertThat(JsonReport.of(new EchoLoad(64, 1, 64), EchoBenchCommand.COLUMNS, machine, List.of(NO_C, JDK)))
                .contains("\"cpu\": \"a \\\"fast\\\" one\"")
                .contains(
                        "{\"name\": \"c-epoll\", \"idle\": 0, \"outcome\": \"not available\", \"reason\": \"no gcc on PATH\"")
                .contains("{\"messages\": 50000, \"elapsedNanos\": 1000000000, \"cpuNanos\": 500000000,");
    }

    @Test
    void aWindowSurvivesItsWayFromTheLoadProcess() {
        Window window = new Window(1, 2, 3, 4, new Window.Latencies(5, 6, 7, 8));

        assertThat(Window.fromLine(window.toLine())).isEqualTo(window);
    }
}
