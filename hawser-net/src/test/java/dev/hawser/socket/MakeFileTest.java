package dev.hawser.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.testkit.Tasks;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that are made from a socket. */
@Timeout(30)
class MakeFileTest {

    @AutoClose
    final Scope scope = new Scope();

    Socket socket;
    Socket peer;

    @BeforeEach
    void connect() throws IOException {
        SocketPair pair = scope.tcp();
        socket = pair.first();
        peer = pair.second();
    }

    @Test
    void closingInAnyOrderKeepsTheDescriptorUntilTheLast() throws IOException {
        for (int seed = 0; seed < 10; seed++) {
            SocketPair pair = scope.tcp();
            Socket owner = pair.first();
            int fd = owner.fileno();
            List<Closeable> owners = new ArrayList<>(List.of(
                    owner,
                    scope.add(owner.makeFileInput()),
                    scope.add(owner.makeFileOutput()),
                    scope.add(owner.makeFileReader(UTF_8)),
                    scope.add(owner.makeFileWriter(UTF_8))));
            Collections.shuffle(owners, new Random(seed));
            Closeable last = owners.removeLast();
            for (Closeable one : owners) {
                one.close();
                assertThat(Path.of("/proc/self/fd/" + fd)).exists();
                assertThat(owner.fileno()).isEqualTo(fd);
            }
            last.close();
            assertThat(owner.fileno()).isEqualTo(-1);
            assertThat(pair.second().recv(1)).isEmpty();
        }
    }

    @Test
    void aFileOutlivesItsSocket() throws IOException {
        InputStream input = scope.add(socket.makeFileInput());
        OutputStream output = scope.add(socket.makeFileOutput());
        socket.close();
        peer.sendAll(Bytes.of("abc"));

        assertThat(input.readNBytes(3)).isEqualTo(Bytes.of("abc"));
        output.write(Bytes.of("def"));
        assertThat(Bytes.recvExactly(peer, 3)).isEqualTo(Bytes.of("def"));
        assertThat(socket.isClosed()).isTrue();
        assertThat(socket).asString().contains("closed, files open");
        assertThrowsExactly(SocketClosedException.class, () -> socket.recv(1));
        assertThrowsExactly(SocketClosedException.class, socket::makeFileInput);
    }

    @Test
    void aSocketOutlivesItsFiles() throws IOException {
        socket.makeFileInput().close();
        InputStream input = socket.makeFileInput();
        input.close();
        input.close();
        socket.makeFileWriter(UTF_8).close();
        socket.sendAll(Bytes.of("abc"));

        assertThat(Bytes.recvExactly(peer, 3)).isEqualTo(Bytes.of("abc"));
        assertThrowsExactly(SocketClosedException.class, input::read);
    }

    @Test
    void aClosedOutputRefusesToWrite() throws IOException {
        OutputStream output = socket.makeFileOutput();
        output.close();

        assertThrowsExactly(SocketClosedException.class, () -> output.write(1));
        assertThrowsExactly(SocketClosedException.class, () -> output.write(new byte[5]));
    }

    @Test
    void theEndOfTheStreamIsMinusOne() throws IOException {
        InputStream input = scope.add(socket.makeFileInput());
        peer.sendAll(new byte[] {(byte) 200, 7});
        peer.close();

        assertThat(input.read()).isEqualTo(200);
        assertThat(input.read(new byte[10], 3, 0)).isZero();
        assertThat(input.read(new byte[10])).isEqualTo(1);
        assertThat(input.read()).isEqualTo(-1);
        assertThat(input.read(new byte[10])).isEqualTo(-1);
        assertThat(input.readAllBytes()).isEmpty();
    }

    @Test
    void linesAreReadAndWritten() throws IOException {
        Writer writer = scope.add(socket.makeFileWriter(UTF_8));
        BufferedReader reader = scope.add(peer.makeFileReader(UTF_8));
        writer.write("first\r\nsecond: \u00e4\u20ac\ud83d\ude00\nthird");
        writer.close();
        socket.close();

        assertThat(reader.readLine()).isEqualTo("first");
        assertThat(reader.readLine()).isEqualTo("second: \u00e4\u20ac\ud83d\ude00");
        assertThat(reader.readLine()).isEqualTo("third");
        assertThat(reader.readLine()).isNull();
    }

