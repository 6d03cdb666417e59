package dev.hawser.reactor;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.select.Selector;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Errno;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.Socket;
import dev.hawser.socket.WouldBlockException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect: looks the host up, and tries its addresses one after the other, all within one time. It tells one of two, once, and
 * never before {@link #begin} has returned; neither after {@link #stop}.
 */
final class ConnectAttempt implements Closeable {

    /** A Unix listener whose queue is full does not tell when there is room. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final LoopReactor loop;
    private final StreamConnector.Destination destination;
    private final ConnectOptions options;
    private final BiConsumer<Socket, Sockaddr> connected;
    private final Consumer<IOException> failed;
    private final ArrayDeque<Sockaddr> untried = new ArrayDeque<>();
    private @Nullable IOException lastFailure;
    private @Nullable Deferred<List<Sockaddr>> lookUp;
    private @Nullable DelayedCall timeout;
    private @Nullable DelayedCall pause;
    private @Nullable Socket socket;
    private Backend.@Nullable WatchOperation watch;
    private boolean ended;

    ConnectAttempt(
            LoopReactor loop,
            StreamConnector.Destination destination,
            ConnectOptions options,
            BiConsumer<Socket, Sockaddr> connected,
            Consumer<IOException> failed) {
        this.loop = loop;
        this.destination = destination;
        this.options = options;
        this.connected = connected;
        this.failed = failed;
    }

    void begin() {
        loop.own(this);
        timeout = loop.callLater(options.timeout(), this::timedOut);
        Sockaddr address = destination.address();
        if (address != null) {
            loop.callFromThread(() -> addressesFound(List.of(address)));
        } else {
            Deferred<List<Sockaddr>> found = loop.resolve(destination.host());
            lookUp = found;
            // Behind what connect() still has to do: an address that needs no look-up is there at once.
            found.finish(
                    addresses -> loop.callFromThread(() -> addressesFound(addresses)),
                    failure -> loop.callFromThread(() -> fail(asIo(failure))));
        }
    }

    private static IOException asIo(Throwable failure) {
        return failure instanceof IOException io ? io : new IOException("the look-up has failed: " + failure, failure);
    }

    private void addressesFound(List<Sockaddr> found) {
        if (ended) {
            return;
        }
        Sockaddr source = options.bindAddress();
        for (Sockaddr each : found) {
            if (source == null || source.family() == each.family()) {
                untried.add(each.equals(destination.address()) ? each : withPort(each));
            }
        }
        if (untried.isEmpty()) {
            lastFailure = new IOException("connect " + destination + ": it has no address of the family of " + source);
        }
        tryNext();
    }

    private Sockaddr withPort(Sockaddr address) {
        return switch (address) {
            case SockaddrIn four -> new SockaddrIn(four.address(), destination.port());
            case SockaddrIn6 six ->
                new SockaddrIn6(six.high(), six.low(), destination.port(), six.flowInfo(), six.scopeId());
            default -> address;
        };
    }

    private void tryNext() {
        Sockaddr next = untried.peek();
        while (!ended && next != null) {
            try {
                tryAddress(next);
                return;
            } catch (IOException | RuntimeException e) {
                addressFailed(asIo(e));
                next = untried.peek();
            }
        }
        IOException failure = lastFailure;
        if (!ended && failure != null) {
            fail(failure);
        }
    }

    private void addressFailed(IOException failure) {
        IOException before = lastFailure;
        if (before != null) {
            failure.addSuppressed(before);
        }
        lastFailure = failure;
        untried.poll();
        closeSocket();
    }

    private void tryAddress(Sockaddr address) throws IOException {
        Socket made = new Socket(address.family(), Constants.SOCK_STREAM);
        socket = made;
        made.setBlocking(false);
        Sockaddr source = options.bindAddress();
        if (source != null) {
            made.bind(source);
        }
        try {
            made.connect(address);
        } catch (WouldBlockException e) {
            goOnLater(made, e.errno());
            return;
        }
        succeed(made, address);
    }

    private void goOnLater(Socket made, int errno) throws IOException {
        if (errno == Errno.EAGAIN) {
            closeSocket();
            pause = loop.callLater(PAUSE, this::tryNext);
            return;
        }
        Backend.WatchOperation begun = loop.backend().watch(made, events -> writable(made));
        watch = begun;
        begun.setEvents(Selector.EVENT_WRITE);
    }

    private void writable(Socket made) {
        if (ended || socket != made) {
            return;
        }
        try {
            if (made.finishConnect()) {
                succeed(made, untried.getFirst());
            }
        } catch (IOException e) {
            addressFailed(e);
            tryNext();
        }
    }

    private void succeed(Socket made, Sockaddr peer) {
        socket = null;
        end();
        connected.accept(made, peer);
    }

    private void timedOut() {
        ConnectionLost late = new ConnectionLost(
                ConnectionLost.Reason.TIMED_OUT,
                "connect " + destination + ": timed out after " + options.timeout() + ", "
                        + (untried.isEmpty() ? "while its address was looked up" : "at " + untried.getFirst()),
                lastFailure);
        fail(late);
    }

    private void fail(IOException failure) {
        if (!ended) {
            end();
            failed.accept(failure);
        }
    }

    /** Gives up, and tells nobody. */
    void stop() {
        end();
    }

    /** The reactor is closed. */
    @Override
    public void close() {
        fail(new ConnectionLost(
                ConnectionLost.Reason.ABORTED, "connect " + destination + ": the reactor was closed", null));
    }

    private void end() {
        ended = true;
        loop.disown(this);
        cancel(timeout);
        cancel(pause);
        Deferred<List<Sockaddr>> going = lookUp;
        if (going != null && !going.isCalled()) {
            going.cancel();
        }
        closeSocket();
    }

    private static void cancel(@Nullable DelayedCall call) {
        if (call != null && call.isActive()) {
            call.cancel();
        }
    }

    private void closeSocket() {
        Backend.WatchOperation watching = watch;
        if (watching != null) {
            watch = null;
            watching.close();
        }
        Socket made = socket;
        if (made != null) {
            socket = null;
            try {
                made.close();
            } catch (IOException e) {
                loop.report("cannot be closed: " + made, e);
            }
        }
    }
}
