package dev.hawser.reactor.amp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The types whose values are a piece of text or bytes. */
final class AmpTypes {

    /** As Python's int() has it, without the blanks and underscores that it lets pass. */
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

    /** Digits that a number may have: to read more takes long, and a value has no more than 65535 bytes anyway. */
    private static final int MOST_DIGITS = 4300;

    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,9})?");

    static final AmpType<BigInteger> BIG_INTEGER = ofText(BigInteger::toString, AmpTypes::wholeNumber);
    static final AmpType<Long> INTEGER = ofText(String::valueOf, AmpTypes::longNumber);
    static final AmpType<String> STRING = new Text();
    static final AmpType<byte[]> BYTES = new Bytes();
    static final AmpType<Boolean> BOOLEAN = ofText(value -> value ? "True" : "False", AmpTypes::truth);
    static final AmpType<Double> FLOAT = ofText(PythonFloat::repr, PythonFloat::parse);
    static final AmpType<BigDecimal> DECIMAL = ofText(BigDecimal::toString, AmpTypes::decimal);
    static final AmpType<Path> PATH = new Paths();
    static final AmpType<Descriptor> DESCRIPTOR = new Descriptors();

    private AmpTypes() {}

    /** A type that is written in ASCII. */
    static <T> AmpType<T> ofText(Function<T, String> write, Function<String, T> read) {
        return new AmpType<>() {
            @Override
            public byte[] encode(T value) {
                return write.apply(value).getBytes(ISO_8859_1);
            }

            @Override
            public T decode(byte[] bytes) {
                return read.apply(new String(bytes, ISO_8859_1));
            }
        };
    }

    static IllegalArgumentException bad(String what, String text) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return new IllegalArgumentException("this is no " + what + ": '" + shown + "'");
    }

    private static BigInteger wholeNumber(String text) {
        if (text.length() > MOST_DIGITS || !WHOLE.matcher(text).matches()) {
            throw bad("whole number", text);
        }
        return new BigInteger(text);
    }

    private static Long longNumber(String text) {
        BigInteger number = wholeNumber(text);
        if (number.bitLength() > Long.SIZE - 1) {
            throw new IllegalArgumentException("the whole number does not fit 64 bits: use BIG_INTEGER for " + number);
        }
        return number.longValue();
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "True" -> true;
            case "False" -> false;
            default -> throw bad("True or False", text);
        };
    }

    private static BigDecimal decimal(String text) {
        if (text.length() > MOST_DIGITS || !NUMBER.matcher(text).matches()) {
            throw bad("decimal number that a BigDecimal can hold", text);
        }
        return new BigDecimal(text);
    }

    static boolean isNumber(String text) {
        return text.length() <= MOST_DIGITS && NUMBER.matcher(text).matches();
    }

    private static final class Text implements AmpType<String> {

        @Override
        public byte[] encode(String value) {
            try {
                ByteBuffer bytes = UTF_8.newEncoder().encode(CharBuffer.wrap(value));
                byte[] exact = new byte[bytes.remaining()];
                bytes.get(exact);
                return exact;
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("half of a surrogate pair cannot be written in UTF-8", e);
            }
        }

        @Override
        public String decode(byte[] bytes) {
            try {
                return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("this is no UTF-8: " + bytes.length + " bytes", e);
            }
        }
    }

    private static final class Bytes implements AmpType<byte[]> {

        @Override
        public byte[] encode(byte[] value) {
            return value.clone();
        }

        @Override
        public byte[] decode(byte[] bytes) {
            return bytes.clone();
        }
    }

    private static final class Paths implements AmpType<Path> {

        @Override
        public byte[] encode(Path value) {
            return new Text().encode(value.toString());
        }

        @Override
        public Path decode(byte[] bytes) {
            return Path.of(new Text().decode(bytes));
        }
    }

    /** What is written is which descriptor it is, of those that pass beside the bytes: {@link DescriptorExchange} knows. */
    static final class Descriptors implements AmpType<Descriptor> {

        @Override
        public byte[] encode(Descriptor value) {
            throw elsewhere();
        }

        @Override
        public Descriptor decode(byte[] bytes) {
            throw elsewhere();
        }

        private static IllegalArgumentException elsewhere() {
            return new IllegalArgumentException("a descriptor is an argument by itself, and no element of a list");
        }
    }
}
