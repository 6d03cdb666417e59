package dev.hawser.reactor;

import dev.hawser.reactor.ChunkPool.Chunk;
import dev.hawser.tls.TlsEngine;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;

/** The writing side of a layer of TLS: the plaintext that waits, and the records that go to the transport below. */
final class TlsWriter {

    /** For a flight of the handshake with a long chain of certificates, and the records of an event. */
    private static final int ADDED_BYTES = 128 * 1024;

    private final TlsLayer layer;
    private final TlsEngine engine;
    private final TlsPlace place;
    private final TlsFiles files;
    private final OutputQueue plain;
    private final ByteBuffer[] sources = new ByteBuffer[2];

    TlsWriter(TlsLayer layer, TlsEngine engine, TlsPlace place) {
        this.layer = layer;
        this.engine = engine;
        this.place = place;
        this.plain = new OutputQueue(place.chunks());
        this.files = new TlsFiles(layer, this, place);
    }

    /** The limit counts what the protocol writes: of what TLS adds to it, and of a handshake, nobody has to think. */
    static WriteLimits limitsBelow(WriteLimits limits) {
        long more = limits.maxBytes() / 32 + ADDED_BYTES;
        long most = limits.maxBytes() > Long.MAX_VALUE - more ? Long.MAX_VALUE : limits.maxBytes() + more;
        return new WriteLimits(limits.lowWaterBytes(), limits.highWaterBytes(), most);
    }

    /** Where the next bytes belong. */
    OutputQueue queue() {
        plain.moveTo(place.chunks());
        return files.queueBehind(plain);
    }

    TlsFiles files() {
        return files;
    }

    boolean isEmpty() {
        return plain.isEmpty() && files.isEmpty();
    }

    /** How much plaintext waits. */
    long size() {
        return plain.size() + files.bufferedBytes();
    }

    void clear() {
        plain.moveTo(place.chunks());
        plain.clear();
    }

    /** What was read of a file. */
    void add(ByteBuffer data) {
        plain.moveTo(place.chunks());
        plain.add(data);
    }

    /** What was written behind a file. */
    void addAll(OutputQueue behind) {
        plain.moveTo(place.chunks());
        plain.takeAll(behind);
    }

    /**
     * Goes on with the handshake as far as it comes.
     *
     * @return whether it is done
     */
    boolean shake() throws SSLException {
        ByteBuffer memory = borrow();
        try {
            for (; ; ) {
                switch (engine.handshake()) {
                    case SEND -> send();
                    case RECEIVE -> {
                        return false;
                    }
                    case DONE -> {
                        return true;
                    }
                }
            }
        } finally {
            giveBack(memory);
        }
    }

    /** Encrypts all that waits: a full chunk is a full record. */
    void encrypt() throws SSLException {
        plain.moveTo(place.chunks());
        ByteBuffer memory = borrow();
        try {
            while (!plain.isEmpty()) {
                int taken = engine.write(sources, sources());
                if (taken == 0 && !engine.output().hasRemaining()) {
                    throw new SSLException("the engine takes nothing, and has nothing to say");
                }
                plain.remove(taken);
                send();
            }
            engine.speak();
            send();
        } finally {
            giveBack(memory);
        }
    }

    /** A record may take a little less than a chunk, or much less where few bytes were written: it is filled from the next one. */
    private int sources() {
        Chunk chunk = plain.requireFirst();
        Chunk next = chunk.next;
        sources[0] = chunk.unsentBytes();
        if (next == null) {
            return 1;
        }
        sources[1] = next.unsentBytes();
        return 2;
    }

    /** A close_notify. */
    void sayGoodbye() throws SSLException {
        ByteBuffer memory = borrow();
        try {
            engine.closeOutput();
            send();
        } finally {
            giveBack(memory);
        }
    }

    /** Tells the peer what has failed. */
    void alert() {
        ByteBuffer memory = borrow();
        try {
            engine.speak();
            send();
        } catch (SSLException e) {
            // The failure that it would tell is told here all the same.
        } finally {
            giveBack(memory);
        }
    }

    private void send() {
        ByteBuffer output = engine.output();
        if (output.hasRemaining()) {
            layer.transport().write(output);
        }
    }

    private ByteBuffer borrow() {
        ByteBuffer memory = place.memory().take();
        engine.lendMemory(memory);
        return memory;
    }

    private void giveBack(ByteBuffer memory) {
        engine.returnMemory();
        place.memory().giveBack(memory);
    }
}
