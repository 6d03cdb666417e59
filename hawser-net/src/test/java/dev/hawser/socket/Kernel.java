package dev.hawser.socket;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.hawser.posix.Errno;
import java.io.IOException;
import java.util.Set;

/** What not every kernel has, and not every user may: a test that needs it is skipped with the kernel's own reason. */
final class Kernel {

    private static final Set<Integer> REFUSALS =
            Set.of(Errno.EAFNOSUPPORT, Errno.EPROTONOSUPPORT, Errno.ESOCKTNOSUPPORT, Errno.EPERM, Errno.EACCES);

    private Kernel() {}

    static Socket socket(Scope scope, int family, int type, int protocol) throws IOException {
        try {
            return scope.add(new Socket(family, type, protocol));
        } catch (SocketFailedException e) {
            throw skipped(e);
        }
    }

    /** Ends the test as skipped where the kernel refuses, and as failed where something else is wrong. */
    static SocketFailedException skipped(SocketFailedException failure) throws SocketFailedException {
        if (REFUSALS.contains(failure.errno())) {
            return abort("the kernel says: " + failure.getMessage());
        }
        throw failure;
    }
}
