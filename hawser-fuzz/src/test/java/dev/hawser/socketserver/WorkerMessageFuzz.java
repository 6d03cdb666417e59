package dev.hawser.socketserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.ProtocolException;
import org.junit.jupiter.api.Tag;

/** Whatever a worker sends, it is refused or it is a message; and what that is written as is read as the same. */
@Tag("fuzz")
class WorkerMessageFuzz {

    @FuzzTest
    void anyPacketIsAMessageOrIsRefused(byte[] packet) throws ProtocolException {
        WorkerMessage message;
        try {
            message = WorkerMessage.decode(packet, packet.length);
        } catch (ProtocolException e) {
            return;
        }
        byte[] written = message.encode();
        assertThat(WorkerMessage.decode(written, written.length).encode()).isEqualTo(written);
    }
}
