package dev.hawser.asynchat;

import dev.hawser.asyncore.AsyncLoop;
import dev.hawser.asyncore.Dispatcher;
import dev.hawser.socket.Socket;
import dev.hawser.socket.WouldBlockException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A conversation over a stream, of elements that end: lines, or a header and then so many bytes. Extend it, say with {@link
 * #setTerminator} what ends the next element, and answer in {@link #foundTerminator}.
 *
 * {@snippet file="dev/hawser/asynchat/AsynchatSnippetsTest.java" region="lines"}
 *
 * <h2>Input</h2>
 * What comes is handed to {@link #collectIncomingData} in parts, never empty ones, up to the terminator; then
 * {@code foundTerminator} is called. The terminator may come in pieces: its beginning at the end of what has come so far
 * is held back until it is certain. A terminator that is set in {@code foundTerminator} is in force at once, for what has come
 * with the last one too. The input is searched in a time proportional to its length, whatever the pieces.
 *
 * <p>At the end of the peer's output, what was held back is handed over as data, and {@link #handleEndOfInput} is called: the
 * peer may have shut down its side only, and still gets what is queued for it.
 *
 * <h2>Output</h2>
 * {@link #push} and {@link #pushWithProducer} queue what is to be sent, in order. In a turn of the loop a chat sends one buffer at
 * most, {@link #setOutBufferSize}, so that one that has a gigabyte to send holds up no other. What is pushed in the handlers
 * of this chat is sent together, after them; what is pushed elsewhere onto an empty queue is sent at once. A push calls no
 * handler: that the peer is gone is told in the next turn. {@link #closeWhenDone} closes after all of that.
 *
 * <h2>Limits</h2>
 * <table>
 *   <caption>What a peer can make a chat keep</caption>
 *   <tr><th>limit</th><th>unless set</th><th>beyond it</th></tr>
 *   <tr><td>{@link #setMaxElementBytes}: an element, before its terminator</td><td>{@value #DEFAULT_MAX_ELEMENT_BYTES}</td>
 *       <td>a {@link ChatLimitException} goes to {@link #handleError}, which closes the chat; in one that an override leaves
 *       open, the rest of the element is dropped, through its terminator, and the next one is an element again</td></tr>
 *   <tr><td>{@link #setMaxOutputBytes}: what is queued</td><td>{@value #DEFAULT_MAX_OUTPUT_BYTES}</td>
 *       <td>the push throws a {@link ChatLimitException}, and takes nothing</td></tr>
 * </table>
 *
 * <h2>Threading</h2>
 * As for {@link Dispatcher}: in the thread of the loop. {@link #close} is safe from any thread.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits, and there are no timers: a peer that says nothing, or reads nothing, stays.
 *
 * <h2>Errors</h2>
 * What a handler throws, and a producer, goes to {@link #handleError}; a chat that an override leaves open goes on with the
 * rest of its input in the next turn.
 *
 * <p>Other than in Python: an element's end does not need a collector of one's own, see {@link #takeCollected}; there are the limits;
 * a half-closed peer is answered; nothing is handed to a chat that was closed, or is to close when done; a count of 0 is refused,
 * where Python takes it for no terminator.
 *
 * <p>Source: {@code asynchat.async_chat}.
 */
public abstract class AsyncChat extends Dispatcher {

    /** How much is received, and sent, in a turn, in bytes, unless it is set. */
    public static final int DEFAULT_BUFFER_SIZE = 65_536;

    /** How long an element may be, in bytes, unless it is set. */
    public static final long DEFAULT_MAX_ELEMENT_BYTES = 1_048_576;

    /** How much output may be queued, in bytes, unless it is set. */
    public static final long DEFAULT_MAX_OUTPUT_BYTES = 16_777_216;

    /** Where receiving begins; a peer that fills its buffer gets a larger one. */
    private static final int FIRST_RECV_BYTES = 2_048;

    private final Splitter splitter = new Splitter();
    private final OutputQueue output = new OutputQueue();
    private final Element element = new Element();

    private int inBufferSize = DEFAULT_BUFFER_SIZE;
    private int outBufferSize = DEFAULT_BUFFER_SIZE;
    private int recvBytes = FIRST_RECV_BYTES;

    private InputState input = InputState.OPEN;
    private boolean closesWhenDone;

    /** A handler of this chat is running: what it pushes is sent after it. */
    private boolean inHandler;

    /** What went wrong when a push sent at once; told in the next turn. */
    private @Nullable IOException failedPush;

    private enum InputState {
        OPEN,
        /** The peer has sent its last byte; the handlers are not through with what it sent. */
        ENDING,
        ENDED
    }

    /**
     * A chat without a socket: make one with {@link #createSocket}. What is pushed before it is connected is sent then.
     *
     * @param loop the loop to belong to
     */
    protected AsyncChat(AsyncLoop loop) {
        super(loop);
    }

    /**
     * A chat over a connection.
     *
     * @param loop the loop to belong to
     * @param socket the connection; the chat takes charge of it, and sets its timeout to zero
     * @throws IllegalArgumentException if the socket is closed, or has a dispatcher in this loop
     * @throws IOException if the kernel does not tell whether it is connected; the socket is the caller's still
     */
    protected AsyncChat(AsyncLoop loop, Socket socket) throws IOException {
        super(loop, socket);
    }

    /**
     * What ends the element that comes now, or is coming.
     *
     * @param delimiter the bytes; they are copied
     * @throws IllegalArgumentException if there is none: {@link #clearTerminator} is for that
     */
    public final void setTerminator(byte[] delimiter) {
        setTerminator(new Terminator.Delimiter(delimiter));
    }

    /**
     * How long the element is that comes now. After it nothing is a terminator, until one is set.
     *
     * @param count how many bytes, from here on
     * @throws IllegalArgumentException if it is less than 1, or more than an element may have
     */
    public final void setTerminator(long count) {
        setTerminator(new Terminator.Count(count));
    }

    /** Nothing ends an element: whatever comes is collected. */
    public final void clearTerminator() {
        setTerminator(Terminator.NONE);
    }

    /**
     * What ends the element that comes now, or is coming.
     *
     * @param terminator the end, or {@link Terminator#NONE}
     * @throws IllegalArgumentException if it is a count of more bytes than an element may have
     */
    public final void setTerminator(Terminator terminator) {
        loop().checkThread();
        if (terminator instanceof Terminator.Count(long count) && count > element.maxBytes()) {
            throw new IllegalArgumentException("an element of " + count + " bytes is longer than the limit of "
                    + element.maxBytes() + ": refuse it, or call setMaxElementBytes first");
        }
        if (terminator instanceof Terminator.None) {
            element.end(); // it would be dropped without end
        }
        splitter.setTerminator(terminator);
    }

    /**
     * What ends the element that comes now, or is coming.
     *
     * @return what was set, a count less what has come; {@link Terminator#NONE} where nothing was, or a count is reached
     */
    public final Terminator getTerminator() {
        return splitter.terminator();
    }

    /**
     * Takes a part of an element. Unless overridden, it is kept for {@link #takeCollected}.
     *
     * @param data one or more bytes, in an array that is the handler's
     * @throws IOException goes to {@link #handleError} or {@link #handleClose}
     */
    protected void collectIncomingData(byte[] data) throws IOException {
        element.keep(data, this);
    }

    /**
     * What {@link #collectIncomingData} has kept, the element without its terminator. It is kept no longer.
     *
     * @return the bytes, in a fresh array
     */
    protected final byte[] takeCollected() {
        return element.take();
    }

    /**
     * The element has ended.
     *
     * @throws IOException goes to {@link #handleError} or {@link #handleClose}
     */
    protected abstract void foundTerminator() throws IOException;

    /**
     * The peer has sent its last byte; the last element may be without its terminator. Unless overridden, the chat closes when
     * what is queued is sent, at once where that is nothing. An override that has an answer still to come leaves the chat open, and
     * calls {@link #closeWhenDone} after its last push.
     *
     * @throws IOException goes to {@link #handleError} or {@link #handleClose}
     */
    protected void handleEndOfInput() throws IOException {
        if (output.isEmpty()) {
            handleClose();
        } else {
            closeWhenDone();
        }
    }

    /**
     * Queues bytes to be sent. After {@link #close} and {@link #closeWhenDone} nothing is, which is no error: a peer may end the
     * conversation at any time.
     *
     * @param data the bytes; they are copied
     * @throws ChatLimitException if more would be queued than is allowed; nothing is then
     */
    public final void push(byte[] data) throws ChatLimitException {
        push(data, 0, data.length);
    }

    /**
     * Queues bytes to be sent, as {@link #push(byte[])} does.
     *
     * @param data where the bytes are; they are copied
     * @param offset where they begin
     * @param length how many there are
     * @throws ChatLimitException if more would be queued than is allowed; nothing is then
     */
    public final void push(byte[] data, int offset, int length) throws ChatLimitException {
        Objects.checkFromIndexSize(offset, length, data.length);
        if (!takes(length)) {
            return;
        }
        boolean idle = output.isEmpty();
        output.add(data, offset, length, outBufferSize);
        if (idle && !inHandler) {
            sendAtOnce();
        }
    }

    /**
     * Queues what a producer makes; it is asked when all before it is sent, from the next turn on. While it waits, it counts for one
     * buffer of output.
     *
     * @param producer makes the output; it is the chat's, which closes it. Where it is not taken, it is closed too
     * @throws ChatLimitException if more would be queued than is allowed
     * @throws IOException if closing it fails, where it is not taken
     */
    public final void pushWithProducer(Producer producer) throws IOException {
        boolean taken = false;
        try {
            taken = takes(outBufferSize);
        } finally {
            if (!taken) {
                producer.close();
            }
        }
        if (taken) {
            output.add(producer, outBufferSize);
            if (state() == State.CLOSED) {
                output.clear(); // by another thread, just now
            }
        }
    }

    /** Whether there is room for more; false in a chat that has ended. */
    private boolean takes(int bytes) throws ChatLimitException {
        loop().checkThread();
        if (closesWhenDone || state() == State.CLOSED) {
            return false;
        }
        output.requireRoom(bytes, this);
        return true;
    }

    /**
     * Closes the chat, with {@link #handleClose} in a later turn, when all that is queued is sent. Until then what comes is
     * dropped, and nothing more is queued. A peer that goes on sending is told by a reset of TCP, which may cost it the last of
     * what it has not read: where that matters, let the peer close first.
     */
    public final void closeWhenDone() {
        loop().checkThread();
        closesWhenDone = true;
    }

    /**
     * Forgets all input that was not handed over and all output that was not sent, also {@link #closeWhenDone}: for emergencies.
     *
     * @throws IOException if closing a producer fails
     */
    public final void discardBuffers() throws IOException {
        loop().checkThread();
        forgetInput();
        closesWhenDone = false;
        output.clear();
    }

    private void forgetInput() {
        splitter.clear();
        element.forget();
        element.end();
    }

    /**
     * How much output is queued.
     *
     * @return the bytes, and for each producer what {@link #pushWithProducer} says
     */
    public final long outputSize() {
        return output.size();
    }

    /**
     * How much is received in a turn.
     *
     * @param bytes the most; 65536 unless it is set
     * @throws IllegalArgumentException if it is less than 1
     */
    public final void setInBufferSize(int bytes) {
        inBufferSize = (int) requirePositive(bytes);
        recvBytes = Math.min(recvBytes, bytes);
    }

    /**
     * How much is received in a turn.
     *
     * @return the most, in bytes
     */
    public final int getInBufferSize() {
        return inBufferSize;
    }

    /**
     * How much is sent in a turn.
     *
     * @param bytes the most; 65536 unless it is set
     * @throws IllegalArgumentException if it is less than 1
     */
    public final void setOutBufferSize(int bytes) {
        outBufferSize = (int) requirePositive(bytes);
    }

    /**
     * How much is sent in a turn.
     *
     * @return the most, in bytes
     */
    public final int getOutBufferSize() {
        return outBufferSize;
    }

    /**
     * How long an element may be before its terminator comes. Without a terminator it is how much {@link #collectIncomingData} keeps.
     *
     * @param bytes the most; {@link Long#MAX_VALUE} for no limit
     * @throws IllegalArgumentException if it is less than 1
     */
    public final void setMaxElementBytes(long bytes) {
        element.setMaxBytes(requirePositive(bytes));
    }

    /**
     * How long an element may be, see {@link #setMaxElementBytes}.
     *
     * @return the most, in bytes
     */
    public final long getMaxElementBytes() {
        return element.maxBytes();
    }

    /**
     * How much output may be queued.
     *
     * @param bytes the most; {@link Long#MAX_VALUE} for no limit
     * @throws IllegalArgumentException if it is less than 1
     */
    public final void setMaxOutputBytes(long bytes) {
        output.setMaxBytes(requirePositive(bytes));
    }

    /**
     * How much output may be queued, see {@link #setMaxOutputBytes}.
     *
     * @return the most, in bytes
     */
    public final long getMaxOutputBytes() {
        return output.maxBytes();
    }

    private static long requirePositive(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a size is 1 byte or more, not " + bytes);
        }
        return bytes;
    }

    @Override
    public void createSocket(int family, int type) throws IOException {
        super.createSocket(family, type);
        forgetInput();
        input = InputState.OPEN;
        closesWhenDone = false;
        failedPush = null;
    }

    /** True until the peer has sent its last byte, but while there is input that a handler left when it threw. */
    @Override
    protected boolean readable() {
        return input == InputState.OPEN && !splitter.hasInput();
    }

    /** True while there is output, or input that a handler left when it threw, and while a connect goes on. */
    @Override
    protected boolean writable() {
        return state() == State.CONNECTING
                || !output.isEmpty()
                || closesWhenDone
                || failedPush != null
                || splitter.hasInput()
                || input == InputState.ENDING;
    }

    /**
     * Receives once, and hands over what has come.
     *
     * @throws IOException goes to {@link #handleError} or {@link #handleClose}
     */
    @Override
    protected void handleRead() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(recvBytes);
        int count = receive(buffer);
        if (count > 0) {
            splitter.feed(buffer.array(), count);
            int fitting = count == recvBytes ? 2 * recvBytes : Math.max(FIRST_RECV_BYTES, 2 * count);
            recvBytes = Math.min(inBufferSize, fitting);
        } else if (count < 0) {
            input = InputState.ENDING;
        }
        handOver();
        sendSome();
    }

    /**
     * Goes on with what there is to send.
     *
     * @throws IOException goes to {@link #handleError} or {@link #handleClose}
     */
    @Override
    protected void handleWrite() throws IOException {
        handOver();
        IOException failure = failedPush;
        if (failure != null) {
            failedPush = null;
            throw failure;
        }
        sendSome();
    }

    /** Calls the handlers of the input. Where one throws, the rest is left for the next turn. */
    private void handOver() throws IOException {
        inHandler = true;
        try {
            boolean more = true;
            while (more) {
                more = isListening() ? handOverNext() : ignoreInput();
            }
        } finally {
            inHandler = false;
        }
    }

    private boolean isListening() {
        return !closesWhenDone && state() != State.CLOSED;
    }

    private boolean ignoreInput() {
        splitter.clear();
        input = input == InputState.ENDING ? InputState.ENDED : input;
        return false;
    }

    private boolean handOverNext() throws IOException {
        boolean limited = !(splitter.terminator() instanceof Terminator.None);
        switch (splitter.next()) {
            case DATA -> collect(splitter.data(), limited);
            case FOUND -> endElement();
            case EXHAUSTED -> {
                return input == InputState.ENDING && handOverEnd();
            }
        }
        return true;
    }

    private boolean handOverEnd() throws IOException {
        byte[] heldBack = splitter.takeHeldBack();
        if (heldBack.length > 0) {
            collect(heldBack, true);
            return true;
        }
        input = InputState.ENDED;
        handleEndOfInput();
        return false;
    }

    private void collect(byte[] data, boolean limited) throws IOException {
        if (element.isTooLong()) {
            return;
        }
        if (limited) {
            element.grow(data.length, this);
        }
        collectIncomingData(data);
    }

    private void endElement() throws IOException {
        if (element.end()) {
            foundTerminator();
        }
    }

    private void sendAtOnce() {
        try {
            sendSome();
        } catch (IOException e) {
            failedPush = e; // whoever pushes is in the middle of something else
        }
    }

    /** One buffer at most. */
    private void sendSome() throws IOException {
        if (state() != State.CONNECTED && state() != State.OPEN) {
            return;
        }
        OutputQueue.Block block = output.next();
        if (block != null) {
            int length = Math.min(block.length(), outBufferSize);
            int sent = transmit(ByteBuffer.wrap(block.bytes(), block.start(), length));
            output.sent(block, sent);
        }
        if (closesWhenDone && output.isEmpty()) {
            handleClose();
        }
    }

    /**
     * Receives, and calls no handler. Override it together with {@link #transmit} for a layer in between.
     *
     * @param buffer where to put the bytes; it has an array
     * @return how many have come; 0 where nothing has; -1 where the peer has sent its last byte
     * @throws IOException goes to {@link #handleError} or {@link #handleClose}
     */
    protected int receive(ByteBuffer buffer) throws IOException {
        try {
            int count = socket().recvInto(buffer, 0);
            return count == 0 ? -1 : count;
        } catch (WouldBlockException e) {
            return 0;
        }
    }

    /**
     * Sends, and calls no handler.
     *
     * @param data what to send
     * @return how many bytes were taken; 0 where the call would have to wait
     * @throws IOException goes to {@link #handleError} or {@link #handleClose}
     */
    protected int transmit(ByteBuffer data) throws IOException {
        try {
            return socket().send(data, 0);
        } catch (WouldBlockException e) {
            return 0;
        }
    }

    /**
     * Closes the socket, leaves the loop, and forgets the output; no handler is called. Safe from any thread; closing twice does
     * nothing.
     *
     * @throws IOException if the kernel reports an error, or closing a producer fails; the socket is closed all the same
     */
    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            output.clear();
        }
    }
}
