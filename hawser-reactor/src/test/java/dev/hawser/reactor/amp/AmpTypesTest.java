package dev.hawser.reactor.amp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The types, byte for byte beside Twisted's. */
class AmpTypesTest {

    /** A value, and how Twisted has it. */
    private record Row<T>(AmpType<T> type, T value, String python) {

        String hex() throws Exception {
            return HexFormat.of().formatHex(type.encode(value));
        }

        Object again(String hex) throws Exception {
            return type.decode(HexFormat.of().parseHex(hex));
        }
    }

    private static final Argument<Long> A = Argument.integer("a");
    private static final Argument<String> B = Argument.string("b").optional();

    private static List<Row<?>> rows() {
        List<Row<?>> rows = new ArrayList<>();
        for (long each : new long[] {0, 1, -1, 10, Long.MAX_VALUE, Long.MIN_VALUE}) {
            rows.add(new Row<>(AmpType.INTEGER, each, "Integer().toString(" + each + ")"));
        }
        rows.add(new Row<>(AmpType.BIG_INTEGER, BigInteger.TEN.pow(100).negate(), "Integer().toString(-10**100)"));
        rows.add(new Row<>(AmpType.STRING, "w\u00f6rld \ud83d\ude00", "Unicode().toString('w\\u00f6rld \\U0001f600')"));
        rows.add(new Row<>(AmpType.STRING, "", "Unicode().toString('')"));
        rows.add(new Row<>(AmpType.BYTES, new byte[] {0, -1, 65}, "String().toString(b'\\x00\\xff\\x41')"));
        rows.add(new Row<>(AmpType.BOOLEAN, true, "Boolean().toString(True)"));
        rows.add(new Row<>(AmpType.BOOLEAN, false, "Boolean().toString(False)"));
        rows.add(new Row<>(AmpType.PATH, Path.of("/tmp/x"), "Path().toString(filepath.FilePath('/tmp/x'))"));
        rows.add(new Row<>(AmpType.FLOAT, Double.NaN, "Float().toString(float('nan'))"));
        rows.add(new Row<>(AmpType.FLOAT, Double.POSITIVE_INFINITY, "Float().toString(float('inf'))"));
        rows.add(new Row<>(AmpType.FLOAT, Double.NEGATIVE_INFINITY, "Float().toString(float('-inf'))"));
        floats().forEach(each -> rows.add(
                new Row<>(AmpType.FLOAT, each, "Float().toString(float.fromhex('" + Double.toHexString(each) + "'))")));
        for (String each : List.of(
                "0",
                "-1",
                "1.0",
                "1E+2",
                "1E-7",
                "0.000001",
                "0.0000001",
                "1.5E+2",
                "123456789.987654321",
                "0E+3",
                "-0.00")) {
            rows.add(new Row<>(
                    AmpType.DECIMAL,
                    new BigDecimal(each),
                    "Decimal().toString(decimal.Decimal('" + new BigDecimal(each) + "'))"));
        }
        date(rows, "2012-01-23T12:34:56.054321-01:23", "2012, 1, 23, 12, 34, 56, 54321, tz(-1, 23)");
        date(rows, "2010-12-31T23:59:59.999999+02:00", "2010, 12, 31, 23, 59, 59, 999999, tz(1, 120)");
        date(rows, "0001-01-01T00:00:00Z", "1, 1, 1, 0, 0, 0, 0, tz(1, 0)");
        rows.add(new Row<>(
                AmpType.listOf(AmpType.INTEGER), List.of(1L, 20L, -500L), "ListOf(Integer()).toString([1, 20, -500])"));
        rows.add(new Row<>(
                AmpType.listOf(AmpType.STRING), List.of("", "\u2603"), "ListOf(Unicode()).toString(['', '\\u2603'])"));
        rows.add(new Row<>(
                AmpType.listOf(AmpType.listOf(AmpType.BOOLEAN)),
                List.of(List.of(true), List.of()),
                "ListOf(ListOf(Boolean())).toString([[True], []])"));
        rows.add(
                new Row<>(
                        AmpType.ampList(A, B),
                        List.of(AmpValues.of(A, 7L).and(B, "hello"), AmpValues.of(A, 9L)),
                        "AmpList([(b'a', Integer()), (b'b', Unicode(optional=True))]).toStringProto([dict(a=7, b='hello'), dict(a=9, b=None)], None)"));
        return rows;
    }

    private static void date(List<Row<?>> rows, String value, String arguments) {
        rows.add(new Row<>(
                AmpType.DATE_TIME,
                OffsetDateTime.parse(value),
                "DateTime().toString(datetime.datetime(" + arguments + "))"));
    }

