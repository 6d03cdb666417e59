package dev.hawser.reactor;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.DatagramQueue.Sending;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.select.Selector;
import dev.hawser.socket.DatagramBatch;
import dev.hawser.socket.Errno;
import dev.hawser.socket.ErrorDetails;
import dev.hawser.socket.Multicast;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.SocketOption;
import dev.hawser.socket.WouldBlockException;
import dev.hawser.unix.UnixPath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A datagram socket in a loop. */
final class DatagramPort implements DatagramTransport, Closeable {

    private static final Duration LONGEST_END = Duration.ofSeconds(5);
    private static final Duration REST = Duration.ofMillis(100);
    private static final int FIRST_DELAY_MILLIS = 1;
    private static final int LONGEST_DELAY_MILLIS = 64;

    private final LoopReactor reactor;
    private final Socket socket;
    private final @Nullable UnixPath path;
    private final DatagramProtocol protocol;
    private final DatagramBatch batch;
    private final int maxPacketSize;
    private final Sockaddr host;
    private final DatagramQueue queue;
    private final Backend.WatchOperation watch;

    /** Who waits until the queue is empty, and who until the socket is closed. */
    private List<Deferred<@Nullable Void>> waiting = new ArrayList<>();

    private final List<Deferred<@Nullable Void>> stopping = new ArrayList<>();

    private boolean connected;
    private boolean resting;
    private boolean awaitsRoom;
    private boolean refusalToTell;
    private boolean closing;
    private boolean closed;
    private int delayMillis = FIRST_DELAY_MILLIS;
    private @Nullable DelayedCall retry;
    private @Nullable DelayedCall wakeUp;
    private @Nullable DelayedCall lastMoment;

    /** Takes over a bound socket, and its path. */
    DatagramPort(
            LoopReactor reactor,
            Socket socket,
            @Nullable UnixPath path,
            DatagramProtocol protocol,
            DatagramBatch batch,
            DatagramOptions options)
            throws IOException {
        this.reactor = reactor;
        this.socket = socket;
        this.path = path;
        this.protocol = protocol;
        this.batch = batch;
        this.maxPacketSize = options.maxPacketSize();
        this.queue = new DatagramQueue(options.maxQueuedDatagrams());
        this.host = socket.getSockName();
        this.watch = reactor.backend().watch(socket, this::ready);
    }

    /** Begins to receive, and tells the protocol. */
    void start() throws IOException {
        reactor.own(this);
        try {
            update();
        } catch (IOException | RuntimeException | Error e) {
            reactor.disown(this);
            throw e;
        }
        try {
            protocol.makeConnection(this);
        } catch (Throwable e) {
            failed("startProtocol", e);
        }
    }

    private void failed(String method, Throwable thrown) {
        String state = closed ? " is closed" : " lives on";
        reactor.report(
                protocol.getClass().getName() + "." + method + " has thrown; its socket " + host + state, thrown);
    }

    /** What is waited for, at every change of it. */
    private void update() throws IOException {
        int reading = closing || resting ? 0 : Selector.EVENT_READ;
        watch.setEvents(closed ? 0 : reading | (awaitsRoom ? Selector.EVENT_WRITE : 0));
    }

    private void updateOrClose() {
        try {
            update();
        } catch (IOException e) {
            reactor.report("the socket " + host + " cannot be waited for any more, and is closed", e);
            finish();
        }
    }

    private void ready(int events) {
        if ((events & Selector.EVENT_READ) != 0 && !closing) {
            receive();
        }
        if ((events & Selector.EVENT_WRITE) != 0 && awaitsRoom) {
            sendKept();
        }
    }

    // Receiving.

    /** As many as the batch has room for; then it is others' turn. */
    private void receive() {
        int count;
        try {
            count = socket.recvMmsg(batch, 0);
        } catch (WouldBlockException e) {
            return;
        } catch (IOException e) {
            receivingFailed(e);
            return;
        }
        for (int i = 0; i < count && !closing; i++) {
            ByteBuffer data = batch.data(i).asByteBuffer();
            data.limit(Math.min(data.limit(), maxPacketSize));
            try {
                protocol.datagramReceived(data, batch.address(i));
            } catch (Throwable e) {
                failed("datagramReceived", e);
            }
        }
    }

