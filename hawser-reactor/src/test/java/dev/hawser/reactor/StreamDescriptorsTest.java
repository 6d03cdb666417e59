package dev.hawser.reactor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hawser.posix.Errno;
import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.StreamFixture.Pair;
import dev.hawser.reactor.protocols.TrafficLoggingFactory;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.PassedDescriptors;
import dev.hawser.socket.ReceivedMessage;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.CapturedLog;
import dev.hawser.testkit.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Descriptors that pass through a connection of a Unix socket. That none is left open, the check for leaks tells. */
@ParameterizedClass
@MethodSource("kinds")
@Timeout(60)
class StreamDescriptorsTest {

    private final BackendKind kind;
    private final List<Socket> opened = new ArrayList<>();
    private Faults faults;
    private StreamFixture fixture;

    StreamDescriptorsTest(BackendKind kind) {
        this.kind = kind;
    }

    static BackendKind[] kinds() {
        return BackendKind.values();
    }

    @BeforeEach
    void open() throws Exception {
        faults = Faults.install();
        fixture = new StreamFixture(new StreamSetting(kind, StreamSetting.Family.UNIX));
    }

    @AfterEach
    void close() throws Exception {
        faults.clear();
        fixture.close();
        for (Socket each : opened) {
            each.close();
        }
        faults.close();
    }

    /** Notes what comes, in order: a descriptor as its first byte, which is read from it. */
    static class Receiver extends Protocol implements FileDescriptorReceiver {

        final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        boolean takes = true;

        @Override
        public boolean takesFileDescriptors() {
            return takes;
        }

