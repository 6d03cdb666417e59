package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/**
 * Makes what a peer says fit to be shown on a terminal, which would obey it else: colours, titles, keys that it had never pressed. Control characters are written as
 * {@code cat -v} writes them, but for tabs and the ends of lines; what is no UTF-8 becomes a question mark in a diamond. A character may come in parts.
 */
public final class HarmlessText {

    private static final int CARET = 0x40;

    private final CharsetDecoder decoder = UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);

    /** The beginning of a character whose rest is to come. */
    private ByteBuffer rest = ByteBuffer.allocate(0);

    /** The text of what has come, as far as its characters are whole. */
    public String of(ByteBuffer data) {
        ByteBuffer all = ByteBuffer.allocate(rest.remaining() + data.remaining());
        all.put(rest).put(data).flip();
        CharBuffer text = CharBuffer.allocate(all.remaining() + 1);
        decoder.decode(all, text, false);
        rest = all.slice();
        return harmless(text.flip());
    }

    private static String harmless(CharSequence text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\t' || c == '\r' || !(Character.isISOControl(c) || isDirection(c))) {
                shown.append(c);
            } else if (c <= 0x7f) {
                shown.append('^').append((char) (c ^ CARET));
            } else {
                shown.append('\ufffd');
            }
        }
        return shown.toString();
    }

    /** What turns the direction of writing around makes a line look like another one. */
    private static boolean isDirection(char c) {
        return (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
    }
}
