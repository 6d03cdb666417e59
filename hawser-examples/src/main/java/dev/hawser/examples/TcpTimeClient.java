package dev.hawser.examples;

import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;

/** The TCP time client: sends each line that is typed, and prints what comes back. */
public final class TcpTimeClient implements TimeClient {

    /** How long to wait for a connection, and for an answer. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HostPort server;
    private final Socket socket;

    /** Connects: looks the name up and tries each of its addresses. */
    public TcpTimeClient(HostPort server, Duration timeout) throws IOException {
        this.server = server;
        this.socket = Sockets.createConnection(server.host(), server.port(), timeout, null);
    }

    /** Talks to {@code HOST:PORT}, the first argument, or to port 21567 of this machine. */
    public static void main(String[] args) throws IOException {
        HostPort server = HostPort.parse(args.length > 0 ? args[0] : "localhost:" + TimeServer.PORT);
        try (TimeClient client = new TcpTimeClient(server, TIMEOUT)) {
            client.run(Lines.of(System.in, System.out, Terminal.isInput()), System.out, System.err);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>TCP may deliver an answer in pieces, and nothing in it says where it ends. But its length is known: the stamp's
     * and the message's.
     */
    @Override
    public byte[] ask(byte[] message) throws IOException {
        if (message.length == 0 || message.length > TimeServer.BUFSIZ) {
            throw new IllegalArgumentException("a message has 1.." + TimeServer.BUFSIZ + " bytes: " + message.length);
        }
        socket.sendAll(message);
        var answer = new ByteArrayOutputStream();
        while (answer.size() < Ctime.STAMP_BYTES + message.length) {
            byte[] piece = socket.recv(TimeServer.BUFSIZ);
            if (piece.length == 0) {
                throw new EOFException(server + " closed the connection before it had answered");
            }
            answer.writeBytes(piece);
        }
        return answer.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
