package dev.hawser.reactor;

import dev.hawser.reactor.defer.LoopThreads;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Several reactors, each run by a platform thread of its own: for servers that need more than one processor. They listen on one port together
 * (SO_REUSEPORT), the kernel spreads the connections, and each connection is for one reactor; {@link Transport#moveTo} hands it to another.
 *
 * <p>The threads are named {@code hawser-reactor-1} and so on, and are no daemons: the program lives for as long as the group runs.
 *
 * <h2>Threading</h2>
 * Safe from any thread. {@link #listenTcp}, {@link #join} and {@link #close} wait for the reactors; in the thread of a reactor they are refused, but for
 * close, which does not wait there. A factory that the reactors share is called by all their threads.
 *
 * <h2>Errors</h2>
 * A reactor whose run throws is reported, and ends the group: the others are closed, too, and {@link #join} throws why.
 *
 * <p>Source: socket(7), SO_REUSEPORT.
 *
 * {@snippet file="dev/hawser/reactor/ReactorGroupTest.java" region="group"}
 */
public final class ReactorGroup implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.hawser.reactor");

    private final List<Reactor> reactors;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    /** What the first reactor to fail has thrown. */
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    /** Completes when the first of the runs has ended. */
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private ReactorGroup(List<Reactor> reactors) {
        this.reactors = List.copyOf(reactors);
        for (int i = 0; i < reactors.size(); i++) {
            Reactor reactor = reactors.get(i);
            threads.add(Thread.ofPlatform().name("hawser-reactor-" + (i + 1)).unstarted(() -> run(reactor)));
        }
        threads.forEach(Thread::start);
    }

    /**
     * A group of one reactor for each processor, which run from now on.
     *
     * @return the group; close it
     * @throws IOException if there is no descriptor for them
     */
    public static ReactorGroup open() throws IOException {
        return open(Runtime.getRuntime().availableProcessors(), BackendKind.ofSystemProperty());
    }

    /**
     * A group of reactors, which run from now on.
     *
     * @param count how many
     * @param kind what they wait with
     * @return the group; close it
     * @throws IllegalArgumentException if there would be none
     * @throws IOException if there is no descriptor for them
     */
    public static ReactorGroup open(int count, BackendKind kind) throws IOException {
        if (count < 1) {
            throw new IllegalArgumentException("a group has one reactor or more, not " + count);
        }
        List<Reactor> reactors = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                reactors.add(Reactor.open(kind));
            }
        } catch (IOException | RuntimeException | Error e) {
            reactors.forEach(Reactor::close);
            throw e;
        }
        return new ReactorGroup(reactors);
    }

    private void run(Reactor reactor) {
        try {
            reactor.run();
        } catch (Throwable e) {
            if (failure.complete(e)) {
                LOG.log(
                        Level.ERROR,
                        "the reactor of " + Thread.currentThread().getName() + " has failed, and its group ends",
                        e);
            }
            reactors.forEach(Reactor::close);
        } finally {
            ended.complete(null);
        }
    }

    /**
     * The reactors.
     *
     * @return all of them
     */
    public List<Reactor> reactors() {
        return reactors;
    }

    /**
     * A reactor for what is to begin now: each in turn.
     *
     * @return the next reactor; use its {@link Reactor#callFromThread}
     */
    public Reactor next() {
        return reactors.get(Math.floorMod(turn.getAndIncrement(), reactors.size()));
    }

    /**
     * Listens on a TCP address in all reactors.
     *
     * @param address where; port 0: the kernel chooses one, for all
     * @param factory makes the protocols, in the thread of the reactor that has the connection
     * @return the port
     * @throws IOException if the kernel refuses: EADDRINUSE, where others listen without SO_REUSEPORT
     * @throws IllegalStateException in a reactor's thread; if the group was stopped or closed
     */
    public GroupPort listenTcp(Sockaddr address, Factory factory) throws IOException {
        return listenTcp(address, factory, ListenOptions.DEFAULT);
    }

    /**
     * Listens on a TCP address in all reactors.
     *
     * @param address where; port 0: the kernel chooses one, for all
     * @param factory makes the protocols, in the thread of the reactor that has the connection
     * @param options how; SO_REUSEPORT in any case
     * @return the port
     * @throws IOException if the kernel refuses: EADDRINUSE, where others listen without SO_REUSEPORT
     * @throws IllegalStateException in a reactor's thread; if the group was stopped or closed
     */
    public GroupPort listenTcp(Sockaddr address, Factory factory, ListenOptions options) throws IOException {
        refuseToWait("listenTcp");
        ListenOptions shared = options.withReusePort();
        List<GroupPort.Member> members = new ArrayList<>();
        Sockaddr host = address;
        try {
            for (Reactor reactor : reactors) {
                Sockaddr where = host;
                ListeningPort port = call(reactor, () -> reactor.listenTcp(where, factory, shared));
                members.add(new GroupPort.Member(reactor, port));
                host = port.getHost();
            }
        } catch (IOException | RuntimeException | Error e) {
            // Where the group has ended, they are closed with their reactors.
            CompletableFuture.anyOf(new GroupPort(host, members).stopListening(), ended)
                    .join();
            throw e;
        }
        return new GroupPort(host, members);
    }

    private static void refuseToWait(String operation) {
        if (LoopThreads.isCurrent()) {
            throw new IllegalStateException(
                    operation + " waits, and so is not for the thread of a reactor: use callInThread");
        }
    }

    /** Calls in a reactor's thread, and waits for what it returns or throws. */
    private <T> T call(Reactor reactor, Callable<T> call) throws IOException {
        CompletableFuture<T> result = new CompletableFuture<>();
        reactor.callFromThread(() -> {
            try {
                result.complete(call.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        try {
            CompletableFuture.anyOf(result, ended).get();
            if (!result.isDone()) {
                throw new IllegalStateException("the group runs no more: it was stopped, or has failed");
            }
            return result.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a reactor was to begin to listen", e);
        }
    }

    /** Stops all reactors, as {@link Reactor#stop}: their triggers are called, and what belongs to them stays open. */
    public void stop() {
        for (Reactor reactor : reactors) {
            try {
                reactor.callFromThread(reactor::stop);
            } catch (IllegalStateException e) {
                // It is closed, which is more.
            }
        }
    }

    /**
     * Waits until no reactor runs any more.
     *
     * @throws IOException if one of them has failed: that is the cause
     * @throws InterruptedException if this thread was interrupted; the group runs on
     */
    public void join() throws IOException, InterruptedException {
        refuseToWait("join");
        for (Thread thread : threads) {
            thread.join();
        }
        Throwable thrown = failure.getNow(null);
        if (thrown != null) {
            throw new IOException("a reactor of the group has failed: " + thrown.getMessage(), thrown);
        }
    }

    /** Closes all reactors, as {@link Reactor#close}, and waits until their threads have ended, but not in one of these. */
    @Override
    public void close() {
        reactors.forEach(Reactor::close);
        if (LoopThreads.isCurrent()) {
            return;
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            interrupted |= !joined(thread);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** False where the wait was interrupted: it goes on, for the threads end by themselves. */
    private static boolean joined(Thread thread) {
        boolean undisturbed = true;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                undisturbed = false;
            }
        }
        return undisturbed;
    }

    @Override
    public String toString() {
        return "ReactorGroup[" + reactors.size() + " reactors]";
    }
}
