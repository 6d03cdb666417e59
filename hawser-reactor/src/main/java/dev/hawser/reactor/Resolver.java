package dev.hawser.reactor;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.AddrInfo;
import dev.hawser.socket.AddrInfoHints;
import dev.hawser.socket.Constants;
import dev.hawser.socket.NameService;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A look-up of a host for a reactor: in a virtual thread, which waits for one that may wait in libc. */
final class Resolver implements Closeable {

    private final LoopReactor reactor;
    private final Deferred<List<Sockaddr>> result = new Deferred<>(cancelled -> end());
    private final Thread thread;
    private boolean ended;

    private Resolver(LoopReactor reactor, String host, int family) {
        this.reactor = reactor;
        this.thread = Thread.ofVirtual().name("hawser-resolve-" + host).unstarted(() -> lookUp(host, family));
    }

    static Deferred<List<Sockaddr>> resolve(LoopReactor reactor, String host, int family) {
        reactor.requireThread();
        Sockaddr literal = literal(host);
        if (literal != null && (family == Constants.AF_UNSPEC || family == literal.family())) {
            return Deferred.succeed(List.of(literal));
        }
        Resolver resolver = new Resolver(reactor, host, family);
        reactor.own(resolver);
        resolver.thread.start();
        return resolver.result;
    }

    /** Null where it is a name. */
    private static @Nullable Sockaddr literal(String host) {
        if (host.isEmpty() || host.startsWith("<")) {
            return null; // the socket package has meanings for them which a look-up has not
        }
        try {
            return host.indexOf(':') >= 0 ? SockaddrIn6.of(host, 0) : SockaddrIn.of(host, 0);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void lookUp(String host, int family) {
        try {
            AddrInfoHints hints = AddrInfoHints.of(family, Constants.SOCK_STREAM);
            List<Sockaddr> addresses = NameService.getAddrInfo(host, 0, hints, null).stream()
                    .map(AddrInfo::address)
                    .distinct()
                    .toList();
            answer(() -> result.callback(addresses));
        } catch (IOException | RuntimeException | Error e) {
            answer(() -> result.errback(e));
        }
    }

    private void answer(Runnable answer) {
        try {
            reactor.callFromThread(() -> {
                if (end()) {
                    answer.run();
                }
            });
        } catch (IllegalStateException e) {
            // The reactor is closed, and has failed the look-up.
        }
    }

    /** Whether it had not ended. */
    private boolean end() {
        boolean first = !ended;
        ended = true;
        reactor.disown(this);
        thread.interrupt();
        return first;
    }

    /** The reactor is closed. */
    @Override
    public void close() {
        if (end()) {
            result.errback(new ConnectionLost(Reason.ABORTED, "the reactor was closed during a look-up", null));
        }
    }
}
