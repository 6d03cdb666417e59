package dev.hawser.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses of the families that are Linux's own, as texts and as the bytes of their structs. */
class LinuxSockaddrTest {

    private static final byte[] MAC = {2, 0, 0x5e, 0x10, (byte) 0xff, 1};

    static Stream<Sockaddr> addresses() {
        return Stream.of(
                SockaddrNl.KERNEL,
                new SockaddrNl(-1234, 0x8000_0011),
                SockaddrLl.of(1, 0x0800),
                SockaddrLl.of(0, 0xffff),
                new SockaddrLl(1, 3, 4, 772, MAC),
                new SockaddrLl(2, 0, 255, 0xffff, new byte[32]),
                new SockaddrLl(2, 0, 0, 1, new byte[0]),
                SockaddrVm.of(2, 1024),
                SockaddrVm.of(-1, -1),
                new SockaddrVm(3, -2, 1),
                SockaddrAlg.of("hash", "sha256"),
                new SockaddrAlg("skcipher", "cbc(aes)", 1, -1),
                SockaddrAlg.of("aead", "a/0x1/0x2"),
                SockaddrAlg.of("x".repeat(13), "y".repeat(63)),
                SockaddrCan.of(0),
                SockaddrCan.of(3),
                SockaddrCan.ofIsoTp(3, 0x7e0, 0x98da_f110),
                SockaddrCan.ofIsoTp(3, 0, 1),
                new SockaddrCan(3, -2, Constants.J1939_NO_PGN, Constants.J1939_NO_ADDR),
                new SockaddrCan(3, 0, 0, 5),
                SockaddrTipc.ofService(1000, -1),
                SockaddrTipc.ofRange(1000, 0, 9, Constants.TIPC_NODE_SCOPE),
                SockaddrTipc.ofSocket(-7, 0x0100_1001),
                new SockaddrTipc(255, 1, 2, 3, -128),
                new SockaddrQrtr(1, -2),
                SockaddrL2.of("00:1B:DC:07:31:10", 4097),
                new SockaddrL2(Constants.BDADDR_LOCAL, 65535, 4, 1),
                new SockaddrRc("00:1B:DC:07:31:10", 255),
                new SockaddrSco("ff:ff:ff:ff:ff:ff"),
                new SockaddrHci(65535, 3));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void anAddressThatWasWrittenAndReadIsEqual(Sockaddr address) {
        assertThat(Sockaddr.parse(address.toString())).isEqualTo(address).hasSameHashCodeAs(address);
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void aStructThatWasEncodedAndDecodedIsEqual(Sockaddr address) {
        byte[] struct = SockaddrCodec.encode(address).toArray(JAVA_BYTE);

        assertThat(ByteBuffer.wrap(struct).order(ByteOrder.nativeOrder()).getShort())
                .isEqualTo((short) address.family());
        assertThat(SockaddrCodec.decode(struct, struct.length)).isEqualTo(address);
        assertThat(SockaddrCodec.decode(Arrays.copyOf(struct, 128), struct.length))
                .isEqualTo(address);
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void javaNetHasNoSuchAddress(Sockaddr address) {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(address::toJavaNet)
                .withMessageContaining(address.toString());
    }

    @Test
    void addressesDifferInEachPart() {
        assertThat(addresses()).doesNotHaveDuplicates();
        SockaddrLl address = new SockaddrLl(1, 3, 4, 772, MAC);
        assertThat(address)
                .isEqualTo(new SockaddrLl(1, 3, 4, 772, MAC.clone()))
                .isNotEqualTo(new SockaddrLl(2, 3, 4, 772, MAC))
                .isNotEqualTo(new SockaddrLl(1, 2, 4, 772, MAC))
                .isNotEqualTo(new SockaddrLl(1, 3, 3, 772, MAC))
                .isNotEqualTo(new SockaddrLl(1, 3, 4, 771, MAC))
                .isNotEqualTo(new SockaddrLl(1, 3, 4, 772, new byte[6]));
    }

    @Test
    void theHardwareAddressIsCopied() {
        byte[] mac = MAC.clone();
        SockaddrLl address = new SockaddrLl(1, 3, 4, 772, mac);
        mac[0] = 99;
        address.address()[1] = 99;

        assertThat(address.address()).isEqualTo(MAC);
    }

    @Test
    void theIdentifiersOfIsoTpLieSideBySide() {
        SockaddrCan address = SockaddrCan.ofIsoTp(3, 0x7e0, -1);

        assertThat(address.rxId()).isEqualTo(0x7e0);
        assertThat(address.txId()).isEqualTo(-1);
        byte[] struct = SockaddrCodec.encode(address).toArray(JAVA_BYTE);
        ByteBuffer words = ByteBuffer.wrap(struct).order(ByteOrder.nativeOrder());
        assertThat(words.getInt(8)).isEqualTo(0x7e0);
        assertThat(words.getInt(12)).isEqualTo(-1);
    }

    @Test
    void interfacesHaveNames() {
        SockaddrLl byName = SockaddrLl.of("lo", 0x0800);

        assertThat(byName.ifIndex()).isEqualTo(1);
        assertThat(Sockaddr.parse("packet:lo/0x0800")).isEqualTo(byName);
        assertThat(SockaddrLl.of("", 3)).isEqualTo(SockaddrLl.of(0, 3));
        assertThat(Sockaddr.parse("can:lo")).isEqualTo(SockaddrCan.of("lo")).isEqualTo(SockaddrCan.of(1));
        assertThat(Sockaddr.parse("can:")).isEqualTo(SockaddrCan.of("")).isEqualTo(SockaddrCan.of(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SockaddrCan.of("hawser-none"))
                .withMessageContaining("hawser-none");
    }

    @ParameterizedTest
    @CsvSource({
        "netlink:7, netlink:PORT/GROUPS",
        "netlink:x/0x1, netlink:PORT/GROUPS",
        "packet:lo, packet:INTERFACE/PROTOCOL",
        "packet:lo/0x3/1/2/0:1, packet:INTERFACE/PROTOCOL",
        "vsock:2, vsock:MACHINE:PORT",
        "alg:hash, alg:TYPE:NAME",
        "can:1/0x2, can:INTERFACE",
        "tipc:1:2:3, tipc:TYPE",
        "qrtr:1, qrtr:NODE:PORT",
        "l2cap:00:1B:DC:07:31/1, l2cap:DEVICE/SERVICE",
        "rfcomm:00:1B:DC:07:31:1/1, rfcomm:DEVICE/CHANNEL",
        "sco:any, sco:DEVICE",
        "hci:0, hci:CONTROLLER/CHANNEL"
    })
    void whatIsWrittenOtherwiseIsToldHowToWriteIt(String text, String usage) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sockaddr.parse(text))
                .withMessageContaining("\"" + text + "\"")
                .withMessageContaining(usage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "netlink:4294967296/0x0",
                "netlink:0/0x100000000",
                "packet:1/0x10000",
                "packet:1/0x3/256/0/",
                "packet:1/0x3/0/65536/",
                "packet:hawser-none/0x3",
                "vsock:4294967296:1",
                "vsock:1:1/0x100",
                "alg:hash:with space",
                "alg:a-type-of-14-b:sha256",
                "can:1/0x10000000000000000/0x0/0x0",
                "can:1/0x1/0x1/0x100",
                "tipc:256:1:2:3/0",
                "tipc:1:1:2:3/128",
                "qrtr:1:4294967296",
                "l2cap:00:1B:DC:07:31:10/65536",
                "rfcomm:00:1B:DC:07:31:10/256",
                "hci:65536/0"
            })
    void whatIsOutOfRangeIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Sockaddr.parse(text));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SockaddrLl.of(1, 0x10000))
                .withMessage("protocol 65536 is not within 0..65535");
        assertThatIllegalArgumentException().isThrownBy(() -> new SockaddrLl(1, 1, -1, 0, MAC));
        assertThatIllegalArgumentException().isThrownBy(() -> new SockaddrLl(1, 1, 0, -1, MAC));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SockaddrLl(1, 1, 0, 0, new byte[33]))
                .withMessageContaining("33");
        assertThatIllegalArgumentException().isThrownBy(() -> new SockaddrVm(1, 1, 256));
        assertThatIllegalArgumentException().isThrownBy(() -> new SockaddrCan(1, 0, 0, 256));
        assertThatIllegalArgumentException().isThrownBy(() -> new SockaddrTipc(256, 0, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new SockaddrTipc(1, 0, 0, 0, 128));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SockaddrSco("00-00-00-00-00-00"))
                .withMessageContaining("00-00-00-00-00-00");
    }

    /** CPython's limits, "AF_ALG type too long" and "AF_ALG name too long". */
    @Test
    void algorithmsHaveNamesThatFitIntoTheStruct() {
        assertThatIllegalArgumentException().isThrownBy(() -> SockaddrAlg.of("x".repeat(14), "n"));
        assertThatIllegalArgumentException().isThrownBy(() -> SockaddrAlg.of("t", "x".repeat(64)));
        assertThatIllegalArgumentException().isThrownBy(() -> SockaddrAlg.of("", "n"));
        assertThatIllegalArgumentException().isThrownBy(() -> SockaddrAlg.of("t", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> SockaddrAlg.of("a:b", "n"));
        assertThatIllegalArgumentException().isThrownBy(() -> SockaddrAlg.of("t", "n\0"));
    }

    /** The kernel ends the struct of a packet with the hardware address, and that of CAN_RAW with the interface. */
    @Test
    void aStructMayEndEarly() {
        byte[] packet = HexFormat.of().parseHex("1100" + "0800" + "01000000" + "0403" + "00" + "06" + "02005e10ff01");
        assertThat(SockaddrCodec.decode(packet, packet.length)).isEqualTo(new SockaddrLl(1, 0x0800, 0, 772, MAC));
        assertThat(SockaddrCodec.decode(packet, 15))
                .isEqualTo(new SockaddrLl(1, 0x0800, 0, 772, Arrays.copyOf(MAC, 3)));
        assertThat(SockaddrCodec.decode(packet, 11)).isInstanceOf(SockaddrOther.class);
        byte[] can = HexFormat.of().parseHex("1d00" + "0000" + "03000000");
        assertThat(SockaddrCodec.decode(can, can.length)).isEqualTo(SockaddrCan.of(3));
        assertThat(SockaddrCodec.decode(can, 7)).isInstanceOf(SockaddrOther.class);
    }

    @Test
    void whateverTheBytesAreTheyAreAnAddressThatStaysTheSame() {
        Random random = new Random(16_17_29);
        for (int i = 0; i < 20_000; i++) {
            int family = random.nextInt(46);
            byte[] bytes = bytes(random, family);
            int length = 2 + random.nextInt(140);

            Sockaddr address = SockaddrCodec.decode(bytes, length);

            assertThat(address).isNotNull().extracting(Sockaddr::family).isEqualTo(family);
            byte[] again = SockaddrCodec.encode(address).toArray(JAVA_BYTE);
            assertThat(SockaddrCodec.decode(again, again.length)).isEqualTo(address);
            assertThat(address.toString()).isNotEmpty();
            if (!(address instanceof SockaddrOther) && family > Constants.AF_INET6) {
                assertThat(Sockaddr.parse(address.toString())).isEqualTo(address);
            }
        }
    }

    /** Letters at times, so that there are names of algorithms too, and zeros to end them. */
    private static byte[] bytes(Random random, int family) {
        byte[] bytes = new byte[128];
        boolean letters = random.nextBoolean();
        IntStream.range(0, bytes.length)
                .forEach(i -> bytes[i] =
                        (byte) (random.nextInt(8) == 0 ? 0 : letters ? 'a' + random.nextInt(26) : random.nextInt(256)));
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putShort((short) family);
        return bytes;
    }
}
