package dev.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hawser.posix.Abi;
import dev.hawser.posix.AddrInfoEntry;
import dev.hawser.posix.Answer;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private final Faults faults = Faults.install();
    private final Wire wire = new Wire();

    @AfterEach
    void putBack() {
        wire.close();
        faults.close();
        assertThat(SystemCalls.installed()).isSameAs(SystemCalls.LIBC);
    }

    @Test
    void withoutARuleEveryCallReachesTheKernel() {
        assertThat(wire.send("hello")).isEqualTo(5);
        assertThat(wire.recv(10)).isEqualTo(5);
        assertThat(wire.recv(10)).isEqualTo(-Errno.EAGAIN);
        assertThat(faults.seen("recv")).isEqualTo(2);
        assertThat(faults.count("recv")).isZero();
    }

    @Test
    void theFirstCallsFail() {
        FaultRule rule = faults.on("recv").times(2).fail(Errno.EINTR);
        wire.send("hello");

        assertThat(recvs(3)).containsExactly(-Errno.EINTR, -Errno.EINTR, 5);
        assertThat(faults.count("recv")).isEqualTo(2);
        assertThat(rule.injected()).isEqualTo(2);
        assertThat(rule.seen()).isEqualTo(3);
    }

    @Test
    void oneCallFails() {
        faults.on("send").onCall(2).fail(Errno.ENOBUFS);

        assertThat(sends(3)).containsExactly(1, -Errno.ENOBUFS, 1);
    }

    @Test
    void everyNthCallFailsAndAtMostSoManyTimes() {
        faults.on("send").every(2).times(2).fail(Errno.EPIPE);

        assertThat(sends(7)).containsExactly(1, -Errno.EPIPE, 1, -Errno.EPIPE, 1, 1, 1);
    }

    @Test
    void theFirstRuleThatWantsItHasItsWayAndAllRulesCount() {
        faults.on("send").onCall(1).fail(Errno.EINTR);
        faults.on("send").onCall(2).fail(Errno.ENOBUFS);
        faults.on("send").times(1).fail(Errno.EPIPE);

        assertThat(sends(4)).containsExactly(-Errno.EINTR, -Errno.ENOBUFS, -Errno.EPIPE, 1);
    }

    @Test
    void severalErrnosTakeTurns() {
        faults.on("send").times(3).fail(Errno.EINTR, Errno.EAGAIN);

        assertThat(sends(4)).containsExactly(-Errno.EINTR, -Errno.EAGAIN, -Errno.EINTR, 1);
    }

    @Test
    void severalCallsAreCountedTogether() {
        faults.on("send", "recv").onCall(2).fail(Errno.EINTR);

        assertThat(wire.send("x")).isEqualTo(1);
        assertThat(wire.recv(1)).isEqualTo(-Errno.EINTR);
        assertThat(wire.recv(1)).isEqualTo(1);
    }

    @Test
    void onlyOneDescriptorIsConcerned() {
        faults.on("send").forDescriptor(wire.b).fail(Errno.EPIPE);

        assertThat(wire.send("x")).isEqualTo(1);
        assertThat(wire.calls.send(wire.b, Wire.buffer(1), 0)).isEqualTo(-Errno.EPIPE);
    }

    @Test
    void theSameSeedGivesTheSameFaults() {
        List<Integer> first = sendsByLot(7, 0.3);
        List<Integer> again = sendsByLot(7, 0.3);
        List<Integer> other = sendsByLot(8, 0.3);

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
        assertThat(first).contains(1, -Errno.EINTR, -Errno.EAGAIN);
        assertThat(first.stream().filter(n -> n < 0).count()).isBetween(40L, 80L);
    }

    @Test
    void chanceHasItsLimits() {
        assertThat(sendsByLot(1, 0)).containsOnly(1);
        assertThat(sendsByLot(1, 1)).doesNotContain(1);
        assertThatIllegalArgumentException().isThrownBy(() -> faults.randomly(1, 1.1, "send"));
        assertThatIllegalArgumentException().isThrownBy(() -> faults.randomly(1, Double.NaN, "send"));
    }

    @Test
    void aRuleReadsAsItIsWritten() {
        FaultRule rule = faults.randomly(-42, 0.25, "recv", "send")
                .times(3)
                .forDescriptor(wire.a)
                .fail(Errno.EINTR, Errno.EAGAIN);

        assertThat(rule)
                .hasToString("on(\"recv\", \"send\").withChance(-42L, 0.25).times(3).forDescriptor(" + wire.a
                        + ").fail(Errno.EINTR, Errno.EAGAIN) (0 of 0 calls)");
        assertThat(faults).hasToString("Faults[" + rule + "]");
    }

    @Test
    void transfersAreCutShort() {
        faults.on("send").times(1).shortTo(2);
        faults.on("recv").shortTo(1);

        assertThat(wire.send("hello")).isEqualTo(2);
        assertThat(wire.send("llo")).isEqualTo(3);
        assertThat(recvs(5)).containsOnly(1);
        assertThat(faults.count("recv")).isEqualTo(5);
    }

    @Test
    void aBufferNoLargerThanTheLimitIsLeftAlone() {
        FaultRule rule = faults.on("send").shortTo(5);

        assertThat(wire.send("hello")).isEqualTo(5);
        assertThat(rule.seen()).isZero();
        assertThat(faults.seen("send")).isEqualTo(1);
    }

    @Test
    void transfersWithAnAddressAreCutShort() {
        faults.on("sendTo", "recvFrom").shortTo(2);
        int[] length = {0};

        assertThat(wire.calls.sendTo(wire.a, Wire.buffer(9), 0, MemorySegment.NULL, 0, false))
                .isEqualTo(2);
        assertThat(wire.calls.recvFrom(wire.b, Wire.buffer(9), 0, Wire.buffer(0), MemorySegment.ofArray(length), false))
                .isEqualTo(2);
    }

    @Test
    void closeClosesWhateverItReturns() {
        faults.on("close").times(1).fail(Errno.EIO);
        int fd = wire.calls.epollCreate(0);

        assertThat(wire.calls.close(fd)).isEqualTo(-Errno.EIO);
        assertThat(wire.calls.close(fd)).isEqualTo(-Errno.EBADF);
    }

    @Test
    void aLookUpFailsWithItsOwnCodes() {
        int notFound = -2;
        faults.on("getAddrInfo").fail(notFound);

        assertThat(wire.calls.getAddrInfo("localhost", null, AddrInfoEntry.hints(0, 0, 0, 0)))
                .isEqualTo(Answer.failed(notFound, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> faults.on("recv").fail(notFound));
    }

    @Test
    void aCallThatMakesADescriptorFailsWithoutMakingOne() {
        faults.on("socket").fail(Errno.EMFILE);

        assertThat(wire.calls.socket(Abi.value("AF_UNIX"), Abi.value("SOCK_STREAM"), 0))
                .isEqualTo(-Errno.EMFILE);
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> faults.on("receive"))
                .withMessageContaining("\"receive\"")
                .withMessageContaining("accept4, bind, close")
                .withMessageContaining("recvFrom");
        assertThatIllegalArgumentException().isThrownBy(() -> faults.on("gaiStrError"));
        assertThatIllegalArgumentException().isThrownBy(faults::on);
        assertThatIllegalArgumentException().isThrownBy(() -> faults.count("receive"));
        assertThatIllegalArgumentException().isThrownBy(() -> faults.on("recv").fail(0));
        assertThatIllegalArgumentException().isThrownBy(() -> faults.on("recv").fail());
        assertThatIllegalArgumentException().isThrownBy(() -> faults.on("recv").shortTo(0));
        assertThatIllegalArgumentException().isThrownBy(() -> faults.on("recv").times(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> faults.on("accept4").shortTo(1));
        FaultRule inForce = faults.on("recv").fail(Errno.EINTR);
        assertThatIllegalStateException().isThrownBy(() -> inForce.times(1));
    }

    @Test
    void afterCloseTheSocketsMadeBeforeWorkWithoutFaults() {
        faults.on("send").fail(Errno.EPIPE);
        assertThat(wire.send("x")).isEqualTo(-Errno.EPIPE);

        faults.close();

        assertThat(wire.send("x")).isEqualTo(1);
        assertThatIllegalStateException().isThrownBy(() -> faults.on("send").fail(Errno.EPIPE));
    }

    @Test
    void closesInReverseOrderOnly() {
        try (Faults inner = Faults.install()) {
            inner.on("epollCreate").times(1).fail(Errno.ENFILE);
            faults.on("epollCreate").times(1).fail(Errno.EMFILE);

            assertThat(SystemCalls.installed().epollCreate(0)).isEqualTo(-Errno.ENFILE);
            assertThat(SystemCalls.installed().epollCreate(0)).isEqualTo(-Errno.EMFILE);
            assertThatIllegalStateException().isThrownBy(faults::close);
        }
    }

    @Test
    void manyThreadsShareOneCount() {
        faults.randomly(3, 0.5, "send").times(1000).fail(Errno.EINTR);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 8; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < 500; i++) {
                        wire.calls.send(wire.a, Wire.buffer(1), 0);
                    }
                });
            }
        }
        assertThat(faults.seen("send")).isEqualTo(4000);
        assertThat(faults.count("send")).isEqualTo(1000);
    }

    private List<Integer> recvs(int times) {
        return LongStream.range(0, times).mapToObj(i -> (int) wire.recv(10)).toList();
    }

    private List<Integer> sends(int times) {
        List<Integer> results =
                IntStream.range(0, times).mapToObj(i -> (int) wire.send("x")).toList();
        SystemCalls.LIBC.recv(wire.b, Wire.buffer(times), 0); // else the kernel's buffer would be full some day
        return results;
    }

    private List<Integer> sendsByLot(long seed, double chance) {
        faults.clear();
        faults.randomly(seed, chance, "send").fail(Errno.EINTR, Errno.EAGAIN);
        return sends(200);
    }
}
