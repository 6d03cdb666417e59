package dev.hawser.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.SockaddrIn;
import dev.hawser.testkit.Faults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** How many system calls a message costs, counted at the seam. The client is the JDK's, which does not go through it. */
class CostOfATurnTest {

    private static final int MESSAGES = 200;

    private static final class Echo extends Protocol {

        @Override
        public void dataReceived(ByteBuffer data) {
            transport().write(data.slice(0, 1)); // two writes, and one send
            transport().write(data.position(1));
        }
    }

    private static void exchange(Socket client) throws IOException {
        client.getOutputStream().write(new byte[64]);
        assertThat(client.getInputStream().readNBytes(64)).hasSize(64);
    }

    @Test
    void anEchoedMessageIsOneWaitOneReceiveAndOneSend() throws Exception {
        try (Faults counted = Faults.install();
                RunningReactor running = RunningReactor.open(BackendKind.EPOLL)) {
            SockaddrIn address = (SockaddrIn) running.call(() -> running.reactor()
                    .listenTcp(SockaddrIn.of("127.0.0.1", 0), Factory.of(Echo::new), ListenOptions.DEFAULT)
                    .getHost());
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), address.port())) {
                client.setSoTimeout(30_000);
                exchange(client);
                long[] before = counts(counted);
                for (int i = 0; i < MESSAGES; i++) {
                    exchange(client);
                }
                long[] after = counts(counted);
                assertThat(after[1] - before[1]).as("recv").isEqualTo(MESSAGES);
                assertThat(after[2] - before[2]).as("send").isEqualTo(MESSAGES);
                assertThat(after[3] - before[3]).as("epoll_ctl").isZero();
                // A wait may have begun before the count, and the wake-up of listenTcp may still end one.
                assertThat(after[0] - before[0]).as("epoll_wait").isBetween(MESSAGES - 1L, MESSAGES + 5L);
            }
        }
    }

    private static long[] counts(Faults counted) {
        return new long[] {
            counted.seen("epollWait"), counted.seen("recv"), counted.seen("send"), counted.seen("epollControl")
        };
    }
}
