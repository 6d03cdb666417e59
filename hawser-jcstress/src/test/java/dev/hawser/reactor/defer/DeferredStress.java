package dev.hawser.reactor.defer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.LZZ_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** Threads that meet at a deferred: the one that fires it, those that wait for it, and those that make something else of it. */
public final class DeferredStress {

    private static final VarHandle UNHANDLED = unhandled();

    private DeferredStress() {}

    /** Whether a failure was seen is nobody's business but its own, and a test's. */
    private static VarHandle unhandled() {
        try {
            return MethodHandles.privateLookupIn(Failed.class, MethodHandles.lookup())
                    .findVarHandle(Failed.class, "unhandled", Unhandled.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static int resultOf(CompletableFuture<Integer> future) {
        return future.getNow(-1);
    }

    /** The result; -1 if the wait was interrupted. */
    private static int await(Deferred<Integer> deferred) {
        Rescue.begin();
        try {
            return deferred.await();
        } catch (InterruptedException e) {
            return -1;
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            Rescue.end();
        }
    }

    /** Interrupts a thread that waits for seconds where the result has long come, so that its scene ends, with a result that it forbids. */
    private static final class Rescue {
        private static final long SECONDS = 2;
        private static volatile Thread waiting;
        private static volatile long waits;

        static {
            Thread.ofPlatform().daemon().start(Rescue::watch);
        }

        static void begin() {
            waits++;
            waiting = Thread.currentThread();
        }

        static void end() {
            waiting = null;
        }

        private static void watch() {
            long seen = -1;
            while (true) {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SECONDS));
                Thread lost = waiting;
                if (lost != null && waits == seen) {
                    lost.interrupt();
                }
                seen = waits;
            }
        }
    }

    /** If the wake-up is missed, the thread waits for ever, and the test does not end. */
    @JCStressTest
    @State
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the wait ends with the result")
    public static class AWaitMeetsTheFiring {
        private final Deferred<Integer> deferred = new Deferred<>();

        @Actor
        public void owner() {
            deferred.callback(1);
        }

        @Actor
        public void waiting(I_Result r) {
            r.r1 = await(deferred);
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"1, 2", "2, 2"},
            expect = ACCEPTABLE,
            desc = "who waits gets what came before or after the callback")
    public static class AWaitMeetsTheFiringAndACallback {
        private final Deferred<Integer> deferred = new Deferred<>();

        @Actor
        public void owner() {
            deferred.callback(1);
            deferred.addCallback(n -> n + 1);
        }

        @Actor
        public void waiting(II_Result r) {
            r.r1 = await(deferred);
        }

        @Arbiter
        public void after(II_Result r) {
            r.r2 = resultOf(deferred.toCompletableFuture());
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the future is complete once it has fired")
    public static class AFutureMeetsTheFiring {
        private final Deferred<Integer> deferred = new Deferred<>();
        private CompletableFuture<Integer> future;

        @Actor
        public void owner() {
            deferred.callback(1);
        }

        @Actor
        public void converting() {
            future = deferred.toCompletableFuture();
        }

        @Arbiter
        public void after(I_Result r) {
            r.r1 = resultOf(future);
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both futures are complete once it has fired")
    public static class TwoFuturesOfADeferred {
        private final Deferred<Integer> deferred = new Deferred<>();
        private CompletableFuture<Integer> one;
        private CompletableFuture<Integer> other;

        @Actor
        public void one() {
            one = deferred.toCompletableFuture();
        }

        @Actor
        public void other() {
            other = deferred.toCompletableFuture();
        }

        @Arbiter
        public void after(II_Result r) {
            deferred.callback(1);
            r.r1 = resultOf(one);
            r.r2 = resultOf(other);
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "the outer one goes on with the result of the inner one")
    public static class AFiringMeetsTheBeginOfItsWait {
        private final Deferred<Integer> inner = new Deferred<>();
        private final Deferred<Integer> outer = new Deferred<>();

        public AFiringMeetsTheBeginOfItsWait() {
            outer.thenCompose(n -> inner).addCallback(n -> n + 1);
        }

        @Actor
        public void ofInner() {
            inner.callback(1);
        }

        @Actor
        public void ofOuter() {
            outer.callback(0);
        }

        @Arbiter
        public void after(I_Result r) {
            r.r1 = resultOf(outer.toCompletableFuture());
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"true, false, 1", "false, true, 2"},
            expect = ACCEPTABLE,
            desc = "it fires once, and keeps the first result")
    public static class TwoFirings {
        private final Deferred<Integer> deferred = new Deferred<>();

        @Actor
        public void one(ZZI_Result r) {
            r.r1 = fire(1);
        }

        @Actor
        public void other(ZZI_Result r) {
            r.r2 = fire(2);
        }

        @Arbiter
        public void after(ZZI_Result r) {
            r.r3 = resultOf(deferred.toCompletableFuture());
        }

        private boolean fire(int result) {
            try {
                deferred.callback(result);
                return true;
            } catch (AlreadyCalledException late) {
                return false;
            }
        }
    }

    /** The interrupt ends the wait, or is left for the next one; the failure is thrown, or counts as not seen. */
    @JCStressTest
    @State
    @Outcome(id = "failed, true, true", expect = ACCEPTABLE, desc = "the failure came first: the interrupt is kept")
    @Outcome(
            id = "interrupted, false, false",
            expect = ACCEPTABLE,
            desc = "the interrupt came first: nobody has seen the failure")
    public static class AnInterruptMeetsTheFailure {
        private final Failed failed = new Failed(new IllegalArgumentException("on purpose"));
        private final Deferred<Integer> deferred = new Deferred<>();

        @Actor
        public void owner() {
            deferred.fire(failed);
        }

        @Actor
        public void waiting(LZZ_Result r) {
            Thread.currentThread().interrupt();
            try {
                deferred.await();
            } catch (InterruptedException e) {
                r.r1 = "interrupted";
            } catch (Exception e) {
                r.r1 = "failed";
            }
            r.r2 = Thread.interrupted();
        }

        @Arbiter
        public void after(LZZ_Result r) {
            r.r3 = UNHANDLED.get(failed) == Unhandled.NONE;
            failed.handled();
        }
    }
}
