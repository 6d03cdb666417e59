package dev.hawser.socket;

import dev.hawser.posix.Abi;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Room for an address that the kernel writes, large enough for every family. */
final class SockaddrBuffer {

    private static final int SIZE = Abi.value("sizeof(struct sockaddr_storage)");

    private final byte[] bytes = new byte[SIZE];
    private final int[] length = {SIZE};
    private final boolean unwanted;

    SockaddrBuffer() {
        this(false);
    }

    private SockaddrBuffer(boolean unwanted) {
        this.unwanted = unwanted;
    }

    /** For accept(2): AF_ALG has no peers, and refuses with ECONNABORTED to name one. */
    static SockaddrBuffer ofPeer(SocketKind kind) {
        return new SockaddrBuffer(kind.family() == Constants.AF_ALG);
    }

    MemorySegment address() {
        return unwanted ? MemorySegment.NULL : MemorySegment.ofArray(bytes);
    }

    MemorySegment length() {
        return unwanted ? MemorySegment.NULL : MemorySegment.ofArray(length);
    }

    /** Makes the whole room available again. */
    void reset() {
        length[0] = SIZE;
    }

    /** The address that the kernel wrote; null where it wrote none. */
    @Nullable
    Sockaddr get() {
        return unwanted ? null : SockaddrCodec.decode(bytes, length[0]);
    }
}
