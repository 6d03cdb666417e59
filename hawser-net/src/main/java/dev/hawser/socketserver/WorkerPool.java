package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socketserver.PoolMember.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a server with a {@link ForkingMixIn}: which of them gets a request, and when one is started, replaced or killed.
 *
 * <p>Whatever happens is a {@link #change} of the books under the lock, after which {@link #settle} decides what follows from them.
 * What is then to be done, with workers or with the user's methods, is done after the lock was given back.
 *
 * <h2>How many workers</h2>
 * To start a JVM takes the processor time of hundreds of requests, and its first requests take far more than later ones. So a worker
 * is only started for what lasts longer than a {@link #STEP}. A worker that was without a request at any time in the last step counts as
 * free, and one is started when fewer than the spare ones are free, or when a request has waited for {@link #LONG_WAIT} steps for which there
 * is no free one besides those. Clients that come one after another, each for a moment, so share the spare workers however many clients there are, while
 * one that stays has its worker replaced soon. When there was a request that waited at every moment of the last step, there are to be as many
 * workers as there are processors.
 */
final class WorkerPool<R> {

    /** While workers are missing, it is looked so often whether that lasts. */
    static final Duration STEP = Duration.ofMillis(50);
    /** So many steps is a request to wait for workers that do become free, before there is one more of them. */
    static final int LONG_WAIT = 4;
    /** How long a worker may take to become ready. */
    static final Duration START_LIMIT = Duration.ofMinutes(1);
    /** Others no longer wait for a worker that takes so long to become ready: perhaps it never will. */
    static final Duration SLOW_START = Duration.ofSeconds(5);
    /** How long a worker without a request may take to end. */
    static final Duration RETIRE_LIMIT = Duration.ofSeconds(10);
    /** Idle workers that were not needed for so long are let go, down to the spare ones. */
    static final Duration EXCESS_LIMIT = Duration.ofMinutes(1);

    private final ForkingMixIn<R> server;
    private final WorkerLimits limits;
    private final WorkerStarter<R> starter;
    private final PoolTimers timers;
    private final PoolReports<R> reports;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Set<PoolMember<R>> members = new LinkedHashSet<>();
    private final Map<State, Integer> counts = new EnumMap<>(State.class);
    /** The one that served last comes first: its caches are warm, and those that nobody needs stay at the end. */
    private final Deque<PoolMember<R>> idle = new ArrayDeque<>();

    private final Deque<PoolRequest<R>> waiting = new ArrayDeque<>();
    private final StartBackOff backOff = new StartBackOff();
    private List<Runnable> actions = new ArrayList<>();
    private boolean backingOff;
    private boolean watchingLack;
    /** Counts the steps, as long as it is watched what is missing. */
    private int step;
    /** The step in which it last was so that no request waited. */
    private int queueEmpty;

    private boolean watchingExcess;
    private int lowestIdle;
    private boolean closing;
    private boolean releasing;
    private boolean released;

    WorkerPool(ForkingMixIn<R> server, WorkerLimits limits, WorkerStarter<R> starter, PoolTimers timers) {
        this.server = server;
        this.limits = limits;
        this.starter = starter;
        this.timers = timers;
        this.reports = new PoolReports<>(server, this::signalEnd);
    }

    @SuppressWarnings("unchecked") // made by this very method
    static <R> WorkerPool<R> of(ForkingMixIn<R> server) {
        return server.state().mixIn(WorkerPool.class, () -> {
            WorkerLimits limits = WorkerLimits.of(server);
            return new WorkerPool<>(server, limits, WorkerProcesses.of(server), new ThreadPoolTimers());
        });
    }

    /** Null for a server that has never served: then there is nothing to end. */
    @SuppressWarnings("unchecked") // made by of()
    static <R> @Nullable WorkerPool<R> ofServing(ForkingMixIn<R> server) {
        return server.state().mixInOrNull(WorkerPool.class);
    }

    /** Whether its workers could find its handler is to be known when the server is made, not when it serves. */
    static void checkHandler(BaseServer<?> server) {
        if (server instanceof ForkingMixIn<?>) {
            WorkerHandlers.typeOf(server.requestHandler());
        }
    }

    // What the server asks for.

    /** Starts what is missing. */
    void keepSpare() {
        if (!server.state().socket().isClosed()) { // else nobody would end them
            change(() -> {});
        }
    }

    /** Waits until a request can be given to a worker, at once or when one is ready that starts meanwhile. */
    void awaitRoom() throws IOException {
        server.state().loop().awaitRoom(this::hasRoom);
    }

    boolean hasRoom() {
        lock.lock();
        try {
            int room =
                    backOff.failing() ? idle.size() : limits.maxChildren() - count(State.BUSY) - count(State.RETIRING);
            return waiting.size() < room || hopeless();
        } finally {
            lock.unlock();
        }
    }

    /** The request is served or reported, and this process's descriptor of it is closed, by now or later. */
    void give(R request, Sockaddr clientAddress) {
        change(() -> {
            PoolRequest<R> given = new PoolRequest<>(request, clientAddress, step);
            if (releasing) {
                actions.add(reports.drop(given)); // taken while the server was closed
            } else {
                waiting.add(given);
            }
        });
    }

    /** Those that wait for a worker have their connections closed, too. Nobody is told: it was asked for. */
    void killBusy() {
        change(() -> {
            members.stream().filter(member -> member.state == State.BUSY).forEach(member -> kill(member, null));
            waiting.forEach(request -> actions.add(reports.drop(request)));
            waiting.clear();
        });
    }

    /** Ends the workers when they have served what was taken, and waits for that where the server says so. */
    void close() {
        change(() -> closing = true);
        if (server.blockOnClose()) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        lock.lock();
        try {
            while (!released || reports.runElsewhere()) {
                ended.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    // What workers tell: always within change().

    void ready(PoolMember<R> member) {
        if (member.state == State.STARTING && !member.killed) {
            backOff.started();
            move(member, State.IDLE);
            idle.addLast(member);
        }
    }

    void done(PoolMember<R> member, @Nullable WorkerException failure) {
        PoolRequest<R> request = member.takeRequest();
        member.served++;
        backOff.served();
        if (failure != null) {
            actions.add(reports.failed(request, failure));
        }
        if (member.served < limits.maxRequestsPerWorker()) {
            makeIdle(member);
        } else {
            retire(member);
        }
    }

    private void makeIdle(PoolMember<R> member) {
        if (member.killed || member.leaving) {
            letGo(member);
        } else {
            move(member, State.IDLE);
            idle.addFirst(member);
        }
    }

    void leaving(PoolMember<R> member, @Nullable WorkerException reason) {
        member.leaving = true;
        member.cannotServe = reason;
        if (member.state == State.IDLE) {
            idle.remove(member);
            letGo(member);
        }
    }

    void ended(PoolMember<R> member, int exitStatus) {
        State was = member.state;
        move(member, State.ENDED);
        members.remove(member);
        switch (was) {
            case STARTING -> startFailed(member, WorkerDeath.of(member, exitStatus, "before it was ready"));
            case IDLE -> endedIdle(member, exitStatus);
            case BUSY -> endedBusy(member, exitStatus);
            case RETIRING -> endedRetiring(member, exitStatus);
            case ENDED -> throw new IllegalStateException("worker " + member.pid() + " has ended twice");
        }
    }

    private void endedIdle(PoolMember<R> member, int exitStatus) {
        idle.remove(member);
        warn(WorkerDeath.of(member, exitStatus, "while it had no request"));
        if (member.served == 0) {
            backOff.endedUnused();
            rest();
        }
    }

    private void endedBusy(PoolMember<R> member, int exitStatus) {
        PoolRequest<R> request = member.takeRequest();
        if (!member.killed || member.killReason != null) {
            actions.add(reports.failed(request, WorkerDeath.of(member, exitStatus, "in the middle of the request")));
        }
    }

    private void endedRetiring(PoolMember<R> member, int exitStatus) {
        if (member.killReason != null) {
            warn(WorkerDeath.of(member, exitStatus, "when it should have ended"));
        }
    }

    private void warn(WorkerDiedException death) {
        actions.add(() -> ServerLog.workerEnded(server.serverAddress(), death));
    }

    // What follows.

    /** Changes the books, and does what follows. */
    void change(Runnable step) {
        List<Runnable> toDo;
        lock.lock();
        try {
            step.run();
            settle();
            toDo = actions;
            actions = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        toDo.forEach(this::run);
        server.state().loop().roomChanged();
    }

    /** What one thing throws keeps nobody from the next one. */
    private void run(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            ServerLog.poolFails(server.serverAddress(), e);
        }
    }

    private void settle() {
        while (!waiting.isEmpty() && !idle.isEmpty()) {
            assign(idle.removeFirst(), waiting.removeFirst());
        }
        if (hopeless()) {
            waiting.forEach(request -> actions.add(reports.refused(request, backOff.reason())));
            waiting.clear();
        }
        if (waiting.isEmpty()) {
            queueEmpty = step;
        }
        if (closing) {
            endSpare();
        } else {
            watchExcess();
        }
        if (!backingOff) {
            startMissing();
        }
        watchLack();
    }

    private void assign(PoolMember<R> member, PoolRequest<R> request) {
        Worker<R> worker = Objects.requireNonNull(member.worker);
        move(member, State.BUSY);
        member.request = request;
        member.busySince = step;
        member.givingBegins();
        if (limits.requestTimeLimit() != null) {
            killAfter(member, limits.requestTimeLimit(), "requestTimeLimit()");
        }
        actions.add(() -> hand(member, worker, request));
    }

    /** Without the lock: events of this worker wait meanwhile. */
    private void hand(PoolMember<R> member, Worker<R> worker, PoolRequest<R> request) {
        boolean taken = false;
        Throwable failure = null;
        try {
            taken = worker.give(request.request(), request.clientAddress());
        } catch (Throwable e) { // also an OutOfMemoryError: a worker that is handed something for ever would be lost
            failure = e;
        }
        if (taken) {
            reports.close(request); // before anybody is told how it went
        }
        Handed handed = new Handed(taken, failure);
        change(() -> handed(member, request, handed));
    }

    /** Taken by the worker; else not, because it has gone, or because of the failure. */
    private record Handed(boolean taken, @Nullable Throwable failure) {}

    private void handed(PoolMember<R> member, PoolRequest<R> request, Handed handed) {
        if (handed.failure() != null) {
            member.request = null;
            makeIdle(member);
            actions.add(reports.refused(request, handed.failure()));
        } else if (!handed.taken()) {
            member.request = null;
            retire(member); // its end will be told
            takeBack(member, request);
        }
        member.givingEnds();
    }

    private void takeBack(PoolMember<R> member, PoolRequest<R> request) {
        if (member.killed && member.killReason == null) {
            actions.add(reports.drop(request)); // killBusy meant this request, too
        } else {
            waiting.addFirst(request);
        }
    }

    private void startMissing() {
        int starting = 0;
        int free = 0;
        for (PoolMember<R> member : members) {
            if (member.state == State.STARTING && !member.slow) {
                starting++;
            }
            if (isFree(member)) {
                free++;
            }
        }
        int wanted = wanted() - free;
        int atATime = backOff.failing() ? 1 : limits.maxStarting();
        int most = Math.min(limits.maxChildren() - members.size(), atATime - starting);
        for (int i = 0; i < Math.min(wanted, most); i++) {
            PoolMember<R> member = new PoolMember<>(this);
            members.add(member);
            counts.merge(State.STARTING, 1, Integer::sum);
            actions.add(() -> timers.execute(() -> start(member)));
        }
    }

    /** Whether it can take a request, or could a moment ago, or will soon. */
    private boolean isFree(PoolMember<R> member) {
        return switch (member.state) {
            case STARTING -> !member.slow && !member.killed;
            case IDLE -> true;
            case BUSY -> !lasts(1, member.busySince) && !member.killed && !member.leaving;
            case RETIRING, ENDED -> false;
        };
    }

    /** How many workers should be free. */
    private int wanted() {
        int wanted = closing ? 0 : limits.minSpareWorkers();
        if (lasts(1, queueEmpty)) {
            wanted = Math.max(wanted, limits.processors());
        }
        for (PoolRequest<R> request : waiting) {
            if (!lasts(LONG_WAIT, request.since())) {
                break; // nor do those behind it
            }
            wanted++;
        }
        return waiting.isEmpty() ? wanted : Math.max(wanted, 1);
    }

    /** Whether what has been so since some moment of that step was so for so many whole steps. */
    private boolean lasts(int steps, int since) {
        return step - since > steps;
    }

    private void watchLack() {
        boolean lacking = !waiting.isEmpty() || (!closing && idle.size() < limits.minSpareWorkers());
        if (lacking && !watchingLack && members.size() < limits.maxChildren()) {
            watchingLack = true;
            timers.after(STEP, () -> change(this::endStep));
        }
    }

    private void endStep() {
        watchingLack = false;
        step++;
    }

    /** In the thread of the timers, without the lock. */
    private void start(PoolMember<R> member) {
        try {
            Worker<R> worker = starter.start(member);
            change(() -> started(member, worker));
        } catch (Throwable e) { // also an OutOfMemoryError for want of a thread
            change(() -> {
                move(member, State.ENDED);
                members.remove(member);
                startFailed(member, e);
            });
        }
    }

    private void started(PoolMember<R> member, Worker<R> worker) {
        member.worker = worker;
        if (member.killed) {
            actions.add(worker::kill);
        } else if (member.state == State.STARTING) {
            member.cancelTimer = timers.after(SLOW_START, () -> change(() -> startsSlowly(member)));
        }
    }

    private void startsSlowly(PoolMember<R> member) {
        if (member.state == State.STARTING) {
            member.slow = true;
            killAfter(member, START_LIMIT.minus(SLOW_START), START_LIMIT, "it had not become ready");
        }
    }

    private void startFailed(PoolMember<R> member, Throwable reason) {
        if (member.killed && member.killReason == null) {
            return; // it was no longer needed
        }
        Throwable why = member.cannotServe == null ? reason : member.cannotServe;
        if (backOff.startFailed(why)) {
            actions.add(() -> ServerLog.cannotStartWorkers(server.serverAddress(), why));
        }
        rest();
    }

    /** Starts no worker for a while. */
    private void rest() {
        if (!backingOff) {
            backingOff = true;
            timers.after(backOff.delay(), () -> change(() -> backingOff = false));
        }
    }

    /** Nobody is there to serve, and nobody will be soon. */
    private boolean hopeless() {
        return backOff.hopeless() && idle.isEmpty() && count(State.BUSY) == 0;
    }

    private void watchExcess() {
        lowestIdle = Math.min(lowestIdle, idle.size());
        if (!watchingExcess && idle.size() > limits.minSpareWorkers()) {
            watchingExcess = true;
            lowestIdle = idle.size();
            timers.after(EXCESS_LIMIT, () -> change(this::retireExcess));
        }
    }

    private void retireExcess() {
        watchingExcess = false;
        int unused = Math.min(lowestIdle, idle.size()); // at the end all have gone meanwhile
        for (int excess = unused - limits.minSpareWorkers(); excess > 0; excess--) {
            retire(idle.removeLast());
        }
    }

    /** At the end nobody is kept that has nothing to do. */
    private void endSpare() {
        while (!idle.isEmpty()) {
            retire(idle.removeFirst());
        }
        members.stream()
                .filter(member -> member.state == State.STARTING)
                .skip(waiting.size())
                .filter(member -> !member.killed)
                .forEach(member -> kill(member, null));
        if (members.isEmpty() && waiting.isEmpty() && !releasing) {
            releasing = true;
            actions.add(() -> timers.execute(this::release));
        }
    }

    private void release() {
        ServerLog.close(starter);
        timers.close();
        lock.lock();
        try {
            released = true;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void signalEnd() {
        lock.lock();
        try {
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void retire(PoolMember<R> member) {
        Worker<R> worker = Objects.requireNonNull(member.worker);
        letGo(member);
        actions.add(worker::retire);
    }

    /** It gets nothing more, and is to end by itself. */
    private void letGo(PoolMember<R> member) {
        move(member, State.RETIRING);
        killAfter(member, RETIRE_LIMIT, "it had nothing to do and did not end");
    }

    private void killAfter(PoolMember<R> member, Duration limit, String why) {
        killAfter(member, limit, limit, why);
    }

    private void killAfter(PoolMember<R> member, Duration left, Duration limit, String why) {
        String reason = WorkerDeath.text(limit) + ": " + why;
        member.cancelTimer = timers.after(left, () -> change(() -> kill(member, reason)));
    }

    private void kill(PoolMember<R> member, @Nullable String reason) {
        if (member.state != State.ENDED && !member.killed) {
            member.killed = true;
            member.killReason = reason;
            if (member.worker != null) {
                actions.add(member.worker::kill);
            }
        }
    }

    private int count(State state) {
        return counts.getOrDefault(state, 0);
    }

    private void move(PoolMember<R> member, State to) {
        member.cancelTimer.run();
        counts.merge(member.state, -1, Integer::sum);
        counts.merge(to, 1, Integer::sum);
        member.state = to;
    }
}
