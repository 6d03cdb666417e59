package dev.hawser.socketserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;

/** What the handlers of the contracts answer: a question is a line, or a datagram. A worker process can load them. */
final class Answers {

    /** The handler fails. */
    static final String BAD = "bad";

    /** The answer is the client's address. */
    static final String WHO = "who";

    private Answers() {}

    static String to(String question, Sockaddr client) {
        return switch (question) {
            case BAD -> throw new IllegalStateException("as asked");
            case WHO -> client.toString();
            default -> question.toUpperCase(Locale.ROOT);
        };
    }

    static String readLine(Socket socket) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte[] one = socket.recv(1); one.length > 0 && one[0] != '\n'; one = socket.recv(1)) {
            line.writeBytes(one);
        }
        return line.toString(UTF_8);
    }

    static final class OfStream extends BaseRequestHandler<Socket> {

        @Override
        protected void handle() throws IOException {
            request().sendAll((to(readLine(request()), clientAddress()) + "\n").getBytes(UTF_8));
        }
    }

    static final class OfDatagram extends BaseRequestHandler<DatagramRequest> {

        @Override
        protected void handle() throws IOException {
            String answer = to(new String(request().data(), UTF_8), clientAddress());
            request().socket().sendTo(answer.getBytes(UTF_8), clientAddress());
        }
    }
}
