package dev.hawser.socketserver;

import dev.hawser.select.Poll;
import dev.hawser.select.SelectConstants;
import dev.hawser.socket.PassedDescriptors;
import dev.hawser.socket.ReceivedMessage;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketInterruptedException;
import java.io.Closeable;
import java.io.IOException;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;

/** A worker's connection to its server. */
final class WorkerLink {

    /** A message, with the descriptor that came with it. */
    record Packet(WorkerMessage message, PassedDescriptors descriptors) implements Closeable {

        @Override
        public void close() {
            descriptors.close();
        }
    }

    private final Socket control;

    /** Asked before each message: unlike a read that has to wait, it needs no other thread to be woken by. */
    private final Poll arrival = new Poll();

    private int packetBytes = WorkerMessage.MAX_REQUEST_BYTES;

    WorkerLink(Socket control) {
        this.control = control;
        arrival.register(control, SelectConstants.POLLIN);
    }

    /** The longest message from now on. */
    void expect(int maxBytes) {
        packetBytes = maxBytes;
    }

    /** Waits for a message; null where the server has gone. */
    @Nullable
    Packet receive() throws IOException {
        while (true) {
            try {
                arrival.poll(null);
                return packet(control.recvFds(packetBytes, 1, 0));
            } catch (SocketInterruptedException e) {
                // By what a handler has left behind: it is no concern of the next one.
                Thread.interrupted();
            }
        }
    }

    private static @Nullable Packet packet(ReceivedMessage received) throws IOException {
        try {
            byte[] data = received.data();
            if (received.isTruncated() || received.isControlTruncated()) {
                throw new ProtocolException("a packet of more than " + data.length + " bytes, or a lost descriptor");
            }
            return data.length == 0
                    ? null
                    : new Packet(WorkerMessage.decode(data, data.length), received.descriptors());
        } catch (IOException e) {
            received.close();
            throw e;
        }
    }

    void send(WorkerMessage message) throws IOException {
        control.send(message.encode());
    }

    /** Ends this process when the server's has gone, whatever a handler does at that time. */
    void haltWhenItBreaks() {
        Thread.ofPlatform().daemon().name("hawser-worker-link").start(() -> {
            try {
                Poll end = new Poll();
                end.register(control, 0);
                end.poll(null);
            } catch (IOException e) {
                // It cannot be waited for: then it has no use either.
            }
            Runtime.getRuntime().halt(1);
        });
    }
}
