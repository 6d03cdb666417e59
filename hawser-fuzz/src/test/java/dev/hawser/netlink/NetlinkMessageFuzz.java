package dev.hawser.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import org.junit.jupiter.api.Tag;

/** Whatever bytes come from a netlink socket, they are messages, or a {@link MalformedNetlinkException}. */
@Tag("fuzz")
class NetlinkMessageFuzz {

    @FuzzTest
    void anyDatagramIsMessagesOrMalformed(byte[] datagram) throws IOException {
        try {
            for (NetlinkMessage message : NetlinkMessage.parse(datagram)) {
                byte[] encoded = message.encode();
                assertThat(NetlinkMessage.parse(encoded)).containsExactly(message);
            }
        } catch (MalformedNetlinkException expected) {
            assertThat(datagram).isNotEmpty();
        }
    }
}
