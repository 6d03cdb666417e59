package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.SHUT_WR;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hawser.testkit.Eventually;
import dev.hawser.testkit.Faults;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for sendFile, on either kind of thread. */
@Timeout(60)
abstract class SendFileContract {

    private static final byte[] LARGE = Bytes.pattern(5_000_000);

    @AutoClose
    final Faults faults = Faults.install();

    @AutoClose
    final Scope scope = new Scope();

    /** How the file is given. */
    enum Given {
        PATH,
        CHANNEL;

        long send(Socket socket, Path file, long offset, long count) throws IOException {
            if (this == PATH) {
                return socket.sendFile(file, offset, count);
            }
            try (FileChannel channel = FileChannel.open(file)) {
                long sent = socket.sendFile(channel, offset, count);
                assertThat(channel.position()).isEqualTo(offset + sent);
                return sent;
            }
        }
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(scope.directory().resolve("file"), content);
    }

    @ParameterizedTest
    @EnumSource
    void aWholeFileArrivesOverEveryKindOfStream(StreamKind kind) throws Exception {
        Path file = file(LARGE);
        for (Given given : Given.values()) {
            SocketPair pair = kind.connect(scope);
            Tasks<byte[]> received = Tasks.start(() -> Bytes.recvExactly(pair.second(), LARGE.length));

            assertThat(given.send(pair.first(), file, 0, Long.MAX_VALUE)).isEqualTo(LARGE.length);
            assertThat(Arrays.equals(received.result(), LARGE)).isTrue();
        }
        assertThat(faults.seen("sendFile")).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void aPartArrivesAndNothingElse(Given given) throws Exception {
        Path file = file(Bytes.of("0123456789"));
        SocketPair pair = scope.tcp();

        assertThat(given.send(pair.first(), file, 2, 3)).isEqualTo(3);
        assertThat(given.send(pair.first(), file, 0, 1)).isEqualTo(1);
        assertThat(given.send(pair.first(), file, 8, 100)).isEqualTo(2);
        assertThat(given.send(pair.first(), file, 10, 1)).isZero();
        assertThat(given.send(pair.first(), file, 1L << 40, Long.MAX_VALUE)).isZero();
        pair.first().shutdown(SHUT_WR);
        assertThat(Bytes.text(Bytes.recvToEnd(pair.second()))).isEqualTo("234" + "0" + "89");
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyFileSendsNothing(Given given) throws Exception {
        assertThat(given.send(scope.tcp().first(), file(new byte[0]), 0, Long.MAX_VALUE))
                .isZero();
    }

    @Test
    void aWholeFileNeedsNoNumbers() throws Exception {
        SocketPair pair = scope.tcp();
        assertThat(pair.first().sendFile(file(Bytes.of("all")))).isEqualTo(3);
        assertThat(pair.second().recv(10)).isEqualTo(Bytes.of("all"));
    }

    @Test
    void cpythonReceivesEveryByte() throws Exception {
        Path file = file(LARGE);
        Socket listener = scope.listener(Scope.loopback4());
        try (CPython python = new CPython("""
                import hashlib, socket, sys
                s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
                h = hashlib.sha256()
                while data := s.recv(12345):
                    h.update(data)
                print(h.hexdigest())
                """, ((SockaddrIn) listener.getSockName()).port())) {
            try (Socket connection = listener.accept().socket()) {
                assertThat(connection.sendFile(file)).isEqualTo(LARGE.length);
            }
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(LARGE));
            assertThat(python.finish()).containsExactly(digest);
        }
    }

    /** A file of /proc has no size until it is read. */
    @Test
    void aFileThatOnlyReadingFillsIsRead() throws Exception {
        Path version = Path.of("/proc/version");
        SocketPair pair = scope.tcp();

        assertThat(pair.first().sendFile(version, 6, 5)).isEqualTo(5);
        assertThat(pair.second().recv(100)).isEqualTo(Arrays.copyOfRange(Files.readAllBytes(version), 6, 11));
    }

    @Test
    void aFifoIsRead() throws Exception {
        Path fifo = fifo();
        SocketPair pair = scope.tcp();
        Tasks<Long> sending = Tasks.start(() -> pair.first().sendFile(fifo, 2, Long.MAX_VALUE));
        try (OutputStream out = Files.newOutputStream(fifo)) {
            out.write(Bytes.of("through"));
        }
        assertThat(sending.result()).isEqualTo(5);
        assertThat(pair.second().recv(100)).isEqualTo(Bytes.of("rough"));
    }

    /** Whoever writes into the FIFO may write no more. */
    @Test
    void closeDoesNotWaitForAFifo() throws Exception {
        Path fifo = fifo();
        SocketPair pair = scope.tcp();
        Tasks<Long> sending = Tasks.start(() -> pair.first().sendFile(fifo, 0, Long.MAX_VALUE));
        try (OutputStream out = Files.newOutputStream(fifo)) {
            out.write(Bytes.of("begun"));
            assertThat(Bytes.recvExactly(pair.second(), 5)).isEqualTo(Bytes.of("begun"));
            pair.first().close();
            out.write(Bytes.of("too late"));
            assertThrows(SocketClosedException.class, sending::result);
        }
    }

    private Path fifo() throws Exception {
        Path fifo = scope.directory().resolve("fifo");
        assertThat(new ProcessBuilder(Peers.require("mkfifo").toString(), fifo.toString())
                        .start()
                        .waitFor())
                .isZero();
        return fifo;
    }

    @Test
    void aFileInsideAZipFileIsRead() throws Exception {
        Path zip = scope.directory().resolve("z.zip");
        SocketPair pair = scope.tcp();
        try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path file = Files.write(inside.getPath("/f"), Bytes.of("zipped"));
            assertThat(pair.first().sendFile(file)).isEqualTo(6);
        }
        assertThat(pair.second().recv(100)).isEqualTo(Bytes.of("zipped"));
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EINVAL, dev.hawser.posix.Errno.ENOSYS, Errno.EOPNOTSUPP, Errno.EPERM})
    void whatTheKernelRefusesIsReadAndSent(int errno) throws Exception {
        faults.on("sendFile").fail(errno);
        SocketPair pair = scope.tcp();

        assertThat(pair.first().sendFile(file(Bytes.of("0123456789")), 3, 4)).isEqualTo(4);
        assertThat(pair.second().recv(100)).isEqualTo(Bytes.of("3456"));
        assertThat(faults.count("sendFile")).isOne();
    }

    @Test
    void aFailureInTheMiddleTellsHowFarItCame() throws Exception {
        faults.on("sendFile").onCall(3).fail(dev.hawser.posix.Errno.EIO);
        faults.on("sendFile").shortTo(4);
        SocketPair pair = scope.tcp();
        Path file = file(Bytes.of("0123456789"));

        assertThatThrownBy(() -> pair.first().sendFile(file))
                .isInstanceOf(SocketFailedException.class)
                .hasMessageStartingWith("sendFile tcp")
                .hasMessageContaining("EIO")
                .hasMessageEndingWith("after 8 bytes of " + file);
        assertThat(pair.second().recv(100)).isEqualTo(Bytes.of("01234567"));
    }

    @ParameterizedTest
    @EnumSource
    void shortTransfersSignalsAndFalseEagainsLoseNothing(Given given) throws Exception {
        faults.randomly(7, 0.3, "sendFile", "send").fail(Errno.EINTR, Errno.EAGAIN);
        faults.on("sendFile", "send").shortTo(999);
        byte[] content = Bytes.pattern(200_000);
        Path file = file(content);
        SocketPair pair = scope.tcp();
        Tasks<byte[]> received = Tasks.start(() -> Bytes.recvExactly(pair.second(), content.length));

        assertThat(given.send(pair.first(), file, 0, Long.MAX_VALUE))
                .as(faults.toString())
                .isEqualTo(content.length);
        assertThat(Arrays.equals(received.result(), content)).isTrue();
    }

    @Test
    void theTimeoutIsOneDeadlineAndTheExceptionTellsHowMuchWasSent() throws Exception {
        Path file = file(Bytes.pattern(50_000_000));
        SocketPair pair = scope.tcp();
        pair.first().setTimeout(Duration.ofMillis(150));
        // Reads a little now and then: every single wait is short.
        Tasks<Integer> received = Tasks.start(() -> {
            int all = 0;
            int n;
            do {
                n = Bytes.recvExactly(pair.second(), 200_000).length;
                all += n;
                Thread.sleep(2); // the peer's slowness is what is tried here
            } while (n > 0);
            return all;
        });

        TimedOutException late =
                assertThrows(TimedOutException.class, () -> pair.first().sendFile(file));
        pair.first().close();
        assertThat(late).hasMessageContaining("timed out after 150 ms");
        assertThat(late.bytesTransferred).isEqualTo(received.result());
    }

    @Test
    void aTimeoutLeavesTheChannelWhereTheSendingStopped() throws Exception {
        SocketPair pair = scope.tcp();
        pair.first().setTimeout(Duration.ofMillis(20));
        try (FileChannel channel = FileChannel.open(file(Bytes.pattern(20_000_000)))) {
            TimedOutException late =
                    assertThrows(TimedOutException.class, () -> pair.first().sendFile(channel, 5, Long.MAX_VALUE));
            pair.first().close();
            assertThat(channel.position()).isEqualTo(5 + late.bytesTransferred);
            assertThat(Bytes.recvToEnd(pair.second())).hasSize(late.bytesTransferred);
        }
    }

    @ParameterizedTest
    @EnumSource
    void closeEndsIt(Given given) throws Exception {
        Path file = file(Bytes.pattern(20_000_000));
        SocketPair pair = scope.tcp();
        Tasks<Long> sending = Tasks.start(() -> given.send(pair.first(), file, 0, Long.MAX_VALUE))
                .awaitParked();

        pair.first().close();
        assertThatThrownBy(sending::result).isInstanceOf(SocketClosedException.class);
        assertThatThrownBy(() -> given.send(pair.first(), file, 0, 1)).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void anInterruptEndsTheWaitAndTheSocketStaysUsable() throws Exception {
        Path file = file(Bytes.pattern(20_000_000));
        SocketPair pair = scope.tcp();
        Thread me = Thread.currentThread();
        Tasks<Void> interrupting = Tasks.run(() -> {
            Eventually.eventually().until(() -> me.getState() == Thread.State.WAITING);
            me.interrupt();
        });

        SocketInterruptedException cut = assertThrows(
                SocketInterruptedException.class, () -> pair.first().sendFile(file));
        assertThat(Thread.interrupted()).isTrue();
        interrupting.result();
        assertThat(Bytes.recvExactly(pair.second(), cut.bytesTransferred)).hasSize(cut.bytesTransferred);
        pair.first().sendAll(Bytes.of("more"));
        assertThat(pair.second().recv(10)).isEqualTo(Bytes.of("more"));
    }

    @ParameterizedTest
    @EnumSource
    void aPeerThatLeavesBreaksTheConnection(Given given) throws Exception {
        Path file = file(Bytes.pattern(20_000_000));
        SocketPair pair = scope.tcp();
        Tasks<Long> sending = Tasks.start(() -> given.send(pair.first(), file, 0, Long.MAX_VALUE))
                .awaitParked();

        pair.second().close();
        assertThatThrownBy(sending::result)
                .isInstanceOf(ConnectionBrokenException.class)
                .hasMessageContaining(" bytes of ");
        assertThatThrownBy(() -> given.send(pair.first(), file, 0, 1)).isInstanceOf(ConnectionBrokenException.class);
    }

    @ParameterizedTest
    @EnumSource
    void noOtherSendersBytesComeInBetween(Given given) throws Exception {
        byte[] content = Bytes.pattern(8_000_000);
        Path file = file(content);
        SocketPair pair = scope.tcp();
        Tasks<Long> sending = Tasks.start(() -> given.send(pair.first(), file, 0, Long.MAX_VALUE))
                .awaitParked();
        Tasks<Void> other =
                Tasks.run(() -> pair.first().sendAll(Bytes.of("behind"))).awaitParked();

        assertThat(Arrays.equals(Bytes.recvExactly(pair.second(), content.length), content))
                .isTrue();
        assertThat(sending.result()).isEqualTo(content.length);
        other.result();
        assertThat(pair.second().recv(10)).isEqualTo(Bytes.of("behind"));
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatIsCutOffMeanwhileEndsEarly(Given given) throws Exception {
        Path file = file(Bytes.pattern(20_000_000));
        SocketPair pair = scope.tcp();
        Tasks<Long> sending = Tasks.start(() -> given.send(pair.first(), file, 0, Long.MAX_VALUE))
                .awaitParked();
        try (FileChannel shorter = FileChannel.open(file, StandardOpenOption.WRITE)) {
            shorter.truncate(10);
        }

        Tasks<byte[]> received = Tasks.start(() -> Bytes.recvToEnd(pair.second()));
        long sent = sending.result();
        pair.first().close();
        assertThat(sent).isBetween(10L, 19_999_999L);
        assertThat(received.result()).hasSize((int) sent);
    }

    @Test
    void aFileThatIsNotThereOrNoFileIsReportedAsJavaDoes() throws Exception {
        Socket socket = scope.tcp().first();
        Path directory = scope.directory();

        assertThatThrownBy(() -> socket.sendFile(directory.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> socket.sendFile(directory)).isInstanceOf(IOException.class);
    }

    @Test
    void aChannelThatCannotBeReadSaysSo() throws Exception {
        Socket socket = scope.tcp().first();
        Path file = file(Bytes.of("x"));
        FileChannel closed = FileChannel.open(file);
        closed.close();

        assertThatThrownBy(() -> socket.sendFile(closed, 0, 1)).isInstanceOf(ClosedChannelException.class);
        try (FileChannel writable = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThatThrownBy(() -> socket.sendFile(writable, 0, 1)).isInstanceOf(NonReadableChannelException.class);
        }
        socket.sendAll(Bytes.of("fine"));
    }

    @Test
    void onlyStreamsThatMayWaitSendFiles() throws Exception {
        Path file = file(Bytes.of("x"));
        Socket datagrams = scope.socket(AF_INET, SOCK_DGRAM);
        Socket stream = scope.tcp().first();
        stream.setTimeout(Duration.ZERO);

        assertThatThrownBy(() -> datagrams.sendFile(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("sendFile needs a stream socket, not one of udp");
        assertThatThrownBy(() -> stream.sendFile(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("sendFile needs a socket that may wait: call setTimeout");
    }

    @Test
    void numbersOutOfRangeAreRefused() throws Exception {
        Path file = file(Bytes.of("x"));
        Socket socket = scope.tcp().first();

        assertThatThrownBy(() -> socket.sendFile(file, -1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an offset in a file is not negative: -1");
        for (long count : new long[] {0, -1}) {
            assertThatThrownBy(() -> socket.sendFile(file, 0, count))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("count is at least 1, Long.MAX_VALUE for all: " + count);
        }
    }
}
