package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.MSG_PEEK;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptors that come in messages. That none is lost, the leak check says after each test. */
@Timeout(30)
class PassedDescriptorsTest {

    @AutoClose
    final Scope scope = new Scope();

    private Socket sender;
    private Socket receiver;

    @BeforeEach
    void connect() throws IOException {
        SocketPair pair = scope.pair(SOCK_STREAM);
        sender = pair.first();
        receiver = pair.second();
    }

    private static boolean isOpen(int fd) {
        return Files.exists(Path.of("/proc/self/fd/" + fd), java.nio.file.LinkOption.NOFOLLOW_LINKS);
    }

    @Test
    void whatNobodyTakesIsClosed() throws IOException {
        sender.sendFds(Bytes.of("two"), sender.fileno(), receiver.fileno());
        ReceivedMessage message = receiver.recvFds(10, 2, 0);
        assertThat(message.data()).isEqualTo(Bytes.of("two"));
        assertThat(message.flags()).isZero();
        List<Integer> numbers =
                message.find(ControlMessage.Rights.class).orElseThrow().descriptors();
        assertThat(numbers).hasSize(2).allMatch(PassedDescriptorsTest::isOpen);

        message.close();
        message.close();
        assertThat(numbers).noneMatch(PassedDescriptorsTest::isOpen);
        assertThrowsExactly(
                IllegalStateException.class, () -> message.descriptors().take(0));
        assertThat(message.descriptors().takeAll()).isEmpty();
    }

    @Test
    void whoTakesOneOwnsIt() throws IOException {
        sender.sendFds(new byte[1], sender.fileno(), receiver.fileno(), sender.fileno());
        int taken;
        int[] rest;
        try (ReceivedMessage message = receiver.recvFds(1, 3, 0)) {
            taken = message.descriptors().take(1);
            assertThrowsExactly(
                    IllegalStateException.class, () -> message.descriptors().take(1));
            assertThrowsExactly(
                    IndexOutOfBoundsException.class, () -> message.descriptors().take(3));
            rest = message.descriptors().takeAll();
        }
        assertThat(rest).hasSize(2);
        for (int fd : new int[] {taken, rest[0], rest[1]}) {
            try (Socket socket = Sockets.adopt(fd)) {
                assertThat(socket.family()).isEqualTo(AF_UNIX);
                assertThat(socket.getInheritable()).isFalse();
            }
        }
    }

