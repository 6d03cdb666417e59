package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.tls.TlsContext;
import dev.hawser.tls.TlsSocket;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A virtual thread that waits in a call of TLS leaves its carrier. */
@RequiresProgram("openssl")
class TlsNoPinningTest {

    @AutoClose
    private final Opened opened = new Opened();

    @Test
    void noWaitOfTlsPins() throws Exception {
        TlsContext server = TlsContext.forServer(Certificates.local(), Certificates.key(Certificates.local()));
        TlsContext client = TlsContext.builder().trust(Certificates.authority()).build();
        talk(server, client, 2); // the first calls initialize classes, which pins
        assertThat(Recorded.pinnedDuring(() -> talk(server, client, 20)))
                .filteredOn(pinned -> !isTurnInTheJdk(pinned))
                .isEmpty();
    }

    /** The JDK's cryptography takes turns at monitors of its own, for microseconds, which is no wait for the peer. */
    private static boolean isTurnInTheJdk(RecordedEvent pinned) {
        String enteredIn = pinned.getStackTrace()
                .getFrames()
                .getFirst()
                .getMethod()
                .getType()
                .getName();
        return pinned.getString("blockingOperation").equals("Contended monitor enter")
                && !enteredIn.startsWith("dev.hawser");
    }

    private void talk(TlsContext server, TlsContext client, int connections) throws Exception {
        Socket listener = opened.listener(SOCK_STREAM, Opened.loopback(), 16);
        List<InThread<Integer>> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            threads.add(InThread.start(
                    ThreadKind.VIRTUAL,
                    () -> echo(server.wrapServer(listener.accept().socket()))));
            threads.add(InThread.start(ThreadKind.VIRTUAL, () -> {
                Socket plain = new Socket(listener.family(), SOCK_STREAM);
                plain.connect(listener.getSockName());
                return ask(client.wrapClient(plain, "localhost"));
            }));
        }
        for (InThread<Integer> thread : threads) {
            thread.result();
        }
        closeWakes(server);
    }

    private static void closeWakes(TlsContext server) throws Exception {
        try (SocketPair pair = Sockets.socketPair()) {
            TlsSocket socket = server.wrapServer(pair.first());
            InThread<byte[]> waiting =
                    InThread.start(ThreadKind.VIRTUAL, () -> socket.recv(1)).awaitParked();
            socket.close();
            assertThat(waiting.failure()).isInstanceOf(SocketClosedException.class);
        }
    }

    private static int echo(TlsSocket socket) throws Exception {
        try (socket) {
            int echoed = 0;
            for (byte[] data = socket.recv(20_000); data.length > 0; data = socket.recv(20_000)) {
                socket.sendAll(data);
                echoed += data.length;
            }
            return echoed;
        }
    }

    private static int ask(TlsSocket socket) throws Exception {
        try (socket) {
            byte[] message = new byte[10_000];
            for (int i = 0; i < 10; i++) {
                socket.sendAll(message);
                for (int n = 0; n < message.length; ) {
                    n += socket.recvInto(message, n, message.length - n);
                }
            }
            return message.length;
        }
    }
}
