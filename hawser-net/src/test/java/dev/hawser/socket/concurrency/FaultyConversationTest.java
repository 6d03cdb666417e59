package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.SOCK_SEQPACKET;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.posix.Errno;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.TcpOptions;
import dev.hawser.testkit.Faults;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole conversations, checked byte by byte, while the kernel does its worst. */
class FaultyConversationTest {

    private static final int SEEDS = 300;
    private static final int MESSAGES = 6;
    private static final int MAX_MESSAGE_BYTES = 5000;

    @Test
    void streamsCarryEveryByteUnderRandomFaults() throws Exception {
        for (long seed = 1; seed <= SEEDS; seed++) {
            converse(seed);
        }
    }

    @Test
    void messagesStayWholeUnderRandomFaults() throws Exception {
        for (long seed = 1; seed <= SEEDS; seed++) {
            exchangeMessages(seed);
        }
    }

    @Tag("soak")
    @Test
    void streamsCarryEveryByteUnderVeryManyRandomFaults() throws Exception {
        for (long seed = SEEDS; seed < 100L * SEEDS; seed++) {
            converse(seed);
        }
    }

    private static void converse(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        try (Faults faults = Faults.install();
                Opened opened = new Opened()) {
            inject(faults, seed, random);
            faults.randomly(seed + 1, 0.3, "recv").shortTo(1 + random.nextInt(2000));
            faults.randomly(seed + 2, 0.3, "send").shortTo(1 + random.nextInt(2000));
            Sockaddr address = random.nextBoolean() ? Opened.loopback() : Opened.unix();
            Socket listener = opened.listener(SOCK_STREAM, address, 1);
            InThread<String> server = InThread.start(ThreadKind.of(seed), () -> {
                Socket socket = opened.add(listener.accept().socket());
                withoutDelay(socket);
                return echo(socket);
            });
            Socket client = opened.socket(address.family(), SOCK_STREAM);
            SplittableRandom texts = random.split();
            InThread<String> talk = InThread.start(ThreadKind.of(seed / 2), () -> {
                client.connect(listener.getSockName());
                withoutDelay(client);
                return talk(client, texts);
            });
            check(talk, faults);
            check(server, faults);
        }
    }

    private static void exchangeMessages(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        try (Faults faults = Faults.install();
                Opened opened = new Opened()) {
            inject(faults, seed, random);
            Socket listener = opened.listener(SOCK_SEQPACKET, Opened.unix(), 1);
            InThread<String> server = InThread.start(
                    ThreadKind.of(seed), () -> echo(opened.add(listener.accept().socket())));
            Socket client = opened.socket(listener.family(), SOCK_SEQPACKET);
            SplittableRandom texts = random.split();
            InThread<String> talk = InThread.start(ThreadKind.of(seed / 2), () -> {
                client.connect(listener.getSockName());
                for (int i = 0; i < MESSAGES; i++) {
                    byte[] message = message(texts);
                    client.sendAll(message);
                    assertThat(client.recv(MAX_MESSAGE_BYTES)).isEqualTo(message);
                }
                client.close();
                return "talked";
            });
            check(talk, faults);
            check(server, faults);
        }
    }

    private static void inject(Faults faults, long seed, SplittableRandom random) {
        faults.randomly(seed, random.nextDouble(0.4), "recv", "send").fail(Errno.EINTR, Errno.EAGAIN);
        faults.randomly(seed, 0.5, "accept4").fail(Errno.ECONNABORTED, Errno.EINTR, Errno.EAGAIN);
        faults.randomly(seed, 0.5, "connect").fail(Errno.EINTR, Errno.EINPROGRESS);
        faults.randomly(seed, 0.2, "epollWait").fail(Errno.EINTR);
    }

    /** Short writes would else wait for the acknowledgement of those before. */
    private static void withoutDelay(Socket socket) throws IOException {
        if (socket.family() == AF_INET) {
            socket.setSockOpt(TcpOptions.TCP_NODELAY, true);
        }
    }

    private static String echo(Socket socket) throws IOException {
        for (byte[] data = socket.recv(MAX_MESSAGE_BYTES); data.length > 0; data = socket.recv(MAX_MESSAGE_BYTES)) {
            socket.sendAll(data);
        }
        socket.close();
        return "echoed";
    }

    private static String talk(Socket socket, SplittableRandom random) throws IOException {
        for (int i = 0; i < MESSAGES; i++) {
            byte[] message = message(random);
            socket.sendAll(message);
            byte[] answer = new byte[message.length];
            for (int n = 0; n < answer.length; ) {
                int more = socket.recvInto(answer, n, answer.length - n, 0);
                assertThat(more).isPositive();
                n += more;
            }
            assertThat(answer).isEqualTo(message);
        }
        socket.close();
        return "talked";
    }

    private static byte[] message(SplittableRandom random) {
        byte[] message = new byte[1 + random.nextInt(MAX_MESSAGE_BYTES)];
        random.nextBytes(message);
        return message;
    }

    private static void check(InThread<String> thread, Faults faults) {
        assertThat(thread)
                .as(faults.toString())
                .satisfies(it -> assertThat(it.result()).isNotNull());
    }
}
