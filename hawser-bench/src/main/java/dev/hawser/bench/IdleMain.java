package dev.hawser.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/**
 * The process of idle connections: {@code IdleMain PORT COUNT} opens them, prints how many there are after each quarter, and
 * holds them until its standard input ends. After each
 * quarter it waits for a line that tells it to go on, so that the server can be asked meanwhile what it holds.
 *
 * <p>They come from many addresses of the loopback interface, so that the ports of one are no limit; which ones follows from the
 * server's port, so that two servers have none in common.
 *
 * <p>Each one has a byte echoed before the next is opened: so the server has accepted it, and waits for it, when the measuring
 * begins.
 */
final class IdleMain {
    private static final int REPORTS = 4;
    private static final int FROM_ONE_ADDRESS = 8192;
    private static final int PATIENCE_MILLIS = 10_000;

    private IdleMain() {}

    public static void main(String[] args) throws InterruptedException {
        int port = Integer.parseInt(args[0]);
        int count = Integer.parseInt(args[1]);
        BlockingQueue<String> goOn = ParentLink.endWithParent();
        List<Socket> open = new ArrayList<>(count);
        try {
            while (open.size() < count) {
                open.add(connect(port, open.size()));
                if (isQuarter(open.size(), count)) {
                    ParentLink.say(Integer.toString(open.size()));
                    goOn.take();
                }
            }
        } catch (IOException e) {
            System.err.println("connection " + (open.size() + 1) + " of " + count + ": " + e.getMessage());
            System.exit(1);
        }
        Thread.currentThread().join();
    }

    private static boolean isQuarter(int opened, int count) {
        return opened % Math.ceilDiv(count, REPORTS) == 0 || opened == count;
    }

    private static Socket connect(int port, int number) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(source(port, number), 0));
        socket.connect(Loopback.port(port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write('i');
        if (socket.getInputStream().read() != 'i') {
            throw new IOException("the server does not echo");
        }
        return socket;
    }

    private static InetAddress source(int port, int number) throws UnknownHostException {
        byte[] address = {127, (byte) (port >> Byte.SIZE), (byte) port, (byte) (1 + number / FROM_ONE_ADDRESS)};
        return InetAddress.getByAddress(address);
    }
}