    private static List<Double> floats() {
        List<Double> floats = new ArrayList<>(List.of(
                0.0,
                -0.0,
                1.0,
                -1.5,
                0.1,
                1e15,
                1e16,
                123456789012345680.0,
                1e-4,
                1e-5,
                1.5e-5,
                1e22,
                1e23,
                Double.MIN_VALUE,
                2e-323,
                1.7976931348623157e308,
                2.2250738585072014e-308,
                9007199254740992.0,
                100.0));
        Random random = new Random(1);
        for (int i = 0; i < 3000; i++) {
            double any = Double.longBitsToDouble(random.nextLong());
            floats.add(Double.isFinite(any) ? any : random.nextGaussian());
            floats.add(random.nextInt(1_000_000) / 1000.0);
            floats.add(random.nextLong(1000) * Double.MIN_VALUE);
        }
        return floats;
    }

    private static final String PYTHON = """
            import datetime, decimal, sys
            from twisted.protocols.amp import *
            from twisted.protocols.amp import DateTime
            from twisted.python import filepath
            def tz(sign, minutes):
                hours, minutes = (1, 23) if sign < 0 else divmod(minutes, 60)
                return datetime.timezone(sign * datetime.timedelta(hours=hours, minutes=minutes))
            for line in sys.stdin:
                print(eval(line).hex())
            """;

    @Test
    @RequiresProgram("python3")
    void eachValueHasTheBytesThatTwistedWritesAndIsReadFromThem() throws Exception {
        Peers.requirePythonModule("twisted");
        List<Row<?>> rows = rows();
        StringBuilder questions = new StringBuilder();
        rows.forEach(row -> questions.append(row.python()).append('\n'));
        try (Peer python = Peers.python(PYTHON)) {
            Thread writer = Thread.ofPlatform().start(() -> {
                try {
                    python.write(questions.toString().getBytes(ISO_8859_1));
                    python.closeInput();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            for (Row<?> row : rows) {
                String theirs = python.readLine();
                assertThat(row.hex()).as(row.python()).isEqualTo(theirs);
                assertThat(row.again(theirs)).as(row.python()).isEqualTo(row.value());
            }
            writer.join();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGER, x",
        "INTEGER, ''",
        "INTEGER, 9223372036854775808",
        "BIG_INTEGER, 1.5",
        "BOOLEAN, true",
        "FLOAT, 1.5d",
        "FLOAT, 0x1p3",
        "DECIMAL, NaN",
        "DECIMAL, Infinity",
        "DECIMAL, 1E+99999999999",
        "DATE_TIME, 2012-01-23T12:34:56.054321-01:2",
        "DATE_TIME, 2012-13-23T12:34:56.054321-01:23",
        "DATE_TIME, 2012-01-23T12:34:56.054321?01:23",
        "DATE_TIME, 2012-01-23T12:34:56.054321+99:23",
        "STRING, \u00ff",
        "LIST, a"
    })
    void whatIsNoValueOfATypeIsRefused(String type, String text) {
        AmpType<?> of = switch (type) {
            case "INTEGER" -> AmpType.INTEGER;
            case "BIG_INTEGER" -> AmpType.BIG_INTEGER;
            case "BOOLEAN" -> AmpType.BOOLEAN;
            case "FLOAT" -> AmpType.FLOAT;
            case "DECIMAL" -> AmpType.DECIMAL;
            case "DATE_TIME" -> AmpType.DATE_TIME;
            case "STRING" -> AmpType.STRING;
            default -> AmpType.listOf(AmpType.BYTES);
        };
        assertThatThrownBy(() -> of.decode(text.getBytes(ISO_8859_1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatAmpCannotCarryIsRefused() {
        assertThatThrownBy(() -> AmpType.STRING.encode("\ud800")).hasMessageContaining("surrogate");
        assertThatThrownBy(() -> AmpType.DATE_TIME.encode(OffsetDateTime.MAX)).hasMessageContaining("1 to 9999");
        assertThatThrownBy(() -> AmpType.listOf(AmpType.BYTES).encode(List.of(new byte[65536])))
                .hasMessageContaining("65536 bytes");
        assertThatThrownBy(() -> AmpType.listOf(AmpType.DESCRIPTOR).encode(List.of(Descriptor.of(() -> 0))))
                .hasMessageContaining("no element");
        assertThatThrownBy(() -> AmpType.listOf(AmpType.BYTES).decode(new byte[] {0, 2, 1}))
                .hasMessageContaining("not whole");
    }
}
