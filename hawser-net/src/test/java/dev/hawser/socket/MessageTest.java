package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.MSG_DONTWAIT;
import static dev.hawser.socket.Constants.MSG_EOR;
import static dev.hawser.socket.Constants.MSG_PEEK;
import static dev.hawser.socket.Constants.MSG_TRUNC;
import static dev.hawser.socket.Constants.MSG_WAITALL;
import static dev.hawser.socket.Constants.SHUT_RD;
import static dev.hawser.socket.Constants.SHUT_WR;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_SEQPACKET;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of sendmsg(2) and recvmsg(2). */
@Timeout(30)
class MessageTest {

    @AutoClose
    final Scope scope = new Scope();

    @ParameterizedTest
    @EnumSource
    void aMessageIsGatheredAndScattered(Memory memory) throws IOException {
        SocketPair pair = scope.pair(SOCK_DGRAM);
        ByteBuffer[] sent = {memory.buffer(3), memory.buffer(0), memory.buffer(5)};
        sent[0].put(Bytes.of("abc")).flip().position(1);
        sent[2].put(Bytes.of("defgh")).flip();

        assertThat(pair.first().sendMsg(sent, List.of(), 0, null)).isEqualTo(7);
        ByteBuffer[] received = {memory.buffer(2), memory.buffer(0), memory.buffer(100)};
        assertThat(pair.second().recvMsgInto(received, 0, 0).count()).isEqualTo(7);

        assertThat(sent).allMatch(buffer -> !buffer.hasRemaining());
        assertThat(received[0].position()).isEqualTo(2);
        assertThat(received[2].position()).isEqualTo(5);
        assertThat(text(received[0]) + text(received[2])).isEqualTo("bcdefgh");
    }

    private static String text(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return Bytes.text(bytes);
    }

    @Test
    void arraysAreGatheredAndScattered() throws IOException {
        SocketPair pair = scope.pair(SOCK_DGRAM);
        byte[][] received = {new byte[2], {}, new byte[9]};
        assertThat(pair.first().sendMsg(new byte[][] {Bytes.of("abc"), {}, Bytes.of("de")}, List.of(), 0, null))
                .isEqualTo(5);
        assertThat(pair.second().recvMsgInto(received, 0, 0).count()).isEqualTo(5);
        assertThat(Bytes.text(received[0]) + Bytes.text(received[2])).startsWith("abcde");
    }

