package dev.hawser.reactor.defer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What a chain comes to, as a {@link CompletableFuture}. The chain goes on with the same. */
final class Bridge<T extends @Nullable Object> extends CompletableFuture<T> {
    private final Deferred<?> source;
    private final Executor owner;

    Bridge(Deferred<?> source, Executor owner) {
        this.source = source;
        this.owner = owner;
    }

    Link link() {
        return new Link() {
            @Override
            @Nullable
            Chain apply(Chain current) {
                Object outcome = current.current();
                Failed.handled(outcome);
                take(outcome);
                return null;
            }
        };
    }

    @SuppressWarnings("unchecked") // of the chain that it was made for
    void take(@Nullable Object outcome) {
        if (outcome instanceof Failed failed) {
            completeExceptionally(failed.cause());
        } else {
            complete((T) outcome);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            owner.execute(source::cancel);
        }
        return cancelled;
    }

    /** What is made of it has nothing to cancel. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
