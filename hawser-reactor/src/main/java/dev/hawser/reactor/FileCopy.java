package dev.hawser.reactor;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.defer.Deferred;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** Writes a part of a file to a consumer, a piece each time that there is room. */
final class FileCopy implements PullProducer {

    private static final int PIECE_BYTES = 64 * 1024;

    private final Consumer consumer;
    private final FileChannel file;
    private final Deferred<Long> sent = new Deferred<>();
    private final long begin;
    private final long end;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    private long position;
    private boolean ended;

    FileCopy(Consumer consumer, FileChannel file, long offset, long count) {
        if (offset < 0 || count < 0) {
            throw new IllegalArgumentException("offset and count are not negative: " + offset + ", " + count);
        }
        this.consumer = consumer;
        this.file = Objects.requireNonNull(file);
        this.begin = offset;
        this.position = offset;
        this.end = count > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + count;
    }

    /** Fires with the number of bytes. */
    Deferred<Long> sent() {
        return sent;
    }

    @Override
    public void resumeProducing() {
        try {
            int n = file.read(piece.clear().limit((int) Math.min(PIECE_BYTES, end - position)), position);
            if (n > 0) {
                position += n;
                consumer.write(piece.flip());
                return;
            }
            end(() -> sent.callback(position - begin));
        } catch (IOException e) {
            end(() -> sent.errback(e));
        }
    }

    private void end(Runnable tell) {
        ended = true;
        consumer.unregisterProducer();
        tell.run();
    }

    @Override
    public void stopProducing() {
        if (!ended) {
            ended = true;
            sent.errback(new ConnectionLost(Reason.LOST, "the connection ended before the file was sent", null));
        }
    }
}
