package dev.hawser.asynchat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.asyncore.AsyncLoop;
import dev.hawser.select.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client whose words come back to it over TCP: what CPython's test_asynchat looks at, on each selector. */
@Timeout(60)
abstract class EchoChatContract {

    private static final String TWO_LINES = "hello world\nI'm not dead yet!\n";

    private AsyncLoop loop;
    private EchoServer server;

    abstract Selector selector() throws IOException;

    @BeforeEach
    void start() throws IOException {
        loop = new AsyncLoop(selector());
        server = new EchoServer();
    }

    @AfterEach
    void stop() throws IOException {
        loop.close();
        server.close();
    }

    private TestChat client() throws IOException {
        TestChat client = new TestChat(loop);
        client.createSocket();
        client.connect(server.address());
        return client;
    }

    private TestChat client(String terminator) throws IOException {
        TestChat client = client();
        client.setTerminator(terminator);
        return client;
    }

    private void run(TestChat client) throws Exception {
        loop.loop();
        assertThat(client.errors).isEmpty();
        assertThat(client.closes).isEqualTo(1);
        server.received();
    }

    @ParameterizedTest
    @CsvSource({"'\n',1", "'\n',2", "'\n',3", "'\r\n',1", "'\r\n',2", "'\r\n',3", "qqq,1", "qqq,2", "qqq,3"})
    void linesThatComeInPartsOfSoManyBytes(String terminator, int part) throws Exception {
        TestChat client = client(terminator);
        client.setInBufferSize(part);
        client.push("hello ");
        client.push("world" + terminator);
        client.push("I'm not dead yet!" + terminator);
        client.push(EchoServer.QUIT);
        run(client);
        assertThat(client.elements).containsExactly("hello world", "I'm not dead yet!");
        assertThat(client.parts).isGreaterThanOrEqualTo("hello worldI'm not dead yet!".length() / part);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 6})
    void anElementOfSoManyBytes(long count) throws Exception {
        TestChat client = client();
        client.setTerminator(count);
        client.push(TWO_LINES);
        client.push(EchoServer.QUIT);
        run(client);
        assertThat(client.elements).containsExactly(TWO_LINES.substring(0, (int) count));
        assertThat(client.rest()).isEqualTo(TWO_LINES.substring((int) count));
        assertThat(client.getTerminator()).isEqualTo(Terminator.NONE);
    }

    @Test
    void withoutATerminatorAllIsCollected() throws Exception {
        TestChat client = client();
        client.push(TWO_LINES);
        client.push(EchoServer.QUIT);
        run(client);
        assertThat(client.elements).isEmpty();
        assertThat(client.rest()).isEqualTo(TWO_LINES);
    }

    @Test
    void aProducersPartsAreSentOneAfterTheOther() throws Exception {
        TestChat client = client("\n");
        client.pushWithProducer(new SimpleProducer((TWO_LINES + EchoServer.QUIT).getBytes(ISO_8859_1), 8));
        run(client);
        assertThat(client.elements).containsExactly("hello world", "I'm not dead yet!");
    }

    @Test
    void aProducerOfOnePartIsAsGoodAsAPush() throws Exception {
        TestChat client = client("\n");
        client.pushWithProducer(new SimpleProducer((TWO_LINES + EchoServer.QUIT).getBytes(ISO_8859_1)));
        run(client);
        assertThat(client.elements).containsExactly("hello world", "I'm not dead yet!");
    }

    @Test
    void aFileIsSentByItsProducer(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("lines"), "a line of a file\n".repeat(10_000));
        TestChat client = client("\n");
        client.pushWithProducer(StreamProducer.of(file));
        client.push(EchoServer.QUIT);
        run(client);
        assertThat(client.elements).hasSize(10_000).containsOnly("a line of a file");
    }

    @Test
    void anEmptyLineIsAnElement() throws Exception {
        TestChat client = client("\n");
        client.push("hello world\n\nI'm not dead yet!\n");
        client.push(EchoServer.QUIT);
        run(client);
        assertThat(client.elements).containsExactly("hello world", "", "I'm not dead yet!");
    }

    @Test
    void closingWhenDoneSendsWhatWasPushedBefore() throws Exception {
        TestChat client = client("\n");
        client.push(TWO_LINES);
        client.closeWhenDone();
        run(client);
        assertThat(client.elements).isEmpty();
        assertThat(server.received()).isEqualTo(TWO_LINES);
    }

    @Test
    void whatIsPushedMayBePartOfAnArrayThatChangesAfterwards() throws Exception {
        TestChat client = client("\n");
        byte[] data = "-bytes\n-".getBytes(ISO_8859_1);
        client.push(data, 1, 6);
        data[1] = 'X';
        client.push(new byte[0]);
        client.push("bytes\n");
        assertThatThrownBy(() -> client.push(data, 3, 6)).isInstanceOf(IndexOutOfBoundsException.class);
        client.push(EchoServer.QUIT);
        run(client);
        assertThat(client.elements).containsExactly("bytes", "bytes");
    }
}
