package dev.hawser.socketserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;

/** A client of a {@link ForkedHandlers.Obedient}. */
final class Asking implements Closeable {

    private final Socket socket;
    private final BufferedReader answers;

    Asking(Sockaddr server, String order) throws IOException {
        socket = new Socket(server.family(), Constants.SOCK_STREAM);
        try {
            socket.setTimeout(Duration.ofSeconds(30));
            socket.connect(server);
            answers = new BufferedReader(new InputStreamReader(socket.makeFileInput(), UTF_8));
            say(order);
        } catch (Throwable e) {
            socket.close();
            throw e;
        }
    }

    /** All that is answered, without the last newline. */
    static String ask(Sockaddr server, String order) throws IOException {
        try (Asking asking = new Asking(server, order)) {
            return asking.rest();
        }
    }

    Sockaddr address() throws IOException {
        return socket.getSockName();
    }

    void say(String line) throws IOException {
        socket.sendAll((line + "\n").getBytes(UTF_8));
    }

    String readLine() throws IOException {
        return answers.readLine();
    }

    String rest() throws IOException {
        return String.join("\n", answers.lines().toList());
    }

    @Override
    public void close() throws IOException {
        answers.close();
        socket.close();
    }
}
