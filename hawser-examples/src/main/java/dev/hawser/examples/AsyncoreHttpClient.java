package dev.hawser.examples;

import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hawser.asyncore.AsyncLoop;
import dev.hawser.asyncore.Dispatcher;
import dev.hawser.socket.Sockaddr;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gets a page over HTTP/1.0 (RFC 1945) and prints it: the HTTP client of Python's asyncore. What a program that is not for
 * showing asyncore uses is {@code java.net.http.HttpClient}.
 */
public final class AsyncoreHttpClient extends Dispatcher {

    private static final int MAX_PORT = 65_535;
    private static final int RECV_BYTES = 8192;
    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: ([^\\r\\n]*))?");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length:[ \\t]*([0-9]{1,18})[ \\t]*\\r?$");
    private static final Pattern LOCATION = Pattern.compile("(?im)^location:[ \\t]*([^\\r\\n]*)");

    private final URI page;
    private final OutputStream out;
    private final ByteBuffer request;

    /** The head of the answer, as far as it has come; null when it was understood. */
    private @Nullable ByteArrayOutputStream head = new ByteArrayOutputStream();

    /** How much of the page is to come; less than nothing where the server does not say. */
    private long bodyBytesLeft = -1;

    private boolean complete;
    private @Nullable Throwable failure;

    /** Begins to connect; the loop does the rest. */
    private AsyncoreHttpClient(AsyncLoop loop, URI page, OutputStream out) throws IOException {
        super(loop);
        this.page = page;
        this.out = out;
        this.request = ByteBuffer.wrap(request(page).getBytes(ISO_8859_1));
    }

    /** Prints the page that the first argument names. */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("which page? AsyncoreHttpClient http://HOST[:PORT]/PATH");
            System.exit(2);
        }
        get(parse(args[0]), System.out, Duration.ofSeconds(30));
        System.out.flush();
    }

    /** Reads the name of a page; an {@link IllegalArgumentException} says what is wrong with it. */
    public static URI parse(String text) {
        try {
            URI page = new URI(text);
            if ("http".equalsIgnoreCase(page.getScheme())
                    && page.getHost() != null
                    && page.getUserInfo() == null
                    && page.getPort() <= MAX_PORT) {
                return page;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + text + "': " + e.getReason() + "; write http://HOST[:PORT]/PATH", e);
        }
        throw new IllegalArgumentException(
                "'" + text + "': write http://HOST[:PORT]/PATH, such as http://localhost:8000/");
    }

    /**
     * Gets a page and writes it to a stream. Whatever keeps it from coming as a whole is an exception, an answer other than 2xx
     * too.
     */
    public static void get(URI page, OutputStream out, Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (AsyncLoop loop = new AsyncLoop();
                AsyncoreHttpClient client = new AsyncoreHttpClient(loop, page, out)) {
            client.begin();
            while (!loop.getMap().isEmpty()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new SocketTimeoutException(
                            "no whole answer from " + page + " within " + timeout.toMillis() + " ms");
                }
                loop.poll(Duration.ofNanos(left));
            }
            client.requireWhole();
        }
    }

    private void begin() throws IOException {
        String host = page.getHost().replaceAll("[\\[\\]]", "");
        Sockaddr server = new HostPort(host, page.getPort() < 0 ? 80 : page.getPort()).toSockaddr();
        createSocket(server.family(), SOCK_STREAM);
        connect(server);
    }

    private static String request(URI page) {
        String path = Objects.requireNonNullElse(page.getRawPath(), "");
        String query = page.getRawQuery();
        String port = page.getPort() < 0 ? "" : ":" + page.getPort();
        return "GET " + (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query) + " HTTP/1.0\r\n" + "Host: "
                + page.getHost() + port + "\r\n\r\n";
    }

    @Override
    protected boolean writable() {
        return state() != State.CONNECTED || request.hasRemaining();
    }

    @Override
    protected void handleConnect() {
        // The request goes out as soon as it can be written.
    }

    @Override
    protected void handleWrite() throws IOException {
        send(request);
    }

    @Override
    protected void handleRead() throws IOException {
        byte[] data = recv(RECV_BYTES);
        ByteArrayOutputStream kept = head;
        if (kept == null) {
            writeBody(data, 0);
        } else {
            kept.writeBytes(data);
            readHead(kept);
        }
    }

    private void readHead(ByteArrayOutputStream kept) throws IOException {
        String text = kept.toString(ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            if (kept.size() > MAX_HEAD_BYTES) {
                throw new IOException(page + ": the answer's head is longer than " + MAX_HEAD_BYTES + " bytes");
            }
            return;
        }
        head = null;
        understand(text.substring(0, end));
        writeBody(kept.toByteArray(), end + 4);
    }

    private void understand(String fields) throws IOException {
        Matcher status = STATUS.matcher(fields);
        if (!status.lookingAt()) {
            throw new IOException(page + ": the answer is not HTTP/1.0 or 1.1");
        }
        if (!status.group(1).startsWith("2")) {
            Matcher location = LOCATION.matcher(fields);
            String where = status.group(1).startsWith("3") && location.find() ? "; it is at " + location.group(1) : "";
            String reason = Objects.requireNonNullElse(status.group(2), "");
            // Somebody else's words, which must not be commands to a terminal.
            throw new IOException((page + ": " + status.group(1) + " " + reason + where).replaceAll("\\p{Cc}", "?"));
        }
        Matcher length = LENGTH.matcher(fields);
        bodyBytesLeft = length.find() ? Long.parseLong(length.group(1)) : -1;
    }

    private void writeBody(byte[] data, int offset) throws IOException {
        int length = data.length - offset;
        if (bodyBytesLeft < 0) {
            out.write(data, offset, length);
            return;
        }
        int wanted = (int) Math.min(length, bodyBytesLeft);
        out.write(data, offset, wanted);
        bodyBytesLeft -= wanted;
        if (bodyBytesLeft == 0) {
            complete = true;
            close(); // some servers leave the connection open
        }
    }

    /** The server has ended the connection. */
    @Override
    protected void handleClose() throws IOException {
        complete |= head == null && bodyBytesLeft < 0;
        close();
    }

    @Override
    protected void handleError(Throwable error) throws IOException {
        failure = error;
        close();
    }

    private void requireWhole() throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
        if (!complete) {
            String missing = bodyBytesLeft > 0 ? bodyBytesLeft + " bytes before the end" : "without an answer";
            throw new IOException(page + ": the server has ended the connection " + missing);
        }
    }
}
