package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Linger;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketOptions;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.socket.TimedOutException;
import dev.hawser.socket.concurrency.WaitingCall.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A virtual thread that waits in a call of Hawser leaves its carrier. */
class NoPinningTest {

    private static final int CLIENTS = 40;
    private static final int CONNECTIONS_OF_EACH = 10;

    @AutoClose
    private final Opened opened = new Opened();

    /** Parks while it is initialized, which no virtual thread can do without its carrier. */
    private static final class ParksInItsInitializer {
        static final boolean PARKED = park();

        private static boolean park() {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            return true;
        }
    }

    /** The first call of each kind initializes classes, and that pins, whatever is called. */
    @BeforeEach
    void callEverythingOnce() throws Exception {
        waitInEveryCall();
        load(1, 1);
    }

    @Test
    void aPinnedThreadWouldShow() throws Exception {
        assertThat(Recorded.pinnedDuring(() -> InThread.start(ThreadKind.VIRTUAL, () -> ParksInItsInitializer.PARKED)
                        .result()))
                .isNotEmpty();
    }

    @Test
    void nothingPinsUnderLoad() throws Exception {
        assertThat(Recorded.pinnedDuring(() -> load(CLIENTS, CONNECTIONS_OF_EACH)))
                .isEmpty();
    }

    @Test
    void noKindOfWaitPins() throws Exception {
        assertThat(Recorded.pinnedDuring(this::waitInEveryCall)).isEmpty();
    }

    private void waitInEveryCall() throws Exception {
        for (WaitingCall kind : WaitingCall.values()) {
            Waiting waiting = kind.prepare(opened);
            InThread<Object> closed =
                    InThread.start(ThreadKind.VIRTUAL, waiting.call()).awaitParked();
            waiting.owner().close();
            assertThat(closed.failure()).isInstanceOf(SocketClosedException.class);
            opened.close();
        }
    }

    private void load(int clients, int connectionsOfEach) throws Exception {
        Socket listener = opened.listener(SOCK_STREAM, Opened.loopback(), 16);
        InThread<Integer> server = InThread.start(ThreadKind.VIRTUAL, () -> serve(listener));
        List<InThread<String>> running = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            SplittableRandom random = new SplittableRandom(i);
            Sockaddr address = listener.getSockName();
            running.add(InThread.start(ThreadKind.VIRTUAL, () -> talk(address, connectionsOfEach, random)));
        }
        for (InThread<String> client : running) {
            client.result();
        }
        InThread.start(ThreadKind.VIRTUAL, () -> {
                    listener.close();
                    return "closed";
                })
                .result();
        assertThat(server.result()).isEqualTo(clients * connectionsOfEach);
    }

    private static int serve(Socket listener) throws Exception {
        List<InThread<String>> handlers = new ArrayList<>();
        for (; ; ) {
            try {
                Socket socket = listener.accept().socket();
                handlers.add(InThread.start(ThreadKind.VIRTUAL, () -> echo(socket)));
            } catch (SocketClosedException e) {
                for (InThread<String> handler : handlers) {
                    handler.result();
                }
                return handlers.size();
            }
        }
    }

    private static String echo(Socket socket) throws IOException {
        try (socket) {
            for (byte[] data = socket.recv(4096); data.length > 0; data = socket.recv(4096)) {
                socket.sendAll(data);
            }
            return "echoed";
        }
    }

    private static String talk(Sockaddr address, int connections, SplittableRandom random) throws IOException {
        for (int i = 0; i < connections; i++) {
            try (Socket socket = new Socket(AF_INET, SOCK_STREAM)) {
                socket.connect(address);
                socket.setSockOpt(SocketOptions.SO_LINGER, new Linger(true, 1));
                for (int messages = 0; messages < 10; messages++) {
                    byte[] message = new byte[1 + random.nextInt(4000)];
                    random.nextBytes(message);
                    socket.sendAll(message);
                    assertThat(receive(socket, message.length)).isEqualTo(message);
                }
            }
            timeOut();
        }
        return "talked";
    }

    private static void timeOut() throws IOException {
        try (SocketPair pair = Sockets.socketPair(AF_UNIX, SOCK_DGRAM, 0)) {
            pair.first().setTimeout(Duration.ofMillis(1));
            pair.first().recv(1);
            throw new AssertionError("there is nothing to receive");
        } catch (TimedOutException expected) {
            assertThat(expected.errno()).isZero();
        }
    }

    private static byte[] receive(Socket socket, int length) throws IOException {
        byte[] all = new byte[length];
        for (int n = 0; n < length; ) {
            n += socket.recvInto(all, n, length - n, 0);
        }
        return all;
    }
}