    private void receivingFailed(IOException error) {
        if (errno(error) == Errno.ECONNREFUSED) {
            tellRefusal();
            return;
        }
        reactor.report("the socket " + host + " cannot receive, and rests for " + REST.toMillis() + " ms", error);
        resting = true;
        updateOrClose();
        if (!closed) {
            wakeUp = reactor.callLater(REST, () -> {
                wakeUp = null;
                resting = false;
                updateOrClose();
            });
        }
    }

    private static int errno(IOException error) {
        return error instanceof SocketError known ? known.errno() : 0;
    }

    /** From the loop, not from inside of a write; several refusals are as one. */
    private void tellRefusal() {
        if (!refusalToTell) {
            refusalToTell = true;
            reactor.afterEvent(this::refused);
        }
    }

    private void refused() {
        refusalToTell = false;
        if (!closing) {
            try {
                protocol.connectionRefused();
            } catch (Throwable e) {
                failed("connectionRefused", e);
            }
        }
    }

    // Sending.

    @Override
    public void write(ByteBuffer data) throws IOException {
        send(data, null);
    }

    @Override
    public void write(ByteBuffer data, Sockaddr address) throws IOException {
        send(data, Objects.requireNonNull(address));
    }

    private void send(ByteBuffer data, @Nullable Sockaddr address) throws IOException {
        requireOpen("write");
        if (!mustWait(address)) {
            Sending sending = sendNow(data, address);
            if (sending == Sending.DONE) {
                return;
            }
            queue.add(data, address);
            waitFor(sending);
        } else {
            queue.add(data, address);
        }
    }

    /** Behind others, in the order in which they were written. */
    private boolean mustWait(@Nullable Sockaddr address) {
        return !queue.isEmpty() && (kernelTellsOfRoom() || queue.hasAnyFor(address));
    }

    private boolean kernelTellsOfRoom() {
        return connected || !(host instanceof SockaddrUn);
    }

    private Sending sendNow(ByteBuffer data, @Nullable Sockaddr address) throws IOException {
        IOException refused = sendOnce(data, address);
        if (isRefusal(refused)) {
            tellRefusal();
            // Of UDP the kernel tells so of an earlier datagram, and has not looked at this one. A Unix socket has lost
            // its peer.
            refused = host instanceof SockaddrUn ? refused : sendOnce(data, address);
        }
        if (refused == null) {
            return Sending.DONE;
        } else if (isRefusal(refused)) {
            queue.drop();
            data.position(data.limit());
            return Sending.DONE;
        } else if (refused instanceof WouldBlockException) {
            return kernelTellsOfRoom() ? Sending.WHEN_WRITABLE : Sending.LATER;
        } else if (refused instanceof SocketError known && known.isShortage()) {
            return Sending.LATER;
        }
        throw refused;
    }

    private boolean isRefusal(@Nullable IOException error) {
        if (!connected || error == null) {
            return false;
        }
        int errno = errno(error);
        return errno == Errno.ECONNREFUSED || (errno == Errno.ENOTCONN && host instanceof SockaddrUn);
    }

