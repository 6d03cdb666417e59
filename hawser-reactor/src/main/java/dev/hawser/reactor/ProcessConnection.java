package dev.hawser.reactor;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.socket.Errno;
import dev.hawser.socket.ErrorDetails;
import dev.hawser.socket.PeerCredentials;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.SocketFailedException;
import dev.hawser.socket.SocketOption;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A child process as a connection: to the process it is the protocol, to a {@link Protocol} the transport, which writes to its standard input and reads its
 * standard output.
 *
 * <p>The connection has ended when the process has exited and all that it wrote has come. A process that has exited with 0, or that this side has hung up
 * on, ends it in an orderly way; any other exit is {@link Reason#LOST}, and its message has the status. {@link #loseConnection} closes its
 * standard input when all that was written has gone, and its output a second later; {@link #abortConnection} kills the process.
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits. A process that goes on when its pipes are closed keeps the connection from ending: {@link #abortConnection} does not leave it that choice.
 *
 * <h2>Errors</h2>
 * Once the process has closed its standard input, what is written is dropped; it may still answer. What there is for sockets alone, options and credentials,
 * fails with ENOTSOCK.
 *
 * <p>Source: Twisted's {@code ProcessEndpoint}.
 *
 * {@snippet file="dev/hawser/reactor/ProcessConnectionTest.java" region="process"}
 */
public final class ProcessConnection extends ProcessProtocol implements Transport {

    /** How long a process may go on writing when its standard input has ended. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Reactor reactor;
    private final Protocol first;
    private final ProtocolSlot slot;
    private final StandardErrorBehavior errors;
    private final ErrorLines errorLines = new ErrorLines();
    private final HoldBack holdBack = new HoldBack();

    private boolean producing;
    private boolean paused;
    private boolean settling;
    private boolean outputEnded;
    private boolean closing;
    private boolean writeEnding;
    private boolean lost;

    private @Nullable DelayedCall hangUp;

    /** Why it will have ended, where that is no matter of the exit. */
    private @Nullable ConnectionLost ending;

    /**
     * To be given to {@link Reactor#spawnProcess}.
     *
     * @param reactor starts the process
     * @param protocol is told of what the process writes to its standard output
     * @param errors what becomes of its standard error
     */
    public ProcessConnection(Reactor reactor, Protocol protocol, StandardErrorBehavior errors) {
        this.reactor = Objects.requireNonNull(reactor);
        this.first = Objects.requireNonNull(protocol);
        this.errors = Objects.requireNonNull(errors);
        this.slot = new ProtocolSlot(first, this::mayReceive);
    }

    /** While there is no producer, it is this that the process pauses: its answers make the questions that wait. */
    private final class HoldBack implements PushProducer {

        private boolean held;

        @Override
        public void pauseProducing() {
            held = true;
            settle();
        }

        @Override
        public void resumeProducing() {
            held = false;
            settle();
        }

        @Override
        public void stopProducing() {
            held = false;
        }
    }

    /** The process. */
    private ProcessTransport process() {
        return transport();
    }

    private boolean mayReceive() {
        return !lost && !closing && !paused && ending == null;
    }

    // What the process does.

    @Override
    public void connectionMade() {
        process().registerProducer(holdBack);
        guarded("connectionMade", () -> slot.set(first, this));
    }

    @Override
    public void outReceived(ByteBuffer data) {
        if (mayReceive()) {
            guarded("dataReceived", () -> slot.dataReceived(data));
        }
    }

    @Override
    public void errReceived(ByteBuffer data) {
        if (errors == StandardErrorBehavior.LOG) {
            errorLines.add(process(), data);
        }
    }

    @Override
    public void errConnectionLost() {
        errorLines.flush(process());
    }

    @Override
    public void inConnectionLost() {
        if (closing && ending == null) {
            hangUp = reactor.callLater(PATIENCE, this::hangUp);
        } else if (writeEnding && ending == null) {
            guarded("writeConnectionLost", () -> slot.get().writeConnectionLost());
        }
    }

    @Override
    public void outConnectionLost() {
        outputEnded = true;
        if (!closing && ending == null) {
            guarded("readConnectionLost", () -> slot.get().readConnectionLost());
        }
    }

    @Override
    public void processEnded(ExitStatus status) {
        ConnectionLost because = ending;
        if (because == null) {
            boolean orderly = status.isSuccess() || hungUp(status);
            because = new ConnectionLost(
                    orderly ? Reason.DONE : Reason.LOST,
                    "process " + process().pid() + " has exited with " + status.code(),
                    null);
        }
        end(because);
    }

    /** SIGPIPE is what a process gets whose output this side has closed. */
    private boolean hungUp(ExitStatus status) {
        return closing && status.code() == 128 + Processes.signal("PIPE");
    }

    @Override
    void reactorClosed() {
        end(new ConnectionLost(
                Reason.ABORTED, "the reactor was closed; process " + process().pid() + " lives on", null));
    }

    private void end(ConnectionLost because) {
        if (!lost) {
            lost = true;
            ending = because;
            DelayedCall waiting = hangUp;
            if (waiting != null && waiting.isActive()) {
                waiting.cancel();
            }
            slot.get().connectionLost(because);
        }
    }

    /** What the protocol throws is the process's reason to report, and the connection's to end. */
    private void guarded(String method, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            if (ending == null) {
                ending = new ConnectionLost(Reason.LOST, method + " has thrown " + e, e);
            }
            throw e;
        }
    }

    // What the protocol asks for.

    private boolean mayWrite() {
        return ending == null && (producing || !(closing || writeEnding));
    }

    @Override
    public void write(ByteBuffer data) {
        if (mayWrite()) {
            process().write(data);
        } else {
            data.position(data.limit());
        }
    }

    @Override
    public void write(byte[] data) {
        if (mayWrite()) {
            process().write(data);
        }
    }

    @Override
    public void write(byte[] data, int offset, int length) {
        write(ByteBuffer.wrap(data, offset, length));
    }

    @Override
    public void write(MemorySegment data) {
        write(data.asByteBuffer());
    }

    @Override
    public void writeSequence(List<ByteBuffer> data) {
        data.forEach(this::write);
    }

    /** As what was written: a pipe has nothing better for it. */
    @Override
    public Deferred<Long> sendFile(FileChannel file, long offset, long count) {
        FileCopy copy = new FileCopy(this, file, offset, count);
        registerProducer(copy);
        return copy.sent();
    }

    @Override
    public void registerProducer(Producer producer) {
        if (producing) {
            process().registerProducer(producer); // which says what is wrong
            return;
        }
        if (!mayWrite()) {
            producer.stopProducing();
            return;
        }
        process().unregisterProducer();
        holdBack.held = false;
        producing = true;
        process().registerProducer(producer);
    }

    @Override
    public void unregisterProducer() {
        if (producing) {
            producing = false;
            process().unregisterProducer();
            if (mayWrite()) {
                process().registerProducer(holdBack);
            }
        }
    }

    /** Its standard input has its end when all that was written has gone. */
    private void endInput() {
        if (!producing) {
            process().unregisterProducer();
            holdBack.held = false;
        }
    }

    /** What the process writes until then is read and dropped: it may have to be rid of that before it can read all that was written to it. */
    @Override
    public void loseConnection() {
        boolean first = !closing;
        closing = true;
        if (first && !lost && ending == null) {
            endInput();
            process().closeStdin();
            process().resumeProducing();
        }
    }

    /** Where its output has ended, the last that it has to say on its standard error may be on its way. */
    private void hangUp() {
        if (!outputEnded && !lost) {
            process().loseConnection();
        }
    }

    @Override
    public void loseWriteConnection() {
        if (!writeEnding && !closing && !lost) {
            writeEnding = true;
            endInput();
            process().closeStdin();
            settle();
        }
    }

    @Override
    public void abortConnection() {
        if (ending == null) {
            ending = new ConnectionLost(Reason.ABORTED, "abortConnection() was called", null);
            kill();
            process().loseConnection();
        }
    }

    private void kill() {
        try {
            process().signalProcess("KILL");
        } catch (IllegalStateException exited) {
            // That is what was wanted.
        }
    }

    @Override
    public void pauseProducing() {
        paused = true;
        settle();
    }

    @Override
    public void resumeProducing() {
        paused = false;
        settle();
    }

    @Override
    public void stopProducing() {
        loseConnection();
    }

    /** A pause is at once. To go on is for the next turn: what another protocol has left comes before what the process writes then. */
    private void settle() {
        if (closing) {
            return; // nothing is told any more
        }
        if (paused || holdBack.held) {
            process().pauseProducing();
        } else if (!settling) {
            settling = true;
            reactor.callFromThread(this::goOn);
        }
    }

    private void goOn() {
        settling = false;
        if (lost || ending != null || closing) {
            return;
        }
        try {
            guarded("dataReceived", slot::tellRest);
        } finally {
            if (ending != null) {
                process().loseConnection();
            }
        }
        if (!paused && !holdBack.held && !closing) {
            process().resumeProducing();
        }
    }

    @Override
    public boolean isConnected() {
        return !lost && !closing && ending == null;
    }

    @Override
    public @Nullable Sockaddr getPeer() {
        return null;
    }

    @Override
    public Sockaddr getHost() {
        return SockaddrUn.UNNAMED;
    }

    @Override
    public PeerCredentials getPeerCredentials() throws IOException {
        throw noSocket("getPeerCredentials");
    }

    @Override
    public <T> void setSockOpt(SocketOption<T> option, T value) throws IOException {
        throw noSocket("setSockOpt");
    }

    @Override
    public <T> T getSockOpt(SocketOption<T> option) throws IOException {
        throw noSocket("getSockOpt");
    }

    private IOException noSocket(String operation) {
        return new SocketFailedException(new ErrorDetails(
                operation, "process " + process().pid(), null, null, null, Errno.ENOTSOCK, "ENOTSOCK: no socket"));
    }

    @Override
    public void setWriteLimits(WriteLimits limits) {
        process().setWriteLimits(limits);
    }

    @Override
    public long bufferedBytes() {
        return process().bufferedBytes();
    }

    @Override
    public Reactor reactor() {
        return reactor;
    }

    @Override
    public void moveTo(Reactor other) {
        throw new IllegalStateException("a process stays with the reactor that has started it");
    }

    @Override
    public Protocol protocol() {
        return slot.get();
    }

    @Override
    public void setProtocol(Protocol next) {
        if (lost) {
            throw new IllegalStateException("the connection has ended: it takes no other protocol");
        }
        guarded("connectionMade", () -> slot.set(next, this));
        if (slot.hasRest()) {
            settle();
        }
    }

    @Override
    public @Nullable TlsTransport tls() {
        return slot.get() instanceof TlsTransport layer ? layer : null;
    }

    @Override
    public String toString() {
        return slot.get().getClass().getSimpleName() + " with process "
                + process().pid();
    }
}
