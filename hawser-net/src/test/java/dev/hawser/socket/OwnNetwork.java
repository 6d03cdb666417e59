package dev.hawser.socket;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.hawser.posix.Errno;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.opentest4j.TestAbortedException;

/** A network of a test's own, with interfaces that this machine has not. */
final class OwnNetwork {

    private static final int CLONE_NEWNET = 0x4000_0000;

    /** What is done in the network. */
    @FunctionalInterface
    interface Part {
        void run() throws Exception;
    }

    private OwnNetwork() {}

    /**
     * Runs part of a test in a new network; the test is skipped where none can be made, with the reason.
     *
     * @param setup what {@code ip} is told first, a command each
     * @param part the part of the test; the sockets that it makes, and the programs that it starts, are in the network
     */
    static void run(List<String> setup, Part part) throws Exception {
        Peers.require("ip");
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        // A namespace is a thread's own, and ends with the last thread, process and socket in it.
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                enter();
                for (String command : setup) {
                    ip(command);
                }
                part.run();
                outcome.complete(null);
            } catch (Throwable t) {
                outcome.completeExceptionally(t);
            }
        });
        thread.join();
        try {
            outcome.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case TestAbortedException skipped -> throw skipped;
                case AssertionError failure -> throw failure;
                case Exception failure -> throw failure;
                case Throwable failure -> throw new AssertionError(failure);
            }
        }
    }

    private static void ip(String command) throws Exception {
        try (Peer ip = Peers.start("ip", command.split(" ", -1))) {
            if (ip.awaitExit() != 0) {
                abort("no network of this kind can be made: ip " + command + ": " + ip.readErrorLine());
            }
        }
    }

    @SuppressWarnings("restricted")
    private static void enter() throws Throwable {
        Linker linker = Linker.nativeLinker();
        StructLayout state = Linker.Option.captureStateLayout();
        MethodHandle unshare = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("unshare"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                Linker.Option.captureCallState("errno"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment captured = arena.allocate(state);
            int result = (int) unshare.invokeExact(captured, CLONE_NEWNET);
            if (result != 0) {
                int errno = captured.get(ValueLayout.JAVA_INT, 0);
                abort("no network of one's own: unshare: " + Errno.name(errno) + " (" + Errno.describe(errno) + ")");
            }
        }
    }
}
