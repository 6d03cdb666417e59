package dev.hawser.reactor;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.socket.Errno;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.SocketOptions;
import dev.hawser.testkit.CapturedLog;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Child processes as connections. */
@Timeout(60)
class ProcessConnectionTest {

    private RunningReactor running;

    @BeforeEach
    void open() throws IOException {
        running = RunningReactor.open();
    }

    @AfterEach
    void close() {
        running.close();
    }

    /** Text that the reactor's thread writes, and the test's reads. */
    private static final class Text {

        private String all = "";

        synchronized void append(CharSequence more) {
            all += more;
        }

        @Override
        public synchronized String toString() {
            return all;
        }
    }

    /** Keeps what comes, and tells what happens. */
    private static class Recorded extends Protocol {

        final Text events = new Text();
        final Text text = new Text();
        final CompletableFuture<ConnectionLost> end = new CompletableFuture<>();

        @Override
        public void connectionMade() {
            events.append("made ");
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            text.append(UTF_8.decode(data));
        }

        @Override
        public void writeConnectionLost() {
            events.append("write ");
        }

        @Override
        public void readConnectionLost() {
            events.append("read ");
            super.readConnectionLost();
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            events.append("lost");
            end.complete(reason);
        }

        ConnectionLost awaitEnd() throws Exception {
            return end.get(30, TimeUnit.SECONDS);
        }

        String awaitText(String expected) {
            eventually().until(() -> text.toString().contains(expected));
            return text.toString();
        }
    }

    private Transport start(Protocol protocol, String... command) throws Exception {
        return start(protocol, StandardErrorBehavior.LOG, command);
    }

    private Transport start(Protocol protocol, StandardErrorBehavior errors, String... command) throws Exception {
        return running.call(() -> {
            ProcessConnection connection = new ProcessConnection(running.reactor(), protocol, errors);
            running.reactor().spawnProcess(connection, ProcessOptions.of(command));
            return connection;
        });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    // @start region="process"
    /** A protocol of lines, spoken to a program. */
    static Transport sort(Reactor reactor, Protocol lines) throws IOException {
        ProcessConnection connection = new ProcessConnection(reactor, lines, StandardErrorBehavior.LOG);
        reactor.spawnProcess(connection, ProcessOptions.of("sort", "-n"));
        connection.write("10\n9\n".getBytes(UTF_8));
        connection.loseWriteConnection();
        return connection;
    }
    // @end

    @Test
    void aProgramAnswersWhenItsInputHasEnded() throws Exception {
        Recorded lines = new Recorded();
        Transport connection = running.call(() -> sort(running.reactor(), lines));

        ConnectionLost end = lines.awaitEnd();
        assertThat(lines.text).hasToString("9\n10\n");
        assertThat(end.reason()).isEqualTo(Reason.DONE);
        assertThat(lines.events).hasToString("made write read lost");
        assertThat(running.call(connection::isConnected)).isFalse();
    }

    @Test
    void allWaysOfWritingAreInOrder(@TempDir Path directory) throws Exception {
        Recorded protocol = new Recorded();
        Transport cat = start(protocol, "cat");
        Path file = Files.writeString(directory.resolve("file"), "-5-");
        CompletableFuture<Long> sent = new CompletableFuture<>();
        try (FileChannel channel = FileChannel.open(file)) {
            running.run(() -> {
                cat.write(utf8("1"));
                cat.write(utf8("x2x"), 1, 1);
                cat.write(ByteBuffer.wrap(utf8("3")));
                cat.write(MemorySegment.ofArray(utf8("4")));
                cat.sendFile(channel, 0, 3).finish(sent::complete, sent::completeExceptionally);
            });
            assertThat(sent.get(30, TimeUnit.SECONDS)).isEqualTo(3);
        }
        running.run(() -> cat.write(utf8("6")));
        assertThat(protocol.awaitText("6")).isEqualTo("1234-5-6");
        running.run(cat::loseConnection);
        assertThat(protocol.awaitEnd().reason()).isEqualTo(Reason.DONE);
    }

    @Test
    void whatWasWrittenReachesAProcessThatIsHungUpOn(@TempDir Path directory) throws Exception {
        Path copy = directory.resolve("copy");
        Recorded protocol = new Recorded();
        Transport tee = start(protocol, "tee", copy.toString());
        running.run(() -> {
            tee.write(new byte[1_000_000]);
            tee.loseConnection();
        });

        assertThat(protocol.awaitEnd().reason()).isEqualTo(Reason.DONE);
        assertThat(Files.size(copy)).isEqualTo(1_000_000);
    }

    @Test
    void aProcessThatWritesWithoutEndIsHungUpOn() throws Exception {
        Recorded protocol = new Recorded();
        Transport yes = start(protocol, "yes");
        protocol.awaitText("y");
        running.run(yes::loseConnection);

        assertThat(protocol.awaitEnd().reason()).isEqualTo(Reason.DONE);
    }

    @Test
    void aBadExitIsALossAndItsLastWordsAreLogged() throws Exception {
        Recorded protocol = new Recorded();
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor")) {
            start(protocol, "sh", "-c", "echo result; echo first >&2; printf 'no more' >&2; exit 3");

            assertThat(protocol.awaitEnd())
                    .hasMessageContaining("has exited with 3")
                    .satisfies(end -> assertThat(end.reason()).isEqualTo(Reason.LOST));
            assertThat(log.messages())
                    .anySatisfy(line -> assertThat(line).endsWith("says: first"))
                    .anySatisfy(line -> assertThat(line).endsWith("says: no more"));
        }
        assertThat(protocol.text).hasToString("result\n");
    }

