package dev.hawser.socketserver;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.posix.Errno;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import dev.hawser.testkit.Faults;
import dev.hawser.testkit.Tasks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The program of {@link ShortageTest}: a server in a process of its own, so that nobody else gives a descriptor back while it has
 * none. It prints its address and the size of its queue, and then each command that it has done. Its log, a line for each record, goes to
 * stderr, between the commands.
 */
final class ShortageServer {

    /** Held, so that its level stays. */
    private static final Logger LOGGER = Logger.getLogger("dev.hawser.socketserver");

    private final TcpServer server;
    private final List<Socket> fillers = new ArrayList<>();

    private ShortageServer(TcpServer server) {
        this.server = server;
    }

    public static void main(String[] args) throws Exception {
        logEverything();
        loadWhatIsNeeded();
        try (TcpServer server = server()) {
            new ShortageServer(server).run();
        }
    }

    private void run() throws Exception {
        Tasks<Void> loop = Tasks.run(server::serveForever);
        say(server.serverAddress().toString());
        say(Integer.toString(server.requestQueueSize()));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            obey(command);
        }
        server.shutdown();
        loop.result();
        say("ended");
    }

    private void obey(String command) throws IOException {
        switch (command) {
            case "fill" -> {
                // The client has its answer before the server has given the connection's descriptor back.
                eventually().until(() -> server.state().inProgress().size() == 0);
                useUp(fillers);
            }
            case "release" -> release(fillers);
            default -> throw new IllegalArgumentException(command);
        }
        say(command);
    }

    /** On stderr first, so that what is logged later is later there, too. */
    @SuppressWarnings("SystemOut") // that is what it is for
    private static void say(String line) {
        System.err.println(line);
        System.out.println(line);
    }

    private static void logEverything() {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%5$s%n");
        LOGGER.setLevel(Level.ALL);
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setLevel(Level.ALL);
        }
    }

    private static void greet(Socket request, Sockaddr client, BaseServer<Socket> server) throws IOException {
        request.sendAll("hello".getBytes(UTF_8));
    }

    private static TcpServer server() throws IOException {
        return new TcpServer(SockaddrIn.of("127.0.0.1", 0), ShortageServer::greet);
    }

    private static void useUp(List<Socket> fillers) throws IOException {
        while (true) {
            try {
                fillers.add(new Socket(Constants.AF_UNIX, Constants.SOCK_DGRAM));
            } catch (IOException e) {
                if (e instanceof SocketError error && error.errno() == Errno.EMFILE) {
                    return;
                }
                throw e;
            }
        }
    }

    private static void release(List<Socket> fillers) throws IOException {
        for (Socket each : fillers) {
            each.close();
        }
        fillers.clear();
    }

    /** A class cannot be loaded later, without a descriptor. */
    private static void loadWhatIsNeeded() throws Exception {
        try (Faults faults = Faults.install();
                TcpServer server = server();
                Socket client = new Socket(Constants.AF_INET, Constants.SOCK_STREAM)) {
            Tasks<Void> loop = Tasks.run(server::serveForever);
            faults.on("accept4").times(4).fail(Errno.EMFILE);
            client.connect(server.serverAddress());
            eventually().until(() -> faults.count("accept4") == 4);
            while (client.recv(100).length > 0) {
                // The fifth has succeeded.
            }
            server.shutdown();
            loop.result();
            faults.on("socket").times(1).fail(Errno.EMFILE);
            useUp(new ArrayList<>());
        }
    }
}
