package dev.hawser.examples;

import dev.hawser.reactor.ExitStatus;
import dev.hawser.reactor.ProcessOptions;
import dev.hawser.reactor.ProcessProtocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.time.DelayedCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a program running: starts it again when it has ended, prints its lines with its name before them, and ends it in the end: with TERM, and
 * where that does not help, with KILL.
 *
 * <p>A program that ends at once is not started as fast as the machine can: each time the wait is twice as long, up to a minute. One that
 * has run for a while is started after the shortest wait again.
 */
public final class Supervisor implements Service {

    /** How long a program is given to end by itself. */
    public static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** How many times as long as the shortest wait a program runs that is taken for well. */
    private static final int STEADY = 10;

    private static final int MAX_LINE_BYTES = 8192;

    private final List<String> command;
    private final String name;
    private final Duration firstWait;
    private final Duration grace;
    private final PrintStream out;
    private final Reactor reactor;
    private final AtomicLong starts = new AtomicLong();
    private Duration wait;
    private boolean ending;
    private @Nullable Child child;
    private @Nullable DelayedCall restart;

    /**
     * Starts the program.
     *
     * @param firstWait how long to wait before the first restart
     * @param grace how long the program may take to end, once it was told to
     * @throws IOException if it cannot be started
     */
    public Supervisor(List<String> command, Duration firstWait, Duration grace, PrintStream out) throws IOException {
        this.command = List.copyOf(command);
        String program = command.getFirst();
        this.name = program.substring(program.lastIndexOf('/') + 1);
        this.firstWait = firstWait;
        this.wait = firstWait;
        this.grace = grace;
        this.out = out;
        this.reactor = Reactor.open();
        try {
            start();
        } catch (IOException e) {
            reactor.close();
            throw e;
        }
    }

    /** Keeps the program running that the arguments are. */
    public static void main(String[] args) throws IOException {
        PrintStream log = System.out;
        try (Supervisor supervisor = new Supervisor(List.of(args), Duration.ofSeconds(1), GRACE, log)) {
            supervisor.serve();
        }
    }

    @Override
    public void serve() throws IOException {
        try (reactor) {
            reactor.run();
        }
    }

    @Override
    public String served() {
        return Server.count(starts.get(), "time");
    }

    /** Has {@link #serve} return when the program has ended. Safe from any thread. */
    @Override
    public void close() {
        try {
            reactor.callFromThread(this::end);
        } catch (IllegalStateException e) {
            // The reactor is closed: it has ended already.
        }
    }

    private void end() {
        ending = true;
        if (restart != null && restart.isActive()) {
            restart.cancel();
        }
        if (child == null) {
            reactor.stop();
        } else {
            child.end();
        }
    }

    private void start() throws IOException {
        reactor.spawnProcess(new Child(), new ProcessOptions(command, null, null));
    }

    private void startAgain() {
        try {
            start();
        } catch (IOException e) {
            tell("cannot be started: " + e.getMessage());
            startLater();
        }
    }

    private void startLater() {
        tell("starts again in " + seconds(wait));
        restart = reactor.callLater(wait, this::startAgain);
        Duration twice = wait.multipliedBy(2);
        wait = twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
    }

    private void tell(String what) {
        out.println(name + " " + what);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    /** The program, once started. */
    private final class Child extends ProcessProtocol {

        private final Output output = new Output("| ");
        private final Output errors = new Output("! ");
        private final long started = reactor.nanoTime();
        private @Nullable DelayedCall kill;

        @Override
        public void connectionMade() {
            child = this;
            boolean first = starts.incrementAndGet() == 1;
            tell("runs as process " + transport().pid() + (first ? ", Ctrl-C ends it" : ""));
            transport().closeStdin();
        }

        @Override
        public void outReceived(ByteBuffer data) {
            output.add(data);
        }

        @Override
        public void errReceived(ByteBuffer data) {
            errors.add(data);
        }

        private void end() {
            if (kill == null) {
                tell("is told to end");
                kill = reactor.callLater(grace, this::kill);
                signal("TERM");
            }
        }

        private void kill() {
            tell("has not ended within " + seconds(grace) + " and is killed");
            signal("KILL");
            transport().loseConnection(); // what it has started itself may hold its output open
        }

        private void signal(String signal) {
            try {
                transport().signalProcess(signal);
            } catch (IllegalStateException e) {
                // It has exited meanwhile.
            }
        }

        @Override
        public void processEnded(ExitStatus status) {
            output.end();
            errors.end();
            child = null;
            Duration ran = Duration.ofNanos(reactor.nanoTime() - started);
            tell("has ended with status " + status.code() + " after " + seconds(ran));
            if (kill != null && kill.isActive()) {
                kill.cancel();
            }
            if (ending) {
                reactor.stop();
                return;
            }
            if (ran.compareTo(firstWait.multipliedBy(STEADY)) >= 0) {
                wait = firstWait;
            }
            startLater();
        }
    }

    /** One of its streams, line by line. A line that is longer than the limit is printed in parts. */
    private final class Output {

        private final String mark;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        private Output(String mark) {
            this.mark = mark;
        }

        private void add(ByteBuffer data) {
            while (data.hasRemaining()) {
                byte next = data.get();
                if (next != '\n') {
                    line.write(next);
                }
                if (next == '\n' || line.size() == MAX_LINE_BYTES) {
                    print();
                }
            }
        }

        /** The last line may have no newline. */
        private void end() {
            if (line.size() > 0) {
                print();
            }
        }

        private void print() {
            out.print(name + mark);
            out.writeBytes(line.toByteArray());
            out.println();
            line.reset();
        }
    }
}
