package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.concurrency.InThread;
import dev.hawser.socket.concurrency.ThreadKind;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** A server whose loop runs in a thread of its own until this is closed. */
final class RunningServer<S extends BaseServer<?>> implements Closeable {

    private final S server;
    private final InThread<Void> loop;

    private RunningServer(S server) {
        this.server = server;
        this.loop = InThread.start(ThreadKind.VIRTUAL, () -> {
            server.serveForever();
            return null;
        });
    }

    static <S extends BaseServer<?>> RunningServer<S> of(S server) {
        return new RunningServer<>(server);
    }

    S server() {
        return server;
    }

    Sockaddr address() {
        return server.serverAddress();
    }

    int port() {
        return ((SockaddrIn) address()).port();
    }

    /** A new client, whose calls do not wait for ever. */
    Socket connect() throws IOException {
        Socket client = new Socket(server.addressFamily(), server.socketType());
        try {
            client.setTimeout(Duration.ofSeconds(30));
            client.connect(address());
            return client;
        } catch (Throwable e) {
            client.close();
            throw e;
        }
    }

    /** Waits for the end of the loop, which somebody else brings about, and throws what it has thrown. */
    void awaitEnd() throws Exception {
        loop.result();
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
        server.serverClose();
    }
}
