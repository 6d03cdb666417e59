package dev.hawser.reactor.protocols;

import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.reactor.time.ReactorTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock that is moved by hand. */
final class TestClock implements ReactorTime {

    private final List<Call> calls = new ArrayList<>();
    private long nowNanos;

    @Override
    public long nanoTime() {
        return nowNanos;
    }

    @Override
    public DelayedCall callLater(Duration delay, Runnable call) {
        Call later = new Call(call);
        later.timeNanos = nowNanos + delay.toNanos();
        calls.add(later);
        return later;
    }

    void advance(Duration time) {
        long end = nowNanos + time.toNanos();
        for (Optional<Call> next = next(end); next.isPresent(); next = next(end)) {
            calls.remove(next.get());
            nowNanos = next.get().timeNanos;
            next.get().call.run();
        }
        nowNanos = end;
    }

    /** How long until the calls that wait. */
    List<Duration> waits() {
        return calls.stream()
                .map(call -> Duration.ofNanos(call.timeNanos - nowNanos))
                .sorted()
                .toList();
    }

    private Optional<Call> next(long end) {
        return calls.stream().filter(call -> call.timeNanos <= end).min(Comparator.comparingLong(Call::timeNanos));
    }

    private final class Call implements DelayedCall {

        private final Runnable call;
        private long timeNanos;

        Call(Runnable call) {
            this.call = call;
        }

        @Override
        public long timeNanos() {
            return timeNanos;
        }

        @Override
        public void cancel() {
            if (!calls.remove(this)) {
                throw new IllegalStateException("it was made or cancelled");
            }
        }

        @Override
        public void reset(Duration delay) {
            timeNanos = nowNanos + delay.toNanos();
        }

        @Override
        public void delay(Duration more) {
            timeNanos += more.toNanos();
        }

        @Override
        public boolean isActive() {
            return calls.contains(this);
        }
    }
}
