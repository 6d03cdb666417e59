package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.TimedOutException;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Timeouts so short that they pass while the data arrive. */
class TimeoutRacesTest {

    private static final int BYTES = 20_000;

    @AutoClose
    private final Opened opened = new Opened();

    @ParameterizedTest
    @EnumSource
    void aTcpReaderThatTimesOutAgainAndAgainMissesNoByte(ThreadKind kind) throws Exception {
        missesNoByte(kind, opened.tcp());
    }

    @ParameterizedTest
    @EnumSource
    void aUnixReaderThatTimesOutAgainAndAgainMissesNoByte(ThreadKind kind) throws Exception {
        missesNoByte(kind, opened.pair(SOCK_STREAM));
    }

    @ParameterizedTest
    @EnumSource
    void aReaderOfDatagramsThatTimesOutAgainAndAgainMissesNone(ThreadKind kind) throws Exception {
        missesNoByte(kind, opened.pair(SOCK_DGRAM));
    }

    @ParameterizedTest
    @EnumSource
    void twoReadersWhoTimeOutInTheQueueForEachOtherMissNoByte(ThreadKind kind) throws Exception {
        SocketPair pair = opened.pair(SOCK_STREAM);
        InThread<Integer> first = InThread.start(kind, () -> receive(pair.first(), BYTES / 2, 1, false));
        InThread<Integer> second = InThread.start(kind, () -> receive(pair.first(), BYTES / 2, 2, false));
        sendOneByOne(pair.second(), 3);
        assertThat(first.result()).isEqualTo(BYTES / 2);
        assertThat(second.result()).isEqualTo(BYTES / 2);
    }

    /** After a read that took all there was, the next one expects to wait: not where more has come since. */
    @ParameterizedTest
    @EnumSource
    void theShortestTimeoutDoesNotPassWhereDataLieReadyAfterAShortRead(ThreadKind kind) throws Exception {
        SocketPair pair = opened.tcp();
        pair.first().setTimeout(Duration.ofNanos(1));
        for (int i = 0; i < 20; i++) {
            byte[] message = {(byte) i};
            pair.second().sendAll(message);
            SocketQueues.awaitLength(pair.first(), 1);
            assertThat(InThread.start(kind, () -> pair.first().recv(10)).result())
                    .isEqualTo(message);
        }
    }

    private static void missesNoByte(ThreadKind kind, SocketPair pair) throws Exception {
        InThread<Integer> reader = InThread.start(kind, () -> receive(pair.first(), BYTES, 4, true));
        sendOneByOne(pair.second(), 5);
        assertThat(reader.result()).isEqualTo(BYTES);
    }

    private static void sendOneByOne(Socket socket, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < BYTES; i++) {
            socket.sendAll(new byte[] {(byte) i});
            for (int pause = random.nextInt(500); pause > 0; pause--) {
                Thread.onSpinWait();
            }
        }
    }

    private static int receive(Socket socket, int bytes, long seed, boolean inOrder) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] buffer = new byte[1];
        int received = 0;
        while (received < bytes) {
            socket.setTimeout(Duration.ofNanos(1 + random.nextInt(30_000)));
            try {
                int n = socket.recvInto(buffer);
                assertThat(n).isEqualTo(1);
                if (inOrder && buffer[0] != (byte) received) {
                    throw new AssertionError("byte " + received + " is " + buffer[0]);
                }
                received++;
            } catch (TimedOutException e) {
                assertThat(e.bytesTransferred).isZero();
            }
        }
        return received;
    }
}
