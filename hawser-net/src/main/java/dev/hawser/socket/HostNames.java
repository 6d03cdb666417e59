package dev.hawser.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.IDN;
import org.jspecify.annotations.Nullable;

/** The names of hosts and services as libc takes them. */
final class HostNames {

    /** RFC 1035, section 2.3.4: 255 bytes on the wire, two of which a text does not show. */
    private static final int MAX_NAME = 253;

    private static final int MAX_LABEL = 63;
    private static final int SHOWN = 40;

    private HostNames() {}

    /** The name in ASCII, as IDNA (RFC 3490) writes it. */
    static String toAscii(String host) {
        requireCString("host", host);
        String ascii = isAscii(host) ? host : idna(host);
        int length = ascii.endsWith(".") ? ascii.length() - 1 : ascii.length();
        if (length > MAX_NAME) {
            throw new IllegalArgumentException("a host of " + length + " characters, more than " + MAX_NAME + ": \""
                    + ascii.substring(0, SHOWN) + "...\"");
        }
        for (int start = 0, end; start <= length; start = end + 1) {
            int dot = ascii.indexOf('.', start);
            end = dot < 0 ? ascii.length() : dot;
            if (end - start > MAX_LABEL) {
                throw new IllegalArgumentException("a host with " + (end - start)
                        + " characters between two dots, more than " + MAX_LABEL + ": \"" + ascii + "\"");
            }
        }
        return ascii;
    }

    static @Nullable String toAsciiOrNull(@Nullable String host) {
        return host == null ? null : toAscii(host);
    }

    private static String idna(String host) {
        try {
            return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + UnixText.write(host.getBytes(UTF_8)) + "\" is no host that IDNA can write in ASCII: "
                            + e.getMessage(),
                    e);
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    /** Of a text with a zero in it, C would look up the part before; half a surrogate pair has no bytes at all. */
    static void requireCString(String what, @Nullable String text) {
        if (text != null && text.indexOf(0) >= 0) {
            throw new IllegalArgumentException(
                    "a " + what + " with a zero byte in it: \"" + UnixText.write(text.getBytes(UTF_8)) + "\"");
        }
        if (text != null) {
            UnixText.utf8(text);
        }
    }
}
