package dev.hawser.socketserver;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hawser.socket.Constants;
import dev.hawser.socket.ControlMessage;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import java.io.IOException;
import java.util.List;

/** The life of a worker with one request, played by one process alone, so that the JVM sees which classes that takes. */
final class WorkerRehearsal {

    private WorkerRehearsal() {}

    /** Answers a line. The true handler is not run: what it does is none of a rehearsal's business. */
    static final class Answer extends StreamRequestHandler {

        @Override
        protected void handle() throws IOException {
            wfile().write(rfile().readLine(100));
        }
    }

    static void run(String handler) throws Exception {
        Class.forName(handler, false, ClassLoader.getSystemClassLoader());
        int status;
        try (Socket listener = new Socket(Constants.AF_UNIX, Constants.SOCK_SEQPACKET)) {
            listener.bind(SockaddrUn.UNNAMED);
            listener.listen();
            Thread.ofPlatform().daemon().start(() -> play(listener));
            long pid = ProcessHandle.current().pid();
            status = WorkerMain.serve(listener.getSockName(), pid, Answer.class.getName());
        }
        System.exit(status);
    }

    /** Whatever goes wrong ends the link, and so this process, with a failure. */
    private static void play(Socket listener) {
        try (SocketPair pair = Sockets.socketPair();
                Socket link = listener.accept().socket()) {
            pair.first().sendAll("hello\n".getBytes(US_ASCII));
            send(link, new WorkerMessage.Welcome(SockaddrUn.UNNAMED, false, 0));
            ControlMessage connection = ControlMessage.Rights.of(pair.second().fileno());
            send(link, new WorkerMessage.Request(SockaddrUn.UNNAMED, 1_000_000_000, new byte[0]), connection);
            pair.second().close();
            send(link, new WorkerMessage.Retire());
            while (link.recv(WorkerMessage.MAX_ANSWER_BYTES).length > 0) {
                // Ready, and done.
            }
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static void send(Socket link, WorkerMessage message, ControlMessage... control) throws IOException {
        link.sendMsg(message.encode(), List.of(control), 0, null);
    }
}
