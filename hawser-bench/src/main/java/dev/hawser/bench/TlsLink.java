package dev.hawser.bench;

import dev.hawser.tls.TlsContext;
import dev.hawser.tls.TlsEngine;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** The client's end of TLS. Each message is a record of its own, as of a client that flushes each. */
final class TlsLink implements Link {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final TlsEngine engine;
    private final Maker maker;
    private ByteBuffer rest = NOTHING;

    private TlsLink(SocketChannel channel, TlsEngine engine, Maker maker) {
        this.channel = channel;
        this.engine = engine;
        this.maker = maker;
    }

    /** Makes the links, which share their buffers: for one thread. */
    static final class Maker implements Link.Maker {
        /** Together with a part of a record, it brings less plaintext than a connection takes at a time. */
        private static final int RECEIVE_BYTES = BytePattern.CHUNK_BYTES / 2;

        private final TlsContext context;
        private final int messageBytes;
        private final Duration patience;
        private final ByteBuffer received = ByteBuffer.allocate(RECEIVE_BYTES);
        private final ByteBuffer records = ByteBuffer.allocate(2 * BytePattern.CHUNK_BYTES);

        Maker(TlsContext context, int messageBytes, Duration patience) {
            this.context = context;
            this.messageBytes = messageBytes;
            this.patience = patience;
        }

        /** Shakes hands before it returns. */
        @Override
        public Link over(SocketChannel channel) throws IOException {
            Socket socket = channel.socket();
            socket.setSoTimeout((int) patience.toMillis());
            int port = ((InetSocketAddress) channel.getRemoteAddress()).getPort();
            TlsEngine engine = context.client(TlsIdentity.HOST, port);
            for (TlsEngine.Handshake need = engine.handshake();
                    need != TlsEngine.Handshake.DONE;
                    need = engine.handshake()) {
                if (need == TlsEngine.Handshake.SEND) {
                    channel.write(engine.output());
                } else {
                    receive(socket, engine.input());
                }
            }
            return new TlsLink(channel, engine, this);
        }

        /** By the socket and not the channel, whose reads know no timeout. */
        private static void receive(Socket socket, ByteBuffer into) throws IOException {
            int count =
                    socket.getInputStream().read(into.array(), into.arrayOffset() + into.position(), into.remaining());
            if (count < 0) {
                throw new EOFException("the server closed a connection during the handshake");
            }
            into.position(into.position() + count);
        }
    }

    @Override
    public int read(ByteBuffer destination) throws IOException {
        int before = destination.position();
        int count = channel.read(maker.received.clear());
        if (count <= 0) {
            return count;
        }
        engine.lend(maker.received.flip());
        try {
            do {
                count = engine.read(destination);
            } while (count > 0);
        } finally {
            engine.keep();
        }
        return count == TlsEngine.END ? -1 : destination.position() - before;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (rest.hasRemaining()) {
            channel.write(rest);
            if (rest.hasRemaining()) {
                return 0;
            }
        }
        int before = source.position();
        ByteBuffer records = maker.records.clear();
        while (source.hasRemaining() && records.remaining() >= engine.largestRecordBytes()) {
            encryptMessage(source);
            records.put(engine.output());
        }
        channel.write(records.flip());
        if (records.hasRemaining()) {
            rest = ByteBuffer.allocate(records.remaining()).put(records).flip();
        }
        return source.position() - before;
    }

    private void encryptMessage(ByteBuffer source) throws IOException {
        int end = source.limit();
        source.limit(Math.min(end, source.position() + maker.messageBytes));
        engine.write(source);
        source.limit(end);
    }

    @Override
    public boolean holdsBack() {
        return rest.hasRemaining();
    }
}
