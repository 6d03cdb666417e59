package dev.hawser.reactor.protocols;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.RunningReactor;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WireTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-02T09:05:01Z"));

    private RunningReactor reactor;

    @BeforeEach
    void open() throws Exception {
        reactor = RunningReactor.open();
    }

    @AfterEach
    void close() throws Exception {
        reactor.close();
    }

    private int listen(Factory factory) throws Exception {
        ListeningPort port = reactor.call(() -> reactor.reactor().listenTcp(0, factory));
        return ((SockaddrIn6) port.getHost()).port();
    }

    private Socket connect(Factory factory) throws Exception {
        return new Socket(InetAddress.getLoopbackAddress(), listen(factory));
    }

    @Test
    void echoSendsBackEverythingAlsoAfterTheEnd() throws Exception {
        byte[] much = new byte[3 << 20];
        for (int i = 0; i < much.length; i++) {
            much[i] = (byte) ((i * 31) >> 3);
        }
        try (Socket client = connect(Wire.echo())) {
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    client.getOutputStream().write(much);
                    client.shutdownOutput();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(much);
            writer.join();
        }
    }

    @Test
    void discardSaysNothing() {
        Protocol discard = Wire.discard().buildProtocol(null);
        FakeTransport transport = FakeTransport.connect(discard);
        FakeTransport.feed(discard, "whatever");

        assertThat(transport.takeWritten()).isEmpty();
        assertThat(transport.closing).isFalse();
    }

    @Test
    void chargenSendsRotatingLinesAndWaitsForItsReader() throws Exception {
        try (Socket client = connect(Wire.chargen())) {
            String text = new String(client.getInputStream().readNBytes(74 * 200), US_ASCII);
            assertThat(text.lines().limit(2))
                    .containsExactly(
                            " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg",
                            "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefgh");
            assertThat(text.lines()).hasSize(200).allMatch(line -> line.length() == 72);
            assertThat(text.lines().skip(95).findFirst()).isEqualTo(text.lines().findFirst());
            long before = -1;
            for (long sent = 0; sent != before; reactor.awaitTurns(50)) {
                before = sent;
                sent = reactor.reactor().metrics().bytesSent();
            }
            assertThat(before).isLessThan(32 << 20);
        }
    }

    @Test
    void aQuoteIsSentAndTheConnectionClosed() throws Exception {
        try (Socket client = connect(Wire.qotd(() -> "Many hands make light work.\r\n".getBytes(UTF_8)))) {
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("Many hands make light work.\r\n");
        }
    }

    @Test
    void theTimeIsToldInWordsAndInSeconds() throws Exception {
        try (Socket words = connect(Wire.daytime(CLOCK, ZoneOffset.UTC));
                Socket seconds = connect(Wire.time(CLOCK))) {
            assertThat(words.getInputStream().readAllBytes()).asString().isEqualTo("Mon Nov  2 09:05:01 2026\r\n");
            ByteBuffer answer = ByteBuffer.wrap(seconds.getInputStream().readAllBytes());
            assertThat(answer.remaining()).isEqualTo(4);
            assertThat((answer.getInt() & 0xffff_ffffL) - 2_208_988_800L)
                    .isEqualTo(CLOCK.instant().getEpochSecond());
        }
    }

    @Test
    @RequiresProgram("socat")
    void socatReadsTheDaytime() throws Exception {
        int port = listen(Wire.daytime(CLOCK, ZoneOffset.UTC));
        try (Peer socat = Peers.start("socat", "-u", "TCP:127.0.0.1:" + port, "-")) {
            assertThat(socat.readLine()).isEqualTo("Mon Nov  2 09:05:01 2026");
            assertThat(socat.awaitExit()).isZero();
        }
    }

    @Test
    @RequiresProgram("socat")
    void socatReadsChargenUntilItHasEnough() throws Exception {
        int port = listen(Wire.chargen());
        try (Peer socat = Peers.start("socat", "-u", "TCP:127.0.0.1:" + port + ",readbytes=74", "-")) {
            assertThat(socat.readLine()).startsWith(" !\"#$").hasSize(72);
            assertThat(socat.awaitExit()).isZero();
        }
    }

    @Test
    @RequiresProgram("python3")
    void pythonReadsTheTime() throws Exception {
        int port = listen(Wire.time(InstantSource.system()));
        try (Peer python = Peers.python("""
            import socket, struct, sys, time
            with socket.create_connection(('127.0.0.1', int(sys.argv[1]))) as s:
                told, = struct.unpack('!I', s.recv(4, socket.MSG_WAITALL))
                assert s.recv(1) == b''
            print(abs(told - 2208988800 - time.time()) < 5)
            """, String.valueOf(port))) {
            assertThat(python.readLine()).isEqualTo("True");
        }
    }
}
