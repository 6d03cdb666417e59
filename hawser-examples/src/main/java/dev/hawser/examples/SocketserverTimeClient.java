package dev.hawser.examples;

import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/**
 * The client of {@link SocketserverTimeServer} and {@link ForkingTimeServer}: a connection for each line, which travels with the
 * CRLF that ends it, and comes back so.
 */
public final class SocketserverTimeClient implements TimeClient {

    /** How long to wait for a connection, and for an answer. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int MAX_ANSWER = 2 * TimeServer.BUFSIZ;

    private final HostPort server;
    private final Duration timeout;

    /** Connects to nobody yet. */
    public SocketserverTimeClient(HostPort server, Duration timeout) {
        this.server = server;
        this.timeout = timeout;
    }

    /** Talks to {@code HOST:PORT}, the first argument, or to port 21567 of this machine. */
    public static void main(String[] args) throws IOException {
        HostPort server = HostPort.parse(args.length > 0 ? args[0] : "localhost:" + TimeServer.PORT);
        try (TimeClient client = new SocketserverTimeClient(server, TIMEOUT)) {
            client.run(Lines.of(System.in, System.out, Terminal.isInput()), System.out, System.err);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>The answer ends with its newline; the server closes the connection then.
     */
    @Override
    public byte[] ask(byte[] message) throws IOException {
        if (message.length > TimeServer.BUFSIZ || contains(message, '\n')) {
            throw new IllegalArgumentException(
                    "a message is one line of at most " + TimeServer.BUFSIZ + " bytes: " + message.length);
        }
        byte[] line = Arrays.copyOf(message, message.length + 2);
        line[message.length] = '\r';
        line[message.length + 1] = '\n';
        try (Socket socket = Sockets.createConnection(server.host(), server.port(), timeout, null)) {
            socket.sendAll(line);
            return answer(socket);
        }
    }

    /** TCP may deliver it in pieces. */
    private byte[] answer(Socket socket) throws IOException {
        var answer = new ByteArrayOutputStream();
        byte[] piece;
        do {
            piece = socket.recv(TimeServer.BUFSIZ);
            answer.writeBytes(piece);
            if (answer.size() > MAX_ANSWER) {
                throw new IOException(server + " answered with more than " + MAX_ANSWER + " bytes");
            }
        } while (piece.length > 0 && piece[piece.length - 1] != '\n');
        if (answer.size() == 0) {
            throw new EOFException(server + " closed the connection before it had answered");
        }
        return withoutNewline(answer.toByteArray());
    }

    private static byte[] withoutNewline(byte[] line) {
        int end = line.length;
        if (end > 0 && line[end - 1] == '\n') {
            end--;
            if (end > 0 && line[end - 1] == '\r') {
                end--;
            }
        }
        return Arrays.copyOf(line, end);
    }

    private static boolean contains(byte[] bytes, char sought) {
        for (byte each : bytes) {
            if (each == sought) {
                return true;
            }
        }
        return false;
    }

    /** Each connection was closed already. */
    @Override
    public void close() {}
}
