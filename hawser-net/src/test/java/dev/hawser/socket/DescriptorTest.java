package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_INET6;
import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.IPPROTO_TCP;
import static dev.hawser.socket.Constants.IPPROTO_UDP;
import static dev.hawser.socket.Constants.SOCK_CLOEXEC;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_NONBLOCK;
import static dev.hawser.socket.Constants.SOCK_SEQPACKET;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import dev.hawser.testkit.Faults;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptors: who owns the number, what is inherited, and what the kernel tells of it. */
@Timeout(30)
class DescriptorTest {

    private static final int O_CLOEXEC = 02000000;
    private static final int O_NONBLOCK = 04000;

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void everyDescriptorIsCloseOnExecAndNonBlocking() throws IOException {
        SocketPair tcp = scope.tcp();
        SocketPair pair = scope.pair(SOCK_SEQPACKET);
        Stream.of(
                        tcp.first(),
                        tcp.second(),
                        pair.first(),
                        pair.second(),
                        scope.add(tcp.first().dup()),
                        scope.add(Sockets.fromFd(tcp.first().fileno())),
                        scope.add(new Socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK)))
                .forEach(socket -> assertThat(flags(socket)).isEqualTo(O_CLOEXEC | O_NONBLOCK));
    }

    @Test
    void theTypeHidesItsFlags() throws IOException {
        Socket plain = scope.add(new Socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC));
        Socket nonBlocking = scope.add(new Socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC));

        assertThat(plain.type()).isEqualTo(SOCK_STREAM);
        assertThat(plain.getTimeout()).isNull();
        assertThat(nonBlocking.type()).isEqualTo(SOCK_STREAM);
        assertThat(nonBlocking.getTimeout()).isZero();
        assertThat(nonBlocking.getBlocking()).isFalse();
        SocketPair pair = scope.add(Sockets.socketPair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0));
        assertThat(pair.first().type()).isEqualTo(SOCK_STREAM);
        assertThat(pair.second().getBlocking()).isFalse();
    }

    @Test
    void inheritanceIsAFlagOfTheDescriptor() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        assertThat(socket.getInheritable()).isFalse();
        socket.setInheritable(true);
        assertThat(socket.getInheritable()).isTrue();
        assertThat(flags(socket) & O_CLOEXEC).isZero();
        assertThat(scope.add(socket.dup()).getInheritable()).isFalse();
        socket.setInheritable(false);
        assertThat(socket.getInheritable()).isFalse();
        assertThat(flags(socket) & O_CLOEXEC).isEqualTo(O_CLOEXEC);
    }

    @Test
    void aChildProcessHasWhatIsInheritableAndNothingElse() throws Throwable {
        SocketPair pair = scope.pair(SOCK_STREAM);
        int fd = pair.first().fileno();
        String isThere = "test -e /proc/self/fd/" + fd;

        assertThat(InheritingChild.run(isThere)).isNotZero();
        pair.first().setInheritable(true);
        assertThat(InheritingChild.run(isThere)).isZero();
        assertThat(InheritingChild.run("/usr/bin/python3 -c \"import socket; socket.socket(fileno=" + fd
                        + ").sendall(b'hello from the child')\""))
                .isZero();
        assertThat(pair.second().recv(100)).isEqualTo(Bytes.of("hello from the child"));
    }

    @Test
    void aDuplicateHasItsOwnLifeAndTheSameTimeout() throws IOException {
        SocketPair pair = scope.tcp();
        pair.first().setTimeout(Duration.ofSeconds(9));
        Socket duplicate = scope.add(pair.first().dup());

        assertThat(duplicate.fileno()).isNotEqualTo(pair.first().fileno());
        assertThat(duplicate.getTimeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(duplicate.getSockName()).isEqualTo(pair.first().getSockName());
        pair.first().close();
        duplicate.sendAll(Bytes.of("abc"));
        assertThat(Bytes.recvExactly(pair.second(), 3)).isEqualTo(Bytes.of("abc"));
        duplicate.close();
        assertThat(pair.second().recv(1)).isEmpty();
    }

    @Test
    void detachGivesTheDescriptorAwayOpen() throws IOException {
        SocketPair pair = scope.tcp();
        Socket socket = pair.first();
        int fd = socket.fileno();

        assertThat(socket.detach()).isEqualTo(fd);
        assertThat(socket.fileno()).isEqualTo(-1);
        assertThat(socket.isClosed()).isTrue();
        assertThat(socket.detach()).isEqualTo(-1);
        socket.close();
        assertThrowsExactly(SocketClosedException.class, () -> socket.send(new byte[1]));

        Socket adopted = scope.add(Sockets.adopt(fd));
        assertThat(adopted.fileno()).isEqualTo(fd);
        adopted.sendAll(Bytes.of("abc"));
        assertThat(Bytes.recvExactly(pair.second(), 3)).isEqualTo(Bytes.of("abc"));
    }

    @Test
    void aDetachedDescriptorBlocksAgainUnlessItHadATimeout() throws IOException {
        SocketPair pair = scope.pair(SOCK_STREAM);
        pair.second().setTimeout(Duration.ofSeconds(1));
        int blocking = pair.first().detach();
        int timed = pair.second().detach();

        assertThat(flags(blocking) & O_NONBLOCK).isZero();
        assertThat(flags(timed) & O_NONBLOCK).isEqualTo(O_NONBLOCK);
        assertThat(flags(scope.add(Sockets.adopt(blocking))) & O_NONBLOCK).isEqualTo(O_NONBLOCK);
        scope.add(Sockets.adopt(timed));
    }

    @Test
    void anAdoptedDescriptorIsCloseOnExec() throws IOException {
        SocketPair pair = scope.pair(SOCK_STREAM);
        pair.first().setInheritable(true);
        int fd = pair.first().detach();
        assertThat(flags(fd) & O_CLOEXEC).isZero();

        Socket adopted = scope.add(Sockets.adopt(fd));
        assertThat(adopted.getInheritable()).isFalse();
        assertThat(flags(adopted)).isEqualTo(O_CLOEXEC | O_NONBLOCK);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAdoptedSocketIsClosedElsewhereOnlyIfItLingers(boolean lingers) throws Exception {
        Socket original = scope.tcp().first();
        original.setSockOpt(SocketOptions.SO_LINGER, lingers ? new Linger(true, 5) : Linger.OFF);
        int fd = original.detach();
        AtomicReference<Thread> closer = new AtomicReference<>();
        SystemCalls before = SystemCalls.install(new SystemCalls() {
            @Override
            public int close(int closing) {
                closer.set(Thread.currentThread());
                return SystemCalls.LIBC.close(closing);
            }
        });
        try {
            Socket adopted = Sockets.adopt(fd);
            Thread virtual = Thread.startVirtualThread(
                    () -> assertThatCode(adopted::close).doesNotThrowAnyException());
            virtual.join();
            assertThat(closer.get() != virtual).isEqualTo(lingers);
        } finally {
            SystemCalls.install(before);
        }
    }

    @Test
    void aFailedDetachSaysSoAndClosesTheDescriptor() throws IOException {
        try (Faults faults = Faults.install();
                Socket socket = new Socket(AF_INET, SOCK_STREAM)) {
            faults.on("fcntl").fail(Errno.EBADF);
            SocketFailedException failed = assertThrowsExactly(SocketFailedException.class, socket::detach);
            assertThat(failed).hasMessage("detach tcp: EBADF (Bad file descriptor)");
            assertThat(faults.seen("close")).isOne();
        }
    }

    @Test
    void closeBeforeDetachLeavesNothingToGiveAway() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        socket.close();

        assertThat(socket.detach()).isEqualTo(-1);
    }

    @Test
    void fromFdAsksTheKernelForTheKind() throws IOException {
        assertKind(scope.tcp().second(), AF_INET, SOCK_STREAM, IPPROTO_TCP);
        assertKind(scope.socket(AF_INET6, SOCK_DGRAM), AF_INET6, SOCK_DGRAM, IPPROTO_UDP);
        assertKind(scope.pair(SOCK_SEQPACKET).first(), AF_UNIX, SOCK_SEQPACKET, 0);
        assertKind(scope.socket(AF_UNIX, SOCK_DGRAM), AF_UNIX, SOCK_DGRAM, 0);
    }

    private void assertKind(Socket original, int family, int type, int protocol) throws IOException {
        Socket copy = scope.add(Sockets.fromFd(original.fileno()));
        assertThat(copy.family()).isEqualTo(family);
        assertThat(copy.type()).isEqualTo(type);
        assertThat(copy.protocol()).isEqualTo(protocol);
        assertThat(copy.fileno()).isNotEqualTo(original.fileno());
        assertThat(copy.getSockName()).isEqualTo(original.getSockName());
        copy.close();
        assertThat(original.getSockName()).isNotNull();
    }

    @Test
    void whatIsNoDescriptorIsRefused() throws IOException {
        int closed = 19_999;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sockets.fromFd(-1))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> Sockets.adopt(-5)).withMessageContaining("-5");
        SocketFailedException gone = assertThrowsExactly(SocketFailedException.class, () -> Sockets.fromFd(closed));
        assertThat(gone.errno()).isEqualTo(Errno.EBADF);
        assertThat(gone).hasMessage("fromFd descriptor 19999: EBADF (Bad file descriptor)");
        assertThat(assertThrowsExactly(SocketFailedException.class, () -> Sockets.adopt(closed)))
                .hasMessage("adopt descriptor 19999: EBADF (Bad file descriptor)");
    }

    @Test
    void whatIsNoSocketIsRefusedAndStaysOpen() throws IOException {
        Path file = scope.directory().resolve("file");
        Files.createFile(file);
        try (FileInputStream open = new FileInputStream(file.toFile())) {
            int fd = descriptorsOf(file).getFirst();
            SocketFailedException refused = assertThrowsExactly(SocketFailedException.class, () -> Sockets.fromFd(fd));
            assertThat(refused.errno()).isEqualTo(Errno.ENOTSOCK);
            assertThat(refused.operation()).isEqualTo("fromFd");
            assertThrowsExactly(SocketFailedException.class, () -> Sockets.adopt(fd));
            assertThrowsExactly(SocketFailedException.class, () -> Sockets.adopt(fd, AF_INET, SOCK_STREAM, 0));
            assertThat(descriptorsOf(file)).containsExactly(fd); // and no duplicate of it
            assertThat(open.read()).isEqualTo(-1);
        }
    }

    @Test
    void aNumberIsDuplicatedAndClosedAsANumber() throws IOException {
        SocketPair pair = scope.pair(SOCK_STREAM);
        int fd = Sockets.dup(pair.first().fileno());
        pair.first().close();
        try (Socket adopted = Sockets.adopt(fd)) {
            adopted.send(new byte[] {7});
            assertThat(pair.second().recv(1)).containsExactly(7);
            assertThat(adopted.getInheritable()).isFalse();
            int another = Sockets.dup(fd);
            Sockets.close(another);
            assertThat(assertThrowsExactly(SocketFailedException.class, () -> Sockets.close(another))
                            .errno())
                    .isEqualTo(Errno.EBADF);
        }
        assertThat(assertThrowsExactly(SocketFailedException.class, () -> Sockets.dup(-1))
                        .errno())
                .isEqualTo(Errno.EBADF);
    }

    @Test
    void closeReportsThatTheDescriptorWasClosedUnderneath() throws IOException {
        SystemCalls before = SystemCalls.install(new SystemCalls() {
            @Override
            public int close(int fd) {
                SystemCalls.LIBC.close(fd);
                return -Errno.EBADF;
            }
        });
        try {
            Socket socket = new Socket(AF_INET, SOCK_STREAM);
            SocketFailedException failed = assertThrowsExactly(SocketFailedException.class, socket::close);
            assertThat(failed).hasMessage("close tcp: EBADF (Bad file descriptor)");
            socket.close();
        } finally {
            SystemCalls.install(before);
        }
    }

    private static List<Integer> descriptorsOf(Path file) throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            return links.filter(link -> isLinkTo(link, file))
                    .map(link -> Integer.valueOf(link.getFileName().toString()))
                    .toList();
        }
    }

    private static boolean isLinkTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException e) {
            return false; // the descriptor of the listing itself
        }
    }

    private static int flags(Socket socket) {
        return flags(socket.fileno());
    }

    /** The flags of a descriptor that are of interest here, as the kernel tells them. */
    private static int flags(int fd) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/fdinfo/" + fd))) {
            return lines.filter(line -> line.startsWith("flags:"))
                            .mapToInt(line -> Integer.parseInt(line.substring(6).strip(), 8))
                            .findFirst()
                            .orElseThrow()
                    & (O_CLOEXEC | O_NONBLOCK);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
