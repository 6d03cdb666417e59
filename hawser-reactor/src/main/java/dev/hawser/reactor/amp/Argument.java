package dev.hawser.reactor.amp;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * What a command takes or answers, by name: a constant of the program, which is also what its value is asked for with.
 *
 * <p>Source: Twisted's lists of names and {@code amp.Argument}s.
 *
 * {@snippet file="dev/hawser/reactor/amp/AmpSnippetsTest.java" region="command"}
 *
 * @param name the key, 1 to 255 bytes, a character for each
 * @param type how its value is written
 * @param isOptional whether it may be left out
 * @param <T> the type of the value
 */
public record Argument<T>(String name, AmpType<T> type, boolean isOptional) {

    /** Checks the name. */
    public Argument {
        AmpBox.requireKey(name);
        if (name.startsWith("_")) {
            throw new IllegalArgumentException("names that begin with _ are the protocol's own: " + name);
        }
    }

    /**
     * An argument of any type.
     *
     * @param name its name
     * @param type its type
     * @param <T> the type of its values
     * @return the argument
     */
    public static <T> Argument<T> of(String name, AmpType<T> type) {
        return new Argument<>(name, type, false);
    }

    /**
     * A whole number of 64 bits.
     *
     * @param name its name
     * @return the argument
     */
    public static Argument<Long> integer(String name) {
        return of(name, AmpType.INTEGER);
    }

    /**
     * A whole number of any size.
     *
     * @param name its name
     * @return the argument
     */
    public static Argument<BigInteger> bigInteger(String name) {
        return of(name, AmpType.BIG_INTEGER);
    }

    /**
     * Text: Twisted's {@code Unicode}.
     *
     * @param name its name
     * @return the argument
     */
    public static Argument<String> string(String name) {
        return of(name, AmpType.STRING);
    }

    /**
     * Bytes: Twisted's {@code String}.
     *
     * @param name its name
     * @return the argument
     */
    public static Argument<byte[]> bytes(String name) {
        return of(name, AmpType.BYTES);
    }

    /**
     * True or false.
     *
     * @param name its name
     * @return the argument
     */
    public static Argument<Boolean> bool(String name) {
        return of(name, AmpType.BOOLEAN);
    }

    /**
     * A floating point number.
     *
     * @param name its name
     * @return the argument
     */
    public static Argument<Double> floating(String name) {
        return of(name, AmpType.FLOAT);
    }

    /**
     * A decimal number.
     *
     * @param name its name
     * @return the argument
     */
    public static Argument<BigDecimal> decimal(String name) {
        return of(name, AmpType.DECIMAL);
    }

    /**
     * A date with time and offset.
     *
     * @param name its name
     * @return the argument
     */
    public static Argument<OffsetDateTime> dateTime(String name) {
        return of(name, AmpType.DATE_TIME);
    }

    /**
     * A list.
     *
     * @param name its name
     * @param elements of what type its elements are
     * @param <E> the same
     * @return the argument
     */
    public static <E> Argument<List<E>> listOf(String name, AmpType<E> elements) {
        return of(name, AmpType.listOf(elements));
    }

    /**
     * A list of boxes.
     *
     * @param name its name
     * @param arguments what each box holds
     * @return the argument
     */
    public static Argument<List<AmpValues>> ampList(String name, Argument<?>... arguments) {
        return of(name, AmpType.ampList(arguments));
    }

    /**
     * A descriptor, over a Unix socket.
     *
     * @param name its name
     * @return the argument
     */
    public static Argument<Descriptor> descriptor(String name) {
        return of(name, AmpType.DESCRIPTOR);
    }

    /**
     * The same, which may be left out.
     *
     * @return an argument that {@link AmpValues#find} asks for
     */
    public Argument<T> optional() {
        return new Argument<>(name, type, true);
    }
}
