package dev.hawser.socket;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.PlatformThreads;
import dev.hawser.netpoll.Timeouts;
import dev.hawser.posix.Answer;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One look-up: where it runs, until when it may wait, and how it fails. What may wait goes to platform threads, a bounded
 * number of them: libc waits for files and servers in ways that nobody can interrupt.
 */
final class LookUp {

    /** How many look-ups may be inside libc at a time. One that its caller gave up on counts until it has ended. */
    static final int MAX_LOOK_UPS = 64;

    private static final Semaphore LOOK_UPS = new Semaphore(MAX_LOOK_UPS, true);

    private final SystemCalls calls = SystemCalls.installed();
    private final String operation;
    private final String subject;
    private final long timeoutNanos;
    private final long deadline;

    /**
     * Starts the clock.
     *
     * @param operation the method that was called
     * @param subject what it is to look up
     * @param timeoutNanos greater than 0, or {@link Timeouts#NONE}
     */
    LookUp(String operation, @Nullable String subject, long timeoutNanos) {
        this.operation = operation;
        this.subject = String.valueOf(subject);
        this.timeoutNanos = timeoutNanos;
        this.deadline = Deadline.after(timeoutNanos);
    }

    /** The timeout that holds where the caller gives none: zero would be no time to look anything up. */
    static @Nullable Duration defaultTimeout() {
        Duration timeout = Sockets.getDefaultTimeout();
        return timeout == null || timeout.isZero() ? null : timeout;
    }

    /** Zero is refused: the answer could only be that it is late. */
    static long nanos(@Nullable Duration timeout) {
        long nanos = Timeouts.nanos(timeout);
        if (nanos == 0) {
            throw new IllegalArgumentException("a look-up takes time: its timeout is greater than zero, or null");
        }
        return nanos;
    }

    SystemCalls calls() {
        return calls;
    }

    /** Runs the call on a platform thread, when its turn comes. */
    <T> T await(Supplier<T> call) throws IOException {
        try {
            if (!LOOK_UPS.tryAcquire(Deadline.remainingNanos(deadline), TimeUnit.NANOSECONDS)) {
                throw timedOut();
            }
            return inTurn(call);
        } catch (TimeoutException e) {
            throw timedOut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketInterruptedException(details(null, 0, "interrupted while waiting"));
        }
    }

    /** The permit is free again when libc is done, which may be long after the caller has given up. */
    private <T> T inTurn(Supplier<T> call) throws TimeoutException, InterruptedException {
        AtomicBoolean permit = new AtomicBoolean(true);
        Supplier<T> task = () -> {
            try {
                return call.get();
            } finally {
                release(permit);
            }
        };
        try {
            return PlatformThreads.callUntil("hawser-" + operation.toLowerCase(Locale.ROOT), task, deadline);
        } catch (OutOfMemoryError noThread) {
            release(permit);
            throw noThread;
        }
    }

    private static void release(AtomicBoolean permit) {
        if (permit.getAndSet(false)) {
            LOOK_UPS.release();
        }
    }

    private TimedOutException timedOut() {
        return new TimedOutException(details(null, 0, "timed out after " + Timeouts.text(timeoutNanos)));
    }

    /** The answer of a function whose code is an EAI_*. */
    <T> T unlessGai(Answer<T> answer, String function) throws GaiException {
        T value = answer.value();
        if (value == null) {
            throw gai(answer.code(), answer.errno(), function);
        }
        return value;
    }

    GaiException gai(int code, int errno, String function) {
        String reason = GaiException.nameOf(code) + " (" + calls.gaiStrError(code) + ")";
        return new GaiException(code, details(function, errno, reason + described(errno)));
    }

    /** The answer of a function whose code is an h_errno. */
    <T> T unlessHost(Answer<T> answer, String function) throws HostException {
        T value = answer.value();
        if (value == null) {
            throw host(answer.code(), answer.errno(), function);
        }
        return value;
    }

    HostException host(int code, int errno, String function) {
        String reason = HostException.nameOf(code) + " (" + calls.hStrError(code) + ")";
        return new HostException(code, details(function, errno, reason + described(errno)));
    }

    /** The answer of a function whose code is an errno. */
    <T> T unlessMissing(Answer<T> answer, String function, String missing) throws IOException {
        T value = answer.value();
        if (answer.code() != 0) {
            throw Errors.ofCall(operation, subject, function, -(long) answer.code());
        } else if (value == null) {
            throw new NoSuchEntryException(details(null, 0, missing));
        }
        return value;
    }

    private static String described(int errno) {
        return errno == 0 ? "" : ": " + Errno.describe(errno);
    }

    private ErrorDetails details(@Nullable String function, int errno, String reason) {
        return new ErrorDetails(operation, subject, null, null, function, errno, reason);
    }
}
