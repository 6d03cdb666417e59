package dev.hawser.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.select.Fd;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The snippets of the Javadoc, compiled and run. */
class AsyncoreSnippetsTest {

    // @start region="echo"
    /** Accepts connections, and makes a dispatcher of each. */
    static class EchoServer extends Dispatcher {

        EchoServer(AsyncLoop loop, Sockaddr address) throws IOException {
            super(loop);
            createSocket();
            setReuseAddr();
            bind(address);
            listen(128);
        }

        @Override
        protected void handleAccepted(Socket socket, Sockaddr peer) throws IOException {
            new EchoHandler(loop(), socket);
        }
    }

    /** Sends back what it receives; the end of the connection closes it. */
    static class EchoHandler extends DispatcherWithSend {

        EchoHandler(AsyncLoop loop, Socket socket) throws IOException {
            super(loop, socket);
        }

        @Override
        protected void handleRead() throws IOException {
            send(recv(8192));
        }
    }
    // @end

    // @start region="loop"
    static void serve(AsyncLoop loop, Sockaddr address) throws IOException {
        try (loop) {
            new EchoServer(loop, address);
            loop.loop(); // until another thread calls loop.close()
        }
    }
    // @end

    // @start region="client"
    static class Greeter extends DispatcherWithSend {

        final StringBuilder answer = new StringBuilder();

        Greeter(AsyncLoop loop, Sockaddr server) throws IOException {
            super(loop);
            createSocket();
            connect(server);
            send("hello".getBytes(StandardCharsets.UTF_8)); // kept until there is a connection
        }

        @Override
        protected void handleRead() throws IOException {
            answer.append(new String(recv(8192), StandardCharsets.UTF_8));
            if (answer.length() == 5) {
                close();
            }
        }
    }
    // @end

    @Test
    void whatAClientSendsComesBack() throws Exception {
        Sockaddr address = freeAddress();
        AsyncLoop serving = new AsyncLoop();
        FutureTask<Void> server = new FutureTask<>(() -> {
            serve(serving, address);
            return null;
        });
        Thread.ofVirtual().start(server);
        try (AsyncLoop loop = new AsyncLoop()) {
            while (!listens(serving) && !server.isDone()) {
                Thread.onSpinWait();
            }
            Greeter greeter = new Greeter(loop, address);
            loop.loop();
            assertThat(greeter.answer).hasToString("hello");
        }
        serving.close();
        server.get(30, TimeUnit.SECONDS);
    }

    private static boolean listens(AsyncLoop loop) {
        return loop.getMap().values().stream().anyMatch(each -> each.state() == Dispatcher.State.LISTENING);
    }

    private static Sockaddr freeAddress() throws IOException {
        try (Socket socket = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0))) {
            return socket.getSockName();
        }
    }

    // @start region="file"
    /** Tells the lines that are typed, beside all that the loop's sockets do. */
    static class Console extends FileDispatcher {

        Console(AsyncLoop loop) throws IOException {
            super(loop, Fd.STDIN);
        }

        @Override
        protected boolean writable() {
            return false;
        }

        @Override
        protected void handleRead() throws IOException {
            System.out.print("typed: " + new String(recv(1024), StandardCharsets.UTF_8));
        }
    }
    // @end

    @Test
    void aConsoleIsADispatcherWhereStandardInputCanBeWaitedFor() throws IOException {
        try (AsyncLoop loop = new AsyncLoop()) {
            Console console = new Console(loop);
            loop.poll(Duration.ZERO);
            assertThat(console.fileno()).isNotEqualTo(0);
        } catch (IllegalArgumentException redirectedFromAFile) {
            assertThat(redirectedFromAFile).hasMessageContaining("cannot be waited for");
        }
    }
}
