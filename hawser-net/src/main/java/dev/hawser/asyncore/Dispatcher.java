package dev.hawser.asyncore;

import dev.hawser.socket.Accepted;
import dev.hawser.socket.Constants;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.SocketOptions;
import dev.hawser.socket.WouldBlockException;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A socket with handlers, which an {@link AsyncLoop} calls when there is something to do: a connection, a listener, or a
 * socket for datagrams. Extend it, and override the handlers that matter.
 *
 * <table>
 *   <caption>When a handler is called</caption>
 *   <tr><th>handler</th><th>when</th></tr>
 *   <tr><td>{@link #handleConnect}</td><td>a connect has come about</td></tr>
 *   <tr><td>{@link #handleRead}</td><td>a read would not wait: bytes, the end of the stream, or an error</td></tr>
 *   <tr><td>{@link #handleWrite}</td><td>a write would not wait</td></tr>
 *   <tr><td>{@link #handleExpt}</td><td>there is urgent data</td></tr>
 *   <tr><td>{@link #handleClose}</td><td>the connection has ended: found by {@code recv} and {@code send}, or thrown by a
 *       handler</td></tr>
 *   <tr><td>{@link #handleAccept}, {@link #handleAccepted}</td><td>a listener has a connection</td></tr>
 *   <tr><td>{@link #handleError}</td><td>a handler has thrown something else</td></tr>
 * </table>
 *
 * <p>{@link #readable} and {@link #writable} are asked in each turn, and say which of these the dispatcher wants: a {@code writable} that
 * is always true, as the one here, makes the loop turn without a rest while the peer reads. What comes before
 * {@code connect} or {@code listen} on a stream is told to nobody, as there is nothing to tell.
 *
 * <p>A handler that nobody overrides logs that nobody did, at DEBUG, which the JDK's logging does not show unless told to;
 * CPython's default is silence, too. What a handler throws is logged at ERROR with its stack. The logger is
 * {@code dev.hawser.asyncore}.
 *
 * <h2>Threading</h2>
 * A dispatcher belongs to the thread that runs its loop, see {@link AsyncLoop}; a call from another one is an
 * {@link IllegalStateException}. {@link #close} is safe from any thread, and so are {@link #state} and {@link #fileno}. The constructors
 * call no handler, so that those of a subclass are called after its own constructor.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits: the socket's timeout is set to zero. There are no timers.
 *
 * <h2>Errors</h2>
 * The calls throw the {@link SocketError}s of the socket, but where the connection has ended: ECONNRESET, ENOTCONN, ESHUTDOWN,
 * ECONNABORTED, EPIPE and EBADF make {@code recv} and {@code send} call {@link #handleClose} instead. What a handler throws goes
 * to {@code handleError}, or to {@code handleClose} where it is one of these, and never to the loop or to another
 * dispatcher; {@link ExitNow} alone passes. That holds for an {@link Error} too, such as an OutOfMemoryError that one connection
 * has brought about.
 *
 * <p>Source: {@code asyncore.dispatcher}.
 *
 * {@snippet file="dev/hawser/asyncore/AsyncoreSnippetsTest.java" region="echo"}
 */
public class Dispatcher implements HasFileno, Closeable {

    /** What a dispatcher is doing. */
    public enum State {
        /** There is no socket yet, or it neither connects nor listens yet. */
        NEW,
        /** A socket without a connection, and that needs none: for datagrams. Also one whose peer was gone when it was given. */
        OPEN,
        /** A connect has begun. */
        CONNECTING,
        /** There is a connection. */
        CONNECTED,
        /** It accepts connections. */
        LISTENING,
        /** It was closed. A new socket may be made. */
        CLOSED
    }

    static final Logger LOG = System.getLogger("dev.hawser.asyncore");

    /** How many connections a listener takes in a turn, so that a crowd does not keep the others waiting. */
    private static final int MAX_ACCEPTS = 64;

    private static final int MAX_RECV_BYTES = 64 * 1024;

    private final AsyncLoop loop;
    private final AtomicReference<@Nullable Registration> registration = new AtomicReference<>();
    private final ListenerRest rest = new ListenerRest();
    private volatile State state = State.NEW;
    private volatile @Nullable Channel channel;
    private volatile @Nullable Sockaddr address;

    /**
     * A dispatcher without a socket: make one with {@link #createSocket}.
     *
     * @param loop the loop to belong to
     */
    public Dispatcher(AsyncLoop loop) {
        this.loop = loop;
    }

    /**
     * A dispatcher of a socket that is there: one that was accepted, or a listener from somewhere else.
     *
     * @param loop the loop to belong to
     * @param socket the socket; the dispatcher takes charge of it, and sets its timeout to zero
     * @throws IllegalArgumentException if the socket is closed, or has a dispatcher in this loop
     * @throws IOException if the kernel does not tell whether it is connected; the socket is the caller's still
     */
    @SuppressWarnings("this-escape") // the loop calls a handler in its next turn, which this thread or a later one runs
    public Dispatcher(AsyncLoop loop, Socket socket) throws IOException {
        this.loop = loop;
        if (socket.isClosed()) {
            throw new IllegalArgumentException("the socket is closed: " + socket);
        }
        Sockaddr peer = SocketChannel.peerOf(socket);
        State found = peer == null ? SocketChannel.stateWithoutPeer(socket) : State.CONNECTED;
        open(new SocketChannel(socket), found);
        address = peer;
    }

    /**
     * The loop that the dispatcher belongs to.
     *
     * @return the loop
     */
    public final AsyncLoop loop() {
        return loop;
    }

    /**
     * What the dispatcher is doing.
     *
     * @return the state
     */
    public final State state() {
        // The thread of the loop may note what it has found out just after another one has closed the socket.
        return channel != null && registration.get() == null ? State.CLOSED : state;
    }

    /**
     * The socket, for what the dispatcher has no method for.
     *
     * @return the socket; after {@link #close} the one that was closed
     * @throws IllegalStateException if there is none: before {@link #createSocket}, and of a file
     */
    public final Socket socket() {
        Channel current = channel;
        if (current instanceof SocketChannel(Socket socket)) {
            return socket;
        }
        throw new IllegalStateException(
                current == null ? "there is no socket yet: call createSocket first" : "this is a file, not a socket");
    }

    /**
     * Whom the dispatcher is about.
     *
     * @return the peer's address, or that of a listener; null where there is none
     */
    public final @Nullable Sockaddr address() {
        return address;
    }

    /**
     * The number of the descriptor.
     *
     * @return the number, or -1 where there is none, or it is closed
     */
    @Override
    public final int fileno() {
        Registration current = registration.get();
        return current == null ? -1 : current.channel().fileno();
    }

    /**
     * Makes a TCP socket for IPv4.
     *
     * @throws IOException if the kernel refuses
     */
    public final void createSocket() throws IOException {
        createSocket(Constants.AF_INET, Constants.SOCK_STREAM);
    }

    /**
     * Makes a socket.
     *
     * @param family an AF_* number
     * @param type a SOCK_* number
     * @throws IllegalStateException if there is an open one
     * @throws IOException if the kernel refuses: EAFNOSUPPORT, EMFILE, ...
     */
    public void createSocket(int family, int type) throws IOException {
        checkNothingOpen();
        SocketChannel made = new SocketChannel(new Socket(family, type));
        try {
            open(made, made.isConnectionOriented() ? State.NEW : State.OPEN);
        } catch (RuntimeException e) {
            made.close();
            throw e;
        }
    }

    /**
     * Lets {@link #bind} take an address that connections of an earlier listener still have: SO_REUSEADDR.
     *
     * @throws IOException if the kernel refuses
     */
    public void setReuseAddr() throws IOException {
        loop.checkThread();
        socket().setSockOpt(SocketOptions.SO_REUSEADDR, true);
    }

    /**
     * Gives the socket an address.
     *
     * @param local the address; port 0 lets the kernel choose, see {@link #address}
     * @throws IOException if the kernel refuses: EADDRINUSE, EACCES, ...
     */
    public void bind(Sockaddr local) throws IOException {
        loop.checkThread();
        socket().bind(local);
        address = socket().getSockName();
    }

    /**
     * Listens for connections.
     *
     * @param backlog how many may wait to be accepted
     * @throws IOException if the kernel refuses
     */
    public void listen(int backlog) throws IOException {
        loop.checkThread();
        socket().listen(backlog);
        state = State.LISTENING;
    }

    /**
     * Begins to connect. Where that takes time, {@link #handleConnect} is called in a later turn, or {@link #handleError} with
     * the reason; where it does not, as on a Unix socket, {@code handleConnect} is called in here.
     *
     * @param peer the peer
     * @throws WouldBlockException with EAGAIN, if no connect has begun: the backlog of a Unix listener is full, or there is no free
     *     port; try again later
     * @throws IOException if the kernel refuses at once
     */
    public void connect(Sockaddr peer) throws IOException {
        loop.checkThread();
        boolean ended = SocketChannel.beginConnect(socket(), peer);
        state = State.CONNECTING;
        address = peer;
        if (ended) {
            settleConnect();
        }
    }

    /** Finds out how a connect went that has begun. False while it goes on. */
    final boolean settleConnect() throws IOException {
        if (state() != State.CONNECTING) {
            return true;
        }
        State next = State.NEW;
        try {
            next = socket().finishConnect() ? State.CONNECTED : State.CONNECTING;
        } finally {
            state = next;
        }
        if (next == State.CONNECTED) {
            handleConnect();
        }
        return next == State.CONNECTED;
    }

    /**
     * Takes a connection. Where descriptors or memory are short, that is logged, and the listener rests for a tenth of a
     * second: the peers wait in the backlog meanwhile.
     *
     * @return the connection, or null where there is none to be had now
     * @throws IOException if the kernel refuses: EINVAL where the socket does not listen
     */
    public @Nullable Accepted accept() throws IOException {
        loop.checkThread();
        return rest.accept(this);
    }

    /**
     * Receives bytes. Once for each {@link #handleRead} is enough: what is left is told in the next turn.
     *
     * @param maxBytes the most bytes to receive; 64 KiB are the most for a call
     * @return what has come; nothing where nothing has, or where the connection has ended: {@link #handleClose} was called then
     * @throws IOException if the call failed
     */
    public final byte[] recv(int maxBytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.min(maxBytes, MAX_RECV_BYTES));
        int count = recvInto(buffer);
        return count == buffer.capacity() ? buffer.array() : Arrays.copyOf(buffer.array(), Math.max(0, count));
    }

    /**
     * Receives bytes into the rest of a buffer, and moves its position on.
     *
     * @param buffer where to put them
     * @return how many have come; 0 where nothing has; -1 where the connection has ended: {@link #handleClose} was called then
     * @throws IOException if the call failed
     */
    public int recvInto(ByteBuffer buffer) throws IOException {
        Channel current = channelInUse();
        if (current == null) {
            return Channel.END;
        }
        try {
            int count = current.receive(buffer);
            if (count != Channel.END) {
                return Math.max(0, count);
            }
        } catch (IOException e) {
            if (!Disconnections.isOne(e)) {
                throw e;
            }
        }
        handleClose();
        return Channel.END;
    }

    /**
     * Sends bytes, as {@link #send(ByteBuffer)} does.
     *
     * @param data what to send
     * @return how many bytes were taken
     * @throws IOException if the call failed
     */
    public final int send(byte[] data) throws IOException {
        return send(ByteBuffer.wrap(data));
    }

    /**
     * Sends the rest of a buffer, and moves its position on by what was taken.
     *
     * @param data what to send
     * @return how many bytes were taken; 0 where it would have to wait, and where the connection has ended: {@link
     *     #handleClose} was called then
     * @throws IOException if the call failed
     */
    public int send(ByteBuffer data) throws IOException {
        Channel current = channelInUse();
        if (current == null) {
            return 0;
        }
        try {
            return Math.max(0, current.send(data));
        } catch (IOException e) {
            if (!Disconnections.isOne(e)) {
                throw e;
            }
        }
        handleClose();
        return 0;
    }

    /**
     * Closes the socket, and leaves the loop; no handler is called. Safe from any thread; closing twice does nothing.
     *
     * @throws IOException if the kernel reports an error; the socket is closed all the same
     */
    @Override
    public void close() throws IOException {
        release();
    }

    /** Closes the dispatcher with what a subclass holds, and the socket also where its {@link #close} fails or has other plans. */
    final void abandon() throws IOException {
        try (Closeable _ = this::release) {
            close();
        }
    }

    /** Closes the socket, whatever a subclass makes of {@link #close}. */
    final void release() throws IOException {
        Registration ended = registration.getAndSet(null);
        state = State.CLOSED;
        if (ended != null) {
            try (Channel _ = ended.channel()) {
                loop.remove(ended);
            }
        }
    }

    /**
     * Whether the dispatcher wants to read, or to accept. It is asked in each turn, and must be quick.
     *
     * @return true, unless overridden
     */
    protected boolean readable() {
        return true;
    }

    /**
     * Whether the dispatcher wants to write, or waits for a connect. It is asked in each turn, and must be quick.
     *
     * @return true, unless overridden
     */
    protected boolean writable() {
        return true;
    }

    /**
     * A read would not wait: call {@link #recv}, which finds out whether bytes have come or the end.
     *
     * @throws IOException goes to {@link #handleError} or {@link #handleClose}
     */
    protected void handleRead() throws IOException {
        log(Level.DEBUG, "unhandled read event", null);
    }

    /**
     * A write would not wait.
     *
     * @throws IOException goes to {@link #handleError} or {@link #handleClose}
     */
    protected void handleWrite() throws IOException {
        log(Level.DEBUG, "unhandled write event", null);
    }

    /**
     * There is urgent data: receive it from the {@link #socket} with MSG_OOB, or the next turn tells of it again, without a rest.
     * Unless overridden, it is dropped.
     *
     * @throws IOException goes to {@link #handleError} or {@link #handleClose}
     */
    protected void handleExpt() throws IOException {
        log(Level.DEBUG, "unhandled incoming priority event", null);
        Registration current = registration.get();
        if (current != null) {
            current.channel().dropUrgent();
        }
    }

    /**
     * A connect has come about; the state is CONNECTED.
     *
     * @throws IOException goes to {@link #handleError} or {@link #handleClose}
     */
    protected void handleConnect() throws IOException {
        log(Level.DEBUG, "unhandled connect event", null);
    }

    /**
     * The connection has ended. Unless overridden, it closes the socket; an override must close it too.
     *
     * @throws IOException goes to {@link #handleError}
     */
    protected void handleClose() throws IOException {
        log(Level.DEBUG, "unhandled close event", null);
        close();
    }

    /**
     * A listener has connections. Unless overridden, it accepts some, and hands each to {@link #handleAccepted}; one whose handler throws
     * is closed. What says no more than that this connection has ended goes no further, as the listener has not.
     *
     * @throws IOException goes to {@link #handleError} or {@link #handleClose}
     */
    protected void handleAccept() throws IOException {
        for (int taken = 0; taken < MAX_ACCEPTS && state() == State.LISTENING; taken++) {
            Accepted accepted = accept();
            if (accepted == null) {
                return;
            }
            handOver(accepted);
        }
    }

    private void handOver(Accepted accepted) throws IOException {
        Socket socket = accepted.socket();
        try {
            handleAccepted(socket, SocketChannel.peer(accepted));
        } catch (Throwable e) {
            loop.drop(socket, e);
            if (!Disconnections.isOne(e)) {
                throw e;
            }
            log(Level.DEBUG, "a connection has ended before it was taken", e);
        }
    }

    /**
     * A listener has accepted a connection: make a dispatcher of it. Unless overridden, it closes it.
     *
     * @param socket the connection, from here on the handler's
     * @param peer the peer's address
     * @throws IOException goes to {@link #handleError} of the listener, but for the end of the connection
     */
    protected void handleAccepted(Socket socket, Sockaddr peer) throws IOException {
        socket.close();
        log(Level.DEBUG, "unhandled accepted event", null);
    }

    /**
     * A handler has thrown. Unless overridden, it logs that, calls {@link #handleClose}, and sees to it that the socket is
     * closed then. What an override throws closes the socket too.
     *
     * @param error what was thrown
     * @throws IOException is logged, and the socket closed
     */
    protected void handleError(Throwable error) throws IOException {
        log(Level.ERROR, "uncaught in a handler, closing " + describe(this), error);
        Registration failed = registration.get();
        try (Closeable _ = () -> abandon(failed)) {
            handleClose();
        }
    }

    private void abandon(@Nullable Registration failed) throws IOException {
        if (failed != null && failed.isCurrent()) {
            abandon();
        }
    }

    /**
     * Where everything goes that a dispatcher has to say: override it to log elsewhere.
     *
     * @param level DEBUG for an event without a handler, WARNING where a listener must rest, ERROR for what a handler has thrown
     * @param message what has happened
     * @param error what was thrown, or null
     */
    protected void log(Level level, String message, @Nullable Throwable error) {
        LOG.log(level, message, error);
    }

    /** The class, what it is doing, and with whom. */
    @Override
    public String toString() {
        Sockaddr about = address;
        return getClass().getSimpleName() + "[" + state.name().toLowerCase(Locale.ROOT)
                + (about == null ? "" : " " + about) + "]";
    }

    /** As {@link #toString}, which a subclass may have broken. */
    static String describe(Dispatcher dispatcher) {
        try {
            return dispatcher.toString();
        } catch (RuntimeException | Error e) {
            return dispatcher.getClass().getName() + " (its toString failed: " + e + ")";
        }
    }

    /** Takes charge of a channel. */
    final void open(Channel opened, State initial) {
        checkNothingOpen();
        Registration lost = registration.getAndSet(null);
        if (lost != null) {
            loop.remove(lost);
        }
        registration.set(loop.add(this, opened));
        channel = opened;
        state = initial;
    }

    private void checkNothingOpen() {
        loop.checkThread();
        Registration current = registration.get();
        if (current != null && !current.isLost()) {
            throw new IllegalStateException("close the dispatcher before it gets another socket: " + describe(this));
        }
    }

    final @Nullable Registration registration() {
        return registration.get();
    }

    final boolean has(Socket socket) {
        Registration current = registration.get();
        return current != null && current.isOf(socket);
    }

    /** For how long a listener that could not accept is to be left alone. */
    final long restNanos() {
        return rest.leftNanos();
    }

    /** The channel to move bytes through; null where it is closed. */
    private @Nullable Channel channelInUse() {
        loop.checkThread();
        Registration current = registration.get();
        if (current == null && channel == null) {
            throw new IllegalStateException("there is no socket yet: call createSocket first");
        }
        return current == null ? null : current.channel();
    }
}