    @Test
    void aBufferThatCannotBeWrittenToLosesNoMessage() throws IOException {
        SocketPair pair = scope.pair(SOCK_DGRAM);
        pair.first().send(Bytes.of("kept"));
        MemorySegment gone;
        try (Arena arena = Arena.ofConfined()) {
            gone = arena.allocate(10);
        }
        assertThatThrownBy(() -> pair.second().recvMsgInto(List.of(gone), 0, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ours = arena.allocate(10);
            assertThatThrownBy(() -> Tasks.run(() -> pair.second().recvMsgInto(List.of(ours), 0, 0))
                            .result())
                    .hasStackTraceContaining(WrongThreadException.class.getName());
        }
        assertThat(Bytes.text(pair.second().recv(10))).isEqualTo("kept");
    }

    @ParameterizedTest
    @EnumSource
    void segmentsMayLieAnywhere(Memory memory) throws IOException {
        SocketPair pair = scope.pair(SOCK_DGRAM);
        byte[] large = Bytes.pattern(150_000);
        MemorySegment first =
                memory.segment(100_000).copyFrom(MemorySegment.ofArray(large).asSlice(0, 100_000));
        MemorySegment second =
                memory.segment(50_000).copyFrom(MemorySegment.ofArray(large).asSlice(100_000));

        assertThat(pair.first().sendMsg(List.of(first, second), List.of(), 0, null))
                .isEqualTo(150_000);
        MemorySegment third = memory.segment(70_000);
        MemorySegment fourth = memory.segment(90_000);
        ReceivedMessageInto received = pair.second().recvMsgInto(List.of(third, fourth), 0, 0);

        assertThat(received.count()).isEqualTo(150_000);
        assertThat(third.mismatch(MemorySegment.ofArray(large))).isEqualTo(70_000);
        assertThat(fourth.asSlice(0, 80_000)
                        .mismatch(MemorySegment.ofArray(large).asSlice(70_000)))
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void theSenderIsTold(DatagramKind kind) throws IOException {
        Socket receiver = kind.bound(scope);
        Socket sender = kind.bound(scope);
        sender.sendMsg(Bytes.of("hello"), List.of(), 0, receiver.getSockName());

        ReceivedMessage message = receiver.recvMsg(100, 0, 0);
        assertThat(message.data()).isEqualTo(Bytes.of("hello"));
        assertThat(message.address()).isEqualTo(sender.getSockName());
        assertThat(message.flags()).isZero();
        assertThat(message.control()).isEmpty();
        assertThat(message.descriptors().count()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotFitIsReported(DatagramKind kind) throws IOException {
        Socket receiver = kind.bound(scope);
        Socket sender = kind.bound(scope);
        for (int i = 0; i < 3; i++) {
            sender.sendTo(Bytes.of("0123456789"), receiver.getSockName());
        }

        ReceivedMessage peeked = receiver.recvMsg(4, 0, MSG_PEEK);
        assertThat(peeked.data()).isEqualTo(Bytes.of("0123"));
        assertThat(peeked.isTruncated()).isTrue();
        assertThat(peeked.isControlTruncated()).isFalse();
        assertThat(receiver.recvMsg(0, 0, 0).isTruncated()).isTrue();
        ReceivedMessageInto counted = receiver.recvMsgInto(List.of(MemorySegment.ofArray(new byte[4])), 0, MSG_TRUNC);
        assertThat(counted.count()).isEqualTo(10);
        ReceivedMessage whole = receiver.recvMsg(10, 0, 0);
        assertThat(whole.data()).isEqualTo(Bytes.of("0123456789"));
        assertThat(whole.isTruncated()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aStreamGivesWhatIsThere(StreamKind kind) throws IOException {
        SocketPair pair = kind.connect(scope);
        assertThat(pair.first().sendMsg(Bytes.of("hello"), List.of(), 0, null)).isEqualTo(5);
        Bytes.awaitQueued(pair.second(), 5);

        assertThat(pair.second().recvMsg(3, 100, 0).data()).isEqualTo(Bytes.of("hel"));
        assertThat(pair.second().recvMsg(1_000_000, 100, 0).data()).isEqualTo(Bytes.of("lo"));
        pair.first().close();
        ReceivedMessage end = pair.second().recvMsg(10, 100, 0);
        assertThat(end.data()).isEmpty();
        assertThat(end.control()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void waitAllWaitsForAllOfIt(StreamKind kind) throws Exception {
        SocketPair pair = kind.connect(scope);
        byte[] all = Bytes.pattern(300_000);
        Tasks<ReceivedMessage> receiving = Tasks.start(() -> pair.second().recvMsg(all.length, 0, MSG_WAITALL))
                .awaitParked();
        pair.first().sendAll(all);

        assertThat(receiving.result().data()).isEqualTo(all);
    }

    @Test
    void waitAllEndsWithTheStream() throws Exception {
        SocketPair pair = scope.tcp();
        Tasks<ReceivedMessage> receiving =
                Tasks.start(() -> pair.second().recvMsg(100, 0, MSG_WAITALL)).awaitParked();
        pair.first().sendAll(Bytes.of("short"));
        pair.first().close();

        assertThat(receiving.result().data()).isEqualTo(Bytes.of("short"));
    }

    /** Or else a connection that broke would look like a stream that ended. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anErrorBehindTheBytesIsForTheNextCall(boolean asMessage) throws Exception {
        SocketPair pair = scope.tcp();
        Socket receiver = pair.second();
        pair.first().sendAll(Bytes.of("hello"));
        Tasks<byte[]> waiting =
                Tasks.start(() -> receive(receiver, asMessage, 10, MSG_WAITALL)).awaitParked();
        pair.first().setSockOpt(Constants.SOL_SOCKET, Constants.SO_LINGER, CBytes.ints(1, 0));
        pair.first().close();
        assertThat(waiting.result()).isEqualTo(Bytes.of("hello"));
        assertThrowsExactly(ConnectionBrokenException.class, () -> receiver.recv(10));
        assertThat(receiver.recv(10)).as("told once").isEmpty();
    }

    private static byte[] receive(Socket receiver, boolean asMessage, int maxBytes, int flags) throws IOException {
        return asMessage ? receiver.recvMsg(maxBytes, 0, flags).data() : receiver.recv(maxBytes, flags);
    }

    @ParameterizedTest
    @EnumSource
    void waitAllWithPeekWaitsForAllOfItAndLeavesItAsRecvDoes(StreamKind kind) throws Exception {
        SocketPair pair = kind.connect(scope);
        Socket receiver = pair.second();
        for (boolean asMessage : new boolean[] {false, true}) {
            pair.first().sendAll(Bytes.of("abc"));
            Bytes.awaitQueued(receiver, 3);
            Tasks<byte[]> peeking = Tasks.start(() -> receive(receiver, asMessage, 6, MSG_WAITALL | MSG_PEEK))
                    .awaitParked();
            pair.first().sendAll(Bytes.of("defghi"));

            assertThat(peeking.result()).isEqualTo(Bytes.of("abcdef"));
            assertThat(receiver.recv(9, MSG_WAITALL)).isEqualTo(Bytes.of("abcdefghi"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitAllWithPeekGivesWhatThereIsWhereNoMoreComesAsRecvDoes(StreamKind kind) throws Exception {
        SocketPair pair = kind.connect(scope);
        Socket receiver = pair.second();
        pair.first().sendAll(Bytes.of("abc"));
        Bytes.awaitQueued(receiver, 3);
        int flags = MSG_WAITALL | MSG_PEEK;
        for (boolean asMessage : new boolean[] {false, true}) {
            assertThat(receive(receiver, asMessage, 6, flags | MSG_DONTWAIT)).isEqualTo(Bytes.of("abc"));
            receiver.setTimeout(Duration.ofMillis(50));
            assertThat(receive(receiver, asMessage, 6, flags)).isEqualTo(Bytes.of("abc"));
            receiver.setTimeout(null);
        }
        pair.first().shutdown(SHUT_WR);
        for (boolean asMessage : new boolean[] {false, true}) {
            assertThat(receive(receiver, asMessage, 6, flags)).isEqualTo(Bytes.of("abc"));
        }
        assertThat(receiver.recv(6)).isEqualTo(Bytes.of("abc"));
        for (boolean asMessage : new boolean[] {false, true}) {
            assertThat(receive(receiver, asMessage, 6, flags)).isEmpty();
        }
    }

    /** The whole is more than one call takes from a stream without MSG_PEEK. */
    @Test
    void waitAllWithPeekFillsTheBuffersFromTheFirstByteAgain() throws Exception {
        SocketPair pair = scope.pair(SOCK_STREAM);
        byte[] all = Bytes.pattern(100_000);
        byte[] first = new byte[10];
        byte[] second = new byte[all.length - first.length];
        pair.first().sendAll(all, 0, 15, 0);
        Bytes.awaitQueued(pair.second(), 15);
        List<MemorySegment> buffers = List.of(MemorySegment.ofArray(first), MemorySegment.ofArray(second));
        Tasks<ReceivedMessageInto> peeking = Tasks.start(
                        () -> pair.second().recvMsgInto(buffers, 0, MSG_WAITALL | MSG_PEEK))
                .awaitParked();
        pair.first().sendAll(all, 15, all.length - 15, 0);

        assertThat(peeking.result().count()).isEqualTo(all.length);
        assertThat(ByteBuffer.allocate(all.length).put(first).put(second).array())
                .isEqualTo(all);
    }

    /** The kernel's peek never goes beyond them: whoever waited for more would wait for ever. */
    @Test
    void waitAllWithPeekEndsBehindTheBytesThatBroughtADescriptor() throws IOException {
        SocketPair pair = scope.pair(SOCK_STREAM);
        pair.first().sendAll(Bytes.of("plain"));
        pair.first().sendFds(Bytes.of("with"), pair.first().fileno());
        pair.first().sendAll(Bytes.of("behind"));

        for (int flags : new int[] {MSG_WAITALL | MSG_PEEK, MSG_WAITALL}) {
            try (ReceivedMessage message = pair.second().recvMsg(100, 100, flags)) {
                assertThat(message.data()).isEqualTo(Bytes.of("plainwith"));
                assertThat(message.descriptors().count()).isEqualTo(1);
            }
        }
    }

    @Test
    void waitAllEndsBehindTheBytesThatBroughtADescriptor() throws IOException {
        SocketPair pair = scope.pair(SOCK_STREAM);
        pair.first().sendAll(Bytes.of("plain"));
        pair.first().sendFds(Bytes.of("with"), pair.first().fileno());
        pair.first().sendAll(Bytes.of("behind"));

        try (ReceivedMessage message = pair.second().recvMsg(100, 100, MSG_WAITALL)) {
            assertThat(message.data()).isEqualTo(Bytes.of("plainwith"));
            assertThat(message.descriptors().count()).isEqualTo(1);
        }
        assertThat(pair.second().recvMsg(6, 100, MSG_WAITALL).data()).isEqualTo(Bytes.of("behind"));
    }

    /** Other messages have been through the same memory before. */
    @Test
    void bytesThatTcpOnlyCountsTellNothingOfOthers() throws IOException {
        SocketPair other = scope.pair(SOCK_DGRAM);
        other.first().sendMsg(Bytes.of("a secret"), List.of(), 0, null);
        other.second().recvMsg(100, 0, 0);
        SocketPair pair = scope.tcp();
        pair.first().sendAll(Bytes.of("counted"));
        Bytes.awaitQueued(pair.second(), 7);

        byte[] told = pair.second().recvMsg(100, 0, MSG_TRUNC).data();
        assertThat(told).hasSize(7).containsOnly(0);
    }

    @Test
    void theEndOfARecordIsTold() throws IOException {
        SocketPair pair = scope.pair(SOCK_SEQPACKET);
        pair.first().sendMsg(Bytes.of("record"), List.of(), MSG_EOR, null);
        ReceivedMessage message = pair.second().recvMsg(3, 0, 0);
        assertThat(message.isTruncated()).isTrue();
        assertThat(message.data()).isEqualTo(Bytes.of("rec"));
    }

    @Test
    void moreBuffersThanTheKernelTakesAreRefused() throws IOException {
        SocketPair pair = scope.pair(SOCK_DGRAM);
        List<MemorySegment> most = Collections.nCopies(1024, MemorySegment.ofArray(new byte[1]));
        List<MemorySegment> more = Collections.nCopies(1025, MemorySegment.ofArray(new byte[1]));
        assertThat(pair.first().sendMsg(most, List.of(), 0, null)).isEqualTo(1024);

        SocketFailedException sent = assertThrowsExactly(
                SocketFailedException.class, () -> pair.first().sendMsg(more, List.of(), 0, null));
        assertThat(sent.errno()).isEqualTo(Errno.EMSGSIZE);
        assertThat(sent.systemCall()).isEqualTo("sendmsg");
        SocketFailedException received = assertThrowsExactly(
                SocketFailedException.class, () -> pair.second().recvMsgInto(more, 0, 0));
        assertThat(received.errno()).isEqualTo(Errno.EMSGSIZE);
        assertThat(pair.second().recvMsgInto(most, 0, 0).count()).isEqualTo(1024);
    }

    @Test
    void argumentsAreCheckedBeforeAnyCall() throws IOException {
        Socket socket = scope.bound(SOCK_DGRAM, Scope.loopback4());
        ByteBuffer[] readOnly = {ByteBuffer.allocate(1).asReadOnlyBuffer()};
        assertThrowsExactly(IllegalArgumentException.class, () -> socket.recvMsg(-1, 0, 0));
        assertThrowsExactly(IllegalArgumentException.class, () -> socket.recvMsg(1, -1, 0));
        assertThrowsExactly(ReadOnlyBufferException.class, () -> socket.recvMsgInto(readOnly, 0, 0));
        assertThrowsExactly(IllegalArgumentException.class, () -> socket.recvFds(1, -1, 0));
        assertThrowsExactly(IllegalArgumentException.class, () -> socket.recvFds(1, 254, 0));
        Socket stream = scope.pair(SOCK_STREAM).first();
        assertThrowsExactly(IllegalArgumentException.class, () -> stream.sendFds(new byte[0], 1));
    }

    @Test
    void asMuchRoomForAncillaryDataAsAnybodyWants() throws IOException {
        SocketPair pair = scope.pair(SOCK_DGRAM);
        for (int room : new int[] {1, 15, 17, 5000, Integer.MAX_VALUE}) {
            pair.first().send(Bytes.of("x"));
            assertThat(pair.second().recvMsg(10, room, 0).control()).isEmpty();
        }
    }

    @Test
    void dontWaitDoesNotWait() throws IOException {
        SocketPair pair = scope.pair(SOCK_DGRAM);
        assertThrowsExactly(WouldBlockException.class, () -> pair.first().recvMsg(1, 0, MSG_DONTWAIT));
        Bytes.fill(pair.first(), 16 * 1024);
        assertThrowsExactly(
                WouldBlockException.class,
                () -> pair.first().sendMsg(new byte[16 * 1024], List.of(), MSG_DONTWAIT, null));
    }

    @Test
    void aDatagramSocketThatWasShutDownIsAtItsEnd() throws Exception {
        SocketPair pair = scope.pair(SOCK_DGRAM);
        Tasks<ReceivedMessage> receiving =
                Tasks.start(() -> pair.first().recvMsg(10, 0, 0)).awaitParked();
        pair.first().shutdown(SHUT_RD);
        assertThat(receiving.result().data()).isEmpty();
    }

    /** Errors come to a socket that was shut down, too: its queue of them has no end. */
    @Test
    void theErrorQueueOfASocketThatWasShutDownIsEmptyAndNotAtItsEnd() throws IOException {
        Socket receiver = scope.bound(SOCK_DGRAM, Scope.loopback4());
        Socket socket = scope.socket(Constants.AF_INET, SOCK_DGRAM);
        socket.connect(receiver.getSockName());
        socket.shutdown(Constants.SHUT_RD);
        assertThat(socket.recvMsg(10, 0, 0).data()).isEmpty();
        assertThrowsExactly(WouldBlockException.class, () -> socket.recvMsg(10, 100, Constants.MSG_ERRQUEUE));
        assertThrowsExactly(WouldBlockException.class, () -> socket.recv(10, Constants.MSG_ERRQUEUE));
        assertThrowsExactly(WouldBlockException.class, () -> socket.recvFrom(10, Constants.MSG_ERRQUEUE));
    }

    @Test
    void fastOpenConnectsFirst() throws Exception {
        Socket listener = scope.listener(Scope.loopback4());
        Socket client = scope.socket(AF_INET, SOCK_STREAM);
        int sent = client.sendMsg(Bytes.of("early"), List.of(), Constants.MSG_FASTOPEN, listener.getSockName());
        assertThat(sent).isEqualTo(5);
        assertThat(scope.accept(listener).recv(5, MSG_WAITALL)).isEqualTo(Bytes.of("early"));
    }
}
