package dev.hawser.examples;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socketserver.ForkingTcpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time server with worker processes: another server class around the same handler as {@link SocketserverTimeServer}. The
 * handler runs in another JVM, which knows nothing of this one's objects: what is told, is told here.
 */
public final class ForkingTimeServer extends ForkingTcpServer implements TimeServer, ConnectionServer {

    private final PrintStream log;
    private final AtomicLong clients = new AtomicLong();

    /** Listens from now on: a client that connects before {@link #serve} waits. */
    public ForkingTimeServer(Sockaddr address, PrintStream log) throws IOException {
        super(address, SocketserverTimeServer.Stamper.class);
        this.log = log;
    }

    /** Serves on {@code HOST:PORT}, the first argument, or on port 21567 of every address of this machine. */
    public static void main(String[] args) throws IOException {
        HostPort where = HostPort.parse(args.length > 0 ? args[0] : ":" + PORT);
        new ForkingTimeServer(where.toSockaddr(), System.out).serve();
    }

    @Override
    public void serve() throws IOException {
        log.println("waiting for connection...");
        ConnectionServer.super.serve();
    }

    @Override
    public PrintStream log() {
        return log;
    }

    @Override
    public AtomicLong clients() {
        return clients;
    }
}
