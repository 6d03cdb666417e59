package dev.hawser.reactor.defer;

import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.reactor.time.ReactorTime;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Cancels a deferred when its time has passed. */
final class Timeout {
    private final Duration timeout;
    private final DelayedCall call;
    private boolean passed;

    Timeout(Deferred<?> deferred, Duration timeout, ReactorTime clock) {
        this.timeout = timeout;
        this.call = clock.callLater(timeout, () -> {
            passed = true;
            deferred.cancel();
        });
    }

    Link link() {
        Deferred.Callback<Throwable, @Nullable Object> errback = this::failed;
        return new Link.Call(this::succeeded, errback, false);
    }

    private @Nullable Object succeeded(@Nullable Object result) {
        stop();
        return result;
    }

    private @Nullable Object failed(Throwable failure) throws Exception {
        stop();
        if (passed && failure instanceof CancelledException) {
            TimeoutException late = new TimeoutException("nothing came within " + timeout);
            late.initCause(failure);
            throw late;
        }
        throw Failed.asException(failure);
    }

    private void stop() {
        if (call.isActive()) {
            call.cancel();
        }
    }
}
