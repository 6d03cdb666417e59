package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.MSG_WAITALL;
import static dev.hawser.socket.Constants.SOCK_STREAM;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import java.lang.Thread.State;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A program: connects many times to a port of this host, and has a virtual thread wait on each connection for an answer
 * to its number. Prints {@code parked} when all wait, and {@code answered N} when all have ended, of which N well.
 */
final class ParkedClients {

    /** The answer to a number: bytes that no other number has. */
    static byte[] answer(int number) {
        return ByteBuffer.allocate(16)
                .putLong(number)
                .putLong(number * 0x9E3779B97F4A7C15L)
                .array();
    }

    private ParkedClients() {}

    /** Takes the port and the number of clients. */
    public static void main(String[] arguments) throws Exception {
        Sockaddr server = SockaddrIn.of("127.0.0.1", Integer.parseInt(arguments[0]));
        int count = Integer.parseInt(arguments[1]);
        List<InThread<Boolean>> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            clients.add(InThread.start(ThreadKind.VIRTUAL, () -> ask(server, number)));
        }
        for (InThread<Boolean> client : clients) {
            client.awaitState(State.WAITING);
        }
        System.out.println("parked");
        int answered = 0;
        for (InThread<Boolean> client : clients) {
            answered += client.result() ? 1 : 0;
        }
        long carriers = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ForkJoinPool-1-worker"))
                .count();
        System.out.println("answered " + answered + " on " + carriers + " carriers");
    }

    private static boolean ask(Sockaddr server, int number) throws Exception {
        try (Socket socket = new Socket(AF_INET, SOCK_STREAM)) {
            socket.connect(server);
            socket.sendAll(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
            return ByteBuffer.wrap(answer(number)).equals(ByteBuffer.wrap(socket.recv(16, MSG_WAITALL)));
        }
    }
}
