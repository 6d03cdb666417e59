package dev.hawser.reactor.endpoints;

import dev.hawser.socket.Constants;
import dev.hawser.socket.ListenFd;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketOptions;
import dev.hawser.socket.Systemd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The sockets that systemd has passed: they are handed out once in the life of the process, and each endpoint wants one of them. */
final class SystemdSockets {

    /** The names of the families in a description. */
    static final Map<String, Integer> DOMAINS =
            new TreeMap<>(Map.of("INET", Constants.AF_INET, "INET6", Constants.AF_INET6, "UNIX", Constants.AF_UNIX));

    private static final List<@Nullable ListenFd> SOCKETS = new ArrayList<>();

    private SystemdSockets() {}

    /**
     * Which one is wanted.
     *
     * @param domain a key of {@link #DOMAINS}; null: any
     * @param name null: any
     * @param index negative: the first that is left
     */
    record Wish(@Nullable String domain, @Nullable String name, int index) {

        private boolean fits(@Nullable ListenFd socket, int place) {
            return socket != null
                    && (index < 0 || index == place)
                    && (name == null || name.equals(socket.name()))
                    && (domain == null
                            || Objects.equals(
                                    DOMAINS.get(domain), socket.socket().family()));
        }

        @Override
        public String toString() {
            return (domain == null ? "" : "of the domain " + domain + " ")
                    + (name == null ? "" : "named '" + name + "' ")
                    + (index < 0 ? "left" : "at index " + index);
        }
    }

    static synchronized Socket take(Wish wish) throws IOException {
        SOCKETS.addAll(Systemd.listenFds());
        for (int i = 0; i < SOCKETS.size(); i++) {
            ListenFd each = SOCKETS.get(i);
            if (each != null && wish.fits(each, i)) {
                requireListening(each.socket());
                SOCKETS.set(i, null);
                return each.socket();
            }
        }
        throw new IOException("systemd has passed no socket that is " + wish + ": " + all());
    }

    /** What is none for a port stays among those that are left. */
    private static void requireListening(Socket socket) throws IOException {
        if (socket.type() != Constants.SOCK_STREAM || !socket.getSockOpt(SocketOptions.SO_ACCEPTCONN)) {
            throw new IOException("what systemd has passed is no stream socket that listens: " + socket);
        }
    }

    private static String all() {
        if (SOCKETS.isEmpty()) {
            return "it has passed none to this process, or Systemd.listenFds() has given them to somebody else";
        }
        StringBuilder all = new StringBuilder("there are");
        for (int i = 0; i < SOCKETS.size(); i++) {
            ListenFd each = SOCKETS.get(i);
            all.append(i == 0 ? " " : ", ").append(i).append(' ');
            all.append(each == null ? "(in use)" : "'" + each.name() + "' " + each.socket());
        }
        return all.toString();
    }
}
