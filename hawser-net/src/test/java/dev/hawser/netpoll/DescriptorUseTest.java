package dev.hawser.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The number goes back to the kernel once, and never under a running call. */
class DescriptorUseTest {

    private static final int ROUNDS = 250;

    @Test
    void theNumberIsNotClosedUnderARunningCall() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            FakeCalls calls = new FakeCalls();
            Handle handle = Handle.open(calls, FakeCalls.FD);
            CountDownLatch inUse = new CountDownLatch(4);
            Crew crew = new Crew();
            Readiness reading = handle.descriptor().reading();
            Readiness writing = handle.descriptor().writing();
            Readiness errors = handle.descriptor().errors();
            crew.add(() -> useUntilClosed(inUse, () -> handle.now(calls::use)));
            crew.add(() -> useUntilClosed(inUse, () -> handle.perform(reading, Deadline.NEVER, calls::use)));
            crew.add(() -> useUntilClosed(inUse, () -> handle.perform(writing, Deadline.NEVER, calls::use)));
            crew.add(() -> useUntilClosed(inUse, () -> handle.perform(writing, Deadline.NEVER, calls::use)));
            crew.add(() -> useUntilClosed(inUse, () -> handle.perform(errors, Deadline.NEVER, calls::use)));
            inUse.await();
            crew.add(() -> handle.close(false));
            crew.add(() -> handle.close(true));
            crew.join();
            assertThat(calls.wasUsedWhileClosed()).isFalse();
            assertThat(calls.timesClosed()).isEqualTo(1);
        }
    }

    @Test
    void theLastOfManyHandlesClosesTheNumber() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            FakeCalls calls = new FakeCalls();
            Handle first = Handle.open(calls, FakeCalls.FD);
            Handle second = first.share();
            CountDownLatch inUse = new CountDownLatch(2);
            Crew crew = new Crew();
            crew.add(() -> useUntilClosed(inUse, () -> first.now(calls::use)));
            crew.add(() -> useUntilClosed(inUse, () -> second.now(calls::use)));
            inUse.await();
            crew.add(() -> first.close(false));
            crew.add(() -> second.close(false));
            crew.add(() -> {
                Handle late = first.share();
                return late == null ? 0 : late.close(false);
            });
            crew.join();
            assertThat(calls.wasUsedWhileClosed()).isFalse();
            assertThat(calls.timesClosed()).isEqualTo(1);
        }
    }

    @Test
    void whoDetachesGetsTheNumberWhoeverElseCloses() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            FakeCalls calls = new FakeCalls();
            Handle socket = Handle.open(calls, FakeCalls.FD);
            Handle file = socket.share();
            AtomicInteger detached = new AtomicInteger();
            Crew crew = new Crew();
            crew.add(() -> detached.addAndGet(socket.detach()));
            crew.add(() -> file.close(false));
            crew.join();
            assertThat(detached).hasValue(FakeCalls.FD);
            assertThat(calls.timesClosed()).isZero();
        }
    }

    private static long useUntilClosed(CountDownLatch inUse, Handle.Call call) {
        long times = 0;
        while (call.make() != Outcome.CLOSED) {
            inUse.countDown();
            times++;
        }
        return times;
    }
}
