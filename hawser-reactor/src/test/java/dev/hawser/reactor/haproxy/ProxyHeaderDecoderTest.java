package dev.hawser.reactor.haproxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.haproxy.ProxyHeader.Command;
import dev.hawser.reactor.haproxy.ProxyHeader.Network;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderDecoderTest {

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String IPV4 = "7f0000017f0000011f9022b8";
    private static final String IPV6 = ("00".repeat(15) + "01").repeat(2) + "1f9022b8";
    private static final String UNIX = (hex("/home/tests/mysockets/sock") + "00".repeat(82)).repeat(2);

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }

    /** A header of version 2, with the length of its body. */
    private static byte[] v2(String commandAndFamily, String body) {
        String length = HexFormat.of().toHexDigits((short) (body.length() / 2));
        return HexFormat.of().parseHex(SIGNATURE + commandAndFamily + length + body);
    }

    private static ProxyHeader decode(byte[] bytes) throws ProxyHeaderException {
        return new ProxyHeaderDecoder().decode(ByteBuffer.wrap(bytes));
    }

    private static ProxyHeader decode(String line) throws ProxyHeaderException {
        return decode(line.getBytes(ISO_8859_1));
    }

    private static void assertRefused(byte[] bytes, String part) {
        assertThatThrownBy(() -> decode(bytes))
                .isInstanceOf(ProxyHeaderException.class)
                .hasMessageContaining(part);
    }

    static Stream<byte[]> headers() {
        return Stream.of(
                "PROXY TCP4 1.1.1.1 2.2.2.2 8080 8888\r\n".getBytes(UTF_8),
                "PROXY TCP6 ::1 ::2 8080 8888\r\n".getBytes(UTF_8),
                "PROXY UNKNOWN\r\n".getBytes(UTF_8),
                v2("2111", IPV4),
                v2("2121", IPV6),
                v2("2131", UNIX),
                v2("2000", ""),
                v2("2111", IPV4 + "0500026162" + "04000100"));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void aHeaderMayComeInAnyTwoPiecesAndByteByByteAndWhatFollowsItIsLeft(byte[] header) throws Exception {
        ProxyHeader whole = decode(header);
        ByteBuffer all = ByteBuffer.allocate(header.length + 5).put(header).put("PROXY".getBytes(UTF_8));
        for (int cut = 0; cut <= header.length; cut++) {
            ProxyHeaderDecoder decoder = new ProxyHeaderDecoder();
            ProxyHeader first = decoder.decode(all.slice(0, cut));
            if (cut < header.length) {
                assertThat(first).isNull();
                ByteBuffer rest = all.slice(cut, all.capacity() - cut);
                assertThat(decoder.decode(rest)).isEqualTo(whole);
                assertThat(rest.remaining()).isEqualTo(5);
            } else {
                assertThat(first).isEqualTo(whole);
            }
        }
        ProxyHeaderDecoder decoder = new ProxyHeaderDecoder();
        ProxyHeader last = null;
        for (int i = 0; i < header.length; i++) {
            assertThat(last).isNull();
            last = decoder.decode(all.slice(i, 1));
        }
        assertThat(last).isEqualTo(whole);
    }

    // Version 1.

    @Test
    void versionOneTellsTcpAddresses() throws Exception {
        assertThat(decode("PROXY TCP4 127.0.0.1 127.0.0.2 8080 8888\r\n"))
                .isEqualTo(new ProxyHeader(
                        1,
                        Command.PROXY,
                        Network.TCP4,
                        SockaddrIn.of("127.0.0.1", 8080),
                        SockaddrIn.of("127.0.0.2", 8888),
                        List.of()));
        ProxyHeader six = decode("PROXY TCP6 2001:db8::1 ::ffff:1.2.3.4 0 65535\r\n");
        assertThat(six.source()).isEqualTo(SockaddrIn6.of("2001:db8::1", 0));
        assertThat(six.destination()).isEqualTo(SockaddrIn6.of("::ffff:1.2.3.4", 65535));
        assertThat(six.network()).isEqualTo(Network.TCP6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " anything could go here", " ffff:f...f:ffff 65535"})
    void versionOneMayKnowNothing(String ignored) throws Exception {
        ProxyHeader header = decode("PROXY UNKNOWN" + ignored + "\r\n");
        assertThat(header).isEqualTo(ProxyHeader.local(1));
        assertThat(header.hasAddresses()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOTPROXY anything\r\n",
                "PROXYTCP4 1.1.1.1 2.2.2.2 1 2\r\n",
                "PROXY \r\n",
                "PROXY\n",
                "PROXY WUTPROTO 1.1.1.1 2.2.2.2 1 2\r\n",
                "PROXY UNKNOWNS\r\n",
                "PROXY TCP4\r\n",
                "PROXY TCP4 \r\n",
                "PROXY TCP4 127.0.0.1 8080 8888\r\n",
                "PROXY TCP4 1.1.1.1 2.2.2.2 1 2 3\r\n",
                "PROXY TCP4  1.1.1.1 2.2.2.2 1 2\r\n",
                "PROXY TCP4 1.1.1.1 2.2.2.2 1 2 \r\n",
                "PROXY TCP4 1.1.1.1 2.2.2.2 1 2\n",
                "PROXY TCP4 1.1.1.1 2.2.2.2 01 2\r\n",
                "PROXY TCP4 1.1.1.1 2.2.2.2 -1 2\r\n",
                "PROXY TCP4 1.1.1.1 2.2.2.2 1 65536\r\n",
                "PROXY TCP4 1.1.1.256 2.2.2.2 1 2\r\n",
                "PROXY TCP4 1.1.1 2.2.2.2 1 2\r\n",
                "PROXY TCP4 ::1 ::1 1 2\r\n",
                "PROXY TCP6 1.1.1.1 2.2.2.2 1 2\r\n",
                "PROXY TCP6 fe80::1%lo ::1 1 2\r\n",
                "PROXY TCP6 ::1::1 ::1 1 2\r\n",
                "proxy TCP4 1.1.1.1 2.2.2.2 1 2\r\n",
                "GET / HTTP/1.0\r\n\r\n"
            })
    void whatIsNoHeaderOfVersionOneIsRefused(String line) {
        assertThatThrownBy(() -> decode(line)).isInstanceOf(ProxyHeaderException.class);
    }

    @Test
    void versionOneHas107BytesAtMost() throws Exception {
        String longest = "PROXY UNKNOWN " + "x".repeat(107 - 14 - 2) + "\r\n";
        assertThat(longest).hasSize(107);
        assertThat(decode(longest)).isEqualTo(ProxyHeader.local(1));
        assertRefused(("PROXY UNKNOWN " + "x".repeat(107 - 14 - 1) + "\r\n").getBytes(UTF_8), "107");
        assertThat(decode("PROXY UNKNOWN " + "x".repeat(106 - 14))).isNull();
        assertRefused(("PROXY UNKNOWN " + "x".repeat(107 - 14)).getBytes(UTF_8), "107");
    }

    @Test
    void theFirstByteThatIsWrongIsRefusedAtOnce() {
        assertRefused("G".getBytes(UTF_8), "does not begin");
        assertRefused("PX".getBytes(UTF_8), "does not begin");
        assertRefused(new byte[] {0x0d, 0x0a, 0x0d, 0x0b}, "does not begin");
    }

    @Test
    void aMessageHasNothingThatWritesIntoALog() {
        assertThatThrownBy(() -> decode("PROXY TCP4\u001b[2J\u0007 1 2 3 4\r\n"))
                .hasMessageContaining("\"TCP4?[2J?\"");
    }

    // Version 2.

    @Test
    void versionTwoTellsInternetAndUnixAddresses() throws Exception {
        ProxyHeader four = decode(v2("2111", IPV4));
        assertThat(four.source()).isEqualTo(SockaddrIn.of("127.0.0.1", 8080));
        assertThat(four.destination()).isEqualTo(SockaddrIn.of("127.0.0.1", 8888));
        ProxyHeader six = decode(v2("2121", IPV6));
        assertThat(six.source()).isEqualTo(SockaddrIn6.of("::1", 8080));
        assertThat(six.destination()).isEqualTo(SockaddrIn6.of("::1", 8888));
        ProxyHeader unix = decode(v2("2131", UNIX));
        assertThat(unix.source()).isEqualTo(SockaddrUn.of("/home/tests/mysockets/sock"));
        assertThat(unix.network()).isEqualTo(Network.UNIX_STREAM);
        assertThat(decode(v2("2112", IPV4)).network()).isEqualTo(Network.UDP4);
        assertThat(decode(v2("2122", IPV6)).network()).isEqualTo(Network.UDP6);
        assertThat(decode(v2("2132", UNIX)).network()).isEqualTo(Network.UNIX_DATAGRAM);
    }

    @Test
    void unixAddressesMayBeAbstractUnnamedOrFull() throws Exception {
        for (SockaddrUn address :
                List.of(SockaddrUn.ofAbstract("name"), SockaddrUn.UNNAMED, SockaddrUn.of("p".repeat(108)))) {
            ProxyHeader header = ProxyHeader.of(2, address, SockaddrUn.of("/there"));
            assertThat(decode(header.encode())).isEqualTo(header);
        }
    }

    static Stream<Object[]> refused() {
        return Stream.of(
                new Object[] {HexFormat.of().parseHex("00".repeat(12) + "2111000c" + IPV4), "does not begin"},
                new Object[] {v2("1111", IPV4), "0x11"},
                new Object[] {v2("2311", IPV4), "0x23"},
                new Object[] {v2("2140", IPV4), "0x40"},
                new Object[] {v2("2124", IPV4), "0x24"},
                new Object[] {v2("2111", IPV4.substring(2)), "12 bytes, not 11"},
                new Object[] {v2("2121", IPV6.substring(2)), "36 bytes, not 35"},
                new Object[] {v2("2131", UNIX.substring(2)), "216 bytes, not 215"},
                new Object[] {v2("2111", IPV4 + "01"), "middle of a TLV"},
                new Object[] {v2("2111", IPV4 + "010002ff"), "claims 2 bytes where 1"},
                new Object[] {v2("2111", IPV4 + "030003ffffff"), "has not 3 bytes"},
                new Object[] {v2("2111", IPV4 + "050081" + "00".repeat(129)), "has not 129 bytes"},
                new Object[] {v2("2111", IPV4 + "20000401000000"), "5 bytes or more"},
                new Object[] {v2("2111", IPV4 + "2000080100000000210001"), "claims 1 bytes where 0"},
                new Object[] {v2("2111", IPV4 + "03000412345678"), "checksum"});
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNoHeaderOfVersionTwoIsRefused(byte[] header, String part) {
        assertRefused(header, part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2011", "2021", "2031", "2000", "2010", "2043", "20ff"})
    void aLocalConnectionHasNoAddressesWhateverFollows(String kind) throws Exception {
        for (String body : List.of("", "ff", IPV4, IPV6, UNIX)) {
            ProxyHeader header = decode(v2(kind, body));
            assertThat(header).isEqualTo(ProxyHeader.local(2));
        }
    }

    @Test
    void anUnknownFamilyHasNoAddressesAndMayHaveFields() throws Exception {
        assertThat(decode(v2("2100", "ffffff"))).isEqualTo(ProxyHeader.of(2, null, null));
        assertThat(decode(v2("2101", IPV4)).hasAddresses()).isFalse();
        assertThat(decode(v2("2110", IPV4)).hasAddresses()).isFalse();
        assertThat(decode(v2("2000", "0500026162")).uniqueId()).isEqualTo("ab".getBytes(UTF_8));
    }

    @Test
    void versionTwoHasItsLimit() throws Exception {
        byte[] header = v2("2111", IPV4 + "040005" + "00".repeat(5));
        assertThat(new ProxyHeaderDecoder(20).decode(ByteBuffer.wrap(header))).isNotNull();
        ProxyHeaderDecoder tight = new ProxyHeaderDecoder(19);
        assertThatThrownBy(() -> tight.decode(ByteBuffer.wrap(header, 0, 16)))
                .isInstanceOf(ProxyHeaderException.class)
                .hasMessageContaining("announces 20 bytes, and 19 are allowed");
        byte[] most = ProxyHeader.local(2).with(ProxyTlv.noop(4093)).encode();
        assertThat(decode(most).tlvs()).hasSize(1);
        assertRefused(ProxyHeader.local(2).with(ProxyTlv.noop(4094)).encode(), "4096 are allowed");
        byte[] longest = ProxyHeader.local(2).with(ProxyTlv.noop(65532)).encode();
        assertThat(new ProxyHeaderDecoder(65535).decode(ByteBuffer.wrap(longest)))
                .isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> new ProxyHeaderDecoder(65536));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ProxyHeader.local(2).with(ProxyTlv.noop(65533)).encode())
                .withMessageContaining("65536");
    }

    @Test
    void fieldsAreReadAndUnknownOnesKept() throws Exception {
        ProxySsl ssl = new ProxySsl(
                ProxySsl.CLIENT_SSL | ProxySsl.CLIENT_CERT_CONN,
                0,
                List.of(
                        ProxyTlv.of(ProxySsl.VERSION, "TLSv1.3"),
                        ProxyTlv.of(ProxySsl.COMMON_NAME, "Jos\u00e9"),
                        ProxyTlv.of(ProxySsl.CIPHER, "TLS_AES_128_GCM_SHA256"),
                        ProxyTlv.of(ProxySsl.SIG_ALG, "SHA256"),
                        ProxyTlv.of(ProxySsl.KEY_ALG, "RSA2048"),
                        ProxyTlv.of(0x2f, "later")));
        ProxyHeader header = ProxyHeader.of(2, SockaddrIn.of("1.1.1.1", 1), SockaddrIn.of("2.2.2.2", 2))
                .with(
                        ProxyTlv.of(ProxyTlv.ALPN, "h2"),
                        ProxyTlv.of(ProxyTlv.AUTHORITY, "example.org"),
                        ProxyTlv.crc32c(),
                        new ProxyTlv(ProxyTlv.UNIQUE_ID, new byte[] {1, 2}),
                        ssl.toTlv(),
                        ProxyTlv.of(ProxyTlv.NETNS, "blue"),
                        ProxyTlv.noop(3),
                        ProxyTlv.of(0xe0, "own"));
        ProxyHeader read = decode(header.encode());
        assertThat(read.alpn()).isEqualTo("h2");
        assertThat(read.authority()).isEqualTo("example.org");
        assertThat(read.uniqueId()).containsExactly(1, 2);
        assertThat(read.netns()).isEqualTo("blue");
        assertThat(read.tlvs()).hasSize(8).contains(ProxyTlv.of(0xe0, "own"), ProxyTlv.noop(3));
        assertThat(read.ssl()).isEqualTo(ssl);
        assertThat(read.ssl().isVerified()).isTrue();
        assertThat(read.ssl().version()).isEqualTo("TLSv1.3");
        assertThat(read.ssl().commonName()).isEqualTo("Jos\u00e9");
        assertThat(read.ssl().cipher()).isEqualTo("TLS_AES_128_GCM_SHA256");
        assertThat(read.ssl().signatureAlgorithm()).isEqualTo("SHA256");
        assertThat(read.ssl().keyAlgorithm()).isEqualTo("RSA2048");
        assertThat(decode(v2("2111", IPV4)).ssl()).isNull();
    }

    @Test
    void aClientWithoutACertificateOrWithABadOneIsNotVerified() {
        assertThat(new ProxySsl(ProxySsl.CLIENT_SSL, 0, List.of()).isVerified()).isFalse();
        assertThat(new ProxySsl(7, 19, List.of()).isVerified()).isFalse();
        assertThat(new ProxySsl(5, 0, List.of()).isVerified()).isTrue();
    }

    @Test
    void everyByteOfAHeaderWithAChecksumCounts() throws Exception {
        byte[] header = ProxyHeader.of(2, SockaddrIn.of("1.1.1.1", 1), SockaddrIn.of("2.2.2.2", 2))
                .with(ProxyTlv.crc32c(), ProxyTlv.of(ProxyTlv.ALPN, "h2"))
                .encode();
        assertThat(decode(header).alpn()).isEqualTo("h2");
        List<Integer> unnoticed = new ArrayList<>();
        for (int i = 0; i < header.length; i++) {
            byte[] changed = header.clone();
            changed[i] ^= 0x01;
            try {
                ProxyHeader read = decode(changed);
                if (read != null && read.hasAddresses()) {
                    unnoticed.add(i);
                }
            } catch (ProxyHeaderException e) {
                // As it should be.
            }
        }
        // The type of the field: then there is no checksum.
        assertThat(unnoticed).containsExactly(28);
    }

    // Writing.

    @Test
    void whatIsWrittenIsRead() throws Exception {
        List<Sockaddr> addresses = List.of(
                SockaddrIn.of("255.255.255.255", 65535),
                SockaddrIn.of("0.0.0.0", 0),
                SockaddrIn6.of("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 65535),
                SockaddrIn6.of("::", 0));
        for (int version : List.of(1, 2)) {
            for (Sockaddr source : addresses) {
                for (Sockaddr destination : addresses) {
                    ProxyHeader header = ProxyHeader.of(version, source, destination);
                    assertThat(header.hasAddresses()).isTrue();
                    assertThat(decode(header.encode())).isEqualTo(header);
                }
            }
            assertThat(decode(ProxyHeader.local(version).encode())).isEqualTo(ProxyHeader.local(version));
        }
    }

    @Test
    void theTextIsThatOfTheSpecification() {
        assertThat(ProxyHeader.of(1, SockaddrIn.of("192.168.0.1", 56324), SockaddrIn.of("192.168.0.11", 443))
                        .encode())
                .isEqualTo("PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n".getBytes(UTF_8));
        assertThat(ProxyHeader.of(1, SockaddrIn6.of("fe80::1%7", 1), SockaddrIn6.of("2001:db8::", 2))
                        .encode())
                .isEqualTo("PROXY TCP6 fe80::1 2001:db8:: 1 2\r\n".getBytes(UTF_8));
        assertThat(ProxyHeader.of(1, SockaddrUn.of("/x"), SockaddrUn.of("/y")).encode())
                .isEqualTo("PROXY UNKNOWN\r\n".getBytes(UTF_8));
        assertThat(ProxyHeader.of(2, SockaddrIn.of("127.0.0.1", 8080), SockaddrIn.of("127.0.0.1", 8888))
                        .encode())
                .isEqualTo(v2("2111", IPV4));
    }

    @Test
    void anIpv4ClientOfAnIpv6SocketIsToldAsIpv4() {
        ProxyHeader header = ProxyHeader.of(2, SockaddrIn6.of("::ffff:1.1.1.1", 1), SockaddrIn.of("2.2.2.2", 2));
        assertThat(header.source()).isEqualTo(SockaddrIn.of("1.1.1.1", 1));
        assertThat(header.network()).isEqualTo(Network.TCP4);
    }

    @Test
    void aHeaderThatCannotBeSaidIsRefused() {
        SockaddrIn four = SockaddrIn.of("1.1.1.1", 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxyHeader.of(1, four, four).with(ProxyTlv.noop(0)))
                .withMessageContaining("use version 2");
        assertThatIllegalArgumentException().isThrownBy(() -> ProxyHeader.local(3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxyHeader(2, Command.PROXY, Network.TCP6, four, four, List.of()))
                .withMessageContaining("TCP6 has not the addresses");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxyHeader(1, Command.PROXY, Network.UNSPEC, null, null, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new ProxyTlv(256, new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> new ProxyTlv(ProxyTlv.UNIQUE_ID, new byte[129]));
    }
}
