package dev.hawser.examples;

import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Logs to the syslog daemon of this machine, over its Unix datagram socket, in the form that syslog(3) writes and every
 * daemon reads (RFC 3164): {@code <14>Nov 23 04:00:00 app[4711]: message}. The number is the facility and the severity.
 *
 * <p>Each message is sent to the daemon's address by itself. So a daemon that was started again, with a new socket under
 * the same path, gets the next message, and there is no connection to repair.
 */
public final class SyslogLogger implements Closeable {

    /** Where the daemons listen. */
    public static final SockaddrUn DEV_LOG = SockaddrUn.of("/dev/log");

    /** {@code LOG_USER}: what no system service says. */
    private static final int USER = 1;

    /** What the daemons take at least: the rest of a message is cut off. */
    private static final int MAX_BYTES = 2048;

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);

    /** How bad it is, the worst first. */
    public enum Severity {
        EMERGENCY(0),
        ALERT(1),
        CRITICAL(2),
        ERROR(3),
        WARNING(4),
        NOTICE(5),
        INFO(6),
        DEBUG(7);

        private final int number;

        Severity(int number) {
            this.number = number;
        }
    }

    private final SockaddrUn daemon;
    private final String tag;
    private final Clock clock;
    private final Socket socket;

    /** Messages go to a daemon, under a name; there need not be one yet. */
    public SyslogLogger(SockaddrUn daemon, String name, Clock clock) throws IOException {
        this.daemon = daemon;
        this.tag = name + "[" + ProcessHandle.current().pid() + "]";
        this.clock = clock;
        this.socket = new Socket(AF_UNIX, SOCK_DGRAM);
        socket.setTimeout(PATIENCE); // a daemon that is stuck must not stop those who log
    }

    /** Logs the words of the command line, as logger(1) does; {@code --socket PATH} before them names another daemon. */
    public static void main(String[] args) throws IOException {
        boolean other = args.length > 1 && args[0].equals("--socket");
        List<String> words = Arrays.asList(args).subList(other ? 2 : 0, args.length);
        SockaddrUn daemon = other ? SockaddrUn.of(args[1]) : DEV_LOG;
        try (SyslogLogger logger = new SyslogLogger(daemon, "hawser", Clock.system(ZoneId.systemDefault()))) {
            logger.log(Severity.NOTICE, String.join(" ", words));
        }
    }

    /** Sends one message; it waits where the daemon's queue is full, and fails where there is no daemon. */
    public void log(Severity severity, String message) throws IOException {
        int priority = 8 * USER + severity.number;
        String time = TIME.format(ZonedDateTime.now(clock));
        socket.sendTo(cut("<" + priority + ">" + time + " " + tag + ": " + message), daemon);
    }

    private static byte[] cut(String line) {
        byte[] bytes = line.getBytes(UTF_8);
        int length = Math.min(bytes.length, MAX_BYTES);
        // Not within a character.
        while (length < bytes.length && (bytes[length] & 0b1100_0000) == 0b1000_0000) {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
