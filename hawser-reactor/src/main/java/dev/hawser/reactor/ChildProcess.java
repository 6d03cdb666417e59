package dev.hawser.reactor;

import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A child process in a loop. */
final class ChildProcess implements ProcessTransport, WriteFlow.Owner, Closeable {

    private final LoopReactor reactor;
    private final ProcessProtocol protocol;
    private final PipeWriter input;
    private final PipeReader output;
    private final PipeReader errors;
    private final WriteFlow flow = new WriteFlow(this);
    private WriteLimits limits = WriteLimits.DEFAULT;

    private @Nullable Process process;
    private @Nullable ExitStatus status;
    private boolean dirty;
    private boolean inputEnding;
    private boolean inputTold;
    private boolean outputTold;
    private boolean errorsTold;
    private boolean ended;

    /** Takes over its ends of the pipes. */
    ChildProcess(LoopReactor reactor, ProcessProtocol protocol, PipeEnd input, PipeEnd output, PipeEnd errors)
            throws IOException {
        this.reactor = reactor;
        this.protocol = Objects.requireNonNull(protocol);
        this.input = new PipeWriter(reactor, input, true, new InputSink());
        this.output = new PipeReader(reactor, output, new OutputSink());
        this.errors = new PipeReader(reactor, errors, new ErrorsSink());
    }

    /** The process runs. */
    void begin(Process started) throws IOException {
        process = started;
        try {
            reactor.own(this);
            input.start();
            output.setReading(true);
            errors.setReading(true);
        } catch (IOException | RuntimeException | Error e) {
            started.destroyForcibly();
            reactor.disown(this);
            input.close();
            output.close();
            errors.close();
            throw e;
        }
        call("connectionMade", () -> protocol.makeConnection(this));
        var _ = started.onExit().thenAccept(this::exitedElsewhere);
    }

    private void exitedElsewhere(Process exited) {
        try {
            reactor.callFromThread(() -> exited(new ExitStatus(exited.exitValue())));
        } catch (IllegalStateException closed) {
            // The reactor is closed: there is nobody to be told.
        }
    }

    private void exited(ExitStatus exit) {
        if (ended) {
            return; // the reactor is being closed, and has ended this
        }
        status = exit;
        call("processExited", () -> protocol.processExited(exit));
        endIfDone();
    }

    private void endIfDone() {
        ExitStatus exit = status;
        if (ended || exit == null || !outputTold || !errorsTold) {
            return;
        }
        loseInput();
        ended = true;
        reactor.disown(this);
        call("processEnded", () -> protocol.processEnded(exit));
    }

