package dev.hawser.socket.concurrency;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hawser.socket.SocketError;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The program of {@link PollersSurviveTest}: its first wait finds no descriptor left, and a later one does. */
final class FirstWait {

    private FirstWait() {}

    public static void main(String[] args) throws IOException {
        SocketPair pair = Sockets.socketPair();
        pair.first().setTimeout(Duration.ofSeconds(20));
        List<Closeable> hoard = new ArrayList<>();
        System.out.println("no descriptor left: " + hoard(pair, hoard));
        System.out.println("first wait: " + failureOfRecv(pair));
        for (Closeable hoarded : hoard) {
            hoarded.close();
        }
        pair.second().sendAll("x".getBytes(US_ASCII));
        System.out.println("with data: " + new String(pair.first().recv(1), US_ASCII));
        pair.first().setTimeout(Duration.ofMillis(1));
        System.out.println("second wait: " + failureOfRecv(pair));
        pair.close();
    }

    private static String hoard(SocketPair pair, List<Closeable> hoard) {
        try {
            while (true) {
                hoard.add(pair.second().dup());
            }
        } catch (IOException full) {
            return name(full);
        }
    }

    private static String failureOfRecv(SocketPair pair) {
        try {
            return "got " + pair.first().recv(1).length;
        } catch (IOException e) {
            return name(e);
        }
    }

    private static String name(IOException failure) {
        return failure instanceof SocketError known && known.errno() != 0
                ? String.valueOf(known.errnoName())
                : failure.getClass().getSimpleName();
    }
}
