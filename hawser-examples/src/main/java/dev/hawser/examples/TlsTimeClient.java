package dev.hawser.examples;

import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.tls.TlsContext;
import dev.hawser.tls.TlsSocket;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/** The time client over TLS: as {@link TcpTimeClient}, of a server that shows who it is, and unread by anyone else. */
public final class TlsTimeClient implements TimeClient {

    private final HostPort server;
    private final TlsSocket socket;

    /** Connects, and checks that the certificate is the server's: an SSLHandshakeException says why it is not. */
    public TlsTimeClient(HostPort server, Duration timeout, TlsContext context) throws IOException {
        this.server = server;
        Socket plain = Sockets.createConnection(server.host(), server.port(), timeout, null);
        this.socket = context.wrapClient(plain, server.host()); // takes the timeout over, too
        try {
            socket.doHandshake();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Talks to {@code HOST:PORT}, the first argument, or to port 21567 of this machine. The second argument is a file with
     * the authorities to trust, as PEM; without it, those of the platform are.
     */
    public static void main(String[] args) throws IOException {
        HostPort server = HostPort.parse(args.length > 0 ? args[0] : "localhost:" + TimeServer.PORT);
        TlsContext.Builder context = TlsContext.builder();
        if (args.length > 1) {
            context.trust(Path.of(args[1]));
        }
        try (TimeClient client = new TlsTimeClient(server, TcpTimeClient.TIMEOUT, context.build())) {
            client.run(Lines.of(System.in, System.out, Terminal.isInput()), System.out, System.err);
        }
    }

    @Override
    public int run(Lines lines, PrintStream out, PrintStream err) throws IOException {
        byte[] message;
        while ((message = lines.next()) != null && message.length > 0) {
            out.write(ask(message));
            out.println();
            out.flush();
        }
        return 0;
    }

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