    @Test
    void theCharsetIsTheCallers() throws IOException {
        Writer writer = scope.add(socket.makeFileWriter(ISO_8859_1));
        writer.write("\u00e4\n");
        writer.flush();
        assertThat(Bytes.recvExactly(peer, 2)).isEqualTo(new byte[] {(byte) 0xe4, '\n'});

        peer.sendAll(new byte[] {(byte) 0xff, '\n'});
        assertThat(scope.add(socket.makeFileReader(UTF_8)).readLine()).isEqualTo("\ufffd");
    }

    @Test
    void aReaderThatTimedOutReadsOnWhenTheBytesCome() throws IOException {
        socket.setTimeout(Duration.ofMillis(40));
        BufferedReader reader = scope.add(socket.makeFileReader(UTF_8));
        peer.sendAll(Bytes.of("half "));
        assertThrowsExactly(TimedOutException.class, reader::readLine);
        assertThrowsExactly(TimedOutException.class, reader::readLine);
        peer.sendAll(Bytes.of("line\n"));
        socket.setTimeout(Duration.ofSeconds(10));

        assertThat(reader.readLine()).isEqualTo("half line");
    }

    @Test
    void anInputThatTimedOutReadsOnWhenTheBytesCome() throws IOException {
        socket.setTimeout(Duration.ofMillis(40));
        InputStream input = scope.add(socket.makeFileInput());
        assertThrowsExactly(TimedOutException.class, input::read);
        socket.setBlocking(false);
        assertThrowsExactly(WouldBlockException.class, input::read);
        peer.sendAll(Bytes.of("x"));
        socket.setBlocking(true);

        assertThat(input.read()).isEqualTo('x');
    }

    @Test
    void anOutputWritesAllOfALargeArray() throws Exception {
        byte[] all = Bytes.pattern(3_000_000);
        OutputStream output = scope.add(socket.makeFileOutput());
        Tasks<Void> writing = Tasks.run(() -> {
            output.write(all);
            output.write('!');
            output.write(all, 5, 10);
        });

        assertThat(Bytes.recvExactly(peer, all.length)).isEqualTo(all);
        assertThat(Bytes.recvExactly(peer, 1)).isEqualTo(Bytes.of("!"));
        assertThat(Bytes.recvExactly(peer, 10)).isEqualTo(Arrays.copyOfRange(all, 5, 15));
        writing.result();
    }

    @Test
    void anOutputWhosePeerIsGoneFails() throws IOException {
        OutputStream output = scope.add(socket.makeFileOutput());
        peer.sendAll(Bytes.of("unread by the peer's end of the story"));
        peer.setSockOpt(SocketOptions.SO_LINGER, Linger.RESET);
        peer.close();

        ConnectionBrokenException broken = assertThrowsExactly(ConnectionBrokenException.class, () -> {
            for (; ; ) {
                output.write(new byte[1000]);
                LockSupport.parkNanos(1000);
            }
        });
        assertThat(broken.operation()).isEqualTo("sendAll");
    }

    @Test
    void detachEndsTheFiles() throws IOException {
        InputStream input = scope.add(socket.makeFileInput());
        int fd = socket.detach();
        scope.add(Sockets.adopt(fd));

        assertThrowsExactly(SocketClosedException.class, input::read);
        input.close();
        assertThat(Files.exists(Path.of("/proc/self/fd/" + fd))).isTrue();
    }

    @Test
    void boundsAreChecked() throws IOException {
        InputStream input = scope.add(socket.makeFileInput());
        OutputStream output = scope.add(socket.makeFileOutput());

        assertThrowsExactly(IndexOutOfBoundsException.class, () -> input.read(new byte[5], 3, 3));
        assertThrowsExactly(IndexOutOfBoundsException.class, () -> output.write(new byte[5], -1, 3));
    }
}
