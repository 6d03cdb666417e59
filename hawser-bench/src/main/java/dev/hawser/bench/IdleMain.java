package dev.hawser.bench;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * The process of idle connections: {@code IdleMain PORT COUNT} opens them, prints how many there are after each quarter, and
 * holds them until its standard input ends.
 *
 * <p>Each one has a byte echoed before the next is opened: so the server has accepted it, and waits for it, when the measuring
 * begins.
 */
final class IdleMain {
    private static final int REPORTS = 4;
    private static final int PATIENCE_MILLIS = 10_000;

    private IdleMain() {}

    public static void main(String[] args) throws InterruptedException {
        int port = Integer.parseInt(args[0]);
        int count = Integer.parseInt(args[1]);
        ParentLink.endWithParent();
        List<Socket> open = new ArrayList<>(count);
        try {
            while (open.size() < count) {
                open.add(connect(port));
                report(open.size(), count);
            }
        } catch (IOException e) {
            System.err.println("connection " + (open.size() + 1) + " of " + count + ": " + e.getMessage());
            System.exit(1);
        }
        Thread.currentThread().join();
    }

    private static void report(int opened, int count) {
        int quarter = Math.ceilDiv(count, REPORTS);
        if (opened % quarter == 0 || opened == count) {
            ParentLink.say(Integer.toString(opened));
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(Loopback.port(port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write('i');
        if (socket.getInputStream().read() != 'i') {
            throw new IOException("the server does not echo");
        }
        return socket;
    }
}
