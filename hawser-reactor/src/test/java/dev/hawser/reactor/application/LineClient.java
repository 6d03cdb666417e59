package dev.hawser.reactor.application;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.socket.Socket;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Asks again and again, and wants an answer each time: in one connection, until the server says goodbye, or in a new one for each request. */
final class LineClient implements Runnable {

    /** Connects. */
    interface Connecting {
        Socket connect() throws IOException;
    }

    private static final Duration PACE = Duration.ofMillis(3);

    private final Connecting server;
    private final boolean keeps;
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean enough;

    LineClient(Connecting server, boolean keeps) {
        this.server = server;
        this.keeps = keeps;
    }

    @Override
    public void run() {
        while (!enough) {
            try (Socket socket = server.connect()) {
                socket.setTimeout(Duration.ofSeconds(20));
                connections.incrementAndGet();
                talk(socket);
            } catch (IOException e) {
                failures.add((keeps ? "long: " : "short: ") + e);
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        BufferedReader reader = socket.makeFileReader(UTF_8);
        boolean goodbye = false;
        do {
            String question = "question " + answers.get();
            socket.sendAll((question + "\r\n").getBytes(UTF_8));
            String answer = reader.readLine();
            if ("bye".equals(answer)) {
                goodbye = true;
                answer = reader.readLine();
            }
            if (!question.equals(answer)) {
                throw new IOException("asked " + question + ", and was told " + answer);
            }
            answers.incrementAndGet();
            LockSupport.parkNanos(PACE.toNanos());
        } while (keeps && !goodbye && !enough);
        reader.close();
    }

    void stop() {
        enough = true;
    }

    int answers() {
        return answers.get();
    }

    int connections() {
        return connections.get();
    }

    Queue<String> failures() {
        return failures;
    }
}
