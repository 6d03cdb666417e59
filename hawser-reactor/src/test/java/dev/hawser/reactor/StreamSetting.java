package dev.hawser.reactor;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What the suite of the transports is run on. */
record StreamSetting(BackendKind backend, Family family) {

    /** Kinds of streams. */
    enum Family {
        TCP4,
        TCP6,
        UNIX;

        private static final AtomicInteger NAMES = new AtomicInteger();

        Sockaddr anyAddress() {
            return switch (this) {
                case TCP4 -> SockaddrIn.of("127.0.0.1", 0);
                case TCP6 -> SockaddrIn6.of("::1", 0);
                case UNIX ->
                    SockaddrUn.ofAbstract(
                            "hawser-reactor-" + ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet());
            };
        }

        int number() {
            return switch (this) {
                case TCP4 -> Constants.AF_INET;
                case TCP6 -> Constants.AF_INET6;
                case UNIX -> Constants.AF_UNIX;
            };
        }
    }

    boolean isTcp() {
        return family != Family.UNIX;
    }

    /** All of them. */
    static List<StreamSetting> all() {
        return Arrays.stream(BackendKind.values())
                .flatMap(backend -> Arrays.stream(Family.values()).map(family -> new StreamSetting(backend, family)))
                .toList();
    }

    @Override
    public String toString() {
        return backend + ", " + family;
    }
}
