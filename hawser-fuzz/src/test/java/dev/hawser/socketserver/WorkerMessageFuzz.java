package dev.hawser.socketserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.ProtocolException;
import org.junit.jupiter.api.Tag;

/** Whatever a worker sends, it is a message or it is refused; a message that is written again is the same packet, or a shorter one. */
@Tag("fuzz")
class WorkerMessageFuzz {

    @FuzzTest
    void anyPacketIsAMessageOrIsRefused(byte[] packet) {
        WorkerMessage message;
        try {
            message = WorkerMessage.decode(packet, packet.length);
        } catch (ProtocolException e) {
            return;
        }
        assertThat(message.encode()[0]).isEqualTo(packet[0]);
    }
}
