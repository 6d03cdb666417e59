package dev.hawser.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuTimeTest {
    @Test
    void takesUserAndSystemTimeFromTheProcessLineAndThatOfItsChildren() {
        String stat = "4242 (java) S 1 4242 4242 0 -1 4194304 9000 0 12 0 731 269 3 4 20 0 25 0 100 200 300";

        assertThat(CpuTime.ticks(stat)).isEqualTo(731 + 269 + 3 + 4);
    }

    @Test
    void isNotMisledByProcessNamesWithSpacesAndBrackets() {
        String stat = "7 (a) b (c 1 2) R 1 7 7 0 -1 4194304 9000 0 12 0 5 6 3 4 20 0 1 0 100 200 300";

        assertThat(CpuTime.ticks(stat)).isEqualTo(5 + 6 + 3 + 4);
    }

    @Test
    void takesTheRunTimeFromTheSchedulerLine() {
        assertThat(CpuTime.runNanos("123456789 55 7\n")).isEqualTo(123_456_789L);
    }

    @Test
    void addsUpWhatEachThreadRanSince() {
        var before = new CpuTime(Map.of("1", 100_000L, "2", 50_000L), 10);
        var after = new CpuTime(Map.of("1", 180_000L, "2", 50_000L, "3", 7_000L), 10);

        assertThat(after.nanosSince(before)).isEqualTo(87_000L);
    }

    @Test
    void fallsBackToTheWholeProcessWhereAThreadTookItsTimeAway() {
        var before = new CpuTime(Map.of("1", 0L, "2", 900_000_000L), 90);
        var after = new CpuTime(Map.of("1", 5_000_000L), 140);

        assertThat(after.nanosSince(before)).isEqualTo(500_000_000L);
    }

    @Test
    void countsThisProcessesWork() throws IOException {
        long pid = ProcessHandle.current().pid();
        CpuTime before = CpuTime.of(pid);
        long threadBefore = CpuTime.ofThisThread();

        workUntilCharged(threadBefore);

        assertThat(CpuTime.of(pid).nanosSince(before)).isPositive();
    }

    @Test
    void countsTheWorkOfAChildThatWorksAndOfOneThatHasEnded() throws Exception {
        long pid = ProcessHandle.current().pid();
        CpuTime before = CpuTime.of(pid);

        Process child = new ProcessBuilder("sh", "-c", """
                i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; echo done; read line""").start();
        child.inputReader().readLine();
        long whileItLives = CpuTime.of(pid).nanosSince(before);
        child.outputWriter().close();
        child.waitFor();

        assertThat(whileItLives).isGreaterThan(20_000_000L);
        assertThat(CpuTime.of(pid).nanosSince(before)).isGreaterThan(whileItLives - 20_000_000L);
    }

    private static void workUntilCharged(long before) {
        long deadline = System.nanoTime() + 1_000_000_000L;
        while (CpuTime.ofThisThread() - before < 20_000_000L && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }
}
