package dev.hawser.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Whatever bytes are where ancillary data should be, they are read to some end, and written and read they are the same. */
@Tag("fuzz")
class ControlCodecFuzz {

    @FuzzTest
    void anyBytesAreSomeMessagesOrNone(byte[] bytes) {
        List<ControlMessage> messages = ControlCodec.decode(MemorySegment.ofArray(bytes));
        byte[] encoded = ControlCodec.encode(messages);
        assertThat(ControlCodec.decode(MemorySegment.ofArray(encoded))).isEqualTo(messages);
    }
}
