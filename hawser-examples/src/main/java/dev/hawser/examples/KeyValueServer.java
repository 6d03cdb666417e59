package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hawser.socket.PeerCredentials;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.UnixOptions;
import dev.hawser.socketserver.RequestHandler;
import dev.hawser.socketserver.StreamRequestHandler;
import dev.hawser.socketserver.ThreadingUnixStreamServer;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps values by their keys in memory, for the processes of this machine: a line-by-line protocol over a Unix socket.
 *
 * <pre>
 * SET key value    OK
 * GET key          VALUE value, or NONE
 * DELETE key       OK, or NONE
 * KEYS             KEY key for each, in order, and END
 * QUIT             BYE, and the end
 * </pre>
 *
 * What cannot be done is answered with {@code ERROR} and a reason. A value goes to the end of its line, LF or CRLF, and may be of any other bytes.
 *
 * <p>Nobody can fill its memory: keys, values, their number and that of the clients are limited.
 */
public final class KeyValueServer extends ThreadingUnixStreamServer implements ConnectionServer {

    /** Where it listens if nobody says otherwise. */
    public static final String PATH = "/tmp/hawser-key-value.sock";

    private static final int MAX_KEY_BYTES = 250;
    private static final int MAX_VALUE_BYTES = 8192;
    private static final int MAX_CLIENTS = 1000;

    private final PrintStream log;
    private final AtomicLong clients = new AtomicLong();

    /** Listens from now on. */
    public KeyValueServer(Sockaddr address, int maxEntries, PrintStream log) throws IOException {
        this(address, new Store(maxEntries), log);
    }

    private KeyValueServer(Sockaddr address, Store store, PrintStream log) throws IOException {
        super(address, RequestHandler.from(() -> new Session(store)));
        this.log = log;
    }

    /** Serves on a path, the first argument, or on {@value #PATH}. */
    public static void main(String[] args) throws IOException {
        PrintStream log = System.out;
        try (KeyValueServer server = new KeyValueServer(SockaddrUn.of(args.length > 0 ? args[0] : PATH), 10_000, log)) {
            log.println("key-value server on " + server.address());
            server.serve();
        }
    }

    /** Clients of a Unix socket have no addresses, as a rule; but the kernel knows them. */
    @Override
    public String nameOf(Socket client, Sockaddr address) {
        try {
            PeerCredentials who = client.getSockOpt(UnixOptions.SO_PEERCRED);
            return "process " + who.pid() + " of user " + who.uid();
        } catch (IOException e) {
            return "a client that the kernel tells nothing of: " + e.getMessage();
        }
    }

    @Override
    public int maxRequests() {
        return MAX_CLIENTS;
    }

    @Override
    public PrintStream log() {
        return log;
    }

    @Override
    public AtomicLong clients() {
        return clients;
    }

    /** The entries. Keys and values are bytes, each of which is a character here. */
    private static final class Store {

        private final int maxEntries;
        private final Map<String, String> values = new TreeMap<>();

        private Store(int maxEntries) {
            this.maxEntries = maxEntries;
        }

        /** False where there is no room for one more. */
        synchronized boolean set(String key, String value) {
            if (values.size() >= maxEntries && !values.containsKey(key)) {
                return false;
            }
            values.put(key, value);
            return true;
        }

        synchronized @Nullable String get(String key) {
            return values.get(key);
        }

        synchronized boolean delete(String key) {
            return values.remove(key) != null;
        }

        synchronized List<String> keys() {
            return List.copyOf(values.keySet());
        }
    }

    /** One client, until it leaves. */
    private static final class Session extends StreamRequestHandler {

        private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e\\x80-\\xff]{1," + MAX_KEY_BYTES + "}");
        private static final int MAX_LINE = "DELETE ".length() + MAX_KEY_BYTES + 1 + MAX_VALUE_BYTES + "\r\n".length();

        private final Store store;

        private Session(Store store) {
            this.store = store;
        }

        /** How long a client may keep silent, or not read its answers. */
        @Override
        protected Duration timeout() {
            return Duration.ofMinutes(5);
        }

        /** An answer of many lines travels in few pieces. */
        @Override
        protected int wbufsize() {
            return 16 * 1024;
        }

        @Override
        protected void handle() throws IOException {
            boolean more = true;
            while (more) {
                byte[] line = rfile().readLine(MAX_LINE);
                if (line.length == 0) {
                    return;
                }
                if (line[line.length - 1] == '\n') {
                    more = answer(new String(line, ISO_8859_1).replaceFirst("\r?\n$", ""));
                } else {
                    skipRest();
                    say("ERROR this line is too long");
                }
                if (rfile().available() == 0) { // who sends many commands at once gets the answers together
                    wfile().flush();
                }
            }
        }

        /** Of a line that has no end, too, nothing is kept. */
        private void skipRest() throws IOException {
            byte[] rest;
            do {
                rest = rfile().readLine(MAX_LINE);
                if (rest.length == 0) {
                    throw new EOFException("the client left within a line");
                }
            } while (rest[rest.length - 1] != '\n');
        }

        /** Returns whether the client stays. */
        private boolean answer(String line) throws IOException {
            String[] words = line.split(" ", 3);
            String command = words[0].toUpperCase(Locale.ROOT);
            switch (command) {
                case "GET", "DELETE", "SET" -> onKey(command, words);
                case "KEYS" -> keys();
                case "QUIT" -> say("BYE");
                default -> say("ERROR there are SET key value, GET key, DELETE key, KEYS and QUIT");
            }
            return !command.equals("QUIT");
        }

        private void onKey(String command, String[] words) throws IOException {
            int wanted = command.equals("SET") ? 3 : 2;
            if (words.length != wanted) {
                say("ERROR write " + command + (wanted == 3 ? " key value" : " key"));
            } else if (!KEY.matcher(words[1]).matches()) {
                say("ERROR a key has 1 to " + MAX_KEY_BYTES + " bytes, and no space");
            } else if (wanted == 3) {
                set(words[1], words[2]);
            } else if (command.equals("GET")) {
                String value = store.get(words[1]);
                say(value == null ? "NONE" : "VALUE " + value);
            } else {
                say(store.delete(words[1]) ? "OK" : "NONE");
            }
        }

        private void set(String key, String value) throws IOException {
            if (value.length() > MAX_VALUE_BYTES) {
                say("ERROR a value has " + MAX_VALUE_BYTES + " bytes at most");
            } else {
                say(store.set(key, value) ? "OK" : "ERROR there are " + store.maxEntries + " keys already: delete one");
            }
        }

        private void keys() throws IOException {
            for (String key : store.keys()) {
                say("KEY " + key);
            }
            say("END");
        }

        private void say(String line) throws IOException {
            wfile().write((line + "\n").getBytes(ISO_8859_1));
        }
    }
}
