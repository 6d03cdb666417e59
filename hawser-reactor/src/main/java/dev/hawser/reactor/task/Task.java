package dev.hawser.reactor.task;

import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.defer.LoopThreads;
import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.reactor.time.ReactorTime;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Work that is done later, in another thread, or as a whole program. */
public final class Task {

    private static final Logger LOG = System.getLogger("dev.hawser.reactor");

    /** A program that runs with a reactor. */
    @FunctionalInterface
    public interface Main {

        /**
         * Starts the program.
         *
         * @param reactor runs it
         * @param arguments its arguments
         * @return the program ends when this fires
         * @throws Exception ends the program
         */
        Deferred<?> start(Reactor reactor, String... arguments) throws Exception;
    }

    private Task() {}

    /**
     * Calls something later.
     *
     * @param clock tells when
     * @param delay how long from now
     * @param call what to call
     * @param <T> the type of its result
     * @return fires with its result; cancelling it takes the call back
     */
    public static <T extends @Nullable Object> Deferred<T> deferLater(
            ReactorTime clock, Duration delay, Callable<? extends T> call) {
        AtomicReference<@Nullable DelayedCall> later = new AtomicReference<>();
        Deferred<@Nullable Object> due = new Deferred<>(cancelled -> {
            DelayedCall pending = later.get();
            if (pending != null) {
                pending.cancel();
            }
        });
        later.set(clock.callLater(delay, () -> due.callback(null)));
        return due.addCallback(nothing -> call.call());
    }

    /**
     * Calls something that blocks, in a virtual thread.
     *
     * @param reactor whose thread fires the result
     * @param call what to call
     * @param <T> the type of its result
     * @return fires with the result, in the reactor's thread; cancelling it interrupts the call
     */
    public static <T extends @Nullable Object> Deferred<T> deferToThread(Reactor reactor, Callable<? extends T> call) {
        AtomicReference<@Nullable Thread> worker = new AtomicReference<>();
        Deferred<T> result = new Deferred<>(cancelled -> {
            Thread thread = worker.get();
            if (thread != null) {
                thread.interrupt();
            }
        });
        worker.set(Thread.ofVirtual().name("hawser-deferred").start(() -> {
            Deferred<T> came = Deferred.of(call);
            reactor.callFromThread(() -> handOn(came, result));
        }));
        return result;
    }

    private static <T extends @Nullable Object> void handOn(Deferred<T> came, Deferred<T> result) {
        if (result.isCalled()) {
            came.<@Nullable Object>addCallbacks(tooLate -> null, tooLate -> {
                LOG.log(Level.DEBUG, "a call failed after it was cancelled", tooLate);
                return null;
            });
        } else {
            came.chainDeferred(result);
        }
    }

    /**
     * Calls something in a reactor's thread, and waits for what it comes to. For any other thread.
     *
     * @param reactor calls it
     * @param call what to call; its deferred is waited for
     * @param <T> the type of the result
     * @return the result
     * @throws Exception what the call or its deferred failed with
     * @throws InterruptedException if the thread was interrupted; the call goes on
     * @throws IllegalStateException in the reactor's own thread, which would wait for itself
     */
    public static <T extends @Nullable Object> T blockingCallFromThread(
            Reactor reactor, Callable<? extends Deferred<? extends T>> call) throws Exception {
        if (LoopThreads.isCurrent()) {
            throw new IllegalStateException(
                    "blockingCallFromThread() in a reactor's thread, which would wait for itself");
        }
        Deferred<T> result = new Deferred<>();
        reactor.callFromThread(() -> Deferred.<T>compose(call).chainDeferred(result));
        return result.await();
    }

    /**
     * Runs a program, and ends the JVM with its exit status. Ctrl-C stops the reactor as {@link Reactor#stop} does, and the JVM ends when that is done.
     *
     * @param main starts the program
     * @param arguments its arguments
     * @throws IOException if there is no reactor
     */
    public static void react(Main main, String... arguments) throws IOException {
        int status;
        try (Reactor reactor = Reactor.open()) {
            status = run(reactor, main, arguments);
        }
        System.exit(status);
    }

    /**
     * Runs a program with a reactor until its deferred fires, or somebody stops the reactor.
     *
     * @param reactor runs it, in the calling thread
     * @param main starts the program
     * @param arguments its arguments
     * @return the exit status: 0; 1 for a failure, which is reported; that of an {@link ExitException}
     * @throws IOException if the reactor's wait fails
     */
    public static int run(Reactor reactor, Main main, String... arguments) throws IOException {
        AtomicInteger status = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(1);
        Thread interrupted = new Thread(() -> stopAndWait(reactor, ended), "hawser-stop");
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            reactor.callWhenRunning(() -> start(reactor, main, arguments, status));
            reactor.run();
        } finally {
            ended.countDown();
            forget(interrupted);
        }
        return status.get();
    }

    private static void start(Reactor reactor, Main main, String[] arguments, AtomicInteger status) {
        Deferred.<@Nullable Object>compose(() -> main.start(reactor, arguments))
                .addErrback(failure -> {
                    status.set(statusOf(failure));
                    return null;
                })
                .addBoth(outcome -> reactor.stop());
    }

    private static int statusOf(Throwable failure) {
        if (failure instanceof ExitException exit) {
            return exit.status();
        }
        LOG.log(Level.ERROR, "the program failed", failure);
        return 1;
    }

    private static void stopAndWait(Reactor reactor, CountDownLatch ended) {
        reactor.stop();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "the JVM ends", e); // and the hook has been called
        }
    }
}
