package dev.hawser.asyncore;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.fail;

import dev.hawser.asyncore.Probe.Event;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.CapturedLog;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of dispatchers have in common: a loop, what is made in it, and the log. */
abstract class Loops {

    static final Duration PATIENCE = ofSeconds(30);

    private final Backend backend;
    private final Family family;
    private final List<Closeable> made = new ArrayList<>();
    AsyncLoop loop;
    CapturedLog log;

    Loops(Backend backend, Family family) {
        this.backend = backend;
        this.family = family;
    }

    @BeforeEach
    void openTheLoop() throws IOException {
        loop = new AsyncLoop(backend.open());
        log = new CapturedLog("dev.hawser.asyncore");
    }

    @AfterEach
    void closeTheLoop() throws IOException {
        log.close();
        loop.close();
        for (Closeable each : made) {
            each.close();
        }
    }

    Family family() {
        return family;
    }

    Backend backend() {
        return backend;
    }

    <T extends Closeable> T add(T resource) {
        made.add(resource);
        return resource;
    }

    /** Makes turns until something has come about. */
    void loopUntil(BooleanSupplier done) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                fail("not within " + PATIENCE);
            }
            loop.poll(ofMillis(10));
        }
    }

    /** A listener, whose connections are closed unless the test says otherwise. */
    Probe listener() throws IOException {
        return listener(family.address());
    }

    Probe listener(Sockaddr address) throws IOException {
        Probe listener = new Probe(loop);
        listener.createSocket(family.number(), Constants.SOCK_STREAM);
        listener.setReuseAddr();
        listener.bind(address);
        listener.listen(5);
        return listener;
    }

    /** A dispatcher that has begun to connect. */
    Probe client(Dispatcher listener) throws IOException {
        Probe client = new Probe(loop);
        client.createSocket(family.number(), Constants.SOCK_STREAM);
        client.connect(listener.socket().getSockName());
        return client;
    }

    /** A connected dispatcher that wants to read alone. */
    Probe reader(Socket socket) throws IOException {
        Probe probe = new Probe(loop, socket);
        probe.writable = false;
        probe.on(Event.READ, probe::readAll);
        return probe;
    }

    /** A connection outside of the loop, the side that accepted first; the caller's to use in a dispatcher, or not. */
    Socket[] connection() throws IOException {
        try (Socket listener = new Socket(family.number(), Constants.SOCK_STREAM)) {
            listener.bind(family.address());
            listener.listen();
            Socket client = add(new Socket(family.number(), Constants.SOCK_STREAM));
            client.connect(listener.getSockName());
            return new Socket[] {add(listener.accept().socket()), client};
        }
    }

    static Socket server(Sockaddr address) throws IOException {
        return Sockets.createServer(address);
    }
}
