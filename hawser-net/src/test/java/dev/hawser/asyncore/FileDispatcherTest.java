package dev.hawser.asyncore;

import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.asyncore.Dispatcher.State;
import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import dev.hawser.select.Fd;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketFailedException;
import dev.hawser.testkit.Faults;
import dev.hawser.testkit.LeakCheck;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dispatchers of what is no socket: pipes and terminals. */
class FileDispatcherTest extends Loops {

    private static final SystemCalls CALLS = SystemCalls.LIBC;
    private static final int O_CLOEXEC = Abi.value("O_CLOEXEC");
    private static final int O_NONBLOCK = Abi.value("O_NONBLOCK");
    private static final int F_GETFL = Abi.value("F_GETFL");
    private static final int F_GETFD = Abi.value("F_GETFD");
    private static final int FD_CLOEXEC = Abi.value("FD_CLOEXEC");

    FileDispatcherTest() {
        super(Backend.EPOLL, Family.TCP4);
    }

    /** A descriptor of the test's. */
    private record Owned(int fileno) implements HasFileno, Closeable {

        @Override
        public void close() {
            CALLS.close(fileno);
        }
    }

    /** A pipe that blocks, the end to read from first. */
    private static Owned[] pipe() {
        int[] fds = {0, 0};
        assertThat(CALLS.pipe(MemorySegment.ofArray(fds), O_CLOEXEC)).isZero();
        return new Owned[] {new Owned(fds[0]), new Owned(fds[1])};
    }

    private static boolean blocks(HasFileno file) {
        int flags = CALLS.fcntl(file.fileno(), F_GETFL, 0);
        assertThat(flags).isNotNegative();
        return (flags & O_NONBLOCK) == 0;
    }

    /** Reads all that comes. */
    private static final class Reader extends FileDispatcher {

        final ByteArrayOutputStream received = new ByteArrayOutputStream();
        boolean ended;

        Reader(AsyncLoop loop, HasFileno file) throws IOException {
            super(loop, file);
        }

        @Override
        protected boolean writable() {
            return false;
        }

        @Override
        protected void handleRead() throws IOException {
            received.write(recv(4096));
        }

        @Override
        protected void handleClose() throws IOException {
            ended = true;
            close();
        }

