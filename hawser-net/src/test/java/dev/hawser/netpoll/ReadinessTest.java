package dev.hawser.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private static final int EDGES = 60_000;
    private static final int PRODUCERS = 2;

    private final Readiness readiness = new Readiness();

    @Test
    void anEdgeThatCameBeforeTheWaitIsKept() {
        readiness.ready(false);
        readiness.ready(false);
        assertThat(readiness.await(Deadline.NEVER)).isEqualTo(Outcome.READY);
        assertThat(readiness.await(Deadline.after(1000)))
                .as("two edges are one")
                .isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void anEdgeIsKeptThroughTheWaitsThatItDidNotEnd() {
        assertThat(readiness.await(Deadline.after(1000))).isEqualTo(Outcome.TIMED_OUT);
        Thread.currentThread().interrupt();
        assertThat(readiness.await(Deadline.NEVER)).isEqualTo(Outcome.INTERRUPTED);
        readiness.ready(false);
        assertThat(readiness.await(Deadline.NEVER)).as("ready comes first").isEqualTo(Outcome.READY);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void drainedIsSaidOnceAndNotAtAllAfterAnythingOdd() {
        assertThat(readiness.takeDrained()).isFalse();
        readiness.markDrained();
        assertThat(readiness.takeDrained()).isTrue();
        assertThat(readiness.takeDrained()).isFalse();
        readiness.ready(true);
        readiness.markDrained();
        assertThat(readiness.takeDrained()).isFalse();
    }

    /** One waits as the thread in a direction does, two tell it of news as the two pollers do: none must be missed. */
    @RepeatedTest(4)
    void noEdgeIsMissed() throws Exception {
        AtomicLong produced = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        Crew crew = new Crew();
        crew.add(() -> consume(produced));
        Thread consumer = crew.last();
        for (int i = 0; i < PRODUCERS; i++) {
            SplittableRandom random = new SplittableRandom(i);
            crew.add(() -> produce(produced, random));
        }
        Crew disturber = new Crew().add(() -> disturb(consumer, done));
        try {
            crew.join();
        } finally {
            done.set(true);
        }
        disturber.join();
    }

    private String produce(AtomicLong produced, SplittableRandom random) {
        for (int i = 0; i < EDGES; i++) {
            produced.incrementAndGet();
            readiness.ready(false);
            for (int pause = random.nextInt(100); pause > 0; pause--) {
                Thread.onSpinWait();
            }
        }
        return "produced";
    }

    private String consume(AtomicLong produced) {
        long consumed = 0;
        SplittableRandom random = new SplittableRandom(7);
        while (consumed < (long) PRODUCERS * EDGES) {
            long seen = produced.get();
            if (seen > consumed) {
                consumed = seen;
                continue;
            }
            // The waits of all kinds, and most of them without end: an edge that is missed is a test that hangs.
            long deadline = random.nextInt(4) == 0 ? Deadline.after(1 + random.nextInt(20_000)) : Deadline.NEVER;
            if (readiness.await(deadline) == Outcome.INTERRUPTED) {
                assertThat(Thread.interrupted()).isTrue();
            }
        }
        return "consumed";
    }

    private static String disturb(Thread consumer, AtomicBoolean done) {
        SplittableRandom random = new SplittableRandom(8);
        while (!done.get()) {
            consumer.interrupt();
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(500)));
        }
        return "disturbed";
    }
}
