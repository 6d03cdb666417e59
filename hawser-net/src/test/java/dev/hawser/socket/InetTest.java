package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_INET6;
import static dev.hawser.socket.Constants.AF_UNIX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Byte order, and addresses as text and bytes, compared with CPython. */
class InetTest {

    /** Answers each line with three: what inet_aton and inet_pton of both families make of it. */
    private static final String CPYTHON = """
            import socket, sys
            def ask(call):
                try:
                    return call().hex()
                except OSError:
                    return 'refused'
            for line in sys.stdin:
                text = line[1:-1]
                print(ask(lambda: socket.inet_aton(text)))
                print(ask(lambda: socket.inet_pton(socket.AF_INET, text)))
                print(ask(lambda: socket.inet_pton(socket.AF_INET6, text)))
            """;

    private static final List<String> TEXTS = List.of(
            "",
            "0",
            "1",
            "127.1",
            "1.2.3",
            "1.2.3.4",
            "1.2.3.4.5",
            "256.1.1.1",
            "1.2.3.256",
            "1.2.65535",
            "1.2.65536",
            "1.16777215",
            "1.16777216",
            "4294967295",
            "4294967296",
            "0x7f.1",
            "0X7F000001",
            "0177.0.0.1",
            "08.1",
            "01.2.3.4",
            "1.2.3.4 ",
            " 1.2.3.4",
            "1.2.3.4 x",
            "1.2.3.4x",
            "1.2.3.",
            ".1.2.3",
            "1..2.3",
            "-1",
            "+1",
            "1.2.3.-4",
            "0x",
            "a",
            "255.255.255.255",
            "00.0.0.0",
            "1.2.3.04",
            "1.2.3.0004",
            "\u0661.2.3.4",
            "localhost",
            "<broadcast>",
            "::",
            "::1",
            "1::",
            ":::",
            ":",
            ":1",
            "1:",
            "::1::",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
            "1::3:4:5:6:7:8",
            "1:2:3:4::5:6:7:8",
            "fe80::1%lo",
            "fe80::1%1",
            "[::1]",
            "::ffff:1.2.3.4",
            "::1.2.3.4",
            "::1.2.3",
            "::1.2.3.256",
            "1.2.3.4::",
            "1:2:3:4:5:6:1.2.3.4",
            "1:2:3:4:5:6:7:1.2.3.4",
            "::01.2.3.4",
            "12345::",
            "g::",
            "ABCD::abcd",
            "0000:0000::",
            "00000::",
            "::-1",
            " ::1",
            "::1 ",
            "2001:db8::1/64");

    @Test
    void everyTextIsTakenOrRefusedAsByCPython() throws Exception {
        try (CPython python = new CPython(CPYTHON)) {
            for (String text : TEXTS) {
                python.say("|" + text);
                assertThat(outcome(() -> Inet.inetAton(text)))
                        .as("inet_aton %s", text)
                        .isEqualTo(python.line());
                assertThat(outcome(() -> Inet.inetPton(AF_INET, text)))
                        .as("inet_pton AF_INET %s", text)
                        .isEqualTo(python.line());
                assertThat(outcome(() -> Inet.inetPton(AF_INET6, text)))
                        .as("inet_pton AF_INET6 %s", text)
                        .isEqualTo(python.line());
            }
        }
    }

    @Test
    void addressesAreWrittenAsByCPython() throws Exception {
        String program = """
                import socket, sys
                for line in sys.stdin:
                    packed = bytes.fromhex(line.strip())
                    print(socket.inet_ntop(socket.AF_INET if len(packed) == 4 else socket.AF_INET6, packed))
                """;
        List<String> addresses = List.of(
                "00000000",
                "7f000001",
                "ffffffff",
                "01020304",
                "00000000000000000000000000000000",
                "00000000000000000000000000000001",
                "20010db8000000000001000000000001",
                "00000000000000000000ffff01020304",
                "00000000000000000000000001020304",
                "fe800000000000000000000000000abc",
                "00010000000000000000000000000000",
                "00010002000300040005000600070000",
                "20010db8000000010000000100000001");
        try (CPython python = new CPython(program)) {
            for (String hex : addresses) {
                byte[] packed = HexFormat.of().parseHex(hex);
                python.say(hex);
                String expected = python.line();
                assertThat(Inet.inetNtop(packed.length == 4 ? AF_INET : AF_INET6, packed))
                        .isEqualTo(expected);
                if (packed.length == 4) {
                    assertThat(Inet.inetNtoa(packed)).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void anotherLengthThanTheFamilysIsRefused() {
        for (int length : new int[] {0, 3, 5, 16}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Inet.inetNtop(AF_INET, new byte[length]))
                    .withMessageContaining("4 bytes, not " + length);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Inet.inetNtop(AF_INET6, new byte[15]));
        assertThatIllegalArgumentException().isThrownBy(() -> Inet.inetNtop(AF_UNIX, new byte[4]));
        assertThatIllegalArgumentException().isThrownBy(() -> Inet.inetPton(AF_UNIX, "::1"));
    }

    @Test
    void aZeroByteIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Inet.inetAton("1.2.3.4\0"));
        assertThatIllegalArgumentException().isThrownBy(() -> Inet.inetPton(AF_INET6, "::1\0"));
    }

    @Test
    void numbersAreTurnedAround() {
        assertThat(Inet.htons(0x1234)).isEqualTo(0x3412);
        assertThat(Inet.ntohs(0xff00)).isEqualTo(0x00ff);
        assertThat(Inet.htonl(0x12345678L)).isEqualTo(0x78563412L);
        assertThat(Inet.ntohl(0x000000ffL)).isEqualTo(0xff000000L);
        assertThat(Inet.ntohl(Inet.htonl(0xffff_fffeL))).isEqualTo(0xffff_fffeL);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        for (int bad : new int[] {-1, 0x10000, Integer.MAX_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Inet.htons(bad));
            assertThatIllegalArgumentException().isThrownBy(() -> Inet.ntohs(bad));
        }
        for (long bad : new long[] {-1, 0x1_0000_0000L, Long.MAX_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Inet.htonl(bad));
            assertThatIllegalArgumentException().isThrownBy(() -> Inet.ntohl(bad));
        }
    }

    private static String outcome(Supplier<byte[]> call) {
        try {
            return HexFormat.of().formatHex(call.get());
        } catch (IllegalArgumentException e) {
            return "refused";
        }
    }
}
