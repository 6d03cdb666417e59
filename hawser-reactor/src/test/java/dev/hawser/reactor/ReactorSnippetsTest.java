package dev.hawser.reactor;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.MSG_WAITALL;
import static dev.hawser.socket.Constants.SHUT_WR;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.PassedDescriptors;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of the Javadoc, compiled and run. */
@Timeout(60)
class ReactorSnippetsTest {

    private static final Sockaddr ANY_PORT = SockaddrIn.of("127.0.0.1", 0);

    @AutoClose
    private final RunningReactor running = RunningReactor.open();

    ReactorSnippetsTest() throws IOException {}

    private Socket connect(ListeningPort port) throws IOException {
        SockaddrIn address = (SockaddrIn) port.getHost();
        Socket client = Sockets.createConnection("127.0.0.1", address.port());
        client.setTimeout(Duration.ofSeconds(10));
        return client;
    }

    private ListeningPort listen(Factory factory) throws Exception {
        return running.call(() -> running.reactor().listenTcp(ANY_PORT, factory, ListenOptions.DEFAULT));
    }

    private static String allOf(Socket client) throws IOException {
        return new String(client.recv(10_000, MSG_WAITALL), UTF_8);
    }

    // @start region="protocol"
    /** Sends back what it receives. */
    static class Echo extends Protocol {

        @Override
        public void dataReceived(ByteBuffer data) {
            transport().write(data); // does not wait; what the peer does not read yet is kept
        }
    }
    // @end

    // @start region="reactor"
    static void serve(Sockaddr address, Consumer<Sockaddr> listening) throws IOException {
        try (Reactor reactor = Reactor.open()) {
            ListeningPort port = reactor.listenTcp(address, Factory.of(Echo::new), ListenOptions.DEFAULT);
            reactor.callWhenRunning(() -> listening.accept(port.getHost()));
            reactor.callLater(Duration.ofSeconds(1), reactor::stop); // or from any thread, and from a signal's
            reactor.run();
        }
    }
    // @end