        String text() {
            return received.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void aDuplicateReadsWhatThePipeHas() throws IOException {
        Owned[] pipe = pipe();
        FileWrapper file = FileWrapper.duplicate(pipe[0].fileno());
        assertThat(file.fileno()).isNotEqualTo(pipe[0].fileno());
        assertThat(CALLS.fcntl(file.fileno(), F_GETFD, 0) & FD_CLOEXEC).isEqualTo(FD_CLOEXEC);
        pipe[0].close();
        CALLS.write(
                pipe[1].fileno(),
                MemorySegment.ofArray("It's not dead, it's sleeping!".getBytes(StandardCharsets.UTF_8)));

        ByteBuffer first = ByteBuffer.allocate(13);
        ByteBuffer second = ByteBuffer.allocateDirect(6);
        assertThat(file.receive(first)).isEqualTo(13);
        assertThat(new String(first.array(), StandardCharsets.UTF_8)).isEqualTo("It's not dead");
        assertThat(file.receive(second)).isEqualTo(6);
        assertThat(StandardCharsets.US_ASCII.decode(second.flip()).toString()).isEqualTo(", it's");

        file.close();
        assertThatThrownBy(() -> file.receive(ByteBuffer.allocate(1))).isInstanceOf(SocketClosedException.class);
        pipe[1].close();
    }

    @Test
    void aDuplicateWritesAfterTheOriginalWasClosed() throws IOException {
        Owned[] pipe = pipe();
        FileWrapper file = FileWrapper.duplicate(pipe[1].fileno());
        pipe[1].close();

        assertThat(file.send(ByteBuffer.wrap("Come again?".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(11);
        assertThat(file.send(ByteBuffer.wrap("I want to buy some cheese.".getBytes(StandardCharsets.UTF_8))
                        .asReadOnlyBuffer()))
                .isEqualTo(26);
        file.close();

        Reader reader = new Reader(loop, pipe[0]);
        pipe[0].close();
        loop.loop();
        assertThat(reader.text()).isEqualTo("Come again?I want to buy some cheese.");
        assertThat(reader.ended).isTrue();
    }

    @Test
    void aDispatcherIsToldWhatAPipeHas() throws IOException {
        Owned[] pipe = pipe();
        Reader reader = new Reader(loop, pipe[0]);
        assertThat(reader.state()).isEqualTo(State.CONNECTED);
        assertThatThrownBy(reader::socket).hasMessageContaining("a file, not a socket");
        pipe[0].close();
        byte[] data = "It's not dead, it's sleeping!".getBytes(StandardCharsets.UTF_8);
        CALLS.write(pipe[1].fileno(), MemorySegment.ofArray(data));

        loopUntil(() -> reader.received.size() == data.length);

        assertThat(reader.text()).isEqualTo("It's not dead, it's sleeping!");
        pipe[1].close();
        loop.loop();
        assertThat(reader.ended).isTrue();
    }

    @Test
    void aLostDuplicateIsReportedAndClosed() throws Exception {
        Owned[] pipe = pipe();
        lose(pipe[0]);

        List<LogRecord> reports = List.of();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (reports.isEmpty() && System.nanoTime() < end) {
            System.gc();
            Thread.onSpinWait();
            reports = LeakCheck.takeLostReports();
        }

        assertThat(reports).hasSize(1);
        pipe[0].close();
        pipe[1].close();
    }

    private static void lose(HasFileno file) throws IOException {
        FileWrapper.duplicate(file.fileno());
    }

    @Test
    void aDuplicateIsClosedOnceAlsoWhereSomebodyHasClosedItsNumber() throws IOException {
        Owned[] pipe = pipe();
        FileWrapper file = FileWrapper.duplicate(pipe[0].fileno());
        pipe[0].close();
        pipe[1].close();
        CALLS.close(file.fileno());

        assertThatThrownBy(file::close)
                .isInstanceOfSatisfying(
                        SocketFailedException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF));

        assertThat(file.fileno()).isEqualTo(-1);
        file.close();
    }

    @Test
    void writingToAPipeThatIsFullTakesNothing() throws IOException {
        Owned[] pipe = pipe();
        FileDispatcher writer = new FileDispatcher(loop, pipe[1]);
        byte[] block = new byte[32 * 1024];
        while (writer.send(block) > 0) {}

        assertThat(writer.send(block)).isZero();
        assertThat(writer.state()).isEqualTo(State.CONNECTED);
        writer.close();
        pipe[0].close();
        pipe[1].close();
    }

    @Test
    void aPipeThatNobodyReadsIsClosed() throws IOException {
        Owned[] pipe = pipe();
        FileDispatcher writer = new FileDispatcher(loop, pipe[1]);
        pipe[0].close();
        pipe[1].close();

        assertThat(writer.send(new byte[1])).isZero();

        assertThat(writer.state()).isEqualTo(State.CLOSED);
        assertThat(log.messages()).contains("unhandled close event");
    }

    @Test
    void aFileThatCannotBeWaitedForIsRefused(@TempDir Path directory) throws IOException {
        Path path = Files.writeString(directory.resolve("f"), "spam");
        try (Owned file = new Owned(CALLS.open(path.toString(), O_CLOEXEC, 0))) {
            assertThatThrownBy(() -> new FileDispatcher(loop, file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("descriptor " + file.fileno() + " cannot be waited for");
            assertThat(blocks(file)).isTrue();
        }
        assertThatThrownBy(() -> new FileDispatcher(loop, Fd.of(1_000_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("EBADF");
        assertThatThrownBy(() -> new FileDispatcher(loop, () -> -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(loop.getMap()).isEmpty();
    }

    @Test
    void whatBlockedBeforeBlocksAgainAfterwards() throws IOException {
        Owned[] pipe = pipe();
        assertThat(blocks(pipe[0])).isTrue();
        Reader reader = new Reader(loop, pipe[0]);
        assertThat(blocks(pipe[0])).isFalse();
        assertThat(blocks(pipe[1])).isTrue();

        reader.close();

        assertThat(blocks(pipe[0])).isTrue();
        pipe[0].close();
        pipe[1].close();
    }

    @Test
    void theLastDispatcherOfAnOpenFileLetsItBlockAgain() throws IOException {
        Owned[] pipe = pipe();
        Owned[] another = pipe();
        Reader apart = new Reader(loop, another[0]);
        Reader first = new Reader(loop, pipe[0]);
        Reader second = new Reader(loop, pipe[0]);
        Reader third = new Reader(loop, pipe[0]);

        first.close();
        assertThat(blocks(pipe[0])).isFalse();
        third.close();
        assertThat(blocks(pipe[0])).isFalse();
        second.close();
        assertThat(blocks(pipe[0])).isTrue();
        assertThat(blocks(another[0])).isFalse();
        apart.close();
        assertThat(blocks(another[0])).isTrue();
        for (Owned each : List.of(pipe[0], pipe[1], another[0], another[1])) {
            each.close();
        }
    }

    @Test
    void whatDidNotBlockBeforeDoesNotBlockAfterwards() throws IOException {
        int[] fds = {0, 0};
        CALLS.pipe(MemorySegment.ofArray(fds), O_CLOEXEC | O_NONBLOCK);
        try (Owned reading = new Owned(fds[0]);
                Owned writing = new Owned(fds[1])) {
            new Reader(loop, reading).close();

            assertThat(blocks(reading)).isFalse();
            assertThat(writing.fileno()).isPositive();
        }
    }

    @Test
    void interruptedAndFailedReadsAreToldApart() throws IOException {
        Owned[] pipe = pipe();
        try (Faults faults = Faults.install()) {
            FileDispatcher reader = new FileDispatcher(loop, pipe[0]);
            CALLS.write(pipe[1].fileno(), MemorySegment.ofArray(new byte[3]));
            faults.on("read").onCall(1).fail(Errno.EINTR);
            faults.on("read").onCall(3).fail(Errno.EAGAIN);
            faults.on("read").onCall(4).fail(Errno.ENOBUFS);
            assertThat(reader.recv(10)).hasSize(3);
            assertThat(reader.recv(10)).isEmpty();
            assertThatThrownBy(() -> reader.recv(10))
                    .isInstanceOf(SocketFailedException.class)
                    .hasMessageStartingWith("read descriptor ")
                    .hasMessageContaining("ENOBUFS");
            reader.close();
        }
        pipe[0].close();
        pipe[1].close();
    }

    @Test
    @RequiresProgram("python3")
    void aTerminalIsReadAndWrittenUntilItsOtherSideIsGone(@TempDir Path directory) throws Exception {
        Path link = directory.resolve("terminal");
        try (Peer python = Peers.python("""
                import os, pty, sys, tty
                leader, follower = pty.openpty()
                tty.setraw(follower)
                os.symlink(os.ttyname(follower), sys.argv[1])
                print('ready')
                print(os.read(leader, 100).decode())
                os.write(leader, b'from the terminal')
                input()
                """, link.toString())) {
            assertThat(python.readLine()).isEqualTo("ready");
            try (Owned terminal = new Owned(CALLS.open(link.toString(), 2 | O_CLOEXEC | Abi.value("O_NOCTTY"), 0))) {
                Reader reader = new Reader(loop, terminal);
                assertThat(reader.send("to the terminal".getBytes(StandardCharsets.UTF_8)))
                        .isEqualTo(15);
                assertThat(python.readLine()).isEqualTo("to the terminal");
                loopUntil(() -> reader.text().equals("from the terminal"));
                python.closeInput();
                assertThat(python.awaitExit()).isNotZero(); // input() finds the end

                loopUntil(() -> reader.ended);
            }
        }
    }

    @Test
    @RequiresProgram("python3")
    void aProcessIsTalkedToThroughItsPipes(@TempDir Path directory) throws Exception {
        Path to = directory.resolve("to");
        Path from = directory.resolve("from");
        try (Peer python = Peers.python("""
                import os, sys
                for name in sys.argv[1:]:
                    os.mkfifo(name)
                print('ready')
                with open(sys.argv[1]) as lines, open(sys.argv[2], 'w') as answers:
                    for line in lines:
                        print(line.upper(), end='', file=answers, flush=True)
                """, to.toString(), from.toString())) {
            assertThat(python.readLine()).isEqualTo("ready");
            try (Owned writing = new Owned(CALLS.open(to.toString(), 1 | O_CLOEXEC, 0));
                    Owned reading = new Owned(CALLS.open(from.toString(), O_CLOEXEC, 0))) {
                FileDispatcher writer = new FileDispatcher(loop, writing) {
                    @Override
                    protected boolean writable() {
                        return false;
                    }
                };
                Reader reader = new Reader(loop, reading);
                writer.send("spam\neggs\n".getBytes(StandardCharsets.UTF_8));
                loopUntil(() -> reader.text().equals("SPAM\nEGGS\n"));
                writer.close();
            }
            assertThat(python.awaitExit()).isZero();
        }
        loop.poll(ZERO);
    }
}
