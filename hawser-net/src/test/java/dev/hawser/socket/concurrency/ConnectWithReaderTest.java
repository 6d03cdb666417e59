package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.ConnectFailedException;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kernel tells a socket's error once, to whoever asks first: a reader must not keep it from the one who connects. */
class ConnectWithReaderTest {

    private static final int CLIENTS = 10;

    @AutoClose
    private final Opened opened = new Opened();

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsRefusedEndsTheConnectThoughAnotherThreadReads(ThreadKind kind) throws Exception {
        Socket listener = opened.listener(SOCK_STREAM, Opened.loopback(), 0);
        Sockaddr address = listener.getSockName();
        opened.socket(AF_INET, SOCK_STREAM).connect(address);
        List<InThread<String>> connecting = new ArrayList<>();
        List<InThread<byte[]>> reading = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Socket client = opened.socket(AF_INET, SOCK_STREAM);
            connecting.add(InThread.start(kind, () -> connect(client, address)).awaitParked());
            reading.add(InThread.start(kind, () -> client.recv(1)).awaitParked());
        }
        listener.close();
        for (InThread<byte[]> reader : reading) {
            Await.until("the reader ends", reader::isDone);
        }
        for (InThread<String> connect : connecting) {
            assertThat(connect.failure()).isInstanceOf(ConnectFailedException.class);
        }
    }

    private static String connect(Socket socket, Sockaddr address) throws IOException {
        socket.connect(address);
        return "connected";
    }
}