    @Test
    void theyAreCloseOnExecFromBirth() throws IOException {
        sender.sendFds(new byte[1], sender.fileno());
        try (ReceivedMessage message = receiver.recvFds(1, 1, 0)) {
            int fd = message.find(ControlMessage.Rights.class)
                    .orElseThrow()
                    .descriptors()
                    .getFirst();
            String flags = Files.readAllLines(Path.of("/proc/self/fdinfo/" + fd)).stream()
                    .filter(line -> line.startsWith("flags:"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Integer.parseInt(flags.substring(6).strip(), 8) & 02000000)
                    .isEqualTo(02000000);
        }
    }

    @Test
    void aFileIsNoSocketAndIsClosed() throws IOException {
        try (var file = new java.io.RandomAccessFile("/proc/self/status", "r")) {
            int fd = numberOf(file);
            sender.sendFds(new byte[1], fd);
        }
        try (ReceivedMessage message = receiver.recvFds(1, 1, 0)) {
            int fd = message.find(ControlMessage.Rights.class)
                    .orElseThrow()
                    .descriptors()
                    .getFirst();
            SocketFailedException noSocket = assertThrowsExactly(
                    SocketFailedException.class, () -> message.descriptors().takeSocket(0));
            assertThat(noSocket.errno()).isEqualTo(Errno.ENOTSOCK);
            assertThat(isOpen(fd)).isFalse();
        }
    }

    private static int numberOf(java.io.RandomAccessFile file) throws IOException {
        assertThat(file.getFD().valid()).isTrue();
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(entry -> target(entry).endsWith("/status"))
                    .mapToInt(entry -> Integer.parseInt(entry.getFileName().toString()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String target(Path entry) {
        try {
            return Files.readSymbolicLink(entry).toString();
        } catch (IOException e) {
            return ""; // the listing's own
        }
    }

    @Test
    void withoutRoomTheKernelClosesThem() throws IOException {
        sender.sendFds(Bytes.of("x"), sender.fileno());
        ReceivedMessage message = receiver.recvMsg(10, 0, 0);
        assertThat(message.data()).isEqualTo(Bytes.of("x"));
        assertThat(message.isControlTruncated()).isTrue();
        assertThat(message.descriptors().count()).isZero();
    }

    /** The rooms of CPython's testCmsgTrunc*: nothing, part of the header, the header, part of a number, one, two. */
    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 19, 20, 23, 24, 27})
    void aTruncatedArrayHasTheDescriptorsThatFit(int room) throws IOException {
        sender.sendFds(Bytes.of("x"), sender.fileno(), receiver.fileno(), sender.fileno());
        int fitting = room < 20 ? 0 : (room - 16) / Integer.BYTES;
        try (ReceivedMessage message = receiver.recvMsg(10, room, 0)) {
            assertThat(message.isControlTruncated()).isTrue();
            assertThat(message.descriptors().count()).isEqualTo(fitting);
            assertThat(message.control().stream()
                            .mapToInt(part -> part.data().length)
                            .sum())
                    .isEqualTo(fitting * Integer.BYTES);
        }
    }

    @Test
    void aPeekGivesDescriptorsOfItsOwn() throws IOException {
        sender.sendFds(Bytes.of("x"), sender.fileno());
        try (ReceivedMessage peeked = receiver.recvFds(1, 1, MSG_PEEK);
                ReceivedMessage message = receiver.recvFds(1, 1, 0)) {
            assertThat(peeked.descriptors().count()).isEqualTo(1);
            assertThat(message.descriptors().count()).isEqualTo(1);
        }
    }

    @Test
    void aNumberThatIsNotOpenIsRefused() {
        SocketFailedException refused =
                assertThrowsExactly(SocketFailedException.class, () -> sender.sendFds(new byte[1], 1_000_000));
        assertThat(refused.errno()).isEqualTo(Errno.EBADF);
    }

    @Test
    void asManyAsTheKernelTakes() throws IOException {
        int[] most = new int[253];
        java.util.Arrays.fill(most, sender.fileno());
        sender.sendFds(new byte[1], most);
        try (ReceivedMessage message = receiver.recvFds(1, 253, 0)) {
            assertThat(message.descriptors().count()).isEqualTo(253);
        }
        int[] more = new int[254];
        java.util.Arrays.fill(more, sender.fileno());
        assertThat(assertThrowsExactly(SocketFailedException.class, () -> sender.sendFds(new byte[1], more))
                        .errno())
                .isEqualTo(Errno.EINVAL);
    }

    @Test
    void aBatchClosesThoseThatNobodyTook() throws IOException {
        SocketPair pair = scope.pair(SOCK_DGRAM);
        for (int i = 0; i < 3; i++) {
            pair.first().sendFds(Bytes.of("x"), sender.fileno());
        }
        DatagramBatch batch = new DatagramBatch(8, 10, Sockets.cmsgSpace(Integer.BYTES));
        assertThat(pair.second().recvMmsg(batch, 0)).isEqualTo(3);
        assertThat(batch.descriptors(1).count()).isEqualTo(1);
        try (Socket taken = batch.descriptors(1).takeSocket(0)) {
            int left = ((ControlMessage.Rights) batch.control(2).getFirst())
                    .descriptors()
                    .getFirst();
            assertThat(isOpen(left)).isTrue();
            batch.clear();
            assertThat(isOpen(left)).isFalse();
            assertThat(taken.isClosed()).isFalse();
        }
    }

    @Test
    void theDescriptorOfTheSendersProcessIsOneOfThem() throws IOException {
        try {
            receiver.setSockOpt(UnixOptions.SO_PASSPIDFD, true);
        } catch (SocketFailedException e) {
            abort("no SO_PASSPIDFD here: " + e.getMessage());
        }
        sender.sendFds(Bytes.of("x"), sender.fileno());
        ReceivedMessage message = receiver.recvMsg(10, 100, 0);
        assertThat(message.descriptors().count()).isEqualTo(2);
        int process = CBytes.toInts(message.control().getLast().data())[0];
        assertThat(isOpen(process)).isTrue();
        message.close();
        assertThat(isOpen(process)).isFalse();
    }

    @Test
    void aSocketGoesToAnotherProcessAndBack() throws Exception {
        Socket listener = scope.listener(scope.unixPath());
        try (CPython python = new CPython("""
                import array, socket, sys
                s = socket.socket(socket.AF_UNIX)
                s.connect(sys.argv[1])
                data, fds, flags, address = socket.recv_fds(s, 100, 1)
                got = socket.socket(fileno=fds[0])
                print(data.decode(), len(fds), got.getsockname()[1])
                mine = socket.socket()
                mine.bind(('127.0.0.1', 0))
                mine.listen()
                socket.send_fds(s, [b'yours'], [mine.fileno()])
                print(mine.getsockname()[1])
                sys.stdin.read()
                """, ((SockaddrUn) listener.getSockName()).path())) {
            Socket connection = scope.accept(listener);
            Socket ours = scope.listener(Scope.loopback4());
            connection.sendFds(Bytes.of("ours"), ours.fileno());
            assertThat(python.line()).isEqualTo("ours 1 " + ((SockaddrIn) ours.getSockName()).port());
            try (ReceivedMessage message = connection.recvFds(100, 1, 0)) {
                assertThat(message.data()).isEqualTo(Bytes.of("yours"));
                Socket theirs = scope.add(message.descriptors().takeSocket(0));
                assertThat(theirs.getSockName()).isEqualTo(SockaddrIn.of("127.0.0.1", python.number()));
                Socket client = scope.socket(theirs.family(), SOCK_STREAM);
                client.connect(theirs.getSockName());
                assertThat(scope.accept(theirs).getPeerName()).isEqualTo(client.getSockName());
            }
            python.finish();
        }
    }
}
