package dev.hawser.reactor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.posix.Errno;
import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import dev.hawser.testkit.Faults;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The program of {@link AcceptShortageTest}: a server in a process of its own, so that nobody else gives a descriptor back while it has none. It
 * prints its address, and then for each command what it has done. Its log goes to stderr.
 */
final class AcceptShortageProgram {

    private static final List<Socket> FILLERS = new ArrayList<>();

    private AcceptShortageProgram() {}

    private static final class Greeting extends Protocol {
        @Override
        public void connectionMade() {
            transport().write("hello".getBytes(UTF_8));
            transport().loseConnection();
        }

        @Override
        public void dataReceived(ByteBuffer data) {}
    }

    public static void main(String[] args) throws Exception {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%5$s%n");
        loadWhatIsNeeded();
        try (RunningReactor running = RunningReactor.open(BackendKind.valueOf(args[0]))) {
            ListeningPort port = listen(running);
            say(port.getHost().toString());
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                say(obey(running, command));
            }
        }
        say("ended");
    }

    private static ListeningPort listen(RunningReactor running) throws Exception {
        return running.call(() -> running.reactor()
                .listenTcp(SockaddrIn.of("127.0.0.1", 0), Factory.of(Greeting::new), ListenOptions.DEFAULT));
    }

    private static String obey(RunningReactor running, String command) throws Exception {
        switch (command) {
            case "fill" -> useUp();
            case "release" -> release();
            case "turns" -> {
                return Long.toString(running.reactor().metrics().turns());
            }
            default -> throw new IllegalArgumentException(command);
        }
        return command;
    }

    /** On stderr first, so that what is logged later is later there, too. */
    @SuppressWarnings("SystemOut") // that is what it is for
    private static void say(String line) {
        System.err.println(line);
        System.out.println(line);
    }

    private static void useUp() throws IOException {
        while (true) {
            try {
                FILLERS.add(new Socket(Constants.AF_UNIX, Constants.SOCK_DGRAM));
            } catch (IOException e) {
                if (e instanceof SocketError error && error.errno() == Errno.EMFILE) {
                    return;
                }
                throw e;
            }
        }
    }

    private static void release() throws IOException {
        for (Socket each : FILLERS) {
            each.close();
        }
        FILLERS.clear();
    }

    /** A class cannot be loaded later, without a descriptor. */
    private static void loadWhatIsNeeded() throws Exception {
        try (Faults faults = Faults.install();
                RunningReactor running = RunningReactor.open();
                Socket client = new Socket(Constants.AF_INET, Constants.SOCK_STREAM)) {
            ListeningPort port = listen(running);
            faults.on("accept4").times(4).fail(Errno.EMFILE);
            client.connect(port.getHost());
            while (client.recv(100).length > 0) {
                // The fifth has succeeded.
            }
            faults.on("socket").times(1).fail(Errno.EMFILE);
            useUp();
            running.reactor().metrics();
        }
    }
}
