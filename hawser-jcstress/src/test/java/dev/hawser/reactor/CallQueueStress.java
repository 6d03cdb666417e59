package dev.hawser.reactor;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZII_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** The wake-up of a loop: whoever puts a call where there was none has to wake it, and no call is lost or made twice. */
public final class CallQueueStress {

    private static final Runnable NOTHING = () -> {};

    private CallQueueStress() {}

    private static int countOf(CallQueue.Queued first) {
        int count = 0;
        for (CallQueue.Queued each = first; each != null; each = each.next()) {
            count++;
        }
        return count;
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"true, false, 2", "false, true, 2"},
            expect = ACCEPTABLE,
            desc = "one of them wakes the loop")
    public static class TwoPutCalls {
        private final CallQueue queue = new CallQueue();

        @Actor
        public void one(ZZI_Result r) {
            r.r1 = queue.add(NOTHING);
        }

        @Actor
        public void other(ZZI_Result r) {
            r.r2 = queue.add(NOTHING);
        }

        @Arbiter
        public void loop(ZZI_Result r) {
            r.r3 = countOf(queue.takeAll());
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "false, 2, 0", expect = ACCEPTABLE, desc = "taken with the one before, whose wake-up was enough")
    @Outcome(id = "true, 1, 1", expect = ACCEPTABLE, desc = "came later, and wakes the loop again")
    public static class ACallMeetsTheLoop {
        private final CallQueue queue = new CallQueue();

        public ACallMeetsTheLoop() {
            queue.add(NOTHING);
        }

        @Actor
        public void thread(ZII_Result r) {
            r.r1 = queue.add(NOTHING);
        }

        @Actor
        public void loop(ZII_Result r) {
            r.r2 = countOf(queue.takeAll());
        }

        @Arbiter
        public void nextTurn(ZII_Result r) {
            r.r3 = countOf(queue.takeAll());
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "the last call that was taken")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "refused")
    public static class ACallMeetsTheClose {
        private final CallQueue queue = new CallQueue();

        @Actor
        public void thread(ZI_Result r) {
            try {
                r.r1 = queue.add(NOTHING);
            } catch (IllegalStateException closed) {
                r.r1 = false;
            }
        }

        @Actor
        public void loop(ZI_Result r) {
            r.r2 = countOf(queue.seal());
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "the first in one turn, the second in the next")
    @Outcome(id = "0, 2, 0", expect = ACCEPTABLE, desc = "both in the next turn")
    @Outcome(id = "2, 0, 0", expect = ACCEPTABLE, desc = "both in one turn")
    public static class CallsOfAThreadKeepTheirOrder {
        private final CallQueue queue = new CallQueue();
        private int made;
        private int disorder;

        @Actor
        public void thread() {
            queue.add(() -> make(0));
            queue.add(() -> make(1));
        }

        @Actor
        public void loop(III_Result r) {
            r.r1 = turn();
        }

        @Arbiter
        public void nextTurn(III_Result r) {
            r.r2 = turn();
            r.r3 = disorder;
        }

        private void make(int number) {
            if (made++ != number) {
                disorder++;
            }
        }

        private int turn() {
            int before = made;
            for (CallQueue.Queued each = queue.takeAll(); each != null; each = each.next()) {
                each.call().run();
            }
            return made - before;
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "the call sees what its thread wrote before")
    public static class ACallSeesWhatItsThreadWrote {
        private final CallQueue queue = new CallQueue();
        private int written;
        private int seen;

        @Actor
        public void thread() {
            written = 1;
            queue.add(() -> seen = written);
        }

        @Actor
        public void loop(II_Result r) {
            r.r1 = turn();
        }

        @Arbiter
        public void nextTurn(II_Result r) {
            seen = 0;
            r.r2 = turn();
        }

        private int turn() {
            for (CallQueue.Queued each = queue.takeAll(); each != null; each = each.next()) {
                each.call().run();
            }
            return seen;
        }
    }
}
