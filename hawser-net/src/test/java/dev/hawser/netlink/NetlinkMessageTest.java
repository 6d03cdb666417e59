package dev.hawser.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Sockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes that are no message, or only nearly: each is an answer or a {@link MalformedNetlinkException}. */
class NetlinkMessageTest {

    private static final NetlinkMessage FIRST = new NetlinkMessage(16, 2, 7, -3, new byte[] {1, 2, 3, 4, 5});
    private static final NetlinkMessage SECOND = new NetlinkMessage(3, 0, 7, 99, new byte[0]);

    @Test
    void whatWasEncodedIsReadAgain() throws IOException {
        byte[] datagram = joined(FIRST.encode(), SECOND.encode());
        assertThat(datagram).hasSize(24 + 16);
        assertThat(NetlinkMessage.parse(datagram)).containsExactly(FIRST, SECOND);
        assertThat(NetlinkMessage.parse(new byte[0])).isEmpty();
    }

    @Test
    void theLastMessageNeedsNoPadding() throws IOException {
        assertThat(NetlinkMessage.parse(Arrays.copyOf(FIRST.encode(), 21))).containsExactly(FIRST);
    }

    @Test
    void aDatagramCutAtAnyByteIsMalformedExceptBetweenMessages() throws IOException {
        byte[] whole = joined(FIRST.encode(), SECOND.encode());
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length >= 21 && length <= 24) {
                assertThat(NetlinkMessage.parse(cut)).containsExactly(FIRST);
            } else {
                assertThatThrownBy(() -> NetlinkMessage.parse(cut)).isInstanceOf(MalformedNetlinkException.class);
            }
        }
    }

    @Test
    void aLengthThatIsNoneIsNamed() {
        assertThatThrownBy(() -> NetlinkMessage.parse(withLength(0)))
                .isInstanceOf(MalformedNetlinkException.class)
                .hasMessage("a message is to have 0 bytes of the 24 that are left, its header of 16 included");
        assertThatThrownBy(() -> NetlinkMessage.parse(withLength(15))).isInstanceOf(MalformedNetlinkException.class);
        assertThatThrownBy(() -> NetlinkMessage.parse(withLength(25))).isInstanceOf(MalformedNetlinkException.class);
        assertThatThrownBy(() -> NetlinkMessage.parse(withLength(-1))).hasMessageContaining("to have 4294967295 bytes");
    }

    @Test
    void anAttributeWhoseLengthIsNoneIsNamed() {
        for (int length : new int[] {0, 3, 9, 0xffff}) {
            byte[] attribute = ByteBuffer.allocate(8)
                    .order(ByteOrder.nativeOrder())
                    .putShort((short) length)
                    .putShort((short) 5)
                    .array();
            assertThatThrownBy(() -> Attributes.parse(WireBytes.of(attribute, "a test")))
                    .isInstanceOf(MalformedNetlinkException.class)
                    .hasMessage("attribute 5 is to have " + length
                            + " bytes of the 8 that are left, its header of 4 included");
        }
    }

    @Test
    void ofEqualAttributesTheLastCounts() throws IOException {
        byte[] twice = {5, 0, 1, 0, 7, 0, 0, 0, 5, 0, 1, 0, 9, 0, 0, 0};
        assertThat(Attributes.parse(WireBytes.of(twice, "a test")).u8(1, 0)).isEqualTo(9);
    }

    @Test
    void whatIsTooShortForItsTypeIsNamed() throws IOException {
        byte[] short1 = {5, 0, 4, 0, 7, 0, 0, 0};
        Attributes attributes = Attributes.parse(WireBytes.of(short1, "a test"));
        assertThatThrownBy(() -> attributes.u32(4, 0)).hasMessage("attribute 4 has 1 bytes; 4 were to be read at 0");
        assertThatThrownBy(() -> new EventDecoder().decode(new NetlinkMessage(16, 0, 0, 0, new byte[15])))
                .hasMessage("struct ifinfomsg takes 16 bytes, and a message of type 16 has 15");
    }

    @Test
    void everyAnswerOfTheKernelCutAtAnyByteIsReadOrMalformed() throws IOException {
        for (NetlinkMessage message : answersOfTheKernel()) {
            byte[] payload = message.payload();
            for (int length = 0; length < payload.length; length++) {
                decodeOrReject(with(message, Arrays.copyOf(payload, length)));
            }
        }
    }

    @Test
    void everyAnswerOfTheKernelWithAnyWrongByteIsReadOrMalformed() throws IOException {
        Random random = new Random(42);
        for (NetlinkMessage message : answersOfTheKernel()) {
            for (int i = 0; i < 2000; i++) {
                byte[] payload = message.payload();
                for (int wrong = random.nextInt(4); wrong >= 0; wrong--) {
                    payload[random.nextInt(payload.length)] = (byte) random.nextInt();
                }
                decodeOrReject(with(message, payload));
            }
        }
    }

    private static NetlinkMessage with(NetlinkMessage message, byte[] payload) {
        return new NetlinkMessage(message.type(), 0, 1, 0, payload);
    }

    /** Anything else that is thrown fails the test. */
    private static void decodeOrReject(NetlinkMessage message) {
        try {
            new EventDecoder().decode(message);
            InetDiagDecoder.decode(message, Constants.IPPROTO_TCP);
            UnixDiagDecoder.decode(message);
            NetlinkSocket.throwIfFailed("test", new NetlinkMessage(2, 0xffff, 1, 0, message.payload()));
        } catch (MalformedNetlinkException expected) {
            assertThat(expected).hasMessageNotContaining("null");
        } catch (NetlinkException refused) {
            assertThat(refused).hasMessageStartingWith("test: ");
        } catch (IOException other) {
            throw new AssertionError(other);
        }
    }

    /** One answer of each kind, as this machine gives it. */
    private static List<NetlinkMessage> answersOfTheKernel() throws IOException {
        List<NetlinkMessage> answers = new ArrayList<>();
        answers.add(first(NetlinkSocket.ROUTE, LinkDecoder.GET, LinkDecoder.request()));
        answers.add(first(NetlinkSocket.ROUTE, AddressDecoder.GET, AddressDecoder.request()));
        answers.add(first(NetlinkSocket.ROUTE, RouteDecoder.GET, RouteDecoder.request()));
        byte[] tcp = InetDiagDecoder.request(Constants.AF_INET, Constants.IPPROTO_TCP);
        try (var server = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0));
                var pair = Sockets.createServer(SockaddrUn.ofAbstract("hawser"))) {
            answers.add(first(NetlinkSocket.SOCK_DIAG, InetDiagDecoder.TYPE, tcp));
            answers.add(first(NetlinkSocket.SOCK_DIAG, InetDiagDecoder.TYPE, UnixDiagDecoder.request()));
            assertThat(server.fileno()).isNotEqualTo(pair.fileno());
        }
        return answers;
    }

    private static NetlinkMessage first(int protocol, int type, byte[] request) throws IOException {
        return NetlinkSocket.list("test", protocol, type, request, message -> message)
                .getFirst();
    }

    private static byte[] withLength(int length) {
        byte[] bytes = FIRST.encode();
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putInt(0, length);
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
