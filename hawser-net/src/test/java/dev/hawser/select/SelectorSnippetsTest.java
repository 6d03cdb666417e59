package dev.hawser.select;

import static dev.hawser.select.Selector.EVENT_READ;
import static dev.hawser.select.Selector.EVENT_WRITE;
import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.OnVirtualThreads;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.socket.WouldBlockException;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The snippets of the selectors' Javadoc, compiled and run. */
@Timeout(30)
class SelectorSnippetsTest {

    private static final int MEGABYTE = 1 << 20;

    // @start region="echo"
    static void serve(Socket listener, Selector selector) throws IOException {
        listener.setTimeout(Duration.ZERO); // what is not ready after all must not wait
        selector.register(listener, EVENT_READ);
        while (true) {
            for (ReadyKey ready : selector.select(null)) {
                if (ready.key().file() == listener) {
                    accept(listener, selector);
                } else {
                    echo(selector, ready.key(), ready.events());
                }
            }
        }
    }

    static void accept(Socket listener, Selector selector) throws IOException {
        try {
            Socket peer = listener.accept().socket();
            peer.setTimeout(Duration.ZERO);
            selector.register(peer, EVENT_READ, ByteBuffer.allocate(8192));
        } catch (WouldBlockException e) {
            // the client has gone again
        }
    }

    static void echo(Selector selector, SelectorKey key, int events) throws IOException {
        Socket peer = (Socket) key.file();
        ByteBuffer data = (ByteBuffer) key.attachment();
        try {
            if ((events & EVENT_READ) != 0 && peer.recvInto(data.clear(), 0) == 0) {
                peer.close(); // which ends its registration
                return;
            } else if ((events & EVENT_READ) != 0) {
                data.flip();
            }
            peer.send(data, 0);
        } catch (WouldBlockException e) {
            // the peer does not read: what is left waits for it
        } catch (IOException e) {
            peer.close();
            return;
        }
        selector.modify(peer, data.hasRemaining() ? EVENT_WRITE : EVENT_READ, data);
    }
    // @end

    @ParameterizedTest
    @EnumSource
    void theEchoServerEchoes(Backend backend) throws Exception {
        Selector selector = backend.open();
        try (Socket listener = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0))) {
            Tasks<Void> server = Tasks.run(() -> {
                try {
                    serve(listener, selector);
                } catch (ClosedSelectorException e) {
                    assertThat(selector.getMap()).isEmpty();
                }
            });
            byte[] message = new byte[4 * MEGABYTE];
            new Random(7).nextBytes(message);
            try (Socket client = Sockets.createConnection("127.0.0.1", ((SockaddrIn) listener.getSockName()).port())) {
                Tasks<Void> sender = Tasks.run(() -> client.sendAll(message));
                assertThat(receive(client, message.length)).isEqualTo(message);
                sender.result();
            }
            eventually().until(() -> selector.getMap().size() == 1); // the server has closed its end
            selector.close();
            server.result();
        } finally {
            selector.close();
        }
    }

    private static byte[] receive(Socket socket, int length) throws IOException {
        byte[] all = new byte[length];
        for (int n = 0; n < length; ) {
            n += socket.recvInto(all, n, length - n, 0);
        }
        return all;
    }

    @Test
    @ExtendWith(OnVirtualThreads.class)
    void otherThreadsHandTasksToTheLoop() throws Exception {
        ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        AtomicInteger done = new AtomicInteger();
        try (Selector selector = Selectors.open()) {
            Tasks<Void> loop = Tasks.run(() -> {
                while (done.get() < 100) {
                    selector.select(null, (key, events) -> {});
                    runAll(tasks);
                }
            });
            for (int i = 0; i < 100; i++) {
                // @start region="wakeup"
                tasks.add(done::incrementAndGet); // what the loop runs after each select
                selector.wakeUp();
                // @end
            }
            loop.result();
        }
        assertThat(done).hasValue(100);
    }

    private static void runAll(ConcurrentLinkedQueue<Runnable> tasks) {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    void aSelectorIsOpenedAndClosed() throws IOException {
        try (SocketPair pair = Sockets.socketPair()) {
            Socket socket = pair.first();
            // @start region="open"
            try (Selector selector = Selectors.open()) {
                selector.register(socket, EVENT_WRITE, "a name");
                for (ReadyKey ready : selector.select(Duration.ofSeconds(1))) {
                    System.out.println(ready.key().attachment() + " is ready for " + ready.events());
                }
            }
            // @end
        }
    }
}
