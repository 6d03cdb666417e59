package dev.hawser.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of addresses. */
@Timeout(30)
class SockaddrTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:80",
                "0.0.0.0:0",
                "255.255.255.255:65535",
                "[::]:0",
                "[::1]:80",
                "[2001:db8::1]:443",
                "[::ffff:127.0.0.1]:80",
                "[fe80::1%1]:80",
                "[fe80::1%2147483647]:80",
                "[fe80::1%4294967295]:80",
                "unix:/run/x.sock",
                "unix:relative/path",
                "unix:/with spaces and \u00e4\u20ac",
                "unix:@name",
                "unix:@",
                "unix:@a\\x00b",
                "unix:/no\\xffutf8\\x1b[2J",
                "unix:/c1\\xc2\\x85",
                "unix:/an escape\\x5cx41",
                "unix:/a back\\slash\\",
                "unix:"
            })
    void whatIsWrittenIsWhatWasRead(String text) {
        Sockaddr address = Sockaddr.parse(text);

        assertThat(address).hasToString(text);
        assertThat(Sockaddr.parse(address.toString())).isEqualTo(address).hasSameHashCodeAs(address);
    }

    @Test
    void everyUnixNameIsReadAsItWasWritten() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            byte[] name = new byte[1 + random.nextInt(20)];
            random.nextBytes(name);
            for (int at = random.nextInt(2); at < name.length - 4; at += 5) {
                System.arraycopy(Bytes.of("\\x4" + random.nextInt(10)), 0, name, at, 4);
            }
            name[0] = 0;
            SockaddrUn address = new SockaddrUn(name);
            assertThat(address.toString()).doesNotContainPattern("\\p{Cntrl}");
            assertThat(Sockaddr.parse(address.toString())).isEqualTo(address);
        }
    }

    @Test
    void anEscapeOfTheNameMayStandForAnyByte() {
        assertThat(Sockaddr.parse("unix:\\x00name")).isEqualTo(SockaddrUn.ofAbstract("name"));
        assertThat(Sockaddr.parse("unix:\\x40name")).isEqualTo(SockaddrUn.of("@name"));
        assertThat(SockaddrUn.of("@name")).hasToString("unix:./@name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sockaddr.parse("unix:a\\x00b"))
                .withMessage("AF_UNIX path with a zero byte in it: a\\x00b");
    }

    @Test
    void halfASurrogatePairIsRefused() {
        for (String half : new String[] {"a\ud800", "\udc00b", "\ud800\ud800"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SockaddrUn.of(half))
                    .withMessageContaining(half);
            assertThatIllegalArgumentException().isThrownBy(() -> SockaddrUn.ofAbstract(half));
            assertThatIllegalArgumentException().isThrownBy(() -> Sockaddr.parse("unix:" + half));
        }
    }

    @Test
    void theTextOfAnotherFamilyIsNotRead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sockaddr.parse(new SockaddrOther(17, new byte[] {1, 2}).toString()));
    }

    @ParameterizedTest
    @CsvSource({
        ":80, 0.0.0.0:80",
        "<broadcast>:80, 255.255.255.255:80",
        "127.0.0.1:0080, 127.0.0.1:80",
        "[]:80, [::]:80",
        "[0:0:0:0:0:0:0:1]:80, [::1]:80"
    })
    void otherFormsAreReadToo(String text, String written) {
        assertThat(Sockaddr.parse(text)).hasToString(written);
    }

    /** RFC 4291 section 2.2 read, RFC 5952 section 4 written. */
    @ParameterizedTest
    @CsvSource({
        "2001:DB8:0:0:8:800:200C:417A, 2001:db8::8:800:200c:417a",
        "FF01:0:0:0:0:0:0:101, ff01::101",
        "0:0:0:0:0:0:0:0, ::",
        "::, ::",
        "0:0:0:0:0:FFFF:129.144.52.38, ::ffff:129.144.52.38",
        "::FFFF:8190:3426, ::ffff:129.144.52.38",
        "::13.1.68.3, ::d01:4403",
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "1:0:0:4:5:0:0:0, 1:0:0:4:5::",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
    })
    void ipv6IsReadAndWrittenAsTheRfcsSay(String text, String written) {
        assertThat(SockaddrIn6.of(text, 1).host()).isEqualTo(written);
        assertThat(SockaddrIn6.of(written, 1)).isEqualTo(SockaddrIn6.of(text, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":",
                ":::",
                "1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "1:::2",
                ":1::2",
                "1::2:",
                "::12345",
                "::g",
                "::-1",
                " ::1",
                "::1 ",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1::2:3:4:5:6:7:8",
                "1.2.3.4",
                "1.2.3.4::",
                "1.2.3.4::1.2.3.4",
                "::1.2.3.4:5",
                "1.2.3.4:1:2:3:4:5:6",
                "::1.2.3",
                "::1.2.3.4.5",
                "::1.2.3.256",
                "::1.2.3.04",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::<broadcast>",
                "\uff11::",
                "::1%",
                "::1%nosuch0",
                "::1%4294967296",
                "::1%-1",
                "[::1]"
            })
    void badIpv6IsRefusedByName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SockaddrIn6.of(text, 1))
                .withMessageContaining(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "256.0.0.1",
                "1.2.3.-4",
                "01.2.3.4",
                "1.2.3.04",
                "0x7f.0.0.1",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1..2.3",
                ".1.2.3",
                "1.2.3.",
                "localhost",
                "1.2.3.1000",
                "\u0661.2.3.4"
            })
    void badIpv4IsRefusedByName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SockaddrIn.of(text, 1))
                .withMessageContaining(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1",
                "127.0.0.1:",
                "127.0.0.1:x",
                "127.0.0.1:-1",
                "127.0.0.1:65536",
                "127.0.0.1:99999999999",
                "127.0.0.1:+80",
                "127.0.0.1: 80",
                "::1",
                "::1:80",
                "[::1]",
                "[::1]80",
                "[::1:80",
                "::1]:80",
                "http://127.0.0.1:80"
            })
    void badTextIsRefusedByName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sockaddr.parse(text))
                .withMessageContaining(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aPortOutOfRangeIsRefused(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SockaddrIn(0, port))
                .withMessageContaining("" + port);
        assertThatIllegalArgumentException().isThrownBy(() -> new SockaddrIn6(0, 0, port, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> SockaddrIn6.of("::1", port));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0x100000})
    void flowInfoOutOfRangeIsRefused(int flowInfo) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SockaddrIn6(0, 1, 80, flowInfo, 0));
    }

    @Test
    void aScopeMayBeTheNameOfAnInterface() throws IOException {
        NetworkInterface loopback = NetworkInterface.getByIndex(1);

        SockaddrIn6 scoped = SockaddrIn6.of("fe80::1%" + loopback.getName(), 80);
        assertThat(scoped.scopeId()).isEqualTo(1);
        assertThat(scoped).hasToString("[fe80::1%1]:80");
    }

    @Test
    void addressesAreEqualByAllTheirParts() {
        assertThat(new SockaddrIn6(1, 2, 3, 4, 5)).isEqualTo(new SockaddrIn6(1, 2, 3, 4, 5));
        assertThat(new SockaddrIn6(1, 2, 3, 4, 5)).isNotEqualTo(new SockaddrIn6(1, 2, 3, 4, 6));
        assertThat(new SockaddrIn6(1, 2, 3, 4, 5)).isNotEqualTo(new SockaddrIn6(1, 2, 3, 0, 5));
        assertThat(new SockaddrOther(17, new byte[] {1, 2}))
                .isEqualTo(new SockaddrOther(17, new byte[] {1, 2}))
                .hasSameHashCodeAs(new SockaddrOther(17, new byte[] {1, 2}))
                .isNotEqualTo(new SockaddrOther(16, new byte[] {1, 2}))
                .hasToString("family 17:0102");
    }

    /** 400 addresses, many with runs of zeros, as CPython's inet_ntop and inet_pton have them. */
    @Test
    void ipv6TextIsTheSameAsInCpython() throws Exception {
        Random random = new Random(5952);
        List<byte[]> addresses = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            byte[] bytes = new byte[16];
            for (int group = 0; group < 8; group++) {
                int value = random.nextInt(3) == 0 ? random.nextInt(0x10000) >>> random.nextInt(13) : 0;
                bytes[2 * group] = (byte) (value >>> 8);
                bytes[2 * group + 1] = (byte) value;
            }
            addresses.add(bytes);
        }
        try (CPython python = new CPython("""
                import socket, sys
                for line in sys.stdin:
                    host, packed = line.split()
                    packed = bytes.fromhex(packed)
                    print(socket.inet_ntop(socket.AF_INET6, packed), socket.inet_pton(socket.AF_INET6, host) == packed)
                """)) {
            for (byte[] bytes : addresses) {
                SockaddrIn6 ours = SockaddrIn6.ofBytes(bytes, 0, 0, 0);
                python.say(ours.host() + " " + HexFormat.of().formatHex(bytes));
            }
            List<String> answers = python.finish();
            assertThat(answers).hasSameSizeAs(addresses);
            for (int i = 0; i < answers.size(); i++) {
                SockaddrIn6 ours = SockaddrIn6.ofBytes(addresses.get(i), 0, 0, 0);
                String[] answer = answers.get(i).split(" ", -1);
                assertThat(answer[1]).as(ours.host()).isEqualTo("True");
                assertThat(SockaddrIn6.of(answer[0], 0)).isEqualTo(ours);
                if (!isIpv4Compatible(ours)) {
                    assertThat(ours.host()).isEqualTo(answer[0]);
                }
            }
        }
    }

    /** libc writes the deprecated ::1.2.3.4 with dots, which RFC 5952 does not ask for. */
    private static boolean isIpv4Compatible(SockaddrIn6 address) {
        return address.high() == 0 && address.low() >>> 32 == 0;
    }

    @Test
    void textsThatCpythonRefusesAreRefused() throws Exception {
        String alphabet = "01af:::..%";
        Random random = new Random(4291);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder("::");
            for (int n = random.nextInt(9); n > 0; n--) {
                text.insert(random.nextInt(text.length() + 1), alphabet.charAt(random.nextInt(9)));
            }
            texts.add(text.toString());
        }
        try (CPython python = new CPython("""
                import socket, sys
                for line in sys.stdin:
                    try:
                        print(socket.inet_pton(socket.AF_INET6, line.strip()).hex())
                    except OSError:
                        print('refused')
                """)) {
            for (String text : texts) {
                python.say(text);
            }
            List<String> answers = python.finish();
            for (int i = 0; i < texts.size(); i++) {
                assertThat(hexOrRefused(texts.get(i))).as(texts.get(i)).isEqualTo(answers.get(i));
            }
        }
    }

    private static String hexOrRefused(String text) {
        try {
            return HexFormat.of().formatHex(SockaddrIn6.of(text, 0).bytes());
        } catch (IllegalArgumentException e) {
            return "refused";
        }
    }
}
