package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.MSG_ERRQUEUE;
import static dev.hawser.socket.Constants.MSG_OOB;
import static dev.hawser.socket.Constants.MSG_WAITALL;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.posix.SystemCalls;
import dev.hawser.testkit.Faults;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transfers that are too large for one count, that others close, or that take no turns. */
@Timeout(30)
class LargeTransferTest {

    private static final long THREE_GIB = 3L << 30;

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void aSegmentIsUsedAsFarAsACountCanTell() throws IOException {
        AtomicLong asked = new AtomicLong();
        SystemCalls before = SystemCalls.install(new SystemCalls() {
            @Override
            public long recv(int fd, MemorySegment buffer, int flags) {
                asked.set(buffer.byteSize());
                return buffer.byteSize();
            }

            @Override
            public long send(int fd, MemorySegment buffer, int flags) {
                asked.set(buffer.byteSize());
                return buffer.byteSize();
            }
        });
        try (Socket socket = new Socket(AF_UNIX, SOCK_STREAM);
                Arena arena = Arena.ofConfined()) {
            MemorySegment huge = huge(arena);
            assertThat(socket.recvInto(huge, MSG_WAITALL)).isEqualTo(Integer.MAX_VALUE);
            assertThat(socket.recvInto(huge, 0)).isEqualTo(Integer.MAX_VALUE);
            assertThat(asked).hasValue(Integer.MAX_VALUE);
            assertThat(socket.send(huge, 0)).isEqualTo(Integer.MAX_VALUE);
            assertThat(asked).hasValue(Integer.MAX_VALUE);
            socket.sendAll(huge, 0);
            assertThat(asked).hasValue(THREE_GIB);
        } finally {
            SystemCalls.install(before);
        }
    }

    /** Memory that nobody touches: a file with a hole. */
    private MemorySegment huge(Arena arena) throws IOException {
        Path file = scope.directory().resolve("hole");
        try (FileChannel hole = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return hole.map(MapMode.READ_WRITE, 0, THREE_GIB, arena);
        }
    }

    @Test
    void closeEndsAReceiveThatNeverHasToWait() throws Exception {
        AtomicReference<Socket> closing = new AtomicReference<>();
        AtomicReference<Thread> closer = new AtomicReference<>();
        SystemCalls before = SystemCalls.install(new SystemCalls() {
            @Override
            public long recv(int fd, MemorySegment buffer, int flags) {
                Socket socket = closing.get();
                if (closer.get() == null) {
                    closer.set(Thread.startVirtualThread(() -> closeQuietly(socket)));
                    eventually().until(socket::isClosed);
                }
                return Math.min(buffer.byteSize(), 10);
            }
        });
        try {
            closing.set(scope.socket(AF_UNIX, SOCK_STREAM));
            assertThat(closing.get().recv(1000, MSG_WAITALL)).hasSize(10);
            closer.get().join();
        } finally {
            SystemCalls.install(before);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Urgent data itself would wake the reader, and the kernel drops it when a read passes it by. */
    @Test
    void urgentDataAndErrorsAreAskedForPastAReaderThatWaits() throws Exception {
        try (Faults faults = Faults.install()) {
            SocketPair pair = scope.tcp();
            Tasks<byte[]> reading = Tasks.start(() -> pair.second().recv(10)).awaitParked();
            long before = faults.seen("recv");

            SocketFailedException none = assertThrowsExactly(
                    SocketFailedException.class, () -> pair.second().recv(1, MSG_OOB));
            assertThat(none.errno()).isEqualTo(Errno.EINVAL);
            assertThrowsExactly(SocketFailedException.class, () -> pair.second().recv(1, MSG_OOB | MSG_WAITALL));
            assertThrowsExactly(WouldBlockException.class, () -> pair.second().recv(1, MSG_ERRQUEUE));
            assertThat(faults.seen("recv")).isEqualTo(before + 3);
            assertThrowsExactly(WouldBlockException.class, () -> pair.second().recvFrom(1, MSG_ERRQUEUE));
            assertThat(faults.seen("recvFrom")).isOne();
            pair.first().sendAll(Bytes.of("rest"));
            assertThat(reading.result()).isEqualTo(Bytes.of("rest"));
        }
    }
}
