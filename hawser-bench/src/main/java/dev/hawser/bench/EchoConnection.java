package dev.hawser.bench;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** One connection of the echo load: keeps {@code depth} messages in flight and checks every byte that comes back. */
final class EchoConnection implements ClosedLoop.Member, AutoCloseable {
    private final int number;
    private final EchoLoad load;
    private final BytePattern pattern;
    private final ByteBuffer buffer;
    private final SocketChannel channel;
    private final Link link;
    private final SelectionKey key;

    /** When each message in flight was sent, oldest at {@code oldest}. */
    private final long[] sentAtNanos;

    private int oldest;
    private long sendPosition;
    private long receivePosition;
    private long unsent;
    private long partOfMessage;

    /** What comes is read into {@code buffer}, which connections share. */
    EchoConnection(int number, Way way, EchoLoad load, BytePattern pattern, ByteBuffer buffer, Selector selector)
            throws IOException {
        this.number = number;
        this.load = load;
        this.pattern = pattern;
        this.buffer = buffer;
        this.sentAtNanos = new long[load.depth()];
        this.sendPosition = BytePattern.start(number);
        this.receivePosition = sendPosition;
        this.channel = SocketChannel.open(Loopback.port(way.port()));
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            this.link = way.links().over(channel);
            channel.configureBlocking(false);
            this.key = channel.register(selector, SelectionKey.OP_READ, this);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Where the server is, and what is spoken with it. */
    record Way(int port, Link.Maker links) {}

    /** Sends the first messages, as many as may be in flight. */
    void start(long nowNanos) throws IOException {
        Arrays.fill(sentAtNanos, nowNanos);
        unsent = (long) load.depth() * load.bytes();
        send();
    }

    /** Takes what came, and sends as many new messages as came back whole. */
    @Override
    public int handle(Histogram latencies, long nowNanos, long fromNanos) throws IOException {
        int answered = key.isReadable() ? receive() : 0;
        for (int i = 0; i < answered; i++) {
            long sentAt = sentAtNanos[oldest];
            if (sentAt >= fromNanos) {
                ClosedLoop.note(latencies, nowNanos - sentAt);
            }
            sentAtNanos[oldest] = nowNanos;
            oldest = oldest + 1 == sentAtNanos.length ? 0 : oldest + 1;
        }
        unsent += (long) answered * load.bytes();
        if (unsent > 0 || link.holdsBack()) {
            send();
        }
        return answered;
    }

    private int receive() throws IOException {
        buffer.clear();
        int received = link.read(buffer);
        if (received < 0) {
            throw new IOException("the server closed connection " + number + " with messages in flight");
        }
        buffer.flip();
        int wrong = buffer.mismatch(pattern.view(receivePosition, received));
        if (wrong >= 0) {
            throw new IOException("connection " + number + " got a wrong byte back, " + wrong + " bytes into a read");
        }
        receivePosition += received;
        partOfMessage += received;
        int whole = (int) (partOfMessage / load.bytes());
        partOfMessage -= (long) whole * load.bytes();
        return whole;
    }

    private void send() throws IOException {
        int sent;
        int asked;
        do {
            asked = (int) Math.min(unsent, BytePattern.CHUNK_BYTES);
            sent = link.write(pattern.view(sendPosition, asked));
            sendPosition += sent;
            unsent -= sent;
        } while (sent == asked && unsent > 0);
        waitForRoom(unsent > 0 || link.holdsBack());
    }

    private void waitForRoom(boolean wanted) {
        int operations = wanted ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
