package dev.hawser.socket;

import dev.hawser.posix.Abi;
import dev.hawser.posix.SystemCalls;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the value of a socket option becomes the kernel's bytes, and how the kernel's bytes become a value.
 *
 * <p>What the kernel takes and what it gives may differ, and either may be missing: an option can be set only, or read
 * only. An answer that is shorter or longer than the codec says is an error of the call that reads, never a value.
 *
 * <p>{@link #INT}, {@link #FLAG}, {@link #UNSIGNED_INT}, {@link #LONG} and the methods here serve most options; for a
 * struct of your own, {@link #of}:
 *
 * {@snippet file="dev/hawser/socket/OptionSnippetsTest.java" region="own"}
 *
 * <p><b>Threading:</b> immutable, for any thread, if the functions given are.
 *
 * @param <T> the type of the value
 */
public final class OptionCodec<T> {

    /** A C int; of an unsigned one, the same 32 bits. */
    public static final OptionCodec<Integer> INT = of(
            Integer.class,
            Integer.BYTES,
            Integer.BYTES,
            CBytes::ints,
            bytes -> CBytes.of(bytes).getInt());

    /** A C int that means yes unless it is 0. */
    public static final OptionCodec<Boolean> FLAG = of(
            Boolean.class,
            Integer.BYTES,
            Integer.BYTES,
            on -> CBytes.ints(on ? 1 : 0),
            bytes -> CBytes.of(bytes).getInt() != 0);

    /** A C unsigned int, 0 to 4294967295. */
    public static final OptionCodec<Long> UNSIGNED_INT = of(
            Long.class,
            Integer.BYTES,
            Integer.BYTES,
            OptionCodec::unsignedInt,
            bytes -> Integer.toUnsignedLong(CBytes.of(bytes).getInt()));

    /** A C int of 32 bits with the highest byte first, as a few options want the index of an interface. */
    static final OptionCodec<Integer> NETWORK_INT = of(
            Integer.class,
            Integer.BYTES,
            Integer.BYTES,
            value -> CBytes.networkInt(value),
            bytes -> ByteBuffer.wrap(bytes).getInt());

    /** A C integer of 64 bits. */
    public static final OptionCodec<Long> LONG = of(
            Long.class,
            Long.BYTES,
            Long.BYTES,
            value -> new CStruct(Long.BYTES).putLong(0, value).bytes(),
            bytes -> CBytes.of(bytes).getLong());

    private static final int TIMEVAL_SIZE = Abi.value("sizeof(struct timeval)");
    private static final int MICROS_OFFSET = Abi.value("offsetof(struct timeval,tv_usec)");

    /** A {@code struct timeval}: microseconds; what is finer is rounded up, so that some time stays some. */
    public static final OptionCodec<Duration> TIMEVAL =
            of(Duration.class, TIMEVAL_SIZE, TIMEVAL_SIZE, OptionCodec::timeval, OptionCodec::ofTimeval);

    /** Makes the bytes; what must outlive the call, such as what they point to, is allocated in the arena. */
    @FunctionalInterface
    interface Encoder<T> {
        byte[] encode(T value, Arena untilSet);
    }

    /** Makes the value; the calls are for what the value owns, such as a descriptor. */
    @FunctionalInterface
    interface Decoder<T> {
        T decode(byte[] bytes, SystemCalls calls);
    }

    private final Class<T> type;
    private final int minBytes;
    private final int maxBytes;
    private final @Nullable Encoder<T> encoder;
    private final @Nullable Decoder<T> decoder;

    OptionCodec(Class<T> type, int minBytes, int maxBytes, @Nullable Encoder<T> encoder, @Nullable Decoder<T> decoder) {
        if (minBytes < 0 || maxBytes < minBytes || maxBytes > OptionCalls.MAX_BYTES) {
            throw new IllegalArgumentException("the kernel's value is " + minBytes + " to " + maxBytes
                    + " bytes: give 0 or more for the first, and no more than " + OptionCalls.MAX_BYTES
                    + " for the second");
        }
        this.type = type;
        this.minBytes = minBytes;
        this.maxBytes = maxBytes;
        this.encoder = encoder;
        this.decoder = decoder;
    }

    /**
     * A codec for any type.
     *
     * @param type the type of the value
     * @param minBytes the fewest bytes that the kernel answers with
     * @param maxBytes the most bytes that it answers with, up to 65536
     * @param encoder makes the bytes that the kernel takes; it throws IllegalArgumentException where the option cannot
     *     have the value
     * @param decoder makes the value of {@code minBytes} to {@code maxBytes} bytes
     * @param <T> the type of the value
     * @return the codec
     */
    public static <T> OptionCodec<T> of(
            Class<T> type, int minBytes, int maxBytes, Function<T, byte[]> encoder, Function<byte[], T> decoder) {
        return new OptionCodec<>(
                type, minBytes, maxBytes, (value, _) -> encoder.apply(value), (bytes, _) -> decoder.apply(bytes));
    }

    /**
     * A codec for an option that can be read only.
     *
     * @param type the type of the value
     * @param minBytes the fewest bytes that the kernel answers with
     * @param maxBytes the most bytes that it answers with, up to 65536
     * @param decoder makes the value of {@code minBytes} to {@code maxBytes} bytes
     * @param <T> the type of the value
     * @return the codec
     */
    public static <T> OptionCodec<T> readOnly(Class<T> type, int minBytes, int maxBytes, Function<byte[], T> decoder) {
        return new OptionCodec<>(type, minBytes, maxBytes, null, (bytes, _) -> decoder.apply(bytes));
    }

    /**
     * A codec for an option that can be set only.
     *
     * @param type the type of the value
     * @param encoder makes the bytes that the kernel takes
     * @param <T> the type of the value
     * @return the codec
     */
    public static <T> OptionCodec<T> writeOnly(Class<T> type, Function<T, byte[]> encoder) {
        return new OptionCodec<>(type, 0, 0, (value, _) -> encoder.apply(value), null);
    }

    /**
     * A C string in UTF-8, such as the name of an interface; a zero ends it.
     *
     * @param maxBytes the most bytes that it has, with the zero
     * @return the codec
     */
    public static OptionCodec<String> text(int maxBytes) {
        return of(
                String.class,
                0,
                maxBytes,
                text -> {
                    byte[] bytes = CBytes.string(text);
                    if (bytes.length > maxBytes || text.indexOf('\0') >= 0) {
                        throw new IllegalArgumentException("give a text of at most " + (maxBytes - 1)
                                + " bytes in UTF-8 and without a zero: \"" + text + "\"");
                    }
                    return bytes;
                },
                CBytes::string);
    }

    /**
     * The bytes themselves.
     *
     * @param maxBytes the most bytes that the kernel answers with
     * @return the codec
     */
    public static OptionCodec<byte[]> bytes(int maxBytes) {
        return of(byte[].class, 0, maxBytes, byte[]::clone, Function.identity());
    }

    /**
     * A C int that counts a unit of time.
     *
     * @param unit the unit; a duration that is no whole number of it is refused
     * @return the codec
     */
    public static OptionCodec<Duration> duration(ChronoUnit unit) {
        Duration one = unit.getDuration();
        return of(
                Duration.class,
                Integer.BYTES,
                Integer.BYTES,
                time -> {
                    boolean fits = time.compareTo(one.multipliedBy(Integer.MAX_VALUE)) <= 0
                            && time.compareTo(one.multipliedBy(Integer.MIN_VALUE)) >= 0;
                    int count = fits ? (int) time.dividedBy(one) : 0;
                    if (!one.multipliedBy(count).equals(time)) {
                        throw new IllegalArgumentException(
                                "give a whole number of " + unit + " that fits an int: " + time);
                    }
                    return CBytes.ints(count);
                },
                bytes -> one.multipliedBy(CBytes.of(bytes).getInt()));
    }

    /**
     * This codec without its way to the kernel.
     *
     * @return the codec of an option that can be read only
     */
    public OptionCodec<T> readOnly() {
        return new OptionCodec<>(type, minBytes, maxBytes, null, decoder);
    }

    /**
     * This codec without its way from the kernel.
     *
     * @return the codec of an option that can be set only
     */
    public OptionCodec<T> writeOnly() {
        return new OptionCodec<>(type, 0, 0, encoder, null);
    }

    /**
     * The type of the value.
     *
     * @return the class
     */
    public Class<T> type() {
        return type;
    }

    int minBytes() {
        return minBytes;
    }

    int maxBytes() {
        return maxBytes;
    }

    @Nullable
    Encoder<T> encoder() {
        return encoder;
    }

    @Nullable
    Decoder<T> decoder() {
        return decoder;
    }

    private static byte[] unsignedInt(long value) {
        if (value < 0 || value > 0xffff_ffffL) {
            throw new IllegalArgumentException("give a number from 0 to 4294967295: " + value);
        }
        return CBytes.ints((int) value);
    }

    private static byte[] timeval(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("give a time of zero or more: " + time);
        }
        // The longest time of all has no room to be rounded up; to the kernel it is for ever, as many others are.
        boolean roundUp = time.toSeconds() < Long.MAX_VALUE;
        Duration micros = (roundUp ? time.plusNanos(999) : time).truncatedTo(ChronoUnit.MICROS);
        return new CStruct(TIMEVAL_SIZE)
                .putLong(0, micros.getSeconds())
                .putLong(MICROS_OFFSET, micros.getNano() / 1000)
                .bytes();
    }

    private static Duration ofTimeval(byte[] bytes) {
        ByteBuffer timeval = CBytes.of(bytes);
        return Duration.ofSeconds(timeval.getLong(0), timeval.getLong(MICROS_OFFSET) * 1000);
    }
}
