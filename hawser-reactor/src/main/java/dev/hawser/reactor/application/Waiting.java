package dev.hawser.reactor.application;

import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What waits, inside libc perhaps: on a platform thread of its own, while the reactor goes on. */
final class Waiting {

    private Waiting() {}

    /** What gives no result. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    static Deferred<@Nullable Void> run(Reactor reactor, Action action) {
        Deferred<Boolean> done = in(
                reactor,
                () -> {
                    action.run();
                    return true;
                },
                tooLate -> {});
        return done.addCallback(result -> null);
    }

    /**
     * Calls.
     *
     * @param tooLate gets a result that nobody wants any more, in the reactor's thread
     */
    static <T extends @Nullable Object> Deferred<T> in(Reactor reactor, Callable<T> call, Consumer<T> tooLate) {
        Deferred<T> deferred = new Deferred<>();
        Thread.ofPlatform().daemon().name("hawser-application-waits").start(() -> {
            try {
                T result = call.call();
                reactor.callFromThread(() -> {
                    if (deferred.isCalled()) {
                        tooLate.accept(result);
                    } else {
                        deferred.callback(result);
                    }
                });
            } catch (Throwable e) { // the one who waits is to hear of it, whatever it is
                reactor.callFromThread(() -> {
                    if (!deferred.isCalled()) {
                        deferred.errback(e);
                    }
                });
            }
        });
        return deferred;
    }
}
