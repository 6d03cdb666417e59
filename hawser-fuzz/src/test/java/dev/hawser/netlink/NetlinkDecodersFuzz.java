package dev.hawser.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hawser.socket.Constants;
import java.io.IOException;
import org.junit.jupiter.api.Tag;

/** Whatever a message carries, it is an event, a socket or an error, or a {@link MalformedNetlinkException}. */
@Tag("fuzz")
class NetlinkDecodersFuzz {

    @FuzzTest
    void anyMessageIsAnEventASocketOrMalformed(byte[] bytes) throws IOException {
        int type = bytes.length == 0 ? 0 : 16 + bytes[0] % 16;
        NetlinkMessage message = new NetlinkMessage(type, 0x200, 1, 0, bytes);
        try {
            new EventDecoder().decode(message);
            InetDiagDecoder.decode(message, Constants.IPPROTO_TCP);
            UnixDiagDecoder.decode(message);
            NetlinkSocket.throwIfFailed("fuzz", message);
        } catch (MalformedNetlinkException | NetlinkException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }
}