    @Test
    void theProtocolThatReadmeShowsIsTheOneAbove() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        String section = readme.substring(readme.indexOf("## A protocol\n"));
        List<String> shown = section.substring(section.indexOf("```java\n") + 8, section.indexOf("```\n\nOne thread"))
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        Path source = Path.of("src/test/java/dev/hawser/reactor/ReactorSnippetsTest.java");
        assertThat(shown).hasSizeGreaterThan(12);
        assertThat(Files.readAllLines(source).stream().map(String::strip)).containsSubsequence(shown);
    }

    @Test
    void anEchoIsServedUntilTheReactorIsStopped() throws IOException {
        CompletableFuture<String> answer = new CompletableFuture<>();
        serve(ANY_PORT, address -> Thread.startVirtualThread(() -> ask((SockaddrIn) address, answer)));
        assertThat(answer).isCompletedWithValue("hello");
    }

    private static void ask(SockaddrIn address, CompletableFuture<String> answer) {
        try (Socket client = Sockets.createConnection("127.0.0.1", address.port())) {
            client.sendAll("hello".getBytes(UTF_8));
            answer.complete(new String(client.recv(5, MSG_WAITALL), UTF_8));
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
    }

    // @start region="factory"
    /** Tells each which number it is, and takes no more than two. */
    static class Counting implements Factory {

        private int clients; // shared by all protocols: they are all called in the reactor's thread

        @Override
        public @Nullable Protocol buildProtocol(@Nullable Sockaddr address) {
            return clients < 2 ? new Greeting(++clients) : null;
        }
    }

    static class Greeting extends Echo {

        private final int number;

        Greeting(int number) {
            this.number = number;
        }

        @Override
        public void connectionMade() {
            transport().write(("You are number " + number + ".").getBytes(UTF_8));
        }
    }
    // @end

    @Test
    void eachClientIsToldItsNumber() throws Exception {
        ListeningPort port = listen(new Counting());
        try (Socket first = connect(port);
                Socket second = connect(port);
                Socket third = connect(port)) {
            first.shutdown(SHUT_WR);
            second.shutdown(SHUT_WR);
            assertThat(allOf(first)).isEqualTo("You are number 1.");
            assertThat(allOf(second)).isEqualTo("You are number 2.");
            assertThat(allOf(third)).isEmpty();
        }
    }

    // @start region="client"
    /** Asks one question; what has come when the server closes the connection is the answer. */
    static class Question extends Protocol {

        private final byte[] question;
        private final Deferred<byte[]> answer;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();

        Question(byte[] question, Deferred<byte[]> answer) {
            this.question = question;
            this.answer = answer;
        }

        @Override
        public void connectionMade() {
            transport().write(question);
            transport().loseWriteConnection(); // there is no more to ask
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            byte[] copy = new byte[data.remaining()];
            data.get(copy); // the buffer is the loop's
            received.writeBytes(copy);
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            if (reason.reason() == ConnectionLost.Reason.DONE) {
                answer.callback(received.toByteArray());
            } else {
                answer.errback(reason);
            }
        }
    }

    static Deferred<byte[]> ask(Reactor reactor, String host, int port, byte[] question) {
        Deferred<byte[]> answer = new Deferred<>();
        ClientFactory factory = new ClientFactory() {
            @Override
            public Protocol buildProtocol(@Nullable Sockaddr address) {
                return new Question(question, answer);
            }

            @Override
            public void clientConnectionFailed(Connector connector, IOException reason) {
                answer.errback(reason); // or connector.connect(), to try again
            }
        };
        reactor.connectTcp(host, port, factory, ConnectOptions.DEFAULT.withTimeout(Duration.ofSeconds(5)));
        return answer;
    }
    // @end

    @Test
    void aQuestionIsAnswered() throws Exception {
        int port = ((SockaddrIn) listen(Factory.of(Echo::new)).getHost()).port();
        CompletableFuture<byte[]> answer =
                running.call(() -> ask(running.reactor(), "127.0.0.1", port, "why?".getBytes(UTF_8))
                        .toCompletableFuture());
        assertThat(RunningReactor.await(answer, "the answer")).asString(UTF_8).isEqualTo("why?");
        CompletableFuture<byte[]> refused = running.call(
                () -> ask(running.reactor(), "127.0.0.1", 1, new byte[1]).toCompletableFuture());
        assertThat(refused).failsWithin(Duration.ofSeconds(10));
    }

    // @start region="transport"
    /** Sends a file to whoever connects, a line of its own before it. */
    static class Download extends Protocol {

        private final FileChannel file;

        Download(FileChannel file) {
            this.file = file;
        }

        @Override
        public void connectionMade() {
            transport().write("Here it is:\n".getBytes(UTF_8));
            transport()
                    .sendFile(file, 0, 1024 * 1024) // at most a mebibyte
                    .addBoth(sent -> transport().loseConnection());
        }

        @Override
        public void dataReceived(ByteBuffer data) {} // nobody is asked
    }
    // @end

    @Test
    void aFileIsSentBehindWhatWasWritten(@TempDir Path directory) throws Exception {
        Path path = Files.writeString(directory.resolve("file"), "content");
        try (FileChannel file = FileChannel.open(path);
                Socket client = connect(listen(Factory.of(() -> new Download(file))))) {
            assertThat(allOf(client)).isEqualTo("Here it is:\ncontent");
        }
    }

    // @start region="producer"
    /** Counts for a peer, as fast as that reads: it is asked for the next number when there is room. */
    static class Numbers extends Protocol implements PullProducer {

        private int next;

        @Override
        public void connectionMade() {
            transport().registerProducer(this);
        }

        @Override
        public void resumeProducing() {
            transport().write((next++ + "\n").getBytes(UTF_8));
            if (next > 1000) {
                transport().unregisterProducer();
                transport().loseConnection();
            }
        }

        @Override
        public void stopProducing() {} // the peer has left

        @Override
        public void dataReceived(ByteBuffer data) {}
    }
    // @end

    @Test
    void aProducerCounts() throws Exception {
        try (Socket client = connect(listen(Factory.of(Numbers::new)))) {
            assertThat(allOf(client).lines()).hasSize(1001).contains("0", "1000");
        }
    }

    // @start region="port"
    /** Accepts nobody while as many are here as are wanted: the others wait in the kernel's queue. */
    static class Guarded extends Echo {

        private final Door door;

        Guarded(Door door) {
            this.door = door;
        }

        @Override
        public void connectionMade() {
            door.comes();
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            door.goes();
        }
    }

    static class Door {

        private final int most;
        private int here;
        private @Nullable ListeningPort port;

        Door(int most) {
            this.most = most;
        }

        ListeningPort open(Reactor reactor, Sockaddr address) throws IOException {
            ListeningPort opened =
                    reactor.listenTcp(address, Factory.of(() -> new Guarded(this)), ListenOptions.DEFAULT);
            port = opened;
            return opened;
        }

        private void comes() {
            if (++here == most && port != null) {
                port.pauseAccepting();
            }
        }

        private void goes() {
            if (here-- == most && port != null) {
                port.resumeAccepting();
            }
        }
    }
    // @end

    @Test
    void whoComesWhileAllAreHereIsAcceptedWhenOneHasGone() throws Exception {
        ListeningPort port = running.call(() -> new Door(1).open(running.reactor(), ANY_PORT));
        try (Socket second = new Socket(AF_INET, SOCK_STREAM)) {
            second.setTimeout(Duration.ofSeconds(10));
            try (Socket first = connect(port)) {
                first.sendAll("one".getBytes(UTF_8));
                assertThat(first.recv(3, MSG_WAITALL)).asString(UTF_8).isEqualTo("one");
                second.connect(port.getHost());
                second.sendAll("two".getBytes(UTF_8));
                running.awaitTurns(3);
                assertThat(running.reactor().metrics().connectionsAccepted()).isEqualTo(1);
            }
            assertThat(second.recv(3, MSG_WAITALL)).asString(UTF_8).isEqualTo("two");
        }
    }

    // @start region="threads"
    /** Answers with what takes long to work out: a virtual thread does, and the reactor goes on meanwhile. */
    static class Slow extends Protocol {

        @Override
        public void dataReceived(ByteBuffer data) {
            byte[] question = new byte[data.remaining()];
            data.get(question);
            Reactor reactor = transport().reactor();
            reactor.callInThread(() -> {
                byte[] answer = workOut(question);
                reactor.callFromThread(() -> transport().write(answer)); // a transport is for the reactor's thread
            });
        }
    }
    // @end

    private static byte[] workOut(byte[] question) {
        return new String(question, UTF_8).toUpperCase(java.util.Locale.ROOT).getBytes(UTF_8);
    }

    @Test
    void whatIsWorkedOutInAThreadIsWrittenInTheReactors() throws Exception {
        try (Socket client = connect(listen(Factory.of(Slow::new)))) {
            client.sendAll("why".getBytes(UTF_8));
            assertThat(client.recv(3, MSG_WAITALL)).asString(UTF_8).isEqualTo("WHY");
        }
    }

    // @start region="datagram"
    /** Sends each datagram back to whoever sent it. */
    static class DatagramEcho extends DatagramProtocol {

        @Override
        public void datagramReceived(ByteBuffer data, @Nullable Sockaddr sender) {
            if (sender != null) {
                try {
                    transport().write(data, sender);
                } catch (IOException e) {
                    System.getLogger("echo").log(System.Logger.Level.INFO, "not sent", e);
                }
            }
        }
    }

    static DatagramTransport echo(Reactor reactor, Sockaddr address) throws IOException {
        return reactor.listenUdp(address, new DatagramEcho(), DatagramOptions.DEFAULT);
    }
    // @end

    @Test
    void aDatagramComesBack() throws Exception {
        DatagramTransport socket = running.call(() -> echo(running.reactor(), ANY_PORT));
        try (Socket client = new Socket(AF_INET, SOCK_DGRAM)) {
            client.setTimeout(Duration.ofSeconds(10));
            client.sendTo("hello".getBytes(UTF_8), socket.getHost());
            assertThat(client.recv(100)).asString(UTF_8).isEqualTo("hello");
        }
    }

    // @start region="process"
    /** Has a program sort lines. */
    static class Sorting extends ProcessProtocol {

        private final byte[] lines;
        private final Deferred<String> sorted;
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();

        Sorting(byte[] lines, Deferred<String> sorted) {
            this.lines = lines;
            this.sorted = sorted;
        }

        @Override
        public void connectionMade() {
            transport().write(lines);
            transport().closeStdin(); // when all of them have gone
        }

        @Override
        public void outReceived(ByteBuffer data) {
            byte[] copy = new byte[data.remaining()];
            data.get(copy);
            output.writeBytes(copy);
        }

        @Override
        public void processEnded(ExitStatus status) {
            if (status.isSuccess()) {
                sorted.callback(output.toString(UTF_8));
            } else {
                sorted.errback(new IOException("sort has ended with " + status.code()));
            }
        }
    }

    static Deferred<String> sort(Reactor reactor, byte[] lines) throws IOException {
        Deferred<String> sorted = new Deferred<>();
        reactor.spawnProcess(new Sorting(lines, sorted), ProcessOptions.of("sort", "-n"));
        return sorted;
    }
    // @end

    @Test
    void aProgramSortsLines() throws Exception {
        CompletableFuture<String> sorted = running.call(
                () -> sort(running.reactor(), "10\n9\n".getBytes(UTF_8)).toCompletableFuture());
        assertThat(RunningReactor.await(sorted, "the lines")).isEqualTo("9\n10\n");
    }

    // @start region="descriptors"
    /** Is given open files, each with a letter, and sends back what is in them. */
    static class Reading extends Protocol implements FileDescriptorReceiver {

        private final Deque<Integer> files = new ArrayDeque<>();

        @Override
        public void fileDescriptorsReceived(PassedDescriptors descriptors) {
            for (int each : descriptors.takeAll()) {
                files.add(each); // ours from here on
            }
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            while (data.hasRemaining() && data.get() == 'r' && !files.isEmpty()) {
                int file = files.remove();
                transport().write(contentOf(file));
            }
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            files.forEach(ReactorSnippetsTest::close);
        }
    }

    /** Passes a file. */
    static void pass(Transport transport, HasFileno file) throws IOException {
        transport.sendFileDescriptor(file); // goes with the letter
        transport.write("r".getBytes(UTF_8));
    }
    // @end

    private static byte[] contentOf(int file) {
        try (FileInputStream in = new FileInputStream("/proc/self/fd/" + file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            close(file);
        }
    }

    private static void close(int file) {
        try {
            Sockets.close(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileIsReadByItsDescriptor(@TempDir Path directory) throws Exception {
        SockaddrUn address = SockaddrUn.ofAbstract(
                "hawser-snippet-" + ProcessHandle.current().pid());
        CompletableFuture<String> answer = new CompletableFuture<>();
        Path path = Files.writeString(directory.resolve("file"), "what is in it");
        try (OpenFile file = OpenFile.create(path)) {
            running.run(() -> {
                running.reactor().listenUnix(address, Factory.of(Reading::new), ListenOptions.DEFAULT);
                running.reactor().connectUnix(address, server -> new Asking(file, answer), ConnectOptions.DEFAULT);
            });
            assertThat(RunningReactor.await(answer, "the content")).isEqualTo("what is in it");
        }
    }

    private static final class Asking extends Protocol {

        private final HasFileno file;
        private final CompletableFuture<String> answer;

        Asking(HasFileno file, CompletableFuture<String> answer) {
            this.file = file;
            this.answer = answer;
        }

        @Override
        public void connectionMade() {
            try {
                pass(transport(), file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            answer.complete(UTF_8.decode(data).toString());
        }
    }
}
