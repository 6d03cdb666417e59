package dev.hawser.socket;

import static dev.hawser.socket.Constants.MSG_PEEK;
import static dev.hawser.socket.Constants.MSG_WAITALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of buffer that a stream socket takes. */
@Timeout(30)
abstract class StreamBufferContract {

    /** More than one call moves at a time. */
    private static final int LARGE = 1_300_001;

    private static final byte[] MESSAGE = Bytes.of("0123456789");

    final StreamKind kind;

    @AutoClose
    final Scope scope = new Scope();

    Socket client;
    Socket server;

    StreamBufferContract(StreamKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void connect() throws IOException {
        SocketPair pair = kind.connect(scope);
        client = pair.first();
        server = pair.second();
    }

    @Test
    void recvIntoAnArrayTellsTheCount() throws IOException {
        queue(MESSAGE);
        byte[] buffer = new byte[12];

        assertThat(server.recvInto(buffer)).isEqualTo(10);
        assertThat(buffer).isEqualTo(Arrays.copyOf(MESSAGE, 12));
    }

    @Test
    void recvIntoAPartTouchesNothingElse() throws IOException {
        queue(MESSAGE);
        byte[] buffer = Bytes.of("................");

        assertThat(server.recvInto(buffer, 3, 4, 0)).isEqualTo(4);
        assertThat(server.recvFromInto(buffer, 9, 2, 0).count()).isEqualTo(2);
        assertThat(Bytes.text(buffer)).isEqualTo("...0123..45.....");
    }

    @ParameterizedTest
    @EnumSource
    void recvIntoABufferMovesItsPosition(Memory memory) throws IOException {
        queue(MESSAGE);
        ByteBuffer buffer = memory.buffer(16).position(2).limit(9);

        assertThat(server.recvInto(buffer, 0)).isEqualTo(7);
        assertThat(buffer.position()).isEqualTo(9);
        assertThat(buffer.limit()).isEqualTo(9);
        buffer.limit(16);
        assertThat(server.recvFromInto(buffer, 0).count()).isEqualTo(3);
        assertThat(buffer.position()).isEqualTo(12);
        assertThat(bytes(buffer.flip().position(2))).isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @EnumSource
    void recvIntoASegmentFillsIt(Memory memory) throws IOException {
        queue(MESSAGE);
        MemorySegment segment = memory.segment(12);

        assertThat(server.recvInto(segment.asSlice(1, 4), 0)).isEqualTo(4);
        assertThat(server.recvFromInto(segment.asSlice(5), 0).count()).isEqualTo(6);
        assertThat(segment.asSlice(1, 10).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(MESSAGE);
    }

    @Test
    void segmentsOfOtherArraysAreBytesToo() throws IOException {
        int[] sent = {1, 2, 3, -4};
        int[] got = new int[4];
        client.sendAll(MemorySegment.ofArray(sent), 0);

        assertThat(server.recvInto(MemorySegment.ofArray(got), MSG_WAITALL)).isEqualTo(16);
        assertThat(got).isEqualTo(sent);
    }

    @Test
    void sendFromAnArrayTellsTheCount() throws IOException {
        assertThat(client.send(MESSAGE)).isEqualTo(10);
        assertThat(client.send(MESSAGE, 2, 3, 0)).isEqualTo(3);
        client.sendAll(MESSAGE, 9, 1, 0);

        assertThat(Bytes.recvExactly(server, 14)).isEqualTo(Bytes.of("01234567892349"));
    }

    @ParameterizedTest
    @EnumSource
    void sendFromABufferMovesItsPosition(Memory memory) throws IOException {
        ByteBuffer buffer = memory.buffer(10).put(MESSAGE).position(3).limit(7);

        assertThat(client.send(buffer, 0)).isEqualTo(4);
        assertThat(buffer.position()).isEqualTo(7);
        buffer.limit(10);
        client.sendAll(buffer, 0);
        assertThat(buffer.hasRemaining()).isFalse();
        assertThat(Bytes.recvExactly(server, 7)).isEqualTo(Bytes.of("3456789"));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsReadOnlyCanBeSent(Memory memory) throws IOException {
        ByteBuffer buffer = memory.buffer(10).put(MESSAGE).flip().asReadOnlyBuffer();

        assertThat(client.send(buffer.slice(0, 3), 0)).isEqualTo(3);
        client.sendAll(buffer.slice(3, 3), 0);
        assertThat(client.send(MemorySegment.ofBuffer(buffer).asSlice(6, 2).asReadOnly(), 0))
                .isEqualTo(2);
        client.sendAll(MemorySegment.ofBuffer(buffer).asSlice(8, 2).asReadOnly(), 0);
        assertThat(Bytes.recvExactly(server, 10)).isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsReadOnlyIsRefusedAsRoom(Memory memory) throws IOException {
        queue(MESSAGE);
        ByteBuffer buffer = memory.buffer(10).asReadOnlyBuffer();
        MemorySegment segment = memory.segment(10).asReadOnly();

        assertThrowsExactly(ReadOnlyBufferException.class, () -> server.recvInto(buffer, 0));
        assertThrowsExactly(ReadOnlyBufferException.class, () -> server.recvFromInto(buffer, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> server.recvInto(segment, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> server.recvFromInto(segment, 0));
        assertThat(server.recv(20)).isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @EnumSource
    void largeBuffersGoThroughWhole(Memory memory) throws Exception {
        byte[] all = Bytes.pattern(LARGE);
        MemorySegment from = memory.segment(LARGE).copyFrom(MemorySegment.ofArray(all));
        MemorySegment to = memory.segment(LARGE);
        Tasks<Void> sending = Tasks.run(() -> client.sendAll(from, 0));

        assertThat(server.recvInto(to, MSG_WAITALL)).isEqualTo(LARGE);
        sending.result();
        assertThat(to.mismatch(MemorySegment.ofArray(all))).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void largeBuffersMayBeReadAndSentInParts(Memory memory) throws Exception {
        ByteBuffer from = memory.buffer(LARGE).put(Bytes.pattern(LARGE)).flip();
        ByteBuffer to = memory.buffer(LARGE);
        Tasks<Void> sending = Tasks.run(() -> {
            while (from.hasRemaining()) {
                assertThat(client.send(from, 0)).isPositive();
            }
        });
        while (to.hasRemaining()) {
            assertThat(server.recvInto(to, 0)).isPositive();
        }
        sending.result();

        assertThat(bytes(to.flip())).isEqualTo(Bytes.pattern(LARGE));
    }

    @Test
    void aLargeBufferThatIsPeekedIntoStaysQueued() throws IOException {
        queue(Bytes.pattern(100_000));

        byte[] peeked = server.recv(100_000, MSG_PEEK);
        assertThat(peeked).hasSizeGreaterThanOrEqualTo(64 * 1024);
        assertThat(Bytes.recvExactly(server, 100_000)).startsWith(peeked).isEqualTo(Bytes.pattern(100_000));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE})
    void negativeSizesAreRefused(int size) throws IOException {
        queue(MESSAGE);

        assertThatIllegalArgumentException().isThrownBy(() -> server.recv(size)).withMessageContaining("" + size);
        assertThatIllegalArgumentException().isThrownBy(() -> server.recv(size, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> server.recvFrom(size));
        assertThatIllegalArgumentException().isThrownBy(() -> server.recvFrom(size, 0));
        assertThat(server.recv(20)).isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @CsvSource({"-1,1", "0,-1", "0,11", "10,1", "11,0", "5,2147483647", "-5,5"})
    void boundsAreCheckedBeforeTheCall(int offset, int length) throws IOException {
        queue(MESSAGE);
        byte[] buffer = new byte[10];
        Sockaddr address = SockaddrIn.of("127.0.0.1", 1);

        assertOutOfBounds(() -> server.recvInto(buffer, offset, length, 0));
        assertOutOfBounds(() -> server.recvFromInto(buffer, offset, length, 0));
        assertOutOfBounds(() -> client.send(buffer, offset, length, 0));
        assertOutOfBounds(() -> client.sendAll(buffer, offset, length, 0));
        assertOutOfBounds(() -> client.sendTo(buffer, offset, length, 0, address));
        assertThat(server.recv(20)).isEqualTo(MESSAGE);
    }

    @Test
    void aClosedSegmentIsRefused() throws IOException {
        MemorySegment segment;
        try (Arena arena = Arena.ofConfined()) {
            segment = arena.allocate(10);
        }
        queue(MESSAGE);

        assertThrowsExactly(IllegalStateException.class, () -> server.recvInto(segment, 0));
        assertThrowsExactly(IllegalStateException.class, () -> client.send(segment, 0));
        assertThat(server.recv(20)).isEqualTo(MESSAGE);
    }

    private void queue(byte[] data) throws IOException {
        client.sendAll(data);
        if (data.length <= MESSAGE.length) {
            Bytes.awaitQueued(server, data.length);
        } else {
            Bytes.awaitQueued(server, 64 * 1024);
        }
    }

    private static void assertOutOfBounds(Executable call) {
        assertThrows(IndexOutOfBoundsException.class, call);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
