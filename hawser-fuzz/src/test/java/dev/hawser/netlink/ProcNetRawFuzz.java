package dev.hawser.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Whatever a line of /proc/net/raw is, it is a socket, or a {@link MalformedNetlinkException}. */
@Tag("fuzz")
class ProcNetRawFuzz {

    @FuzzTest
    void anyLineOfProcIsASocketOrMalformed(byte[] bytes) throws IOException {
        try {
            ProcNetRaw.parse(List.of("header", new String(bytes, StandardCharsets.ISO_8859_1)));
        } catch (MalformedNetlinkException expected) {
            assertThat(expected.getMessage()).startsWith("/proc/net/raw: ");
        }
    }
}
