package dev.hawser.socket;

import dev.hawser.netpoll.PlatformThreads;
import dev.hawser.posix.AddrInfoAnswer;
import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Look-ups, on platform threads: libc waits for files and servers in ways that nobody can interrupt. */
final class NameService {

    private NameService() {}

    /** Hints: streams of any family. */
    static dev.hawser.posix.AddrInfo stream() {
        return dev.hawser.posix.AddrInfo.hints(0, Constants.AF_UNSPEC, Constants.SOCK_STREAM, 0);
    }

    static List<AddrInfo> getAddrInfo(
            @Nullable String host, @Nullable String service, dev.hawser.posix.AddrInfo hints, long deadline)
            throws IOException {
        SystemCalls calls = SystemCalls.installed();
        AddrInfoAnswer answer;
        try {
            answer = PlatformThreads.callUntil(
                    "hawser-getaddrinfo", () -> calls.getAddrInfo(host, service, hints), deadline);
        } catch (TimeoutException e) {
            throw new TimedOutException(details(host, null, 0, "timed out"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketInterruptedException(details(host, null, 0, "interrupted while waiting"));
        }
        if (answer.code() != 0) {
            String reason = calls.gaiStrError(answer.code());
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

    private static ErrorDetails details(@Nullable String host, @Nullable String systemCall, int errno, String reason) {
        return new ErrorDetails("getAddrInfo", String.valueOf(host), null, null, systemCall, errno, reason);
    }
}
