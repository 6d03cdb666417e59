package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketPair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Virtual threads that compute without end keep all carriers: platform threads are served all the same. */
class BusyCarriersTest {

    private static final int MESSAGES = 200;

    /** More than there can be carriers. */
    private static final int HOGS = Runtime.getRuntime().availableProcessors();

    @AutoClose
    private final Opened opened = new Opened();

    private final AtomicInteger computing = new AtomicInteger();
    private final List<InThread<String>> hogs = new ArrayList<>();
    private volatile boolean ended;

    @AfterEach
    void freeTheCarriers() throws Exception {
        ended = true;
        for (InThread<String> hog : hogs) {
            assertThat(hog.result()).isEqualTo("done");
        }
    }

    @Test
    void platformThreadsTalkWhileVirtualThreadsKeepAllCarriers() throws Exception {
        SocketPair pair = opened.tcp();
        InThread<String> echo = InThread.start(ThreadKind.PLATFORM, () -> echo(pair.second()));
        keepAllCarriers();
        InThread<String> stuck = InThread.start(ThreadKind.VIRTUAL, () -> "ran");
        talk(pair.first());
        assertThat(stuck.isDone()).as("no carrier was free").isFalse();
        pair.first().close();
        assertThat(echo.result()).isEqualTo("echoed");
    }

    /** A descriptor that virtual threads have waited for is theirs no more than anybody's. */
    @Test
    void aDescriptorThatVirtualThreadsWaitedForServesPlatformThreadsToo() throws Exception {
        SocketPair pair = opened.pair(SOCK_STREAM);
        InThread<byte[]> virtual =
                InThread.start(ThreadKind.VIRTUAL, () -> pair.first().recv(1)).awaitParked();
        pair.second().sendAll(new byte[] {1});
        assertThat(virtual.result()).containsExactly(1);
        keepAllCarriers();
        for (int i = 0; i < MESSAGES; i++) {
            InThread<byte[]> platform = InThread.start(
                            ThreadKind.PLATFORM, () -> pair.first().recv(1))
                    .awaitParked();
            pair.second().sendAll(new byte[] {(byte) i});
            assertThat(platform.result()).containsExactly((byte) i);
        }
    }

    @Test
    void aPlatformThreadClosesWhatAVirtualThreadWaitsForWithoutACarrier() throws Exception {
        SocketPair pair = opened.tcp();
        InThread<byte[]> virtual =
                InThread.start(ThreadKind.VIRTUAL, () -> pair.first().recv(1)).awaitParked();
        keepAllCarriers();
        InThread<Integer> closer = InThread.start(ThreadKind.PLATFORM, () -> {
            pair.first().close();
            return pair.first().fileno();
        });
        Await.until("closing", () -> pair.first().isClosed());
        ended = true;
        assertThat(virtual.failure()).isInstanceOf(SocketClosedException.class);
        assertThat(closer.result()).isEqualTo(-1);
    }

    private void keepAllCarriers() {
        for (int i = 0; i < HOGS; i++) {
            hogs.add(InThread.start(ThreadKind.VIRTUAL, this::compute));
        }
        Await.until("all carriers compute", () -> computing.get() == HOGS);
    }

    private String compute() {
        computing.incrementAndGet();
        while (!ended) {
            Thread.onSpinWait();
        }
        return "done";
    }

    private static String echo(Socket socket) throws IOException {
        for (byte[] data = socket.recv(100); data.length > 0; data = socket.recv(100)) {
            socket.sendAll(data);
        }
        return "echoed";
    }

    private static void talk(Socket socket) throws IOException {
        for (int i = 0; i < MESSAGES; i++) {
            byte[] message = {(byte) i};
            socket.sendAll(message);
            assertThat(socket.recv(100)).isEqualTo(message);
        }
    }
}
