package dev.hawser.reactor;

import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Linger;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketOptions;
import dev.hawser.testkit.Tasks;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many connections, each of which asks one question: they all begin and end once, and nothing is left of them. */
class ShortConnectionsTest {

    private static final int CLIENTS = 4;

    private static final class Counting extends Protocol {

        private final AtomicInteger made;
        private final AtomicInteger lost;

        Counting(AtomicInteger made, AtomicInteger lost) {
            this.made = made;
            this.lost = lost;
        }

        @Override
        public void connectionMade() {
            made.incrementAndGet();
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            transport().write(data);
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            lost.incrementAndGet();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(60)
    void thousandsOfShortConnectionsBeginAndEnd(BackendKind kind) throws Exception {
        serve(kind, 4_000);
    }

    @Test
    @Tag("soak")
    @Timeout(600)
    void twoHundredThousandShortConnectionsBeginAndEnd() throws Exception {
        serve(BackendKind.EPOLL, 200_000);
    }

    private static void serve(BackendKind kind, int total) throws Exception {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        try (RunningReactor running = RunningReactor.open(kind)) {
            ListeningPort port = running.call(() -> running.reactor()
                    .listenTcp(
                            SockaddrIn.of("127.0.0.1", 0),
                            Factory.of(() -> new Counting(made, lost)),
                            ListenOptions.DEFAULT));
            List<Tasks<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Tasks.run(() -> ask(port.getHost(), total / CLIENTS)));
            }
            for (Tasks<Void> each : clients) {
                each.result(Duration.ofMinutes(9));
            }
            eventually().untilAsserted(() -> assertThat(lost).hasValue(total));
            assertThat(made).hasValue(total);
            ReactorMetrics metrics = running.reactor().metrics();
            assertThat(metrics.connectionsAccepted()).isEqualTo(total);
            assertThat(metrics.connectionsOpen()).isZero();
            assertThat(metrics.bytesReceived()).isEqualTo(total);
        }
    }

    /** They end with a reset, which leaves no port in TIME_WAIT. */
    private static void ask(Sockaddr server, int count) throws Exception {
        byte[] question = {42};
        for (int i = 0; i < count; i++) {
            try (Socket client = new Socket(Constants.AF_INET, Constants.SOCK_STREAM)) {
                client.setSockOpt(SocketOptions.SO_LINGER, Linger.RESET);
                client.connect(server);
                client.sendAll(question);
                assertThat(client.recvInto(question)).isOne();
            }
        }
    }
}
