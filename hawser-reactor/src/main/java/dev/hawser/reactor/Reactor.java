package dev.hawser.reactor;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.time.ReactorTime;
import dev.hawser.socket.Constants;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.tls.TlsContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The loop that waits for everything at once, and calls whom it concerns. An object, passed in to whoever needs it; a program may have many, each
 * run by one thread. It can be stopped and run again.
 *
 * <h2>Threading</h2>
 * A reactor and all that belongs to it are for the thread that runs it; before the first {@link #run} and between two, for one thread at a time.
 * Safe from any thread: {@link #callFromThread}, {@link #callInThread}, {@link #stop}, {@link #close}, {@link #metrics}, {@link #isRunning}.
 *
 * <h2>Blocking and timeouts</h2>
 * {@link #run} and {@link #iterate} wait, and nothing else does: what would, returns a {@link Deferred}, or is told to a protocol later. Whatever the reactor calls must
 * return soon, since all connections wait for it; what takes long, or waits, goes to {@link #callInThread}. Times are {@link java.time.Duration}s: zero is the next
 * turn, and a negative one is refused.
 *
 * <h2>Errors</h2>
 * What a call throws that the reactor makes is reported to the logger {@code dev.hawser.reactor}, and the loop goes on; what a protocol throws loses its own connection.
 * An {@link IOException} out of {@code run} means that the wait itself has failed.
 *
 * <h2>Platform notes</h2>
 * It waits with epoll(7), and where it is told to with poll(2) or select(2), see {@link BackendKind}.
 *
 * <p>Source: Twisted's {@code IReactorCore}, {@code IReactorTCP} and their kin; where each of their names is, tells {@code docs/from-twisted.md}.
 *
 * {@snippet file="dev/hawser/reactor/ReactorSnippetsTest.java" region="reactor"}
 */
public interface Reactor extends ReactorTime, AutoCloseable {

    /** When a trigger is called. */
    enum Phase {
        /** First; what it returns is waited for. */
        BEFORE,
        /** In the middle. */
        DURING,
        /** Last. */
        AFTER
    }

    /** What a trigger waits for. */
    enum SystemEvent {
        /** {@link #run} has begun. */
        STARTUP,
        /** {@link #stop} was called. */
        SHUTDOWN
    }

    /** A trigger that was added. */
    interface Trigger {
        /** Takes it back. Once it was called, this does nothing. */
        void remove();
    }

    /**
     * A reactor on the best that the kernel has, or on what {@code -Dhawser.reactor=epoll|poll|select} names.
     *
     * @return the reactor; close it
     * @throws IOException if there is no descriptor for it
     */
    static Reactor open() throws IOException {
        return open(BackendKind.ofSystemProperty());
    }

    /**
     * A reactor.
     *
     * @param kind what it waits with
     * @return the reactor; close it
     * @throws IOException if there is no descriptor for it
     */
    static Reactor open(BackendKind kind) throws IOException {
        return LoopReactor.open(kind);
    }

    /**
     * Runs in this thread until {@link #stop}, after which it may be run again, or until {@link #close}. One that was closed before returns at once: a
     * signal may close a server that has just begun.
     *
     * @throws IOException if the wait fails, or the thread is interrupted; it may be run again
     * @throws IllegalStateException if it runs, in whatever thread
     */
    void run() throws IOException;

    /**
     * Makes one turn, for those who have a loop of their own. It is not running by that: no triggers are called.
     *
     * @param timeout how long to wait at most; zero not at all, null as long as it takes
     * @throws IOException if the wait fails, or the thread is interrupted
     * @throws IllegalStateException if it runs, or is closed
     */
    void iterate(@Nullable Duration timeout) throws IOException;

    /**
     * Ends {@link #run}: calls the triggers of the shutdown, and returns from run when those before have fired. What belongs to the reactor stays open.
     * Safe from any thread. While it is stopping, and where it does not run, this does nothing, so that those who want its end need not agree; a run
     * that may not have begun is ended by {@code callFromThread(reactor::stop)}.
     */
    void stop();

    /**
     * Whether it is being run.
     *
     * @return true inside {@link #run}
     */
    boolean isRunning();

    /**
     * Whether the calling thread is the one that may use it now.
     *
     * @return true in the thread that runs it; while nobody does, in every thread
     */
    boolean isInReactorThread();

    /**
     * Ends it for good: ports and connections are closed, and told of it. Safe from any thread. Where a thread runs it, it is that one that does so
     * when the handler that it is in has returned: the triggers of the shutdown are called, and not waited for, and run returns; this call does not wait for
     * it. The calls of other threads that were taken are made; later ones are refused. Closing twice does nothing.
     */
    @Override
    void close();

    /**
     * Calls when the reactor runs: at once where it does.
     *
     * @param call what to call
     */
    void callWhenRunning(Runnable call);

    /**
     * Calls in the reactor's thread, in the order in which they were asked for. Safe from any thread. What is not called before the end of a run waits for
     * the next one. A call that is asked for by such a call waits for the next turn, so that connections are served in between.
     *
     * @param call what to call; what it throws is reported
     * @throws IllegalStateException if the reactor is closed
     */
    void callFromThread(Runnable call);

    /**
     * Calls in a virtual thread of its own. Safe from any thread.
     *
     * @param call what to call; what it throws is reported
     */
    void callInThread(Runnable call);

    /**
     * Has something called at the next start or the next end: once. What one throws is reported, and the others go on.
     *
     * @param phase when
     * @param event at what
     * @param call what to call; before the others, a {@link Deferred} that it returns is waited for
     * @return the trigger
     */
    Trigger addSystemEventTrigger(Phase phase, SystemEvent event, Callable<? extends @Nullable Object> call);

    /**
     * Listens on a TCP port of all addresses of this machine, IPv4 and IPv6.
     *
     * @param port the port; 0: the kernel chooses
     * @param factory makes the protocols
     * @return the port
     * @throws IOException if the kernel refuses: EADDRINUSE, EACCES, ...
     */
    default ListeningPort listenTcp(int port, Factory factory) throws IOException {
        return listenTcp(port, factory, ListenOptions.DEFAULT);
    }

    /**
     * Listens on a TCP port of all addresses of this machine, IPv4 and IPv6, by one socket; where the kernel has no IPv6, on those of IPv4.
     *
     * @param port the port; 0: the kernel chooses
     * @param factory makes the protocols
     * @param options how
     * @return the port
     * @throws IOException if the kernel refuses: EADDRINUSE, EACCES, ...
     */
    ListeningPort listenTcp(int port, Factory factory, ListenOptions options) throws IOException;

    /**
     * Listens on a TCP address.
     *
     * @param address a {@link dev.hawser.socket.SockaddrIn} or {@link dev.hawser.socket.SockaddrIn6}; the IPv6 wildcard takes IPv4 as well, unless
     *     the options say otherwise
     * @param factory makes the protocols
     * @param options how
     * @return the port
     * @throws IOException if the kernel refuses: EADDRINUSE, EACCES, ...
     */
    default ListeningPort listenTcp(Sockaddr address, Factory factory, ListenOptions options) throws IOException {
        if (!(address instanceof SockaddrIn) && !(address instanceof SockaddrIn6)) {
            throw new IllegalArgumentException("listenTcp takes a SockaddrIn or a SockaddrIn6, not " + address);
        }
        return listenStream(address, factory, options);
    }

    /**
     * Listens on a Unix stream socket. A path that nobody listens on any more is taken over; it is removed in the end.
     *
     * @param address a path or an abstract name
     * @param factory makes the protocols
     * @param options how
     * @return the port
     * @throws IOException if the kernel refuses
     */
    default ListeningPort listenUnix(SockaddrUn address, Factory factory, ListenOptions options) throws IOException {
        return listenStream(address, factory, options);
    }

    /**
     * Listens for connections of any family that has stream sockets: TCP and Unix as {@link #listenTcp(Sockaddr, Factory, ListenOptions)} and {@link #listenUnix} do,
     * vsock(7) and others by their addresses.
     *
     * @param address where
     * @param factory makes the protocols
     * @param options how
     * @return the port
     * @throws IOException if the kernel refuses: EADDRINUSE, EACCES, ESOCKTNOSUPPORT where the family has no streams, ...
     */
    ListeningPort listenStream(Sockaddr address, Factory factory, ListenOptions options) throws IOException;

    /**
     * Listens on a TCP address, and speaks TLS on each connection: what its protocol reads and writes is encrypted on the way.
     *
     * @param address as of {@link #listenTcp(Sockaddr, Factory, ListenOptions)}
     * @param factory makes the protocols
     * @param context who this side is; asked anew for each connection, so that certificates can be renewed while it listens
     * @param options how
     * @return the port
     * @throws IOException if the kernel refuses: EADDRINUSE, EACCES, ...
     */
    default ListeningPort listenTls(
            Sockaddr address, Factory factory, Supplier<TlsContext> context, ListenOptions options) throws IOException {
        return listenTcp(address, TlsFactory.forServer(factory, context), options);
    }

    /**
     * Receives and sends datagrams on a UDP address.
     *
     * @param address where; port 0: the kernel chooses; the IPv6 wildcard receives from IPv4 as well
     * @param protocol what does it
     * @param options how
     * @return the socket
     * @throws IOException if the kernel refuses
     */
    DatagramTransport listenUdp(Sockaddr address, DatagramProtocol protocol, DatagramOptions options)
            throws IOException;

    /**
     * Receives and sends datagrams on a Unix socket.
     *
     * @param address a path or an abstract name; a path is taken over and removed as by {@link #listenUnix}; {@link SockaddrUn#UNNAMED}: the kernel
     *     chooses an abstract name, at which others can answer
     * @param protocol what does it
     * @param options how
     * @return the socket
     * @throws IOException if the kernel refuses
     */
    DatagramTransport listenUnixDatagram(SockaddrUn address, DatagramProtocol protocol, DatagramOptions options)
            throws IOException;

    /**
     * Exchanges datagrams with one host, at the first of its addresses to which there is a route. What fails is told by
     * {@link ConnectedDatagramProtocol#connectionFailed}, from a later turn.
     *
     * @param host a name or an address
     * @param port the port
     * @param protocol what does it; {@link DatagramProtocol#startProtocol} tells that it is connected
     * @param options how
     */
    void connectUdp(String host, int port, ConnectedDatagramProtocol protocol, DatagramOptions options);

    /**
     * Exchanges datagrams with one Unix socket, which can answer: this side gets an abstract name from the kernel. What fails is told by
     * {@link ConnectedDatagramProtocol#connectionFailed}, from a later turn.
     *
     * @param address a path or an abstract name
     * @param protocol what does it; {@link DatagramProtocol#startProtocol} tells that it is connected
     * @param options how
     */
    void connectUnixDatagram(SockaddrUn address, ConnectedDatagramProtocol protocol, DatagramOptions options);

    /**
     * Connects to a host: to the first of its addresses that answers, one after the other.
     *
     * @param host a name or an address
     * @param port the port
     * @param factory makes the protocol
     * @param options how
     * @return what connects
     */
    Connector connectTcp(String host, int port, ClientFactory factory, ConnectOptions options);

    /**
     * Connects to a host, and speaks TLS: the host's certificate must have its name.
     *
     * @param host a name or an address
     * @param port the port
     * @param factory makes the protocol
     * @param context whom to trust
     * @param options how
     * @return what connects
     */
    default Connector connectTls(
            String host, int port, ClientFactory factory, TlsContext context, ConnectOptions options) {
        return connectTcp(host, port, TlsFactory.forClient(factory, context, host), options);
    }

    /**
     * Connects to a Unix socket.
     *
     * @param address a path or an abstract name
     * @param factory makes the protocol
     * @param options how
     * @return what connects
     */
    default Connector connectUnix(SockaddrUn address, ClientFactory factory, ConnectOptions options) {
        return connectStream(address, factory, options);
    }

    /**
     * Connects to one address of any family that has stream sockets.
     *
     * @param address where to
     * @param factory makes the protocol
     * @param options how
     * @return what connects
     */
    Connector connectStream(Sockaddr address, ClientFactory factory, ConnectOptions options);

    /**
     * Looks up the addresses of a host, without holding up the loop.
     *
     * @param host a name or an address
     * @return its addresses, in the order in which to try them, each once, with port 0; an address in text is answered at once. It fails with
     *     {@link dev.hawser.socket.GaiException}, or with {@link ConnectionLost} if the reactor is closed before; it can be cancelled
     */
    default Deferred<List<Sockaddr>> resolve(String host) {
        return resolve(host, Constants.AF_UNSPEC);
    }

    /**
     * Looks up the addresses that a host has in one family: whoever asks for each by itself need not wait for the slower answer.
     *
     * @param host a name or an address
     * @param family AF_INET, AF_INET6, or AF_UNSPEC for both
     * @return its addresses, as those of {@link #resolve(String)}; fails with {@link dev.hawser.socket.GaiException} where it has none
     */
    Deferred<List<Sockaddr>> resolve(String host, int family);

    /**
     * Takes over a descriptor that listens: inherited from systemd, say, or passed by another process.
     *
     * @param fd the number, which the reactor closes from then on
     * @param factory makes the protocols
     * @return the port
     * @throws IOException if it is no stream socket that listens: the descriptor is left open then, as a number that was mistyped is somebody else's; or if the
     *     reactor cannot wait for it, and has closed it
     * @throws IllegalStateException in another thread than the reactor's; the descriptor is left open
     */
    ListeningPort adoptStreamPort(int fd, Factory factory) throws IOException;

    /**
     * What a process needs to hand what listens here to another one, and to take it over.
     *
     * @return the sockets that listen
     */
    default PortPassing portPassing() {
        throw new UnsupportedOperationException("there are no sockets to pass in " + this);
    }

    /**
     * Takes over a descriptor that is connected.
     *
     * @param fd the number, which the reactor closes from then on
     * @param factory makes the protocol
     * @return the connection; its protocol has been told of it
     * @throws IOException if it is no stream socket that is connected: the descriptor is left open then, as a number that was mistyped is somebody else's; or if
     *     the factory makes no protocol, or the reactor cannot wait for it, and has closed it
     * @throws IllegalStateException in another thread than the reactor's; the descriptor is left open
     */
    Transport adoptStreamConnection(int fd, Factory factory) throws IOException;

    /**
     * Calls whenever a descriptor is ready for reading, until {@link #removeReader}: to be called before it is closed. One reader for each, a second one
     * takes its place. A reader that throws is reported and removed.
     *
     * @param file what has the descriptor
     * @param ready what to call; it should read
     * @throws IOException if the kernel refuses: EPERM for a regular file, on epoll
     * @throws IllegalArgumentException if it is closed
     */
    void addReader(HasFileno file, Runnable ready) throws IOException;

    /**
     * Calls whenever a descriptor is ready for writing, until {@link #removeWriter}, as {@link #addReader} does.
     *
     * @param file what has the descriptor
     * @param ready what to call; it should write
     * @throws IOException if the kernel refuses: EPERM for a regular file, on epoll
     * @throws IllegalArgumentException if it is closed
     */
    void addWriter(HasFileno file, Runnable ready) throws IOException;

    /**
     * Ends what {@link #addReader} began; does nothing where there was none.
     *
     * @param file what has the descriptor
     */
    void removeReader(HasFileno file);

    /**
     * Ends what {@link #addWriter} began; does nothing where there was none.
     *
     * @param file what has the descriptor
     */
    void removeWriter(HasFileno file);

    /**
     * Starts a process.
     *
     * @param protocol what talks to it
     * @param options what to start
     * @return the process; its protocol has been told of it
     * @throws IOException if it cannot be started
     */
    ProcessTransport spawnProcess(ProcessProtocol protocol, ProcessOptions options) throws IOException;

    /**
     * Standard input and output of this process as a connection: one at a time.
     *
     * @param protocol what talks on it
     * @return the connection; its protocol has been told of it
     * @throws IOException if they are closed
     */
    Transport standardIo(Protocol protocol) throws IOException;

    /**
     * What it has done, and how late it is. Safe from any thread.
     *
     * @return the figures of this moment
     */
    ReactorMetrics metrics();
}
