package dev.hawser.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the environment of a process says of its service manager: the protocols behind {@link Systemd}. */
final class ServiceManager {

    /** SD_LISTEN_FDS_START: the first descriptor that is passed. */
    private static final int FIRST_FD = 3;

    private static final String NO_NAME = "unknown";

    private final Map<String, String> environment;
    private final long pid;

    ServiceManager(Map<String, String> environment, long pid) {
        this.environment = environment;
        this.pid = pid;
    }

    List<ListenFd> listenFds() throws IOException {
        boolean ours = environment.containsKey("LISTEN_PID")
                && number("LISTEN_PID", "the number of a process", Integer.MAX_VALUE) == pid;
        if (!ours || !environment.containsKey("LISTEN_FDS")) {
            return List.of();
        }
        int count = (int) number("LISTEN_FDS", "how many descriptors were passed", Integer.MAX_VALUE - FIRST_FD);
        List<String> names = names(count);
        SystemCalls calls = SystemCalls.installed();
        for (int i = 0; i < count; i++) {
            SocketKind.of(calls, FIRST_FD + i, "listenFds"); // all of them are sockets, or none is taken
        }
        List<ListenFd> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(new ListenFd(names.get(i), Sockets.adopt(FIRST_FD + i)));
        }
        return Collections.unmodifiableList(sockets);
    }

    private List<String> names(int count) {
        String value = environment.get("LISTEN_FDNAMES");
        if (value == null) {
            return Collections.nCopies(count, NO_NAME);
        }
        List<String> names = List.of(value.split(":", -1));
        if (names.size() != count) {
            throw wrong("LISTEN_FDNAMES", "as many names, with colons between them, as LISTEN_FDS says: " + count);
        }
        return names;
    }

    boolean notify(String state, Socket... store) throws IOException {
        if (state.isEmpty()) {
            throw new IllegalArgumentException("nothing to notify of: give a line such as READY=1");
        }
        if (Arrays.stream(store).anyMatch(Socket::isClosed)) {
            throw new IllegalArgumentException("a closed socket cannot be stored");
        }
        Sockaddr manager = manager();
        if (manager == null) {
            return false;
        }
        try (Held held = new Held();
                Socket socket = new Socket(Constants.AF_UNIX, Constants.SOCK_DGRAM)) {
            byte[] message = state.getBytes(UTF_8);
            if (store.length == 0) {
                socket.sendTo(message, manager);
            } else {
                socket.connect(manager);
                socket.sendFds(message, held.numbers(store));
            }
        }
        return true;
    }

    /** Keeps descriptors open: a number that somebody closes meanwhile could be another socket's when it is sent. */
    private static final class Held implements AutoCloseable {

        private final List<Socket> shared = new ArrayList<>();

        int[] numbers(Socket... sockets) throws IOException {
            for (Socket socket : sockets) {
                shared.add(socket.share());
            }
            return shared.stream().mapToInt(Socket::fileno).toArray();
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : shared) {
                socket.close();
            }
        }
    }

    private @Nullable Sockaddr manager() {
        String name = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (name.isEmpty()) {
            return null;
        }
        boolean isAbstract = name.startsWith("@");
        if (!name.startsWith("/") && !isAbstract) {
            throw wrong("NOTIFY_SOCKET", "an absolute path, or @ and an abstract name");
        }
        return isAbstract ? SockaddrUn.ofAbstract(name.substring(1)) : SockaddrUn.of(name);
    }

    @Nullable
    Duration watchdogInterval() {
        if (!environment.containsKey("WATCHDOG_USEC")) {
            return null;
        }
        long micros = number("WATCHDOG_USEC", "a time in microseconds", Long.MAX_VALUE);
        boolean others = environment.containsKey("WATCHDOG_PID")
                && number("WATCHDOG_PID", "the number of a process", Integer.MAX_VALUE) != pid;
        return others ? null : Duration.of(micros, ChronoUnit.MICROS);
    }

    /** From 1 to a limit. */
    private long number(String variable, String expected, long most) {
        String value = environment.getOrDefault(variable, "");
        long number;
        try {
            number = value.matches("[0-9]+") ? Long.parseLong(value) : 0;
        } catch (NumberFormatException tooLong) {
            number = 0;
        }
        if (number < 1 || number > most) {
            throw wrong(variable, expected + ", 1.." + most);
        }
        return number;
    }

    private IllegalStateException wrong(String variable, String expected) {
        return new IllegalStateException(
                "environment variable " + variable + "=" + environment.get(variable) + ": expected " + expected);
    }
}
