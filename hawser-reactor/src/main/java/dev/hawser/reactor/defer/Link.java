package dev.hawser.reactor.defer;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One step of a {@link Chain}. */
abstract class Link {

    /** The one after it; that of the last is the first. */
    Link next = this;

    @SuppressWarnings("ReferenceEquality") // a link is nothing but itself
    boolean isAlone() {
        return next == this;
    }

    /** Does the step, in the thread that runs the chain. Returns another chain that can run now, and which this thread is to run. */
    abstract @Nullable Chain apply(Chain current);

    /** A callback and an errback; either may be missing. */
    static final class Call extends Link {
        private final Deferred.@Nullable Callback<@Nullable Object, @Nullable Object> callback;
        private final Deferred.@Nullable Callback<? super Throwable, @Nullable Object> errback;

        /** Whether they return deferreds, which are waited for. */
        private final boolean composes;

        @SuppressWarnings("unchecked") // Deferred's signatures keep the types
        Call(Deferred.@Nullable Callback<?, ?> callback, Deferred.@Nullable Callback<?, ?> errback, boolean composes) {
            this.callback = (Deferred.Callback<@Nullable Object, @Nullable Object>) callback;
            this.errback = (Deferred.Callback<? super Throwable, @Nullable Object>) errback;
            this.composes = composes;
        }

        @Override
        @Nullable
        Chain apply(Chain current) {
            Object before = current.current();
            if (before instanceof Failed failed) {
                if (errback != null) {
                    failed.handled();
                    call(current, errback, failed.cause(), failed);
                }
            } else if (callback != null) {
                call(current, callback, before, null);
            }
            return null;
        }

        private <A extends @Nullable Object> void call(
                Chain current,
                Deferred.Callback<? super A, @Nullable Object> call,
                A argument,
                @Nullable Failed before) {
            Object after;
            try {
                after = call.call(argument);
            } catch (Throwable failure) { // whatever it is, it is for the next errback, as in Twisted
                current.goOnWith(before != null && before.isOf(failure) ? before.handOver() : new Failed(failure));
                return;
            }
            if (composes) {
                compose(current, after);
            } else if (after instanceof Chain) {
                current.goOnWith(Failed.of("a callback returned a Deferred: add it by thenCompose"));
            } else {
                current.goOnWith(after);
            }
        }

        private static void compose(Chain current, @Nullable Object after) {
            if (after == current) {
                current.goOnWith(Failed.of("a callback returned the Deferred that it was called by"));
            } else if (after instanceof Chain inner) {
                current.follow(inner);
            } else {
                current.goOnWith(Failed.of("a callback of thenCompose returned null: it has to return a Deferred"));
            }
        }
    }

    /** Shows the outcome to somebody, and hands it on. */
    static final class Tap<T extends @Nullable Object> extends Link {
        private final Consumer<? super Outcome<T>> call;

        Tap(Consumer<? super Outcome<T>> call) {
            this.call = call;
        }

        @Override
        @SuppressWarnings("unchecked")
        @Nullable
        Chain apply(Chain current) {
            Object before = current.current();
            try {
                call.accept(
                        before instanceof Failed failed
                                ? new Outcome.Failure<>(failed.cause())
                                : new Outcome.Success<>((T) before));
            } catch (Throwable failure) {
                Failed.handled(before);
                current.goOnWith(new Failed(failure));
            }
            return null;
        }
    }

    /** Hands the result to a chain that waits. */
    static final class Resume extends Link {
        private final Chain waiter;

        Resume(Chain waiter) {
            this.waiter = waiter;
        }

        @Override
        @Nullable
        Chain apply(Chain current) {
            return waiter.resume(current.handOver()) ? waiter : null;
        }
    }

    /** Fires another chain. */
    static final class Fire extends Link {
        private final Chain other;

        Fire(Chain other) {
            this.other = other;
        }

        @Override
        @Nullable
        Chain apply(Chain current) {
            Object outcome = current.handOver();
            try {
                return other.begin(outcome) ? other : null;
            } catch (AlreadyCalledException failure) {
                if (outcome instanceof Failed lost) {
                    failure.addSuppressed(lost.cause());
                }
                current.goOnWith(new Failed(failure));
                return null;
            }
        }
    }
}
