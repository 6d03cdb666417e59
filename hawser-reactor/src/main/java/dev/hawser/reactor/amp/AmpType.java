package dev.hawser.reactor.amp;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * How values of one type are written and read. Those of Twisted are here; a program may have its own.
 *
 * <h2>Threading</h2>
 * Safe from any thread.
 *
 * <h2>Errors</h2>
 * A value that is not of the type is an {@link IllegalArgumentException}, on the way out and on the way in.
 *
 * <p>Source: Twisted's {@code amp.Argument} and its subclasses, byte for byte.
 *
 * {@snippet file="dev/hawser/reactor/amp/AmpSnippetsTest.java" region="type"}
 *
 * @param <T> the type of the values
 */
public interface AmpType<T> {

    /** Whole numbers that fit 64 bits: Twisted's {@code Integer}. */
    AmpType<Long> INTEGER = AmpTypes.INTEGER;

    /** Whole numbers of any size: Twisted's {@code Integer}. */
    AmpType<BigInteger> BIG_INTEGER = AmpTypes.BIG_INTEGER;

    /** Text in UTF-8: Twisted's {@code Unicode}. */
    AmpType<String> STRING = AmpTypes.STRING;

    /** Bytes as they are: Twisted's {@code String}. */
    AmpType<byte[]> BYTES = AmpTypes.BYTES;

    /** {@code True} and {@code False}. */
    AmpType<Boolean> BOOLEAN = AmpTypes.BOOLEAN;

    /** Floating point, as Python's {@code repr} writes it, with {@code nan}, {@code inf} and {@code -inf}. */
    AmpType<Double> FLOAT = AmpTypes.FLOAT;

    /** Decimal numbers; what Python has beside, {@code NaN} and {@code Infinity}, is refused. */
    AmpType<BigDecimal> DECIMAL = AmpTypes.DECIMAL;

    /** Dates with a time to the microsecond, and an offset to the minute; what is finer is dropped. */
    AmpType<OffsetDateTime> DATE_TIME = AmpDateTime.TYPE;

    /** Paths, as text in UTF-8. */
    AmpType<Path> PATH = AmpTypes.PATH;

    /** Descriptors, over a Unix socket alone. Not for the elements of a list. */
    AmpType<Descriptor> DESCRIPTOR = AmpTypes.DESCRIPTOR;

    /**
     * Lists of values, 65535 bytes in all, and as many for one.
     *
     * @param elements of what type
     * @param <E> the same
     * @return the type of the lists
     */
    static <E> AmpType<List<E>> listOf(AmpType<E> elements) {
        return new ListType<>(elements);
    }

    /**
     * Lists of boxes, each with values for the same arguments.
     *
     * @param arguments what a box holds
     * @return the type of the lists
     */
    static AmpType<List<AmpValues>> ampList(Argument<?>... arguments) {
        return new BoxListType(List.of(arguments));
    }

    /**
     * Writes a value.
     *
     * @param value the value
     * @return its bytes
     * @throws IOException if it is too long
     * @throws IllegalArgumentException if AMP cannot carry it
     */
    byte[] encode(T value) throws IOException;

    /**
     * Reads a value.
     *
     * @param bytes as they came
     * @return the value
     * @throws IOException if it is too long, or no box
     * @throws IllegalArgumentException if the bytes are no such value
     */
    T decode(byte[] bytes) throws IOException;
}
