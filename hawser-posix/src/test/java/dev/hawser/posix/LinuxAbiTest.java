package dev.hawser.posix;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads the tables, and asks C compilers about every line of them, each header included by itself. */
class LinuxAbiTest {

    /**
     * Puts the values into the assembly, so that nothing need run: the output of a cross compiler could not. A name that
     * the headers lack is passed over where they are old or not glibc's; elsewhere it ends the compilation.
     */
    private static final String DEFINITIONS = """
            #include <stddef.h>
            #ifdef __GLIBC__
            #include <linux/version.h>
            #if __GLIBC_PREREQ(2, 36) && LINUX_VERSION_CODE >= 0x60100
            #define EVERY_NAME_IS_THERE
            #endif
            #endif
            #define VALUE(expression) __asm__ volatile(".ascii \\"-> %c0 " #expression "\\"" :: "i"((int) (expression)))
            """;

    private static final Pattern VALUE = Pattern.compile("\"-> (-?\\d+) (.+)\"");

    /** Limits that each C library sets for itself; the tables have glibc's. */
    private static final Set<String> LIMITS_OF_GLIBC = Set.of("SOMAXCONN", "NI_MAXHOST");

    /** Names that the headers of Linux 6.1 lack: they are judged where the headers are newer. */
    private static final Set<String> NEWER_NAMES = Set.of("SO_PASSPIDFD", "SO_PEERPIDFD", "SCM_PIDFD");

