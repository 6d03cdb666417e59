package dev.hawser.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The JDK's own pollers and the marker socket that it closes others with: the JDK opens them at the first wait of a
 * virtual thread in {@code java.net}, and keeps them. They are brought to life before the first snapshot, because
 * afterwards nothing tells them from a leaked selector.
 */
final class JdkPollers {

    private static final AtomicBoolean STARTED = new AtomicBoolean();

    private JdkPollers() {}

    static void start() {
        if (STARTED.compareAndSet(false, true)) {
            exchangeOnVirtualThreads();
        }
    }

    /** The server waits for a byte that the client sends only after it has waited, too. */
    private static void exchangeOnVirtualThreads() {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = Thread.ofVirtual().start(() -> serve(listener));
            Thread client = Thread.ofVirtual().start(() -> connect(listener));
            server.join();
            client.join();
        } catch (IOException e) {
            // Without a loopback interface there will be no sockets of the JDK to wait for, either.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void serve(ServerSocket listener) {
        try (Socket accepted = listener.accept()) {
            accepted.getOutputStream().write(1);
            accepted.getInputStream().read();
        } catch (IOException e) {
            // As above.
        }
    }

    private static void connect(ServerSocket listener) {
        try (Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
            socket.getInputStream().read();
            socket.getOutputStream().write(1);
        } catch (IOException e) {
            // As above.
        }
    }
}
