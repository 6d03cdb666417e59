package dev.hawser.examples;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs each time server on a free port of this machine, sends lines through the matching client, and checks the answers.
 *
 * <p>Blank lines are left out, and counted: an empty line is what ends a client. A line of more than 1024 bytes is sent in
 * parts, as the clients do.
 */
public final class Demo {

    private static final SockaddrIn ANY_LOOPBACK_PORT = new SockaddrIn(SockaddrIn.INADDR_LOOPBACK, 0);

    /** How far the server's clock may be from the demo's: they are the same, but somebody may be setting it. */
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(3);

    /** How long a busy machine may take to answer itself. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final List<String> SAMPLES = List.of("hello", "two words", "网络编程");

    private final PrintStream out;
    private final boolean colour;
    private final List<byte[]> messages = new ArrayList<>();
    private String remark = "";
    private String separator = "";

    /** Prints to a stream, with colours or without. */
    public Demo(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    /** Takes all lines of a stream as those to send. */
    public void readLines(InputStream in) throws IOException {
        Lines lines = Lines.of(in, out, false);
        int blankLines = 0;
        byte[] line;
        while ((line = lines.next()) != null) {
            if (line.length == 0) {
                blankLines++;
            } else {
                messages.add(line);
            }
        }
        if (blankLines > 0) {
            remark = Server.count(blankLines, "blank line") + " left out: an empty line ends a client";
        }
    }

    /** Takes three lines of the demo's own as those to send, and says why. */
    public void useSamples(String why) {
        remark = why + ": " + SAMPLES.size() + " sample lines are sent";
        SAMPLES.forEach(line -> messages.add(line.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether there is nothing to send. */
    public boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Runs the demos, and returns whether every answer was right. */
    public boolean run(List<Style> styles) {
        if (!remark.isEmpty()) {
            out.println(dim("(" + remark + ")"));
            separator = System.lineSeparator();
        }
        try (Servers servers = new Servers()) {
            servers.start(styles);
            boolean right = true;
            for (Running each : servers.running) {
                right &= run(each);
            }
            return right;
        } catch (IOException e) {
            out.println(red("FAILED") + " " + e.getMessage());
            return false;
        }
    }

    private boolean run(Running running) {
        out.print(separator);
        separator = System.lineSeparator();
        out.println(bold(running.style + " time server") + " on " + running.server.address());
        try {
            int right = converse(running.style, running.server.address());
            boolean all = right == messages.size();
            String verdict = right + " of " + Server.count(messages.size(), "answer") + " right";
            out.println("  " + (all ? green(verdict) : red(verdict)));
            return all;
        } catch (IOException e) {
            out.println("  " + red("FAILED") + " " + e.getMessage());
            return false;
        } finally {
            out.flush();
        }
    }

    /** Sends all messages, prints all answers, and returns how many were right. */
    private int converse(Style style, Sockaddr server) throws IOException {
        int right = 0;
        try (TimeClient client = style.client(HostPort.parse(server.toString()), TIMEOUT)) {
            for (byte[] message : messages) {
                Instant asked = Instant.now();
                byte[] answer = client.ask(message);
                boolean good = isRight(answer, message, asked, Instant.now());
                right += good ? 1 : 0;
                out.print("  " + (good ? green("ok   ") : red("WRONG")) + " ");
                out.write(answer);
                out.println();
            }
        }
        return right;
    }

    /** Whether this is the message with a time between asking and being answered before it. */
    static boolean isRight(byte[] answer, byte[] message, Instant asked, Instant answered) {
        Instant latest = answered.plus(CLOCK_SLACK);
        for (Instant time = asked.minus(CLOCK_SLACK); !time.isAfter(latest); time = time.plusSeconds(1)) {
            Clock clock = Clock.fixed(time, ZoneId.systemDefault());
            if (Arrays.equals(answer, Ctime.stamp(clock, message))) {
                return true;
            }
        }
        return false;
    }

    /** The servers at work. All are started before the first is asked: worker processes need a while to get ready. */
    private static final class Servers implements Closeable {

        private final List<Running> running = new ArrayList<>();
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

        private void start(List<Style> styles) throws IOException {
            for (Style style : styles) {
                Running next = new Running(style, style.server(ANY_LOOPBACK_PORT, nowhere()));
                running.add(next);
                threads.execute(next::serve);
            }
        }

        @Override
        public void close() throws IOException {
            try (threads) { // its close waits for the servers to end
                for (Running each : running) {
                    each.server.close();
                }
            }
        }
    }

    private record Running(Style style, TimeServer server) {

        private void serve() {
            try {
                server.serve();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static PrintStream nowhere() {
        return new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }

    private String bold(String text) {
        return paint("1", text);
    }

    private String dim(String text) {
        return paint("2", text);
    }

    private String green(String text) {
        return paint("32", text);
    }

    private String red(String text) {
        return paint("1;31", text);
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