    private static final String GNU_TRIPLET =
            (System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64") + "-linux-gnu";

    @TempDir
    Path directory;

    /** A column of the tables, and the compilers that can judge it. */
    enum Target {
        THIS_MACHINE(System.getProperty("os.arch"), "gcc"),
        X86_64("amd64", "x86_64-linux-gnu-gcc"),
        AARCH64("aarch64", "aarch64-linux-gnu-gcc"),
        MUSL(System.getProperty("os.arch"), "musl-gcc");

        private final String osArch;
        private final String compiler;

        Target(String osArch, String compiler) {
            this.osArch = osArch;
            this.compiler = compiler;
        }

        boolean aarch64() {
            return osArch.equals("aarch64");
        }

        /**
         * The headers of this machine serve for those that a compiler has not, after its own: musl comes without the
         * kernel's, which belong to no C library; BlueZ's are the same for every processor.
         */
        private List<String> lastDirectories() {
            return switch (this) {
                case THIS_MACHINE -> List.of();
                case MUSL -> List.of("/usr/include", "/usr/include/" + GNU_TRIPLET);
                default -> List.of("/usr/include");
            };
        }

        CCompiler compiler(Path directory) throws Exception {
            return CCompiler.require(directory, compiler, lastDirectories());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyLineSaysWhatItsHeaderSays(Target target) throws Exception {
        CCompiler compiler = target.compiler(directory);
        List<String> tables = new ArrayList<>(LinuxAbi.TABLES);
        tables.remove(LinuxBluetoothAbi.TABLE);

        assertThat(differences(tables, target, compiler)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyLineSaysWhatItsHeaderOfBluezSays(Target target) throws Exception {
        CCompiler compiler = target.compiler(directory);
        assumeTrue(compiler.hasHeader("bluetooth/bluetooth.h"), "BlueZ's headers are not installed (libbluetooth-dev)");

        assertThat(differences(List.of(LinuxBluetoothAbi.TABLE), target, compiler))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aWrongNumberIsReportedWithBothValues(Target target) throws Exception {
        CCompiler compiler = target.compiler(directory);
        String table = LinuxFileAbi.TABLE
                .replace("EPOLLRDHUP 0x2000\n", "EPOLLRDHUP 0x2001\n")
                .replace("sizeof(struct epoll_event) 12 16", "sizeof(struct epoll_event) 13 17");

        assertThat(differences(List.of(table), target, compiler))
                .containsExactly(
                        "EPOLLRDHUP: the table says 8193, C says 8192 <sys/epoll.h>",
                        target.aarch64()
                                ? "sizeof(struct epoll_event): the table says 17, C says 16 <sys/epoll.h>"
                                : "sizeof(struct epoll_event): the table says 13, C says 12 <sys/epoll.h>");
    }

    @ParameterizedTest
    @EnumSource
    void aFieldThatItsStructLacksDoesNotCompile(Target target) throws Exception {
        CCompiler compiler = target.compiler(directory);
        List<String> tables = List.of("# <poll.h>\noffsetof(struct pollfd,nonsense) 0\n");

        assertThatThrownBy(() -> differences(tables, target, compiler))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nonsense");
    }

    @Test
    void noExpressionStandsTwice() {
        List<String> lines = LinuxAbi.TABLES.stream()
                .flatMap(String::lines)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();

        assertThat(LinuxAbi.read(LinuxAbi.TABLES, false)).hasSameSizeAs(lines);
        assertThat(LinuxAbi.read(LinuxAbi.TABLES, true)).hasSameSizeAs(lines);
    }

    @Test
    void aLineHasOneValueForAllOrOneForEachArchitecture() {
        List<String> tables =
                List.of("A 1\nB 2 3\nsizeof(struct a) 4\n", "sizeof(struct b) 5 6\noffsetof(struct b,x) 7");

        assertThat(LinuxAbi.read(tables, false))
                .isEqualTo(Map.of(
                        "A", 1, "B", 2, "sizeof(struct a)", 4, "sizeof(struct b)", 5, "offsetof(struct b,x)", 7));
        assertThat(LinuxAbi.read(tables, true))
                .isEqualTo(Map.of(
                        "A", 1, "B", 3, "sizeof(struct a)", 4, "sizeof(struct b)", 6, "offsetof(struct b,x)", 7));
    }

    @Test
    void numbersAreDecimalOrHexadecimalAndKeepTheir32Bits() {
        assertThat(LinuxAbi.read(List.of("A -105\nB 0x1f\nC 0x80000000\nD -1 -2\n"), false))
                .isEqualTo(Map.of("A", -105, "B", 31, "C", Integer.MIN_VALUE, "D", -1));
    }

    @Test
    void commentsAndBlankLinesHoldNoValues() {
        assertThat(LinuxAbi.read(List.of("# <a.h>\n\n# B 1\nA 1\n\n"), false)).isEqualTo(Map.of("A", 1));
    }

    @Test
    void aLineWithoutANumberIsRefused() {
        assertThatThrownBy(() -> LinuxAbi.read(List.of("A one\n"), false)).isInstanceOf(NumberFormatException.class);
    }

    private static List<String> differences(List<String> tables, Target target, CCompiler compiler) throws Exception {
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, String> header : byHeader(tables).entrySet()) {
            Map<String, Integer> expected = LinuxAbi.read(List.of(header.getValue()), target.aarch64());
            Map<String, Integer> actual = valuesInC(compiler, header.getKey(), expected.keySet());
            actual.forEach((expression, value) -> {
                if (!value.equals(expected.get(expression))) {
                    differences.add("%s: the table says %d, C says %d <%s>"
                            .formatted(expression, expected.get(expression), value, header.getKey()));
                }
            });
        }
        differences.sort(null);
        return differences;
    }

    private static Map<String, String> byHeader(List<String> tables) {
        Map<String, String> headers = new LinkedHashMap<>();
        String header = "";
        for (String line : tables.stream().flatMap(String::lines).toList()) {
            if (line.startsWith("# <")) {
                header = line.substring("# <".length(), line.length() - 1);
            }
            headers.merge(header, line, (before, after) -> before + "\n" + after);
        }
        return headers;
    }

    private static Map<String, Integer> valuesInC(CCompiler compiler, String header, Set<String> expressions)
            throws Exception {
        String include = "#define _GNU_SOURCE\n#include <" + header.replace("> <", ">\n#include <") + ">\n";
        String function =
                expressions.stream().map(LinuxAbiTest::statement).collect(joining("", "void values(void) {\n", "}\n"));
        return compiler.assembly(include + DEFINITIONS + function).stream()
                .map(VALUE::matcher)
                .filter(Matcher::find)
                .collect(toMap(value -> value.group(2), value -> Integer.valueOf(value.group(1))));
    }

    private static String statement(String expression) {
        String statement = "VALUE(" + expression + ");\n";
        if (expression.contains("(")) {
            return statement;
        }
        String there = "defined(" + expression + ")";
        String condition = LIMITS_OF_GLIBC.contains(expression)
                ? "defined(__GLIBC__)"
                : NEWER_NAMES.contains(expression) ? there : there + " || defined(EVERY_NAME_IS_THERE)";
        return "#if " + condition + "\n" + statement + "#endif\n";
    }
}
