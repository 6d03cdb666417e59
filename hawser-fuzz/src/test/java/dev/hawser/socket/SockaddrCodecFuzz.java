package dev.hawser.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/** Whatever bytes the kernel calls a socket address, they are some address, and encode to one that is equal. */
@Tag("fuzz")
class SockaddrCodecFuzz {

    @FuzzTest
    void anyBytesAreAnAddressOrNone(byte[] bytes) {
        Sockaddr address = SockaddrCodec.decode(bytes, bytes.length);
        if (address == null) {
            assertThat(bytes).hasSizeLessThan(Short.BYTES);
            return;
        }
        byte[] encoded = SockaddrCodec.encode(address).toArray(JAVA_BYTE);
        assertThat(SockaddrCodec.decode(encoded, encoded.length)).isEqualTo(address);
    }
}
