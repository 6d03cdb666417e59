package dev.hawser.socketserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socketserver.WorkerMessage.Done;
import dev.hawser.socketserver.WorkerMessage.Failed;
import dev.hawser.socketserver.WorkerMessage.Ready;
import dev.hawser.socketserver.WorkerMessage.Request;
import dev.hawser.socketserver.WorkerMessage.Retire;
import dev.hawser.socketserver.WorkerMessage.Unfit;
import dev.hawser.socketserver.WorkerMessage.Welcome;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packets between a server and its workers. */
class WorkerMessageTest {

    private static final Sockaddr CLIENT = Sockaddr.parse("[::1]:4711");

    static final List<WorkerMessage> MESSAGES = List.of(
            new Welcome(Sockaddr.parse("unix:/run/x.sock"), false, 0),
            new Welcome(Sockaddr.parse("127.0.0.1:80"), true, 8192),
            new Retire(),
            new Ready(),
            new Done(false),
            new Done(true),
            new Failed(true, "Löwe", "at 🦁\n"),
            new Failed(false, "", ""),
            new Unfit("no such class", "at x\n"));

    @ParameterizedTest
    @FieldSource("MESSAGES")
    void aMessageIsReadAsItWasWritten(WorkerMessage message) throws Exception {
        byte[] packet = message.encode();
        assertThat(WorkerMessage.decode(packet, packet.length)).isEqualTo(message);
    }

    @Test
    void aRequestIsReadAsItWasWritten() throws Exception {
        byte[] packet = new Request(CLIENT, 1_500_000_000L, new byte[] {1, 2, 3}).encode();
        Request read = (Request) WorkerMessage.decode(packet, packet.length);
        assertThat(read.clientAddress()).isEqualTo(CLIENT);
        assertThat(read.timeoutNanos()).isEqualTo(1_500_000_000L);
        assertThat(read.data()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @FieldSource("MESSAGES")
    void aPacketThatWasCutIsOfTheSameKindOrRefused(WorkerMessage message) {
        byte[] packet = message.encode();
        for (int length = 0; length < packet.length; length++) {
            try {
                assertThat(WorkerMessage.decode(packet, length)).isInstanceOf(message.getClass());
            } catch (ProtocolException e) {
                assertThat(e).hasMessageContaining(" " + length + " bytes");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "D", "D\2", "D\0\0", "R\0", "E\0", "W\0", "W\2aaaaaa", "W\0aaaaa", "F\0\0\5abcd", "Q\0"
            })
    void aDamagedPacketIsRefused(String packet) {
        byte[] bytes = packet.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> WorkerMessage.decode(bytes, bytes.length));
    }

    @Test
    void longTextsAreCutBetweenCharactersSoThatTheyFit() throws Exception {
        String text = "x".repeat(WorkerMessage.MAX_TEXT_BYTES - 2) + "🦁".repeat(100_000);
        byte[] packet = new Failed(false, text, "ü".repeat(100_000)).encode();
        assertThat(packet).hasSizeLessThan(WorkerMessage.MAX_ANSWER_BYTES);
        Failed read = (Failed) WorkerMessage.decode(packet, packet.length);
        assertThat(read.message()).isEqualTo("x".repeat(WorkerMessage.MAX_TEXT_BYTES - 2));
        assertThat(read.stackTrace()).isEqualTo("ü".repeat(WorkerMessage.MAX_TEXT_BYTES / 2));
    }

    @Test
    void everyAddressHasRoomInARequest() throws Exception {
        byte[] longest = new byte[128];
        Arrays.fill(longest, (byte) 77);
        Sockaddr client = Sockaddr.ofBytes(longest);
        byte[] packet = new Request(client, 1, new byte[0]).encode();
        assertThat(packet).hasSizeLessThanOrEqualTo(WorkerMessage.MAX_REQUEST_BYTES);
        assertThat(((Request) WorkerMessage.decode(packet, packet.length)).clientAddress())
                .isEqualTo(client);
    }
}