        @Override
        public void fileDescriptorsReceived(PassedDescriptors descriptors) {
            StringBuilder all = new StringBuilder("fds");
            for (int i = 0; i < descriptors.count(); i++) {
                try (Socket socket = descriptors.takeSocket(i)) {
                    all.append(' ').append(new String(socket.recv(100), US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            events.add(all.toString());
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            events.add(US_ASCII.decode(data).toString());
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            events.add("lost " + reason.getMessage());
        }

        String next() throws InterruptedException {
            return String.valueOf(events.poll(20, TimeUnit.SECONDS));
        }
    }

    /** Of a pair: what is passed, from which the text can be read. */
    private Socket saying(String text) throws IOException {
        SocketPair pair = Sockets.socketPair();
        opened.add(pair.first());
        opened.add(pair.second());
        pair.first().sendAll(text.getBytes(US_ASCII));
        return pair.second();
    }

    /** A client of a server of this protocol. */
    private Socket connectTo(Protocol protocol) throws Exception {
        Socket client = fixture.connect(fixture.listenWith(address -> protocol));
        fixture.running().run(() -> {});
        return client;
    }

    private static void pass(Transport transport, HasFileno file) {
        try {
            transport.sendFileDescriptor(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeNow(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    /** What one receive returns, with what the descriptors say: "text fd fd". */
    private static String receive(Socket client) throws IOException {
        try (ReceivedMessage message = client.recvFds(100, 253, 0)) {
            StringBuilder all = new StringBuilder(new String(message.data(), US_ASCII));
            for (int i = 0; i < message.descriptors().count(); i++) {
                try (Socket passed = message.descriptors().takeSocket(i)) {
                    all.append(' ').append(new String(passed.recv(100), US_ASCII));
                }
            }
            return all.toString();
        }
    }

    @Test
    void descriptorsAreToldBeforeTheBytesTheyCameWith() throws Exception {
        Receiver receiver = new Receiver();
        Socket client = connectTo(receiver);

        client.sendFds(bytes("one"), saying("1").fileno(), saying("2").fileno());
        assertThat(receiver.next()).isEqualTo("fds 1 2");
        assertThat(receiver.next()).isEqualTo("one");
        client.sendAll(bytes("plain"));
        assertThat(receiver.next()).isEqualTo("plain");
        client.sendFds(bytes("two"), saying("3").fileno());
        client.sendFds(bytes("three"), saying("4").fileno());
        assertThat(List.of(receiver.next(), receiver.next(), receiver.next(), receiver.next()))
                .containsExactly("fds 3", "two", "fds 4", "three");
    }

    @Test
    void aDescriptorGoesWithTheFirstByteWrittenAfterIt() throws Exception {
        Socket first = saying("1");
        Socket second = saying("2");
        Pair pair = fixture.pair(new RecordingProtocol().onMade(transport -> {
            transport.write(bytes("ab"));
            pass(transport, first);
            pass(transport, second);
            transport.write(new byte[0]);
            transport.write(bytes("cd"));
            transport.write(bytes("ef"));
            closeNow(first);
        }));

        try (ReceivedMessage before = pair.client().recvFds(1, 2, 0)) {
            assertThat(before.data()).isEqualTo(bytes("a"));
            assertThat(before.descriptors().count()).isZero();
        }
        assertThat(pair.client().recv(1)).isEqualTo(bytes("b"));
        assertThat(receive(pair.client())).isEqualTo("cdef 1 2");
    }

    @Test
    void theKernelsMostPassAtOnceAndOneMoreIsRefused() throws Exception {
        Socket file = saying("x");
        Pair pair = fixture.pair(new RecordingProtocol().onMade(transport -> {
            for (int i = 0; i < 253; i++) {
                pass(transport, file);
            }
            assertThatThrownBy(() -> pass(transport, file))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("253 descriptors wait for a byte");
            transport.write(bytes("a"));
            pass(transport, file);
            transport.write(bytes("b"));
        }));

        try (ReceivedMessage all = pair.client().recvFds(1, 253, 0);
                ReceivedMessage one = pair.client().recvFds(1, 253, 0)) {
            assertThat(all.descriptors().count()).isEqualTo(253);
            assertThat(one.descriptors().count()).isEqualTo(1);
        }
    }

    @Test
    void asManyAreReceivedAtOnce() throws Exception {
        List<Integer> counts = new ArrayList<>();
        Receiver receiver = new Receiver() {
            @Override
            public void fileDescriptorsReceived(PassedDescriptors descriptors) {
                counts.add(descriptors.count()); // and takes none
            }
        };
        Socket client = connectTo(receiver);
        int[] all = new int[253];
        Arrays.fill(all, saying("x").fileno());
        client.sendFds(bytes("all"), all);

        assertThat(receiver.next()).isEqualTo("all");
        assertThat(counts).containsExactly(253);
    }

    @Test
    void descriptorsStayWithTheirBytesWhereTheKernelTakesBytesInPieces() throws Exception {
        int piece = 300_000;
        int count = 8;
        List<Socket> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            files.add(saying(Integer.toString(i)));
        }
        Pair pair = fixture.pair(new RecordingProtocol().onMade(transport -> {
            for (Socket each : files) {
                transport.write(new byte[piece]);
                pass(transport, each);
            }
            transport.write(bytes("z"));
            transport.loseConnection();
        }));
        faults.randomly(3, 0.3, "send", "sendMsg").fail(Errno.EINTR, Errno.EAGAIN, Errno.ENOBUFS);

        List<String> where = new ArrayList<>();
        long offset = 0;
        for (ReceivedMessage message = pair.client().recvFds(50_000, 9, 0);
                message.data().length > 0;
                message = pair.client().recvFds(50_000, 9, 0)) {
            long end = offset + message.data().length;
            for (int i = 0; i < message.descriptors().count(); i++) {
                try (Socket passed = message.descriptors().takeSocket(i)) {
                    int number = Integer.parseInt(new String(passed.recv(9), US_ASCII));
                    assertThat(piece * (number + 1L)).isBetween(offset, end - 1);
                    where.add(Integer.toString(number));
                }
            }
            offset = end;
        }
        assertThat(offset).isEqualTo((long) piece * count + 1);
        assertThat(where).containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
    }

    @Test
    void onlyWhatHasADescriptorIsSentByTheCallForMessages() throws Exception {
        Socket file = saying("x");
        Pair pair = fixture.pair(new RecordingProtocol().onMade(transport -> {
            transport.write(new byte[40_000]);
            pass(transport, file);
            transport.write(new byte[40_000]);
            transport.loseConnection();
        }));

        assertThat(StreamFixture.readAll(pair.client())).hasSize(80_000);
        assertThat(faults.seen("sendMsg")).isOne();
    }

    @Test
    void whoWantsNoDescriptorsMakesNoCallForThem() throws Exception {
        RecordingProtocol echoing = new RecordingProtocol().echoing();
        Receiver declining = new Receiver();
        declining.takes = false;
        Socket file = saying("x");

        Pair pair = fixture.pair(echoing);
        Socket other = connectTo(declining);
        long before = faults.seen("recvMsg");
        pair.client().sendFds(bytes("hello"), file.fileno());
        other.sendFds(bytes("hello"), file.fileno());

        assertThat(StreamFixture.read(pair.client(), 5)).isEqualTo(bytes("hello"));
        assertThat(declining.next()).isEqualTo("hello");
        assertThat(faults.seen("recvMsg")).isEqualTo(before);
    }

    @Test
    void whatNobodyTakesIsClosed() throws Exception {
        SocketPair passed = Sockets.socketPair();
        opened.add(passed.first());
        Receiver receiver = new Receiver() {
            @Override
            public void fileDescriptorsReceived(PassedDescriptors descriptors) {}
        };
        Socket client = connectTo(receiver);
        client.sendFds(bytes("a"), passed.second().fileno());
        assertThat(receiver.next()).isEqualTo("a");
        passed.second().close();

        assertThat(passed.first().recv(1))
                .as("the end, as the other side is open nowhere")
                .isEmpty();
    }

    @Test
    void whatCannotBeSentAnyMoreIsClosed() throws Exception {
        SocketPair passed = Sockets.socketPair();
        opened.add(passed.first());
        Pair pair = fixture.pair(new RecordingProtocol().onMade(transport -> {
            pass(transport, passed.second());
            transport.write(new byte[10_000_000]);
            pass(transport, passed.second());
            transport.write(bytes("a"));
            pass(transport, passed.second());
        }));
        fixture.running().run(() -> {
            pair.server().transport().abortConnection();
            pass(pair.server().transport(), passed.second());
        });
        assertThat(pair.server().awaitLost().reason()).isEqualTo(Reason.ABORTED);
        pair.client().close();
        passed.second().close();

        assertThat(passed.first().recv(1)).isEmpty();
    }

    @Test
    void aReceiverThatThrowsLosesItsConnection() throws Exception {
        Receiver receiver = new Receiver() {
            @Override
            public void fileDescriptorsReceived(PassedDescriptors descriptors) {
                throw new IllegalStateException("unwanted");
            }
        };
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor")) {
            Socket client = connectTo(receiver);
            client.sendFds(bytes("a"), saying("1").fileno());

            assertThat(receiver.next())
                    .contains("fileDescriptorsReceived has thrown")
                    .contains("unwanted");
            assertThat(log.messages()).anyMatch(message -> message.contains("fileDescriptorsReceived"));
        }
    }

    @Test
    void whatIsPausedOrClosedByADescriptorStillGetsNoBytesItShouldNot() throws Exception {
        Receiver closing = new Receiver() {
            @Override
            public void fileDescriptorsReceived(PassedDescriptors descriptors) {
                transport().loseConnection();
            }
        };
        connectTo(closing).sendFds(bytes("a"), saying("1").fileno());
        assertThat(closing.next()).startsWith("lost closed by this side");

        Receiver pausing = new Receiver() {
            @Override
            public void fileDescriptorsReceived(PassedDescriptors descriptors) {
                transport().pauseProducing();
            }
        };
        connectTo(pausing).sendFds(bytes("with it"), saying("1").fileno());
        assertThat(pausing.next()).as("they have been received").isEqualTo("with it");
    }

    @Test
    void descriptorsPassThroughWrappers() throws Exception {
        Receiver receiver = new Receiver();
        Socket file = saying("2");
        TrafficLoggingFactory wrapping = new TrafficLoggingFactory(address -> receiver, line -> {}, 10);
        Socket client = fixture.connect(fixture.listenWith(wrapping));
        client.sendFds(bytes("a"), saying("1").fileno());
        assertThat(receiver.next()).isEqualTo("fds 1");
        assertThat(receiver.next()).isEqualTo("a");
        fixture.running().run(() -> {
            pass(receiver.transport(), file);
            receiver.transport().write(bytes("b"));
        });

        assertThat(receive(client)).isEqualTo("b 2");
    }

    @Test
    void behindAFileADescriptorWaitsForAByteThatIsWritten(@TempDir Path directory) throws Exception {
        Socket one = saying("1");
        Socket two = saying("2");
        try (FileChannel file = FileChannel.open(Files.write(directory.resolve("file"), bytes("file")))) {
            Pair pair = fixture.pair(new RecordingProtocol().onMade(transport -> {
                pass(transport, one);
                transport.sendFile(file, 0, 4);
                pass(transport, two);
                transport.write(bytes("text"));
            }));

            assertThat(StreamFixture.read(pair.client(), 4)).isEqualTo(bytes("file"));
            assertThat(receive(pair.client())).isEqualTo("text 1 2");
        }
    }

    @Test
    @SuppressWarnings("ReferenceEquality") // it is this very reactor
    void whatWaitsMovesWithItsConnection() throws Exception {
        try (RunningReactor other = RunningReactor.open(kind)) {
            Socket one = saying("1");
            Receiver receiver = new Receiver() {
                @Override
                public void dataReceived(ByteBuffer data) {
                    if (transport().reactor() == other.reactor()) {
                        transport().write(bytes("b"));
                    } else {
                        pass(transport(), one);
                        transport().moveTo(other.reactor());
                    }
                    super.dataReceived(data);
                }
            };
            Socket client = connectTo(receiver);
            client.sendAll(bytes("a"));
            assertThat(receiver.next()).isEqualTo("a");
            client.sendAll(bytes("A"));
            assertThat(receiver.next()).isEqualTo("A");

            assertThat(receive(client)).isEqualTo("b 1");
            client.sendFds(bytes("c"), saying("2").fileno());
            assertThat(receiver.next()).isEqualTo("fds 2");
        }
    }

    @Test
    void elsewhereThanOnUnixSocketsTheyAreRefused() throws Exception {
        Socket file = saying("x");
        List<@Nullable Throwable> thrown = new ArrayList<>();
        try (StreamFixture tcp = new StreamFixture(new StreamSetting(kind, StreamSetting.Family.TCP4))) {
            Pair pair = tcp.pair(new RecordingProtocol());
            tcp.running()
                    .run(() -> thrown.add(
                            catchThrowable(() -> pair.server().transport().sendFileDescriptor(file))));
        }
        assertThat(thrown.getFirst())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Unix sockets alone");
    }

    @Test
    void aDescriptorThatIsNotOpenIsRefusedAtOnce() throws Exception {
        Pair pair = fixture.pair(new RecordingProtocol());
        fixture.running()
                .run(() -> assertThatThrownBy(() -> pair.server().transport().sendFileDescriptor(() -> 999_999))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("EBADF"));
    }

    @Test
    void aPeerThatStopsReadingIsStillHeard() throws Exception {
        Receiver receiver = new Receiver();
        Socket client = connectTo(receiver);
        fixture.running().run(receiver.transport()::pauseProducing);
        client.sendFds(bytes("last"), saying("1").fileno());
        client.close();
        fixture.running().run(() -> {
            receiver.transport().resumeProducing();
            receiver.transport().write(bytes("x")); // EPIPE
        });

        assertThat(receiver.next()).isEqualTo("fds 1");
        assertThat(receiver.next()).isEqualTo("last");
        assertThat(receiver.next()).startsWith("lost");
    }
}
