package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socketserver.ForkingTcpServer;
import dev.hawser.socketserver.StreamRequestHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends back each line with the number of the process that does it before it: {@code worker 4711: hello}. All its workers are started
 * before they are needed; each has one client at a time, for as long as that stays. Kill one, and its client alone is gone.
 */
public final class PreforkServer extends ForkingTcpServer implements ConnectionServer {

    private final int workers;
    private final PrintStream log;
    private final AtomicLong clients = new AtomicLong();

    /** Listens from now on. */
    public PreforkServer(Sockaddr address, int workers, PrintStream log) throws IOException {
        super(address, Session.class);
        this.workers = workers;
        this.log = log;
    }

    /** Serves on {@code HOST:PORT}, the first argument, or on port 7009 of this machine, with four workers. */
    public static void main(String[] args) throws IOException {
        HostPort where = HostPort.parse(args.length > 0 ? args[0] : "127.0.0.1:7009");
        PrintStream log = System.out;
        try (PreforkServer server = new PreforkServer(where.toSockaddr(), 4, log)) {
            log.println("prefork server on " + server.address());
            server.serve();
        }
    }

    @Override
    public int maxChildren() {
        return workers;
    }

    @Override
    public int minSpareWorkers() {
        return workers;
    }

    /** A client may stay: what ends it is its silence. */
    @Override
    public @Nullable Duration requestTimeLimit() {
        return null;
    }

    @Override
    public PrintStream log() {
        return log;
    }

    @Override
    public AtomicLong clients() {
        return clients;
    }

    /** One client, in a worker. */
    private static final class Session extends StreamRequestHandler {

        private static final int MAX_LINE = 1024;

        private final byte[] name = ("worker " + ProcessHandle.current().pid() + ": ").getBytes(US_ASCII);

        /** How long a client may keep silent, while others may wait for this worker. */
        @Override
        protected Duration timeout() {
            return Duration.ofMinutes(1);
        }

        /** A line that is longer comes back in parts. */
        @Override
        protected void handle() throws IOException {
            for (byte[] line = rfile().readLine(MAX_LINE); line.length > 0; line = rfile().readLine(MAX_LINE)) {
                var answer = new ByteArrayOutputStream();
                answer.writeBytes(name);
                answer.writeBytes(line);
                if (line[line.length - 1] != '\n') {
                    answer.write('\n');
                }
                wfile().write(answer.toByteArray());
            }
        }
    }
}
