package dev.hawser.bench;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.HdrHistogram.Histogram;

/** A client that asks one thing after another, each over a connection of its own. */
final class RequestClient implements ClosedLoop.Member, AutoCloseable {
    /** In bytes. */
    static final int LONGEST_LINE = 64;

    private final int number;
    private final SocketAddress server;
    private final ByteBuffer buffer;
    private final Selector selector;

    private SocketChannel channel;
    private SelectionKey key;
    private long askedAtNanos;
    private long asked;
    private byte[] line = {};
    private int received;

    /** What comes is read into {@code buffer}, which clients share. */
    RequestClient(int number, SocketAddress server, ByteBuffer buffer, Selector selector) throws IOException {
        this.number = number;
        this.server = server;
        this.buffer = buffer;
        this.selector = selector;
        this.channel = SocketChannel.open();
        this.key = prepared();
    }

    private SelectionKey prepared() throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, SelectionKey.OP_CONNECT, this);
    }

    /** Connects; the rest follows when that is done. */
    void ask(long nowNanos) throws IOException {
        askedAtNanos = nowNanos;
        received = 0;
        // No two are alike, so that an answer to another one is noticed.
        line = ("client " + number + " asks " + asked++ + "\n").getBytes(StandardCharsets.US_ASCII);
        if (channel.connect(server)) {
            send();
        }
    }

    @Override
    public int handle(Histogram latencies, long nowNanos, long fromNanos) throws IOException {
        if (key.isConnectable()) {
            channel.finishConnect();
            send();
            return 0;
        }
        if (!isAnswered()) {
            return 0;
        }
        channel.close();
        if (askedAtNanos >= fromNanos) {
            ClosedLoop.note(latencies, nowNanos - askedAtNanos);
        }
        channel = SocketChannel.open();
        key = prepared();
        ask(nowNanos);
        return 1;
    }

    private void send() throws IOException {
        if (channel.write(ByteBuffer.wrap(line)) != line.length) {
            throw new IOException("client " + number + " could not send a line of " + line.length + " bytes at once");
        }
        key.interestOps(SelectionKey.OP_READ);
    }

    /** Takes what came, up to the end of the connection. */
    private boolean isAnswered() throws IOException {
        while (true) {
            buffer.clear();
            int length = channel.read(buffer);
            if (length == 0) {
                return false;
            }
            if (length < 0) {
                requireAnswer(received == line.length, "ended after " + received + " of " + line.length + " bytes");
                return true;
            }
            boolean right = received + length <= line.length
                    && buffer.flip().mismatch(ByteBuffer.wrap(line, received, length)) < 0;
            requireAnswer(right, "got a wrong answer");
            received += length;
        }
    }

    private void requireAnswer(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException("request " + asked + " of client " + number + " " + otherwise);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