    /** What a method throws costs the process its pipes, and nobody else anything. */
    private void call(String method, Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            failed(method, e);
        }
    }

    @Override
    public void failed(String what, Throwable thrown) {
        reactor.report(
                protocol.getClass().getName() + "." + what + " has thrown; process " + pid() + " loses its pipes",
                thrown);
        closePipesLater();
    }

    // Its standard input.

    private final class InputSink implements PipeWriter.Sink {

        @Override
        public void flushed() {
            advance();
        }

        @Override
        public void broken(IOException error) {
            loseInput();
        }
    }

    /** At the end of the event. */
    @Override
    public void flushLater() {
        if (!dirty && !inputTold) {
            dirty = true;
            reactor.afterEvent(this::flush);
        }
    }

    private void flush() {
        dirty = false;
        try {
            input.flush();
            advance();
        } catch (IOException e) {
            loseInput(); // it reads no more
        }
    }

    private void advance() {
        if (bufferedBytes() <= limits.lowWaterBytes()) {
            flow.roomAgain(isFlushed());
        }
        if (inputEnding && isFlushed() && !flow.isProducing()) {
            loseInput();
        }
    }

    @Override
    public boolean isFlushed() {
        return input.queue().isEmpty();
    }

    @Override
    public LoopReactor loop() {
        return reactor;
    }

    private void loseInput() {
        if (!inputTold) {
            inputTold = true;
            input.close();
            flow.stop(reactor);
            call("inConnectionLost", protocol::inConnectionLost);
        }
    }

    private boolean takesInput(int bytes) {
        reactor.requireThread();
        if (inputTold || input.isClosed() || (inputEnding && !flow.isProducing())) {
            return false;
        }
        if (bufferedBytes() + bytes > limits.maxBytes()) {
            reactor.report(
                    "process " + pid() + " does not read; its standard input is closed",
                    new IOException(bufferedBytes() + bytes + " bytes would wait for it, and the limit is "
                            + limits.maxBytes()));
            inputEnding = true;
            input.close();
            reactor.afterEvent(this::loseInput);
            return false;
        }
        return true;
    }

    @Override
    public void write(ByteBuffer data) {
        if (takesInput(data.remaining())) {
            input.queue().add(data);
            written();
        } else {
            data.position(data.limit());
        }
    }

    @Override
    public void write(byte[] data) {
        if (takesInput(data.length)) {
            input.queue().add(data, 0, data.length);
            written();
        }
    }

    private void written() {
        flushLater();
        flow.written(bufferedBytes(), limits);
    }

    @Override
    public void setWriteLimits(WriteLimits changed) {
        reactor.requireThread();
        limits = Objects.requireNonNull(changed);
        flushLater();
    }

    @Override
    public long bufferedBytes() {
        return input.queue().size();
    }

    @Override
    public void registerProducer(Producer producer) {
        reactor.requireThread();
        if (flow.isProducing()) {
            throw new IllegalStateException("there is a producer already, " + flow + ": unregister it first");
        }
        if (inputTold || inputEnding) {
            producer.stopProducing();
            return;
        }
        flow.register(producer, bufferedBytes(), limits);
        flushLater();
    }

    @Override
    public void unregisterProducer() {
        reactor.requireThread();
        flow.unregister();
        flushLater();
    }

    @Override
    public void closeStdin() {
        reactor.requireThread();
        inputEnding = true;
        flushLater();
    }

    // Its output.

    private final class OutputSink implements PipeReader.Sink {

        @Override
        public void received(ByteBuffer data) {
            call("outReceived", () -> protocol.outReceived(data));
        }

        @Override
        public void ended(@Nullable IOException error) {
            loseOutput();
        }
    }

    private final class ErrorsSink implements PipeReader.Sink {

        @Override
        public void received(ByteBuffer data) {
            call("errReceived", () -> protocol.errReceived(data));
        }

        @Override
        public void ended(@Nullable IOException error) {
            loseErrors();
        }
    }

    private void loseOutput() {
        if (!outputTold) {
            outputTold = true;
            output.close();
            call("outConnectionLost", protocol::outConnectionLost);
            endIfDone();
        }
    }

    private void loseErrors() {
        if (!errorsTold) {
            errorsTold = true;
            errors.close();
            call("errConnectionLost", protocol::errConnectionLost);
            endIfDone();
        }
    }

    @Override
    public void pauseProducing() {
        setReading(false);
    }

    @Override
    public void resumeProducing() {
        setReading(true);
    }

    private void setReading(boolean reading) {
        reactor.requireThread();
        try {
            output.setReading(reading);
            errors.setReading(reading);
        } catch (IOException e) {
            reactor.report("process " + pid() + " cannot be listened to any more; it loses its pipes", e);
            closePipesLater();
        }
    }

    @Override
    public void stopProducing() {
        loseConnection();
    }

    // The process.

    @Override
    public void loseConnection() {
        closeStdin();
        output.close();
        errors.close();
        reactor.afterEvent(this::losePipes);
    }

    private void losePipes() {
        loseOutput();
        loseErrors();
    }

    private void closePipesLater() {
        input.close();
        output.close();
        errors.close();
        reactor.afterEvent(this::loseAll);
    }

    private void loseAll() {
        loseInput();
        losePipes();
    }

    /** The reactor is closed: of an exit that comes now, it may hear or not, so that nobody is told. */
    @Override
    public void close() {
        loseAll();
        if (!ended) {
            ended = true;
            call("reactorClosed", protocol::reactorClosed);
        }
    }

    @Override
    public void signalProcess(String signal) {
        reactor.requireThread();
        int number = Processes.signal(signal);
        Process running = requireProcess();
        if (status != null || !running.isAlive()) {
            throw new IllegalStateException("process " + running.pid() + " has exited");
        }
        int result = SystemCalls.installed().kill((int) running.pid(), number);
        if (result < 0) {
            throw new IllegalStateException(
                    "process " + running.pid() + " takes no signal " + signal + ": " + Errno.describe(-result));
        }
    }

    @Override
    public long pid() {
        return requireProcess().pid();
    }

    private Process requireProcess() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("the process was not started");
        }
        return running;
    }

    @Override
    public String toString() {
        return protocol.getClass().getSimpleName() + " with process " + pid();
    }
}
