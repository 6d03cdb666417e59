package dev.hawser.reactor.testing;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.ConnectedDatagramProtocol;
import dev.hawser.reactor.Connector;
import dev.hawser.reactor.DatagramOptions;
import dev.hawser.reactor.DatagramProtocol;
import dev.hawser.reactor.DatagramTransport;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.ProcessOptions;
import dev.hawser.reactor.ProcessProtocol;
import dev.hawser.reactor.ProcessTransport;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.ReactorMetrics;
import dev.hawser.reactor.Transport;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.socket.Constants;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A reactor without a kernel: what is listened on and connected to is noted, and the test plays the peer. Its time is a {@link Clock}.
 *
 * <p>{@link #iterate} makes the queued calls and moves what connections have written; {@link #advance} moves the time first. {@link #run} does that until
 * {@link #stop}, without waiting, and therefore ends at once with an exception where nobody stops it.
 *
 * <p>Datagrams, processes, passed descriptors, readers and writers are the kernel's affair: they are refused with an
 * {@link UnsupportedOperationException}.
 *
 * <h2>Threading</h2>
 * For the test's thread, but for {@link #callFromThread}, {@link #callInThread} and {@link #stop}.
 *
 * <h2>Errors</h2>
 * What a call throws comes out of the method that made it, so that the test fails.
 *
 * {@snippet file="dev/hawser/reactor/testing/TestingSnippetsTest.java" region="memory-reactor"}
 */
public final class MemoryReactor implements Reactor {

    private static final int MOST_TURNS = 100_000;
    private static final int FIRST_PORT = 32_768;

    private final Clock clock = new Clock();
    private final List<MemoryPort> ports = new ArrayList<>();
    private final List<MemoryConnector> connectors = new ArrayList<>();
    private final List<ProtocolPair> pairs = new ArrayList<>();
    private final Map<String, List<Sockaddr>> hosts = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<Runnable> calls = new ConcurrentLinkedQueue<>();
    private final Map<SystemEvent, Map<Phase, List<Callable<? extends @Nullable Object>>>> triggers =
            new EnumMap<>(SystemEvent.class);
    private int nextPort = FIRST_PORT;
    private boolean running;
    private volatile boolean stopping;

    /** One without ports, at time 0. */
    public MemoryReactor() {}

    // ---- for the test

    /**
     * Its time.
     *
     * @return the clock
     */
    public Clock clock() {
        return clock;
    }

    /**
     * What is listened on, in the order of the calls; those that have stopped as well.
     *
     * @return the ports
     */
    public List<MemoryPort> ports() {
        return List.copyOf(ports);
    }

    /**
     * What is connected to, in the order of the calls.
     *
     * @return the connectors
     */
    public List<MemoryConnector> connectors() {
        return List.copyOf(connectors);
    }

    /**
     * What {@link #resolve} answers.
     *
     * @param host the name
     * @param addresses its addresses
     */
    public void setHost(String host, List<Sockaddr> addresses) {
        hosts.put(host, List.copyOf(addresses));
    }

    /**
     * Moves the time on, makes the calls that are due, and then turns until nothing happens any more.
     *
     * @param amount how far
     */
    public void advance(Duration amount) {
        clock.advance(amount);
        flush();
    }

    /**
     * Turns until nothing happens any more.
     *
     * @throws IllegalStateException if something always happens
     */
    public void flush() {
        for (int i = 0; i < MOST_TURNS; i++) {
            if (!turn()) {
                return;
            }
        }
        throw new IllegalStateException("something still happens after " + MOST_TURNS + " turns");
    }

    private boolean turn() {
        boolean happened = false;
        for (ProtocolPair pair : List.copyOf(pairs)) {
            happened |= pair.pump();
        }
        for (int queued = calls.size(); queued > 0; queued--) {
            Runnable call = calls.poll();
            if (call != null) {
                call.run();
                happened = true;
            }
        }
        return happened;
    }

    ProtocolPair pair(Protocol client, Protocol server) {
        ProtocolPair pair = ProtocolPair.connect(client, server, this);
        pairs.add(pair);
        return pair;
    }

    // ---- Reactor

    @Override
    public void run() {
        if (running) {
            throw new IllegalStateException("the reactor is being run already");
        }
        running = true;
        stopping = false;
        try {
            fire(SystemEvent.STARTUP);
            for (int i = 0; !stopping; i++) {
                iterate(Duration.ZERO);
                if (i == MOST_TURNS) {
                    throw new IllegalStateException("nobody has stopped the reactor in " + MOST_TURNS + " turns");
                }
            }
            fire(SystemEvent.SHUTDOWN);
        } finally {
            running = false;
        }
    }

    @Override
    public void iterate(@Nullable Duration timeout) {
        clock.advance(timeout == null ? Duration.ZERO : timeout);
        turn();
    }

    @Override
    public void stop() {
        stopping = true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isInReactorThread() {
        return true;
    }

    /** Ports stop, connections break. */
    @Override
    public void close() {
        stop();
        ports.forEach(MemoryPort::close);
        pairs.forEach(ProtocolPair::breakConnection);
    }

    @Override
    public void callWhenRunning(Runnable call) {
        if (running) {
            call.run();
        } else {
            triggersOf(SystemEvent.STARTUP, Phase.AFTER).add(() -> {
                call.run();
                return null;
            });
        }
    }

    @Override
    public void callFromThread(Runnable call) {
        calls.add(call);
    }

    @Override
    public void callInThread(Runnable call) {
        Thread.ofVirtual().start(call);
    }

    @Override
    public Trigger addSystemEventTrigger(Phase phase, SystemEvent event, Callable<? extends @Nullable Object> call) {
        List<Callable<? extends @Nullable Object>> of = triggersOf(event, phase);
        of.add(call);
        return () -> of.remove(call);
    }

    private List<Callable<? extends @Nullable Object>> triggersOf(SystemEvent event, Phase phase) {
        return triggers.computeIfAbsent(event, ignored -> new EnumMap<>(Phase.class))
                .computeIfAbsent(phase, ignored -> new ArrayList<>());
    }

    /** Each is called once; a Deferred is not waited for, as the test decides when it fires. */
    private void fire(SystemEvent event) {
        for (Phase phase : Phase.values()) {
            List<Callable<? extends @Nullable Object>> of = triggersOf(event, phase);
            List<Callable<? extends @Nullable Object>> now = List.copyOf(of);
            of.clear();
            now.forEach(MemoryReactor::call);
        }
    }

    private static void call(Callable<? extends @Nullable Object> trigger) {
        try {
            trigger.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a trigger has thrown", e);
        }
    }

    @Override
    public ListeningPort listenTcp(int port, Factory factory) {
        return listenTcp(port, factory, ListenOptions.DEFAULT);
    }

    @Override
    public ListeningPort listenTcp(Sockaddr address, Factory factory, ListenOptions options) {
        return listenStream(address, factory, options);
    }

    @Override
    public ListeningPort listenUnix(SockaddrUn address, Factory factory, ListenOptions options) {
        return listenStream(address, factory, options);
    }

    @Override
    public ListeningPort listenTcp(int port, Factory factory, ListenOptions options) {
        return listenStream(SockaddrIn.of("0.0.0.0", port), factory, options);
    }

    /** Port 0 gets a number of its own. */
    @Override
    public ListeningPort listenStream(Sockaddr address, Factory factory, ListenOptions options) {
        Sockaddr bound = switch (address) {
            case SockaddrIn in when in.port() == 0 -> new SockaddrIn(in.address(), nextPort++);
            case SockaddrIn6 six
            when six.port() == 0 -> new SockaddrIn6(six.high(), six.low(), nextPort++, six.flowInfo(), six.scopeId());
            default -> address;
        };
        MemoryPort port = new MemoryPort(this, bound, factory, options);
        ports.add(port);
        return port;
    }

    @Override
    public Connector connectTcp(String host, int port, ClientFactory factory, ConnectOptions options) {
        return connect(host + ":" + port, factory, options);
    }

    @Override
    public Connector connectStream(Sockaddr address, ClientFactory factory, ConnectOptions options) {
        return connect(address.toString(), factory, options);
    }

    private MemoryConnector connect(String destination, ClientFactory factory, ConnectOptions options) {
        MemoryConnector connector = new MemoryConnector(this, destination, factory, options);
        connectors.add(connector);
        connector.connect();
        return connector;
    }

    /** Answers what {@link #setHost} was given, and fails for others. */
    @Override
    public Deferred<List<Sockaddr>> resolve(String host) {
        List<Sockaddr> addresses = hosts.get(host);
        return addresses == null
                ? Deferred.fail(new UnknownHostException(host + ": not given by setHost"))
                : Deferred.succeed(addresses);
    }

    /** What {@link #setHost} was given of the family, and fails where that is nothing. */
    @Override
    public Deferred<List<Sockaddr>> resolve(String host, int family) {
        return resolve(host).addCallback(all -> ofFamily(host, all, family));
    }

    private static List<Sockaddr> ofFamily(String host, List<Sockaddr> all, int family) throws UnknownHostException {
        List<Sockaddr> some = all.stream()
                .filter(each -> family == Constants.AF_UNSPEC || each.family() == family)
                .toList();
        if (some.isEmpty()) {
            throw new UnknownHostException(host + ": setHost has given no address of family " + family);
        }
        return some;
    }

    @Override
    public DatagramTransport listenUdp(Sockaddr address, DatagramProtocol protocol, DatagramOptions options) {
        throw needsKernel("listenUdp");
    }

    @Override
    public DatagramTransport listenUnixDatagram(
            SockaddrUn address, DatagramProtocol protocol, DatagramOptions options) {
        throw needsKernel("listenUnixDatagram");
    }

    @Override
    public void connectUnixDatagram(SockaddrUn address, ConnectedDatagramProtocol protocol, DatagramOptions options) {
        throw needsKernel("connectUnixDatagram");
    }

    @Override
    public void connectUdp(String host, int port, ConnectedDatagramProtocol protocol, DatagramOptions options) {
        throw needsKernel("connectUdp");
    }

    @Override
    public ListeningPort adoptStreamPort(int fd, Factory factory) {
        throw needsKernel("adoptStreamPort");
    }

    @Override
    public Transport adoptStreamConnection(int fd, Factory factory) {
        throw needsKernel("adoptStreamConnection");
    }

    @Override
    public void addReader(HasFileno file, Runnable ready) {
        throw needsKernel("addReader");
    }

    @Override
    public void addWriter(HasFileno file, Runnable ready) {
        throw needsKernel("addWriter");
    }

    @Override
    public void removeReader(HasFileno file) {}

    @Override
    public void removeWriter(HasFileno file) {}

    @Override
    public ProcessTransport spawnProcess(ProcessProtocol protocol, ProcessOptions options) {
        throw needsKernel("spawnProcess");
    }

    @Override
    public Transport standardIo(Protocol protocol) {
        throw needsKernel("standardIo");
    }

    private static UnsupportedOperationException needsKernel(String operation) {
        return new UnsupportedOperationException(operation + " needs a kernel: use Reactor.open() in this test");
    }

    /** Nothing is counted: all is 0. */
    @Override
    public ReactorMetrics metrics() {
        return new ReactorMetrics(0, 0, 0, 0, clock.delayedCalls().size(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public DelayedCall callLater(Duration delay, Runnable call) {
        return clock.callLater(delay, call);
    }
}
