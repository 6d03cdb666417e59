package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A socket and the files made from it have one descriptor, and each is closed on its own. */
class SharedDescriptorsTest {

    @AutoClose
    private final Opened opened = new Opened();

    @ParameterizedTest
    @EnumSource
    void closingTheSocketWakesItsOwnReaderAndLetsTheFileReadOn(ThreadKind kind) throws Exception {
        SocketPair pair = opened.tcp();
        InputStream file = opened.add(pair.first().makeFileInput());
        InThread<byte[]> reader =
                InThread.start(kind, () -> pair.first().recv(1)).awaitParked();
        InThread<byte[]> fileReader =
                InThread.start(kind, () -> file.readNBytes(3)).awaitQueued();
        pair.first().close();
        assertThat(reader.failure()).isInstanceOf(SocketClosedException.class);
        pair.second().sendAll("abc".getBytes(US_ASCII));
        assertThat(fileReader.result()).asString(US_ASCII).isEqualTo("abc");
    }

    @ParameterizedTest
    @EnumSource
    void closingTheSocketWakesWhoQueuesBehindTheFile(ThreadKind kind) throws Exception {
        SocketPair pair = opened.tcp();
        InputStream file = opened.add(pair.first().makeFileInput());
        InThread<byte[]> fileReader =
                InThread.start(kind, () -> file.readNBytes(3)).awaitParked();
        InThread<byte[]> reader =
                InThread.start(kind, () -> pair.first().recv(1)).awaitQueued();
        pair.first().close();
        assertThat(reader.failure()).isInstanceOf(SocketClosedException.class);
        fileReader.awaitParked();
        pair.second().sendAll("abc".getBytes(US_ASCII));
        assertThat(fileReader.result()).asString(US_ASCII).isEqualTo("abc");
    }

    @ParameterizedTest
    @EnumSource
    void closingAFileWakesItsOwnWriterAndLeavesTheSocketsReader(ThreadKind kind) throws Exception {
        SocketPair pair = opened.pair(SOCK_STREAM);
        OutputStream file = opened.add(pair.first().makeFileOutput());
        InThread<byte[]> reader =
                InThread.start(kind, () -> pair.first().recv(3)).awaitParked();
        InThread<String> writer = InThread.start(kind, () -> {
                    file.write(new byte[8 * 1024 * 1024]);
                    return "written";
                })
                .awaitParked();
        file.close();
        assertThat(writer.failure()).isInstanceOf(SocketClosedException.class);
        assertThat(reader.isDone()).isFalse();
        pair.second().sendAll("abc".getBytes(US_ASCII));
        assertThat(reader.result()).asString(US_ASCII).isEqualTo("abc");
    }

    @Test
    void theLastToCloseClosesTheDescriptor() throws Exception {
        SocketPair pair = opened.tcp();
        InputStream input = pair.first().makeFileInput();
        OutputStream output = pair.first().makeFileOutput();
        pair.first().close();
        output.close();
        assertThat(pair.first().fileno()).isNotNegative();
        InThread<Integer> reader =
                InThread.start(ThreadKind.VIRTUAL, input::read).awaitParked();
        input.close();
        assertThat(reader.failure()).isInstanceOf(SocketClosedException.class);
        assertThat(pair.first().fileno()).isEqualTo(-1);
        assertThat(pair.second().recv(1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void detachWakesAllAndLeavesTheDescriptorOpen(ThreadKind kind) throws Exception {
        SocketPair pair = opened.tcp();
        InputStream file = opened.add(pair.first().makeFileInput());
        List<InThread<?>> waiting = new ArrayList<>();
        waiting.add(InThread.start(kind, () -> pair.first().recv(1)).awaitParked());
        waiting.add(InThread.start(kind, () -> pair.first().recv(1)).awaitQueued());
        waiting.add(InThread.start(kind, file::read).awaitQueued());
        waiting.add(InThread.start(kind, () -> {
                    pair.first().sendAll(new byte[8 * 1024 * 1024]);
                    return "sent";
                })
                .awaitParked());
        int fd = pair.first().detach();
        Socket adopted = opened.add(Sockets.adopt(fd));
        for (InThread<?> waiter : waiting) {
            assertThat(waiter.failure()).isInstanceOf(SocketClosedException.class);
        }
        pair.second().sendAll(new byte[] {7});
        assertThat(adopted.recv(1)).containsExactly(7);
        assertThatThrownBy(file::read).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void detachIsNotBeatenByAFileThatIsClosedMeanwhile() throws Exception {
        for (int i = 0; i < 3000; i++) {
            Socket socket = opened.pair(SOCK_STREAM).first();
            InputStream file = socket.makeFileInput();
            CountDownLatch start = new CountDownLatch(1);
            InThread<Integer> detaching = InThread.start(ThreadKind.of(i), () -> {
                start.await();
                return socket.detach();
            });
            start.countDown();
            for (int spin = 0; spin < i % 300 * 10; spin++) {
                Thread.onSpinWait();
            }
            file.close();
            int fd = detaching.result();
            assertThat(fd).isNotNegative();
            Sockets.adopt(fd).close();
            opened.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDuplicateOutlivesTheCloseOfItsOriginal(ThreadKind kind) throws Exception {
        SocketPair pair = opened.tcp();
        Socket duplicate = opened.add(pair.first().dup());
        InThread<byte[]> reader = InThread.start(kind, () -> duplicate.recv(1)).awaitParked();
        InThread<byte[]> original =
                InThread.start(kind, () -> pair.first().recv(1)).awaitParked();
        pair.first().close();
        assertThat(original.failure()).isInstanceOf(SocketClosedException.class);
        assertThat(reader.isDone()).isFalse();
        pair.second().sendAll(new byte[] {9});
        assertThat(reader.result()).containsExactly(9);
    }
}
