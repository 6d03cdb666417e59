package dev.hawser.reactor;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.defer.LoopThreads;
import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.reactor.time.TimerQueue;
import dev.hawser.select.Selector;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The reactor. The loop is {@link #turn}; what surrounds it says when there is another one. */
final class LoopReactor implements Reactor {

    private static final System.Logger LOG = System.getLogger("dev.hawser.reactor");

    /** What {@link #stop} has come to. */
    private enum Stopping {
        /** It was not called. */
        NOT,
        /** It was called; the triggers have not been. */
        ASKED,
        /** The triggers before have been called, and are waited for. */
        BEGUN,
        /** All triggers have been called. */
        DONE
    }

    private final Backend backend;
    private final TimerQueue timers = new TimerQueue(System::nanoTime, this::requireThread);
    private final CallQueue calls = new CallQueue();
    private final LoopCounts counts = new LoopCounts();
    private final StallWatch stalls = new StallWatch(counts);
    private final Triggers startup = new Triggers("startup", this::report);
    private final Triggers shutdown = new Triggers("shutdown", this::report);
    private final DescriptorWatches watches;
    private final ChunkPool chunks = new ChunkPool();
    private final TlsMemory tlsMemory = new TlsMemory();
    private final Datagrams datagrams = new Datagrams(this);
    private final Pipes pipes = new Pipes();
    private final PortPassing portPassing = new PortPassing(this);

    /** What wants to be called when the event that goes on has ended. */
    private final ArrayDeque<Runnable> afterEvent = new ArrayDeque<>();

    /** What is to be closed with this. */
    private final Set<Closeable> owned = new LinkedHashSet<>();

    /** The thread that all of this belongs to; null while nobody runs it. Changed under this object's monitor. */
    private volatile @Nullable Thread owner;

    private volatile boolean running;

    /** Numbers the runs: what one has begun to wait for, and broke off, ends no other. */
    private int runs;

    private volatile Stopping stopping = Stopping.NOT;
    private volatile boolean closed;

    /** What belonged to it is closed. */
    private volatile boolean disposed;

    LoopReactor(Selector selector) {
        backend = new ReadinessBackend(selector, new Events());
        watches = new DescriptorWatches(backend, this::report);
    }

    static Reactor open(BackendKind kind) throws IOException {
        return new LoopReactor(kind.openSelector());
    }

    /** The loop: collect and dispatch, timers, queued calls. */
    private void turn(long timeoutNanos) throws IOException {
        flushWritten();
        stalls.turnBegins();
        counts.add(LoopCounts.EVENTS, backend.collect(waitingTime(timeoutNanos)));
        makeTimedCalls();
        makeQueuedCalls();
        stalls.turnEnds();
        counts.set(LoopCounts.TIMERS_PENDING, timers.size());
        counts.add(LoopCounts.TURNS, 1);
    }

    @Override
    public void run() throws IOException {
        if (!enter("run")) {
            return;
        }
        try {
            stopping = Stopping.NOT;
            running = true;
            int mine = ++runs;
            startup.fire(() -> {});
            while (!closed && stopping != Stopping.DONE) {
                turn(Backend.NO_TIMEOUT);
                beginToStop(mine);
            }
            if (stopping != Stopping.DONE) {
                shutdown.fireNow();
            }
        } finally {
            running = false;
            leave();
        }
    }

    private void beginToStop(int run) {
        if (stopping == Stopping.ASKED) {
            stopping = Stopping.BEGUN;
            shutdown.fire(() -> {
                if (run == runs) {
                    stopping = Stopping.DONE;
                }
            });
            flushWritten();
        }
    }

    @Override
    public void iterate(@Nullable Duration timeout) throws IOException {
        if (timeout != null && timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout is not negative: " + timeout + "; null waits without end");
        }
        if (!enter("iterate")) {
            throw new IllegalStateException("iterate: the reactor is closed");
        }
        try {
            turn(timeout == null ? Backend.NO_TIMEOUT : saturatedNanos(timeout));
        } finally {
            leave();
        }
    }

    private static long saturatedNanos(Duration timeout) {
        return timeout.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? timeout.toNanos() : Long.MAX_VALUE;
    }

    /** Makes the reactor this thread's: false where it is closed. */
    private synchronized boolean enter(String operation) {
        if (closed) {
            return false;
        }
        Thread other = owner;
        if (other != null) {
            throw new IllegalStateException(operation + ": the reactor is being run already, by " + other);
        }
        owner = Thread.currentThread();
        LoopThreads.enter();
        return true;
    }

    private void leave() {
        try {
            if (!leaveOpen()) {
                dispose();
            }
        } finally {
            LoopThreads.leave();
        }
    }

    private synchronized boolean leaveOpen() {
        if (!closed) {
            owner = null;
        }
        return !closed;
    }

    /** How long the turn may wait: not at all where a call is queued, else until the next timed one. */
    private long waitingTime(long timeoutNanos) {
        if (!calls.isEmpty() || stopping == Stopping.ASKED || closed) {
            return 0;
        }
        if (timers.isEmpty()) {
            return timeoutNanos;
        }
        long left = Math.max(0, timers.nextNanos() - System.nanoTime());
        return timeoutNanos == Backend.NO_TIMEOUT ? left : Math.min(left, timeoutNanos);
    }

    private void makeTimedCalls() {
        if (timers.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        long mark = timers.mark();
        for (TimerQueue.Timer due = timers.takeDue(now, mark); due != null; due = timers.takeDue(now, mark)) {
            counts.add(LoopCounts.TIMERS_FIRED, 1);
            counts.lag(System.nanoTime() - due.timeNanos());
            make("a delayed call", due.call());
        }
    }

    private void makeQueuedCalls() {
        makeEach(calls.takeAll());
    }

    private void makeEach(CallQueue.@Nullable Queued first) {
        for (CallQueue.Queued queued = first; queued != null; queued = queued.next()) {
            counts.add(LoopCounts.CALLS, 1);
            counts.lag(System.nanoTime() - queued.sinceNanos());
            make("a call from a thread", queued.call());
        }
    }

    /** Makes a call that is an event of its own. */
    private void make(String what, Runnable call) {
        stalls.eventBegins();
        try {
            call.run();
        } catch (Throwable e) {
            report(what + " has thrown", e);
        }
        flushWritten();
    }

    /** What the backend tells of. */
    private final class Events implements Backend.Turn {

        @Override
        public void begins() {
            stalls.eventBegins();
        }

        @Override
        public void ended(@Nullable Throwable thrown) {
            if (thrown != null) {
                report("a handler has thrown", thrown);
            }
            flushWritten();
        }
    }

    // For the transports.

    /** For what waits for descriptors. */
    Backend backend() {
        return backend;
    }

    /** Where what is written is kept. */
    ChunkPool chunks() {
        return chunks;
    }

    /** What TLS encrypts and decrypts into. */
    TlsMemory tlsMemory() {
        return tlsMemory;
    }

    /** What pipes share. */
    Pipes pipes() {
        return pipes;
    }

    /** A reactor that a connection may move to. */
    static LoopReactor openOne(Reactor reactor) {
        if (!(reactor instanceof LoopReactor loop)) {
            throw new IllegalArgumentException(
                    "a connection moves between reactors of Reactor.open, not to " + reactor);
        }
        if (loop.isClosed()) {
            throw new IllegalStateException("the other reactor is closed");
        }
        return loop;
    }

    /** Whether it was closed for good. */
    boolean isClosed() {
        return closed;
    }

    /** Where the transports count. */
    LoopCounts counts() {
        return counts;
    }

    /**
     * Refuses a thread that the reactor does not belong to.
     *
     * @throws IllegalStateException in another thread than the one that runs the reactor
     */
    boolean isInThread() {
        Thread thread = owner;
        return thread == null || thread == Thread.currentThread();
    }

    void requireThread() {
        Thread thread = owner;
        if (thread != null && thread != Thread.currentThread()) {
            throw new IllegalStateException("this belongs to " + thread + ", which runs the reactor, and not to "
                    + Thread.currentThread() + ": use callFromThread");
        }
    }

    /**
     * Has something called when the event that goes on has ended, and outside of all events before the next wait: a connection sends then what it was
     * given. Once for each time it is asked for.
     */
    void afterEvent(Runnable call) {
        afterEvent.add(call);
    }

    private void flushWritten() {
        for (Runnable next = afterEvent.poll(); next != null; next = afterEvent.poll()) {
            try {
                next.run();
            } catch (Throwable e) {
                report("what was written cannot be sent", e);
            }
        }
    }

    /**
     * Has something closed with the reactor: its close() ends it at once, and tells its protocol before it returns.
     *
     * @throws IllegalStateException if the reactor is closed
     */
    void own(Closeable resource) {
        requireOpen();
        owned.add(resource);
    }

    private void requireOpen() {
        if (disposed || (closed && owner != Thread.currentThread())) {
            throw new IllegalStateException("the reactor is closed");
        }
    }

    /** It was closed by itself. */
    void disown(Closeable resource) {
        owned.remove(resource);
    }

    /** Tells of an error that nobody can be thrown. */
    void report(String what, Throwable thrown) {
        counts.error();
        LOG.log(Level.ERROR, what, thrown);
    }

    // The reactor's own.

    @Override
    public void stop() {
        synchronized (this) {
            if (!running || stopping != Stopping.NOT) {
                return;
            }
            stopping = Stopping.ASKED;
        }
        wakeUp();
    }

    private void wakeUp() {
        if (owner != Thread.currentThread()) {
            backend.wakeUp();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isInReactorThread() {
        Thread thread = owner;
        return thread == null || thread == Thread.currentThread();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (owner != null) {
                wakeUp();
                return;
            }
            owner = Thread.currentThread();
        }
        dispose();
    }

    /** Closes all, in the thread that it belongs to. What other threads have asked for by now is still called. */
    private void dispose() {
        watches.clear();
        flushWritten();
        closeOwned();
        makeEach(calls.takeAll());
        makeEach(calls.seal());
        disposed = true;
        closeOwned();
        watches.clear();
        timers.clear();
        counts.set(LoopCounts.TIMERS_PENDING, 0);
        closeQuietly(backend);
        owner = null;
    }

    private void closeOwned() {
        for (Closeable each : new ArrayList<>(owned)) {
            closeQuietly(each);
            owned.remove(each);
        }
    }

    private void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException | RuntimeException | Error e) {
            report("cannot be closed: " + resource, e);
        }
    }

    @Override
    public void callWhenRunning(Runnable call) {
        requireThread();
        if (running) {
            call.run();
        } else {
            startup.add(Phase.AFTER, () -> {
                call.run();
                return null;
            });
        }
    }

    @Override
    public void callFromThread(Runnable call) {
        if (calls.add(call)) {
            wakeUp();
        }
    }

    @Override
    public void callInThread(Runnable call) {
        Thread.ofVirtual().name("hawser-reactor-call").start(() -> {
            try {
                call.run();
            } catch (Throwable e) {
                report("a call in a thread has thrown", e);
            }
        });
    }

    @Override
    public Trigger addSystemEventTrigger(Phase phase, SystemEvent event, Callable<? extends @Nullable Object> call) {
        requireThread();
        return (event == SystemEvent.STARTUP ? startup : shutdown).add(phase, call);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public DelayedCall callLater(Duration delay, Runnable call) {
        requireOpen();
        return timers.add(delay, call);
    }

    @Override
    public ReactorMetrics metrics() {
        if (owner == Thread.currentThread()) {
            counts.set(LoopCounts.TIMERS_PENDING, timers.size());
        }
        return counts.snapshot();
    }

    @Override
    public void addReader(HasFileno file, Runnable ready) throws IOException {
        requireThread();
        watches.setReader(file, ready);
    }

    @Override
    public void addWriter(HasFileno file, Runnable ready) throws IOException {
        requireThread();
        watches.setWriter(file, ready);
    }

    @Override
    public void removeReader(HasFileno file) {
        requireThread();
        watches.removeReader(file);
    }

    @Override
    public void removeWriter(HasFileno file) {
        requireThread();
        watches.removeWriter(file);
    }

    // Others' work.

    @Override
    public ListeningPort listenTcp(int port, Factory factory, ListenOptions options) throws IOException {
        return Streams.listenTcp(this, port, factory, options);
    }

    @Override
    public ListeningPort listenStream(Sockaddr address, Factory factory, ListenOptions options) throws IOException {
        return Streams.listen(this, address, factory, options);
    }

    @Override
    public DatagramTransport listenUdp(Sockaddr address, DatagramProtocol protocol, DatagramOptions options)
            throws IOException {
        return datagrams.listenUdp(address, protocol, options);
    }

    @Override
    public DatagramTransport listenUnixDatagram(SockaddrUn address, DatagramProtocol protocol, DatagramOptions options)
            throws IOException {
        return datagrams.listenUnix(address, protocol, options);
    }

    @Override
    public void connectUdp(String host, int port, ConnectedDatagramProtocol protocol, DatagramOptions options) {
        datagrams.connectUdp(host, port, protocol, options);
    }

    @Override
    public void connectUnixDatagram(SockaddrUn address, ConnectedDatagramProtocol protocol, DatagramOptions options) {
        datagrams.connectUnix(address, protocol, options);
    }

    @Override
    public Connector connectTcp(String host, int port, ClientFactory factory, ConnectOptions options) {
        return Streams.connectTcp(this, host, port, factory, options);
    }

    @Override
    public Connector connectStream(Sockaddr address, ClientFactory factory, ConnectOptions options) {
        return Streams.connect(this, address, factory, options);
    }

    @Override
    public Deferred<List<Sockaddr>> resolve(String host, int family) {
        return Resolver.resolve(this, host, family);
    }

    @Override
    public PortPassing portPassing() {
        return portPassing;
    }

    /** What listens. */
    List<StreamPort> streamPorts() {
        return owned.stream()
                .filter(StreamPort.class::isInstance)
                .map(StreamPort.class::cast)
                .toList();
    }

    @Override
    public ListeningPort adoptStreamPort(int fd, Factory factory) throws IOException {
        return Streams.adoptStreamPort(this, fd, factory);
    }

    @Override
    public Transport adoptStreamConnection(int fd, Factory factory) throws IOException {
        return Streams.adoptStreamConnection(this, fd, factory);
    }

    @Override
    public ProcessTransport spawnProcess(ProcessProtocol protocol, ProcessOptions options) throws IOException {
        return Processes.spawnProcess(this, protocol, options);
    }

    @Override
    public Transport standardIo(Protocol protocol) throws IOException {
        return StandardIo.open(this, protocol);
    }

    @Override
    public String toString() {
        return "Reactor[" + (closed ? "closed" : running ? "running" : "not running") + "]";
    }
}
