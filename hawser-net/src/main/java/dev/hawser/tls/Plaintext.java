package dev.hawser.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLHandshakeException;

/** Tells the peer that speaks no TLS at all: the commonest mistake, of which the engine says little. */
final class Plaintext {

    private static final int FIRST_CONTENT_TYPE = 20;
    private static final int LAST_CONTENT_TYPE = 24;
    private static final int MAJOR_VERSION = 3;
    private static final int SHOWN_BYTES = 32;

    private Plaintext() {}

    /** Looks at what the peer sent first, at the buffer's position. */
    static void requireTls(ByteBuffer first) throws SSLHandshakeException {
        int type = Byte.toUnsignedInt(first.get(first.position()));
        boolean record = type >= FIRST_CONTENT_TYPE && type <= LAST_CONTENT_TYPE;
        // A ClientHello in the frame of SSL 2 is the engine's to refuse.
        boolean ssl2 = (type & 0x80) != 0 && first.get(first.position() + 2) == 1;
        if (!ssl2 && !(record && first.get(first.position() + 1) == MAJOR_VERSION)) {
            throw new SSLHandshakeException("the peer does not speak TLS: it sent \"" + show(first) + "\"");
        }
    }

    private static String show(ByteBuffer bytes) {
        StringBuilder text = new StringBuilder();
        int shown = Math.min(bytes.remaining(), SHOWN_BYTES);
        for (int i = 0; i < shown; i++) {
            int b = Byte.toUnsignedInt(bytes.get(bytes.position() + i));
            switch (b) {
                case '\r' -> text.append("\\r");
                case '\n' -> text.append("\\n");
                default -> text.append(b >= ' ' && b <= '~' ? "" + (char) b : String.format("\\x%02x", b));
            }
        }
        return text.append(bytes.remaining() > shown ? "..." : "").toString();
    }
}
