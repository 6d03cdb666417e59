package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socketserver.WorkerLink.Packet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does: one request after another, in the main thread of its process. It is a platform thread, because it has the carriers
 * to itself, and a handler in a process of its own may block, recurse and call native code as it likes.
 */
final class WorkerLoop<R> {

    private final WorkerLink link;
    private final WorkerServer<R> server;

    private WorkerLoop(WorkerLink link, WorkerServer<R> server) {
        this.link = link;
        this.server = server;
    }

    /** Serves until the worker is to end. The status of the process. */
    static int run(WorkerLink link, String handler) throws IOException {
        try (Packet packet = link.receive()) {
            if (packet == null) {
                return 1;
            }
            if (!(packet.message() instanceof WorkerMessage.Welcome welcome)) {
                throw new ProtocolException("unexpected: " + packet.message());
            }
            WorkerLoop<?> loop;
            try {
                loop = welcome.datagrams()
                        ? ofDatagrams(link, welcome, packet, handler)
                        : ofStreams(link, welcome, handler);
            } catch (Throwable e) {
                link.send(new WorkerMessage.Unfit(text(e), stackTrace(e)));
                return 1;
            }
            link.send(new WorkerMessage.Ready());
            return loop.serve();
        }
    }

    private static WorkerLoop<?> ofStreams(WorkerLink link, WorkerMessage.Welcome welcome, String handler)
            throws ClassNotFoundException {
        return new WorkerLoop<>(
                link, new StreamWorker(new WorkerLife<>(welcome.serverAddress(), WorkerHandlers.handler(handler))));
    }

    private static WorkerLoop<?> ofDatagrams(
            WorkerLink link, WorkerMessage.Welcome welcome, Packet packet, String handler)
            throws ClassNotFoundException, IOException {
        WorkerLife<DatagramRequest> life = new WorkerLife<>(welcome.serverAddress(), WorkerHandlers.handler(handler));
        link.expect(WorkerMessage.MAX_REQUEST_BYTES + welcome.maxPacketSize());
        return new WorkerLoop<>(
                link, new DatagramWorker(life, packet.descriptors().takeSocket(0)));
    }

    private int serve() throws IOException {
        while (!server.life().isLeaving()) {
            try (Packet packet = link.receive()) {
                if (packet == null) {
                    return 1;
                }
                switch (packet.message()) {
                    case WorkerMessage.Request request -> answer(request, packet);
                    case WorkerMessage.Retire() -> {
                        return 0;
                    }
                    default -> throw new ProtocolException("unexpected: " + packet.message());
                }
            }
        }
        return 0;
    }

    private void answer(WorkerMessage.Request message, Packet packet) throws IOException {
        Throwable thrown = null;
        try {
            R request = server.request(message, packet.descriptors());
            thrown = handle(request, message.clientAddress());
        } catch (IOException e) {
            thrown = e;
        }
        boolean last = server.life().isLeaving();
        link.send(
                thrown == null
                        ? new WorkerMessage.Done(last)
                        : new WorkerMessage.Failed(last, text(thrown), stackTrace(thrown)));
    }

    private @Nullable Throwable handle(R request, Sockaddr client) {
        server.life().begin(request);
        try {
            server.finishRequest(request, client);
            return null;
        } catch (Throwable e) {
            return e;
        } finally {
            server.shutdownRequest(request);
            server.life().end();
        }
    }

    /** An exception may be of any class, and so fail to tell about itself. */
    private static String text(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (Throwable e) {
            return thrown.getClass().getName();
        }
    }

    private static String stackTrace(Throwable thrown) {
        try {
            StringWriter text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text));
            return text.toString();
        } catch (Throwable e) {
            return thrown.getClass().getName() + ", whose stack cannot be told";
        }
    }
}
