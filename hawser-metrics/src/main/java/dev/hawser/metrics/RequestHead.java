package dev.hawser.metrics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request's first lines, as they come, and the status that they deserve. */
final class RequestHead {

    /** How long the first line may be, and each header. */
    static final int MAX_LINE_BYTES = 8 * 1024;

    /** How many headers there may be. */
    static final int MAX_HEADERS = 100;

    private static final String PAGE = "/metrics";

    private @Nullable String method;
    private @Nullable String target;
    private @Nullable Status refused;
    private boolean needsHost;
    private String accept = "";
    private int headers;

    /** Takes a line, without its end. The answer is null while more lines are to come. */
    @Nullable
    Status take(byte[] line) {
        String text = new String(line, ISO_8859_1);
        if (text.endsWith("\r")) {
            text = text.substring(0, text.length() - 1);
        }
        if (method == null) {
            // An empty line before a request is forgiven: RFC 9112, 2.2.
            return text.isEmpty() ? null : requestLine(text);
        }
        return text.isEmpty() ? verdict() : header(text);
    }

    /** The status of a line that is longer than {@link #MAX_LINE_BYTES}. */
    Status tooLong() {
        return method == null ? Status.URI_TOO_LONG : Status.HEADERS_TOO_LARGE;
    }

    boolean isHead() {
        return "HEAD".equals(method);
    }

    /** What the peer would like to read. */
    String accept() {
        return accept;
    }

    private @Nullable Status requestLine(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !words[0].matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") || !words[2].startsWith("HTTP/")) {
            return Status.BAD_REQUEST;
        }
        if (!words[2].matches("HTTP/1\\.[0-9]")) {
            return words[2].matches("HTTP/[0-9]\\.[0-9]") ? Status.VERSION_NOT_SUPPORTED : Status.BAD_REQUEST;
        }
        method = words[0];
        target = words[1];
        needsHost = !words[2].equals("HTTP/1.0");
        return null;
    }

    private @Nullable Status header(String line) {
        headers++;
        if (headers > MAX_HEADERS) {
            return Status.HEADERS_TOO_LARGE;
        }
        int colon = line.indexOf(':');
        if (colon < 1 || line.substring(0, colon).isBlank() || Character.isWhitespace(line.charAt(colon - 1))) {
            refused = Status.BAD_REQUEST; // and so is the continuation of a header, as RFC 9112, 5.2, has it
            return null;
        }
        String value = line.substring(colon + 1).strip();
        switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "host" -> needsHost = false;
            case "accept" -> accept = accept.isEmpty() ? value : accept + "," + value;
            default -> {
                // Whatever else it says, there is one page.
            }
        }
        return null;
    }

    private Status verdict() {
        if (refused != null || needsHost) {
            return Status.BAD_REQUEST;
        }
        if (!PAGE.equals(path())) {
            return Status.NOT_FOUND;
        }
        return "GET".equals(method) || isHead() ? Status.OK : Status.METHOD_NOT_ALLOWED;
    }

    /** A proxy may be sent the whole address, and a server must take it: RFC 9112, 3.2.2. */
    private @Nullable String path() {
        try {
            return new URI(String.valueOf(target)).getRawPath();
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