    @Test
    void standardErrorIsDroppedWhereItIsToBe() throws Exception {
        Recorded protocol = new Recorded();
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor")) {
            start(protocol, StandardErrorBehavior.DROP, "sh", "-c", "head -c 200000 /dev/zero >&2; echo said >&2");

            assertThat(protocol.awaitEnd().reason()).isEqualTo(Reason.DONE);
            assertThat(log.messages()).noneSatisfy(line -> assertThat(line).contains("says"));
        }
    }

    @Test
    void abortingKillsTheProcess() throws Exception {
        Recorded protocol = new Recorded();
        Transport stubborn = start(protocol, "sh", "-c", "trap '' TERM PIPE HUP; echo up; sleep 100");
        protocol.awaitText("up");
        running.run(stubborn::abortConnection);

        assertThat(protocol.awaitEnd().reason()).isEqualTo(Reason.ABORTED);
    }

    @Test
    void whatTheProtocolThrowsEndsItsConnection() throws Exception {
        Recorded protocol = new Recorded() {
            @Override
            public void dataReceived(ByteBuffer data) {
                throw new IllegalStateException("a mistake");
            }
        };
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor")) {
            start(protocol, "sh", "-c", "echo hello; cat");

            assertThat(protocol.awaitEnd())
                    .hasMessageContaining("a mistake")
                    .satisfies(end -> assertThat(end.reason()).isEqualTo(Reason.LOST));
            assertThat(log.errors()).isNotEmpty();
        }
    }

    @Test
    void aProtocolIsReplacedInTheMiddleOfWhatHasCome() throws Exception {
        Recorded second = new Recorded();
        Recorded first = new Recorded() {
            @Override
            public void dataReceived(ByteBuffer data) {
                text.append(String.valueOf((char) data.get()));
                transport().pauseProducing();
                transport().setProtocol(second);
            }
        };
        Transport cat = start(first, "cat");
        running.run(() -> cat.write(utf8("abc")));
        eventually().until(() -> running.call(cat::protocol) == second);
        assertThat(second.text).hasToString("");
        running.run(() -> {
            cat.write(utf8("def"));
            cat.resumeProducing();
        });

        assertThat(second.awaitText("f")).isEqualTo("bcdef");
        assertThat(first.text).hasToString("a");
        running.run(cat::loseConnection);
        second.awaitEnd();
        assertThatThrownBy(() -> running.run(() -> cat.setProtocol(first))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void answersThatNobodyReadsHoldBackTheQuestions() throws Exception {
        Recorded protocol = new Recorded() {
            @Override
            public void dataReceived(ByteBuffer data) {
                transport().write(data);
            }
        };
        Transport deaf = start(protocol, "sh", "-c", "yes & wait");
        eventually().until(() -> running.call(deaf::bufferedBytes) > WriteLimits.DEFAULT.highWaterBytes());
        long before = running.call(deaf::bufferedBytes);
        running.awaitTurns(20);

        assertThat(running.call(deaf::bufferedBytes)).isEqualTo(before).isLessThan(1_000_000);
        running.run(deaf::abortConnection);
        protocol.awaitEnd();
    }

    @Test
    void whenTheReactorIsClosedTheProtocolIsTold() throws Exception {
        Recorded protocol = new Recorded();
        start(protocol, "cat");
        running.close();

        assertThat(protocol.awaitEnd().reason()).isEqualTo(Reason.ABORTED);
    }

    @Test
    void aPipeIsNoSocket() throws Exception {
        Recorded protocol = new Recorded();
        Transport cat = start(protocol, "cat");

        assertThatThrownBy(() -> running.run(() -> cat.setSockOpt(SocketOptions.SO_KEEPALIVE, true)))
                .isInstanceOfSatisfying(
                        IOException.class,
                        failure -> assertThat(((SocketError) failure).errno()).isEqualTo(Errno.ENOTSOCK));
        assertThat(running.call(cat::getPeer)).isNull();
        running.run(cat::loseConnection);
        protocol.awaitEnd();
    }
}
