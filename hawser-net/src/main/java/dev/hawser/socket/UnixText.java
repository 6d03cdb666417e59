package dev.hawser.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of Unix paths and names as text of one line, and back. Whatever is no printable text is written as
 * {@code \x} with two hexadecimal digits; a backslash stands for itself unless it would be read as such an escape.
 */
final class UnixText {

    private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9A-Fa-f]{2})");
    private static final HexFormat HEX = HexFormat.of();

    private UnixText() {}

    /** What {@link #read} reads. */
    static String write(byte[] bytes) {
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        StringBuilder text = new StringBuilder();
        for (; ; ) {
            CoderResult result = decoder.decode(in, out, true);
            appendText(text, out.flip().toString());
            if (!result.isMalformed()) {
                return text.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                appendEscape(text, in.get());
            }
            out.clear();
            decoder.reset();
        }
    }

    private static void appendText(StringBuilder text, String decoded) {
        Matcher escape = ESCAPE.matcher(decoded);
        for (int i = 0; i < decoded.length(); i++) {
            char c = decoded.charAt(i);
            boolean readAsEscape =
                    c == '\\' && escape.region(i, decoded.length()).lookingAt();
            if (readAsEscape || Character.isISOControl(c)) {
                for (byte b : String.valueOf(c).getBytes(UTF_8)) {
                    appendEscape(text, b);
                }
            } else {
                text.append(c);
            }
        }
    }

    private static void appendEscape(StringBuilder text, byte b) {
        text.append("\\x").append(HEX.toHexDigits(b));
    }

    static byte[] read(String text) {
        Matcher escape = ESCAPE.matcher(text);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int from = 0;
        while (escape.find()) {
            bytes.writeBytes(utf8(text.substring(from, escape.start())));
            bytes.write(Integer.parseInt(escape.group(1), 16));
            from = escape.end();
        }
        bytes.writeBytes(utf8(text.substring(from)));
        return bytes.toByteArray();
    }

    /** Unlike {@link String#getBytes}, which puts a question mark for half a surrogate pair, this refuses. */
    static byte[] utf8(String text) {
        try {
            ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("\"" + text + "\" has half a surrogate pair in it", e);
        }
    }
}
