package dev.hawser.reactor;

import dev.hawser.posix.Abi;
import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** What the pipes of one loop share: the buffer that they are read into. */
final class Pipes {

    /** A critical call copies no more. */
    private static final int BUFFER_BYTES = 64 * 1024;

    private static final int FLAGS = Abi.value("O_CLOEXEC") | Abi.value("O_NONBLOCK");

    private byte @Nullable [] buffer;

    /** A pipe: neither end waits, or is inherited. */
    record Pipe(PipeEnd output, PipeEnd input) {

        static Pipe open() throws IOException {
            SystemCalls calls = SystemCalls.installed();
            int[] ends = new int[2];
            PipeEnd.checked("pipe2", calls.pipe(MemorySegment.ofArray(ends), FLAGS));
            return new Pipe(new PipeEnd.Own(calls, ends[0]), new PipeEnd.Own(calls, ends[1]));
        }

        void close() {
            output.close();
            input.close();
        }
    }

    byte[] buffer() {
        byte[] made = buffer;
        if (made == null) {
            made = new byte[BUFFER_BYTES];
            buffer = made;
        }
        return made;
    }
}
