package dev.hawser.reactor.amp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hawser.reactor.amp.AmpException.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes to boxes. It takes no byte behind the box that it gives: that may be another protocol's. */
final class BoxDecoder {

    private final AmpLimits limits;

    private AmpBox box = new AmpBox();
    private int boxBytes;
    private int keys;

    /** The first byte of a length, where the second has not come. */
    private int lengthHigh = -1;

    /** The key or value that comes; null while a length does. */
    private byte @Nullable [] piece;

    private int pieceLength;
    private int filled;

    /** The key whose value comes; null while a key does. */
    private @Nullable String key;

    BoxDecoder(AmpLimits limits) {
        this.limits = limits;
    }

    boolean isBetweenBoxes() {
        return keys == 0 && key == null && piece == null && lengthHigh < 0;
    }

    /** The next box; null where more must come. */
    @Nullable
    AmpBox next(ByteBuffer data) throws AmpException {
        while (data.hasRemaining() || (piece != null && filled == pieceLength)) {
            if (piece == null) {
                if (readLength(data)) {
                    return finishBox();
                }
            } else if (fill(data)) {
                take();
            }
        }
        return null;
    }

    /** Whether it was the end of a box. */
    private boolean readLength(ByteBuffer data) throws AmpException {
        int high = lengthHigh;
        if (high < 0) {
            lengthHigh = data.get() & 0xff;
            if (key == null && lengthHigh > 0) {
                throw new AmpException(
                        Kind.TOO_LONG, "a key of more than " + AmpBox.MAX_KEY_BYTES + " bytes has come: is it AMP?");
            }
            return false;
        }
        lengthHigh = -1;
        int length = high << 8 | (data.get() & 0xff);
        if (key == null && length == 0) {
            return true;
        }
        count(length);
        pieceLength = length;
        filled = 0;
        piece = new byte[Math.min(length, Math.max(data.remaining(), 64))];
        return false;
    }

    private void count(int length) throws AmpException {
        boxBytes += 2 + length;
        if (boxBytes > limits.maxBoxBytes()) {
            throw new AmpException(
                    Kind.TOO_LONG, "a box of more than " + limits.maxBoxBytes() + " bytes has come (AmpLimits)");
        }
        if (key == null) {
            keys++;
            if (keys > limits.maxKeys()) {
                throw new AmpException(
                        Kind.TOO_LONG, "a box of more than " + limits.maxKeys() + " keys has come (AmpLimits)");
            }
        }
    }

    /** Whether all of the piece is there. It grows as bytes come, whatever length was promised. */
    private boolean fill(ByteBuffer data) {
        byte[] bytes = piece();
        int n = Math.min(pieceLength - filled, data.remaining());
        if (filled + n > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(pieceLength, Math.max(2 * bytes.length, filled + n)));
            piece = bytes;
        }
        data.get(bytes, filled, n);
        filled += n;
        return filled == pieceLength;
    }

    private byte[] piece() {
        byte[] bytes = piece;
        if (bytes == null) {
            throw new IllegalStateException("no piece comes");
        }
        return bytes;
    }

    private void take() {
        byte[] whole = piece();
        String of = key;
        piece = null;
        if (of == null) {
            key = new String(whole, ISO_8859_1);
        } else {
            key = null;
            box.putRaw(of, whole);
        }
    }

    private AmpBox finishBox() {
        AmpBox whole = box;
        box = new AmpBox();
        boxBytes = 0;
        keys = 0;
        return whole;
    }
}