    private @Nullable IOException sendOnce(ByteBuffer data, @Nullable Sockaddr address) {
        try {
            if (address == null) {
                socket.send(data, 0);
            } else {
                socket.sendTo(data, 0, address);
            }
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private void sendKept() {
        int before = queue.size();
        Sending sending = queue.sendAll(
                this::sendNow,
                (address, error) -> reactor.report(
                        "a datagram that was kept for " + (address == null ? "the peer" : address) + " is lost",
                        error));
        if (queue.size() < before) {
            delayMillis = FIRST_DELAY_MILLIS;
        }
        waitFor(sending);
        if (queue.isEmpty()) {
            tellEmpty();
        }
    }

    private void waitFor(Sending sending) {
        boolean awaits = sending == Sending.WHEN_WRITABLE;
        if (awaits != awaitsRoom) {
            awaitsRoom = awaits;
            updateOrClose();
        }
        if (sending == Sending.LATER && retry == null && !closed) {
            retry = reactor.callLater(Duration.ofMillis(delayMillis), this::tryAgain);
            delayMillis = Math.min(2 * delayMillis, LONGEST_DELAY_MILLIS);
        }
    }

    private void tryAgain() {
        retry = null;
        sendKept();
    }

    private void tellEmpty() {
        List<Deferred<@Nullable Void>> told = waiting;
        waiting = new ArrayList<>();
        for (Deferred<@Nullable Void> each : told) {
            each.callback(null);
        }
        if (closing && queue.isEmpty()) {
            finish();
        }
    }

    @Override
    public boolean isWritable() {
        return queue.isEmpty() && !closing;
    }

    @Override
    public Deferred<@Nullable Void> whenWritable() {
        reactor.requireThread();
        if (closed) {
            return Deferred.fail(lost());
        }
        if (queue.isEmpty()) {
            return Deferred.succeed(null);
        }
        Deferred<@Nullable Void> empty = new Deferred<>();
        waiting.add(empty);
        return empty;
    }

    private static ConnectionLost lost() {
        return new ConnectionLost(Reason.DONE, "the socket was closed", null);
    }

    @Override
    public int queuedDatagrams() {
        return queue.size();
    }

    @Override
    public long droppedDatagrams() {
        return queue.dropped();
    }

    @Override
    public void connect(Sockaddr address) throws IOException {
        requireOpen("connect");
        socket.connect(address);
        connected = true;
    }

    // The end.

    @Override
    public Deferred<@Nullable Void> stopListening() {
        reactor.requireThread();
        if (closed) {
            return Deferred.succeed(null);
        }
        Deferred<@Nullable Void> end = new Deferred<>();
        stopping.add(end);
        if (!closing) {
            closing = true;
            updateOrClose();
            if (queue.isEmpty()) {
                reactor.afterEvent(this::finish);
            } else if (!closed) {
                lastMoment = reactor.callLater(LONGEST_END, this::finish);
            }
        }
        return end;
    }

    /** The reactor is closed. */
    @Override
    public void close() {
        finish();
    }

    private void finish() {
        if (closed) {
            return;
        }
        closing = true;
        closed = true;
        watch.close();
        reactor.disown(this);
        cancel(retry);
        cancel(wakeUp);
        cancel(lastMoment);
        queue.clear();
        closeSocket();
        try {
            protocol.stopProtocol();
        } catch (Throwable e) {
            failed("stopProtocol", e);
        }
        waiting.forEach(each -> each.errback(lost()));
        for (Deferred<@Nullable Void> each : stopping) {
            each.callback(null);
        }
    }

    private static void cancel(@Nullable DelayedCall call) {
        if (call != null && call.isActive()) {
            call.cancel();
        }
    }

    /** The path first: until the socket is closed, no other file has its inode, and nobody takes it over. */
    private void closeSocket() {
        try (socket) {
            if (path != null) {
                path.remove();
            }
        } catch (IOException e) {
            reactor.report("the socket " + host + " does not close well", e);
        }
    }

    // What passes through.

    private void requireOpen(String operation) throws IOException {
        reactor.requireThread();
        if (closing) {
            throw new SocketClosedException(
                    new ErrorDetails(operation, "datagram", host, null, null, 0, "the socket is closed"));
        }
    }

    @Override
    public Sockaddr getHost() {
        return host;
    }

    @Override
    public void joinGroup(Sockaddr group, @Nullable String interfaceName) throws IOException {
        requireOpen("joinGroup");
        Multicast.join(socket, Groups.of(group, interfaceName));
    }

    @Override
    public void joinGroup(Sockaddr group, @Nullable String interfaceName, Sockaddr source) throws IOException {
        requireOpen("joinGroup");
        Multicast.join(socket, Groups.of(group, interfaceName, source));
    }

    @Override
    public void leaveGroup(Sockaddr group, @Nullable String interfaceName) throws IOException {
        requireOpen("leaveGroup");
        Multicast.leave(socket, Groups.of(group, interfaceName));
    }

    @Override
    public void leaveGroup(Sockaddr group, @Nullable String interfaceName, Sockaddr source) throws IOException {
        requireOpen("leaveGroup");
        Multicast.leave(socket, Groups.of(group, interfaceName, source));
    }

    @Override
    public <T> void setSockOpt(SocketOption<T> option, T value) throws IOException {
        requireOpen("setSockOpt");
        socket.setSockOpt(option, value);
    }

    @Override
    public <T> T getSockOpt(SocketOption<T> option) throws IOException {
        requireOpen("getSockOpt");
        return socket.getSockOpt(option);
    }

    @Override
    public Reactor reactor() {
        return reactor;
    }

    @Override
    public String toString() {
        return protocol.getClass().getSimpleName() + " on " + host;
    }
}
