package dev.hawser.socket;

import dev.hawser.posix.Abi;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Room for an address that the kernel writes, large enough for every family. */
final class SockaddrBuffer {

    private static final int SIZE = Abi.value("sizeof(struct sockaddr_storage)");

    private final byte[] bytes = new byte[SIZE];
    private final int[] length = {SIZE};

    MemorySegment address() {
        return MemorySegment.ofArray(bytes);
    }

    MemorySegment length() {
        return MemorySegment.ofArray(length);
    }

    /** Makes the whole room available again. */
    void reset() {
        length[0] = SIZE;
    }

    /** The address that the kernel wrote; null where it wrote none. */
    @Nullable
    Sockaddr get() {
        return SockaddrCodec.decode(bytes, length[0]);
    }
}
