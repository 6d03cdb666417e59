package dev.hawser.examples;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socketserver.StreamRequestHandler;
import dev.hawser.socketserver.ThreadingTcpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time server as a server class and a handler. A request is a connection, on which the client sends one line; it gets the
 * line back, with the time before it and with the newline that it had, and the connection is closed.
 */
public final class SocketserverTimeServer extends ThreadingTcpServer implements TimeServer, ConnectionServer {

    private final PrintStream log;
    private final AtomicLong clients = new AtomicLong();

    /** Listens from now on: a client that connects before {@link #serve} waits. */
    public SocketserverTimeServer(Sockaddr address, PrintStream log) throws IOException {
        super(address, Stamper.class);
        this.log = log;
    }

    /** Serves on {@code HOST:PORT}, the first argument, or on port 21567 of every address of this machine. */
    public static void main(String[] args) throws IOException {
        HostPort where = HostPort.parse(args.length > 0 ? args[0] : ":" + PORT);
        new SocketserverTimeServer(where.toSockaddr(), System.out).serve();
    }

    /** Answers one line. {@link ForkingTimeServer} has the same, in other processes. */
    static final class Stamper extends StreamRequestHandler {

        private static final int MAX_LINE = BUFSIZ + "\r\n".length();

        /** How long a client may keep silent. */
        @Override
        protected Duration timeout() {
            return Duration.ofSeconds(30);
        }

        @Override
        protected void handle() throws IOException {
            byte[] line = rfile().readLine(MAX_LINE);
            if (line.length == MAX_LINE && line[MAX_LINE - 1] != '\n') {
                throw new IOException("a line of more than " + BUFSIZ + " bytes");
            }
            if (line.length > 0) { // else the client has left without a word
                wfile().write(Ctime.stamp(Clock.system(ZoneId.systemDefault()), line));
            }
        }
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
