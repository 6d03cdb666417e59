package dev.hawser.reactor.amp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hawser.reactor.amp.AmpException.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What AMP sends: keys with values. A key is bytes, one to 255, here a string with a character for each; a value is bytes, 65535 at most.
 *
 * <h2>Threading</h2>
 * For one thread at a time.
 *
 * <h2>Errors</h2>
 * Keys and values that are too long are refused by {@link #put}.
 *
 * <p>Source: Twisted's {@code AmpBox}.
 *
 * {@snippet file="dev/hawser/reactor/amp/AmpSnippetsTest.java" region="box"}
 */
public final class AmpBox {

    /** The longest key, in bytes. */
    public static final int MAX_KEY_BYTES = 255;

    /** The longest value, in bytes. */
    public static final int MAX_VALUE_BYTES = 65535;

    /** More of them tell nothing to people. */
    private static final int MOST_SHOWN = 10;

    private final SortedMap<String, byte[]> entries = new TreeMap<>();

    /** A box with nothing in it. */
    public AmpBox() {}

    /**
     * Puts a value in, in place of the one that was there.
     *
     * @param key which
     * @param value the bytes, which are copied
     * @return this
     * @throws IllegalArgumentException if one is too long, or the key is empty or has characters that are no bytes
     */
    public AmpBox put(String key, byte[] value) {
        requireKey(key);
        if (value.length > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("the value of " + key + " has " + value.length
                    + " bytes, and AMP carries " + MAX_VALUE_BYTES + " at most: send it in parts");
        }
        entries.put(key, value.clone());
        return this;
    }

    static String requireKey(String key) {
        if (key.isEmpty() || key.length() > MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a key of AMP has 1 to " + MAX_KEY_BYTES + " bytes, not " + key.length() + ": " + key);
        }
        if (key.chars().anyMatch(c -> c > 0xff)) {
            throw new IllegalArgumentException(
                    "a key of AMP is bytes, a character for each, up to U+00FF, not: " + key);
        }
        return key;
    }

    /** What is known to be in order, and belongs to the box from here on. */
    void putRaw(String key, byte[] value) {
        entries.put(key, value);
    }

    /**
     * A value.
     *
     * @param key which
     * @return a copy of its bytes; null where there is none
     */
    public byte @Nullable [] get(String key) {
        byte[] value = entries.get(key);
        return value == null ? null : value.clone();
    }

    byte @Nullable [] raw(String key) {
        return entries.get(key);
    }

    /** A value as text. */
    @Nullable
    String text(String key) {
        byte[] value = entries.get(key);
        return value == null ? null : new String(value, ISO_8859_1);
    }

    /**
     * Takes a value out.
     *
     * @param key which
     */
    public void remove(String key) {
        entries.remove(key);
    }

    /**
     * What is in it.
     *
     * @return the keys, sorted
     */
    public Set<String> keys() {
        return Set.copyOf(entries.keySet());
    }

    /**
     * As AMP sends it: sorted by the keys.
     *
     * @return the bytes
     */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> each : entries.entrySet()) {
            byte[] key = each.getKey().getBytes(ISO_8859_1);
            bytes.write(0);
            bytes.write(key.length);
            bytes.writeBytes(key);
            byte[] value = each.getValue();
            bytes.write(value.length >> 8);
            bytes.write(value.length);
            bytes.writeBytes(value);
        }
        bytes.write(0);
        bytes.write(0);
        return bytes.toByteArray();
    }

    /**
     * Reads boxes.
     *
     * @param bytes as AMP sends them, one after another
     * @return the boxes
     * @throws AmpException if they are no boxes, or the last one is not whole
     */
    public static List<AmpBox> parse(byte[] bytes) throws AmpException {
        BoxDecoder decoder = new BoxDecoder(AmpLimits.DEFAULT);
        ByteBuffer data = ByteBuffer.wrap(bytes);
        List<AmpBox> boxes = new ArrayList<>();
        for (AmpBox box = decoder.next(data); box != null; box = decoder.next(data)) {
            boxes.add(box);
        }
        if (!decoder.isBetweenBoxes()) {
            throw new AmpException(Kind.MALFORMED, "the last box is not whole");
        }
        return boxes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AmpBox box && Arrays.equals(toBytes(), box.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("AmpBox{");
        entries.entrySet().stream().limit(MOST_SHOWN).forEach(each -> {
            byte[] value = each.getValue();
            String shown = new String(value, 0, Math.min(value.length, 40), ISO_8859_1);
            text.append(text.length() > 7 ? ", " : "")
                    .append(printable(each.getKey()))
                    .append('=')
                    .append(printable(shown));
        });
        return text.append(entries.size() > MOST_SHOWN ? ", ...}" : "}").toString();
    }

    /** A peer writes no lines into our log. */
    private static String printable(String text) {
        return text.chars()
                .mapToObj(
                        c -> c >= ' ' && c < 0x7f ? String.valueOf((char) c) : String.format(Locale.ROOT, "\\x%02x", c))
                .collect(Collectors.joining());
    }
}
