package dev.hawser.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A reactor with a port, and clients that are plain sockets of the test's thread. */
final class StreamFixture implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final StreamSetting setting;
    private final RunningReactor running;
    private final List<Socket> clients = new ArrayList<>();
    private final BlockingQueue<RecordingProtocol> accepted = new LinkedBlockingQueue<>();

    StreamFixture(StreamSetting setting) throws Exception {
        this.setting = setting;
        this.running = RunningReactor.open(setting.backend());
        running.run(() -> {}); // it runs
    }

    RunningReactor running() {
        return running;
    }

    Reactor reactor() {
        return running.reactor();
    }

    /** Listens for protocols of this kind. */
    ListeningPort listen(Supplier<RecordingProtocol> protocols) throws Exception {
        return listenWith(address -> {
            RecordingProtocol protocol = protocols.get();
            accepted.add(protocol);
            return protocol;
        });
    }

    ListeningPort listenWith(Factory factory) throws Exception {
        return running.call(() -> switch (setting.family().anyAddress()) {
            case SockaddrUn unix -> reactor().listenUnix(unix, factory, ListenOptions.DEFAULT);
            case Sockaddr address -> reactor().listenTcp(address, factory, ListenOptions.DEFAULT);
        });
    }

    /** A client, and the protocol that serves it. */
    record Pair(Socket client, RecordingProtocol server) {}

    /** Listens, and connects one client. */
    Pair pair(RecordingProtocol protocol) throws Exception {
        ListeningPort port = listen(() -> protocol);
        Socket client = connect(port);
        return new Pair(client, nextServer());
    }

    Socket connect(ListeningPort port) throws IOException {
        Socket client = new Socket(setting.family().number(), Constants.SOCK_STREAM);
        clients.add(client);
        client.setTimeout(PATIENCE);
        client.connect(port.getHost());
        return client;
    }

    /** The protocol of the next connection, which it has been told of. */
    RecordingProtocol nextServer() throws Exception {
        RecordingProtocol next = accepted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        running.run(() -> {}); // the event that made it has ended
        return next;
    }

    /** All that comes until the end. */
    static byte[] readAll(Socket client) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[64 * 1024];
        for (int n = client.recvInto(piece); n > 0; n = client.recvInto(piece)) {
            all.write(piece, 0, n);
        }
        return all.toByteArray();
    }

    /** So many bytes. */
    static byte[] read(Socket client, int count) throws IOException {
        byte[] all = new byte[count];
        int done = 0;
        while (done < count) {
            int n = client.recvInto(all, done, count - done, 0);
            assertThat(n).as("bytes after %s", done).isPositive();
            done += n;
        }
        return all;
    }

    static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        for (Socket each : clients) {
            each.close();
        }
        running.close();
    }
}
