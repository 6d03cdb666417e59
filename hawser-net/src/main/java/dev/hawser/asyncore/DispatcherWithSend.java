package dev.hawser.asyncore;

import dev.hawser.socket.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A dispatcher that keeps what the kernel does not take at once, and sends it as soon as it can: all that is given to {@link #send} is
 * taken. Bytes that are sent before there is a connection wait for it.
 *
 * <p>Nothing limits what it keeps: one that sends without end to a peer that reads slowly should look at {@link #pending}.
 *
 * <p>Threading, timeouts and errors are as for {@link Dispatcher}.
 *
 * <p>Source: {@code asyncore.dispatcher_with_send}.
 *
 * {@snippet file="dev/hawser/asyncore/AsyncoreSnippetsTest.java" region="client"}
 */
public class DispatcherWithSend extends Dispatcher {

    private static final int MAX_SEND_BYTES = 64 * 1024;
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    /** What is kept lies between its position and its limit. */
    private ByteBuffer kept = NONE;

    /**
     * A dispatcher without a socket: make one with {@link #createSocket}.
     *
     * @param loop the loop to belong to
     */
    public DispatcherWithSend(AsyncLoop loop) {
        super(loop);
    }

    /**
     * A dispatcher of a socket that is there.
     *
     * @param loop the loop to belong to
     * @param socket the socket; the dispatcher takes charge of it, and sets its timeout to zero
     * @throws IllegalArgumentException if the socket is closed, or has a dispatcher in this loop
     * @throws IOException if the kernel does not tell whether it is connected; the socket is the caller's still
     */
    public DispatcherWithSend(AsyncLoop loop, Socket socket) throws IOException {
        super(loop, socket);
    }

    /**
     * How many bytes are kept.
     *
     * @return the number of bytes that the kernel has not taken yet
     */
    public final int pending() {
        return kept.remaining();
    }

    /**
     * Takes all of a buffer, moves its position to its limit, and sends what the kernel takes at once. After {@link #close} nothing
     * is taken.
     *
     * @param data what to send; it is copied
     * @return how many bytes were taken
     * @throws IOException if the call failed
     */
    @Override
    public int send(ByteBuffer data) throws IOException {
        if (state() == State.CLOSED) {
            return 0;
        }
        int taken = data.remaining();
        keep(data);
        sendKept();
        return taken;
    }

    private void keep(ByteBuffer data) {
        int needed = Math.addExact(kept.remaining(), data.remaining());
        if (kept.capacity() - kept.limit() < data.remaining()) {
            // Twice as much as is needed, so that many small sends copy each byte only a few times.
            ByteBuffer larger = needed > kept.capacity() / 2
                    ? ByteBuffer.allocate((int) Math.min(Integer.MAX_VALUE - 8L, 2L * needed))
                    : kept.duplicate().clear();
            larger.put(kept.duplicate());
            kept = larger.flip();
        }
        int end = kept.limit();
        kept.limit(end + data.remaining());
        kept.slice(end, data.remaining()).put(data);
    }

    private void sendKept() throws IOException {
        if (!kept.hasRemaining() || state() == State.NEW || state() == State.CONNECTING) {
            return;
        }
        int limit = kept.limit();
        kept.limit(Math.min(limit, kept.position() + MAX_SEND_BYTES));
        try {
            super.send(kept);
        } finally {
            kept.limit(Math.max(limit, kept.position()));
        }
        if (!kept.hasRemaining() || state() == State.CLOSED) {
            kept = NONE;
        }
    }

    /**
     * Sends what is kept.
     *
     * @throws IOException goes to {@link #handleError} or {@link #handleClose}
     */
    @Override
    protected void handleWrite() throws IOException {
        sendKept();
    }

    /**
     * True while bytes are kept, and while a connect goes on.
     *
     * @return whether there is anything to write
     */
    @Override
    protected boolean writable() {
        return kept.hasRemaining() || state() == State.CONNECTING;
    }
}
