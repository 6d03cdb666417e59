package dev.hawser.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.PlatformThreads;
import dev.hawser.posix.AddrInfoAnswer;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Look-ups. Names go to platform threads, a bounded number of them: libc waits for files and servers in ways that nobody
 * can interrupt. An address is only read, which libc does on the spot.
 */
final class NameService {

    /** How many look-ups may be inside libc at a time. One that its caller gave up on counts until it has ended. */
    static final int MAX_LOOK_UPS = 64;

    private static final Semaphore LOOK_UPS = new Semaphore(MAX_LOOK_UPS, true);

    private NameService() {}

    /** Hints: streams of any family. */
    static dev.hawser.posix.AddrInfo stream() {
        return dev.hawser.posix.AddrInfo.hints(0, Constants.AF_UNSPEC, Constants.SOCK_STREAM, 0);
    }

    /** The service is a port in digits, or null. */
    static List<AddrInfo> getAddrInfo(
            @Nullable String host, @Nullable String service, dev.hawser.posix.AddrInfo hints, long deadline)
            throws IOException {
        requireNoZero("host", host);
        requireNoZero("service", service);
        SystemCalls calls = SystemCalls.installed();
        AddrInfoAnswer answer = host == null || SockaddrText.isNumeric(host)
                ? calls.getAddrInfo(host, service, numeric(hints))
                : lookUp(host, () -> calls.getAddrInfo(host, service, hints), deadline);
        if (answer.code() != 0) {
            String text = calls.gaiStrError(answer.code());
            String reason = answer.errno() == 0 ? text : text + ": " + Errno.describe(answer.errno());
            throw new GaiException(answer.code(), details(host, "getaddrinfo", answer.errno(), reason));
        }
        return answer.list().stream()
                .map(info -> new AddrInfo(
                        info.family(),
                        info.type(),
                        info.protocol(),
                        info.canonicalName(),
                        Objects.requireNonNull(SockaddrCodec.decode(info.address(), info.address().length))))
                .toList();
    }

    /** Hints under which libc reads no file and asks no server. */
    private static dev.hawser.posix.AddrInfo numeric(dev.hawser.posix.AddrInfo hints) {
        return dev.hawser.posix.AddrInfo.hints(
                hints.flags() | Constants.AI_NUMERICHOST | Constants.AI_NUMERICSERV,
                hints.family(),
                hints.type(),
                hints.protocol());
    }

    private static AddrInfoAnswer lookUp(String host, Supplier<AddrInfoAnswer> call, long deadline) throws IOException {
        try {
            if (!LOOK_UPS.tryAcquire(Deadline.remainingNanos(deadline), TimeUnit.NANOSECONDS)) {
                throw new TimedOutException(details(host, null, 0, "timed out"));
            }
            return inTurn(call, deadline);
        } catch (TimeoutException e) {
            throw new TimedOutException(details(host, null, 0, "timed out"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketInterruptedException(details(host, null, 0, "interrupted while waiting"));
        }
    }

    /** The permit is free again when libc is done, which may be long after the caller has given up. */
    private static AddrInfoAnswer inTurn(Supplier<AddrInfoAnswer> call, long deadline)
            throws TimeoutException, InterruptedException {
        AtomicBoolean permit = new AtomicBoolean(true);
        Supplier<AddrInfoAnswer> task = () -> {
            try {
                return call.get();
            } finally {
                release(permit);
            }
        };
        try {
            return PlatformThreads.callUntil("hawser-getaddrinfo", task, deadline);
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

    /** C would take the zero for the end, and look another name up. */
    private static void requireNoZero(String what, @Nullable String text) {
        if (text != null && text.indexOf(0) >= 0) {
            throw new IllegalArgumentException(
                    "a " + what + " with a zero byte in it: \"" + UnixText.write(text.getBytes(UTF_8)) + "\"");
        }
    }

    private static ErrorDetails details(@Nullable String host, @Nullable String systemCall, int errno, String reason) {
        return new ErrorDetails("getAddrInfo", String.valueOf(host), null, null, systemCall, errno, reason);
    }
}
